"""Lists for cross-checks from the command line, on a real node's files."""

import contextlib
import json

import pytest

from eodes.cli import main as eodes
from ooms.cli import main as ooms


@pytest.fixture
def node(tmp_path, capsys):
    """A node whose office asks a list of recalled goods and a service."""
    with contextlib.suppress(SystemExit):
        eodes(["node", "init", str(tmp_path / "kr"), "--authority", "KR-KCS"])
    (tmp_path / "kr" / "ooms.toml").write_text(
        '[crosschecks.recalled_goods]\npolicy = "SOFT"\n'
        '[crosschecks.strategic_goods]\npolicy = "HARD"\nsource = "HTTP"\n'
        'url = "https://permits.example/ask"\n'
    )
    (tmp_path / "kr" / "lists").mkdir()
    capsys.readouterr()
    return tmp_path / "kr"


def run(capsys, node, verb):
    """Run a verb; return its exit code and what it printed."""
    try:
        ooms(["crosschecks", verb, "--json", "--config", str(node / "eodes.toml")])
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, json.loads(capsys.readouterr().out)


def test_refused_list_ends_with_one_and_is_shown(node, capsys):
    file = node / "lists" / "recalled_goods.csv"
    file.write_text("number,hs,model\nR-1,850440,SC-500\n")
    good = run(capsys, node, "refresh")
    file.write_text("number,hs,model\nR-1,85044x,SC-500\n")
    code, refused = run(capsys, node, "refresh")
    _, shown = run(capsys, node, "sources")

    assert good == (
        0,
        [
            {
                "kind": "RECALLED_GOODS",
                "file": "recalled_goods.csv",
                "loaded_edition": 1,
                "problem": "",
            }
        ],
    )
    assert code == 1
    assert refused[0]["problem"].startswith("line 2: hs: '85044x'")
    by_list, by_service = shown["items"]
    assert (by_list["policy"], by_list["edition"], by_list["entries"]) == ("SOFT", 1, 1)
    assert by_list["problem"] == refused[0]["problem"]
    assert (by_service["source"], by_service["edition"]) == ("HTTP", None)
