"""The office's people and its trail from the command line, on a real node's files."""

import contextlib
import json

import pytest
from sqlalchemy import text

from eodes.cli import main as eodes
from eodes.store.database import Database
from ooms.cli import main as ooms


@pytest.fixture
def node(tmp_path, capsys):
    """A node's file of settings, with an empty office beside it."""
    with contextlib.suppress(SystemExit):
        eodes(["node", "init", str(tmp_path / "kr"), "--authority", "KR-KCS"])
    password = tmp_path / "password"
    password.write_text("correct horse battery\n")
    capsys.readouterr()
    return tmp_path / "kr" / "eodes.toml", password


def run(capsys, *arguments):
    """Run a command; return its exit code and what it printed."""
    try:
        ooms([str(one) for one in arguments])
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, capsys.readouterr().out


def added(capsys, node, login="kim"):
    config, password = node
    more = ("--name", "Kim", "--role", "AUDITOR", "--password-file", password, "--config", config)
    return run(capsys, "user", "add", login, *more)


def test_user_is_added_listed_shut_out_and_let_in(node, capsys):
    config, _ = node
    added(capsys, node)
    shut_out = run(capsys, "user", "disable", "kim", "--reason", "left", "--config", config)
    twice = run(capsys, "user", "disable", "kim", "--reason", "left", "--config", config)
    _, listed = run(capsys, "user", "list", "--json", "--config", config)
    let_in = run(capsys, "user", "enable", "kim", "--config", config)

    assert (shut_out[0], twice[0], let_in[0]) == (0, 1, 0)
    assert [(one["login"], bool(one["disabled_at"])) for one in json.loads(listed)] == [
        ("kim", True)
    ]


def test_reset_password_is_printed_and_sessions_are_listed(node, capsys):
    config, _ = node
    added(capsys, node)
    code, password = run(capsys, "user", "reset-password", "kim", "--config", config)
    _, sessions = run(capsys, "user", "sessions", "kim", "--end", "--config", config)

    assert code == 0
    assert len(password.strip()) == 20
    assert json.loads(sessions) == []


def test_unknown_login_is_refused_with_its_name(node, capsys):
    config, _ = node

    assert run(capsys, "user", "enable", "nobody", "--config", config)[0] == 1


def test_trail_is_verified_until_somebody_changes_it(node, capsys):
    config, _ = node
    added(capsys, node)
    whole = run(capsys, "audit", "verify", "--config", config)
    database = Database(f"sqlite:///{config.parent / 'eodes.sqlite'}")
    with database.begin() as connection:
        connection.execute(text("UPDATE ooms_audit SET who = 'nobody'"))
    database.dispose()
    changed = run(capsys, "audit", "verify", "--config", config)

    assert (whole[0], json.loads(whole[1])["entries"]) == (0, 1)
    assert changed == (1, "")
