"""A wrong file ends a command with one sentence and a code, never with a traceback."""

import json

import pytest

from ooms.cli import main

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
    ],
)
def test_case_that_cannot_be_read_is_one_sentence(tmp_path, capsys, text, sentence):
    code, error = told(tmp_path, capsys, text)

    assert code == 2
    assert sentence in error
    assert error.count("\n") == 1
