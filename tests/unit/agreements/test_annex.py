"""An annex is read row by row; nothing of a row is lost."""

import io
import json

import pytest
from click.testing import CliRunner

from ooms.agreements import annex
from ooms.cli import cli

TABLE = (
    "entry,hs_from,hs_to,rule_text\n"
    '1,8504,8504,"CTH; or\nRVC40"\n'
    '2,01,01,"CTH;\nthe moon is full;\nor\nCC"\n'
    "3,02,02,As the Parties will agree\n"
)


def test_annex_counts_how_far_it_was_read():
    found = annex.counts(annex.read_annex(io.StringIO(TABLE)))

    assert found == {"rows": 3, "structured": 1, "needs_person": 1, "unread": 1}


def test_missing_column_is_named_and_nothing_read():
    with pytest.raises(annex.AnnexError, match="row 1, column rule_text"):
        list(annex.read_annex(io.StringIO("hs_from,hs_to\n01,01\n")))


def test_parsing_writes_notation_beside_the_given_columns(tmp_path):
    table, out = tmp_path / "annex.csv", tmp_path / "notation.csv"
    table.write_text(TABLE, encoding="utf-8")

    done = CliRunner().invoke(cli, ["rules", "parse", str(table), "--out", str(out)])

    assert done.exit_code == 0
    assert json.loads(done.stdout)["rows"] == 3
    assert out.read_text("utf-8").splitlines()[0] == (
        "entry,hs_from,hs_to,rule_text,notation,status,unread"
    )
    assert "CTH | RVC>=40%,structured," in out.read_text("utf-8")
    assert "needs_person,the moon is full" in out.read_text("utf-8")


def test_rule_of_a_code_is_shown_with_its_source():
    done = CliRunner().invoke(cli, ["rules", "show", "kvfta", "6203.41", "--json"])

    shown = json.loads(done.stdout)
    assert shown["rule"] == "CC & P(cutting+sewing) | RVC>=40%"
    assert shown["source"]


def test_code_without_a_rule_is_refused_without_a_guess():
    done = CliRunner().invoke(cli, ["rules", "show", "kvfta", "8504.40"])

    assert done.exit_code in {0, 1}
    assert ("no rule of KVFTA" in done.stderr) == (done.exit_code == 1)


def test_check_of_a_pack_judges_its_worked_cases():
    done = CliRunner().invoke(cli, ["rules", "check", "kvfta"])

    assert done.exit_code == 0
    assert json.loads(done.stdout)["failed"] == []
