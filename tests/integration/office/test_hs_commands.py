"""The verbs of `ooms hs`, as an operator types them."""

import json

import pytest
from click.testing import CliRunner

from eodes.cli import main as eodes
from ooms.commands.hs import hs

GOOD = "code,description\n8504,transformers\n850440,converters\n852411,panels\n"


def run(*words):
    return CliRunner().invoke(hs, list(words), catch_exceptions=False)


def shown(*words):
    ended = run("show", *words, "--json")
    return ended.exit_code, json.loads(ended.stdout)


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    folder = tmp_path_factory.mktemp("node") / "kr"
    eodes(["node", "init", str(folder), "--authority", "KR-KCS"])
    return str(folder / "eodes.toml")


@pytest.fixture
def tariff(tmp_path):
    file = tmp_path / "tariff.csv"
    file.write_text(GOOD, "utf-8")
    return file


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_code_is_shown_without_any_node(nowhere):
    code, document = shown("8504.40", "--edition", "2022", "--to", "2017")

    assert (code, document["exists"], document["candidates"]) == (0, True, ["850440"])
    assert (document["question"], document["wording"]) == (None, [])


def test_code_that_split_is_shown_with_its_question(nowhere):
    _, document = shown("850440", "--edition", "2017", "--to", "2022")

    assert document["candidates"][0] == "850440"
    assert document["question"] == "which of these 16 codes of HS 2022 is the good's?"


def test_code_that_leads_nowhere_is_shown_with_its_question(nowhere):
    code, document = shown("300219", "--edition", "2017", "--to", "2022")

    assert (code, document["candidates"]) == (0, [])
    assert "leads to no code of HS 2022" in document["question"]


def test_code_unknown_to_the_edition_ends_with_one(nowhere):
    code, document = shown("854921", "--edition", "2017", "--to", "2022")

    assert (code, document["exists"], document["candidates"]) == (1, False, None)


@pytest.mark.parametrize(
    ("digits", "told"),
    [
        ("8504400010", "8504400010 lies in 850440, a code of HS 2022"),
        ("8504", "8504 is a code of HS 2022"),
        ("850499", "850499 is not a code of HS 2022"),
    ],
)
def test_code_is_told_in_words_too(nowhere, digits, told):
    assert run("show", digits).stdout.splitlines()[0] == told


def test_text_that_is_no_code_is_a_wrong_use(nowhere):
    assert run("show", "converter").exit_code == 2


def test_node_that_was_named_must_be_there(nowhere):
    from eodes.errors import EodesError  # noqa: PLC0415

    with pytest.raises(EodesError):
        run("show", "8504", "--config", "missing.toml")


def test_loaded_tariff_words_a_code_and_its_candidates(node, tariff):
    first = run("import", str(tariff), "--edition", "2022", "--config", node)
    again = run("import", str(tariff), "--edition", "2022", "--config", node, "--json")

    assert first.stdout == "HS 2022, en: 3 lines, added\n"
    assert json.loads(again.stdout)["loading"] == "unchanged"
    _, document = shown("85044000", "--config", node)
    assert [one["description"] for one in document["wording"]] == ["transformers", "converters"]
    _, document = shown("850440", "--edition", "2017", "--to", "2022", "--config", node)
    assert [one["code"] for one in document["candidates_wording"]] == ["850440", "852411"]


def test_broken_file_loads_nothing_and_names_the_row(node, tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text("code,description\n0101,horses\n850499,nothing\n", "utf-8")

    ended = run("import", str(broken), "--edition", "2022", "--config", node)

    assert ended.exit_code == 1
    assert ended.stderr.splitlines() == [
        "broken.csv, row 3, column code: 850499 is not a code of HS 2022",
        "nothing was loaded",
    ]
    assert shown("0101", "--config", node)[1]["wording"] == []


def test_language_without_a_tag_is_a_wrong_use(tariff):
    assert run("import", str(tariff), "--edition", "2022", "--language", "English").exit_code == 2
