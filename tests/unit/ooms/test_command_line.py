"""A wrong file ends a command with one sentence and a code, never with a traceback."""

import json
import subprocess
import sys

import pytest

from ooms.cli import main
from ooms.commands import determine as determine_command
from ooms.languages import catalogues

CASE = {
    "agreement": "AKFTA",
    "on": "2026-11-20",
    "hs_edition": 2017,
    "exporting_party": "KR",
    "importing_party": "VN",
    "product": {"hs": "850440"},
    "materials": [],
}


def told(tmp_path, capsys, text):
    file = tmp_path / "case.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["determine", str(file)])
    return ended.value.code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{broken", "not JSON: Expecting property name enclosed in double quotes in line 1"),
        (json.dumps(CASE | {"agreement": "NAFTA"}), "no agreement 'NAFTA' is loaded"),
        (json.dumps(CASE | {"on": "yesterday"}), "on: "),
        (json.dumps(CASE | {"importing_party": "BR"}), "BR is not a Party to AKFTA"),
        (json.dumps(CASE | {"price": {"basis": "CIF"}}), "price.basis: "),
        (json.dumps(CASE | {"product": {"hs": "8504", "weight": 0.5}}), 'write it as text, "0.5"'),
    ],
)
def test_case_that_cannot_be_read_is_one_sentence(tmp_path, capsys, text, sentence):
    code, error = told(tmp_path, capsys, text)

    assert code == 2
    assert sentence in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--on", "2027-01-01"], "--on goes with --bulk only"),
        (["--all-agreements", "--workers", "2"], "--workers goes with --bulk only"),
    ],
)
def test_option_of_a_bulk_run_is_refused_for_one_case(tmp_path, capsys, arguments, sentence):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE), encoding="utf-8")

    with pytest.raises(SystemExit) as ended:
        main(["determine", str(file), *arguments])

    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("text", ["[1]", '"case"', "3"])
def test_case_that_is_no_object_is_refused(tmp_path, capsys, text):
    code, error = told(tmp_path, capsys, text)

    assert code == 2
    assert "a case is a JSON object" in error


def test_languages_of_the_option_are_those_with_words():
    assert determine_command.LANGUAGES == catalogues.LANGUAGES


HEAVY = ("ooms.origin", "ooms.bootstrap", "sqlalchemy", "fastapi", "pydantic", "ooms.languages")


@pytest.mark.parametrize(
    "noun", ["demo", "determine", "hs", "rules", "serve", "trust", "user", "verify"]
)
def test_help_of_a_command_loads_nothing_heavy(noun):
    script = (
        "import sys\nfrom ooms.cli import cli\n"
        f"cli.main(['{noun}', '--help'], standalone_mode=False)\n"
        f"print([name for name in sys.modules if name in {HEAVY}])"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert done.stdout.decode().splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", [["rules", "list"], ["rules", "check", "AKFTA"]])
def test_settings_that_are_named_must_be_there(capsys, command):
    with pytest.raises(SystemExit) as ended:
        main([*command, "--config", "nowhere/eodes.toml"])

    assert ended.value.code == 3
    assert "there is no nowhere/eodes.toml" in capsys.readouterr().err


def test_file_that_cannot_be_written_is_one_sentence(tmp_path, capsys):
    table = tmp_path / "annex.csv"
    table.write_text("hs_from,hs_to,rule_text\n8504,8504,CTH\n", encoding="utf-8")

    with pytest.raises(SystemExit) as ended:
        main(["rules", "parse", str(table), "--out", str(tmp_path / "no" / "out.csv")])

    assert ended.value.code == 1
    assert "No such file or directory" in capsys.readouterr().err
