"""A pack loads whole or not at all, and its problems say where they are."""

import shutil

import pytest

from ooms.agreements import registry
from ooms.agreements.loader import load_agreement
from ooms.agreements.pack_reading import PackError
from ooms.agreements.rule_text import text_of
from ooms.agreements.treaty_words.reading import read_rule, read_words

SEWN = """CC, provided that the good is both cut and sewn in the territory of any Party; or
RVC(40)"""


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "kvfta"
    shutil.copytree(str(registry.shipped_folder("kvfta")), folder)
    return folder


def replace_in(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_broken_rule_names_its_file_row_and_column(pack):
    replace_in(pack / "product_rules.csv", "\n010129,010129,WO", "\n010129,010129,WOO")

    with pytest.raises(PackError) as refused:
        load_agreement(pack)

    problem = refused.value.problems[0]
    assert (problem.file, problem.row, problem.column) == ("product_rules.csv", 3, "rule")


def test_every_problem_of_a_pack_is_listed_at_once(pack):
    replace_in(pack / "product_rules.csv", "\n010129,010129,WO", "\n01012x,010129,WO")
    replace_in(pack / "agreement.toml", 'percent = "10"', 'percent = "ten"')

    with pytest.raises(PackError) as refused:
        load_agreement(pack)

    assert {p.file for p in refused.value.problems} == {"agreement.toml", "product_rules.csv"}


def test_wrong_value_is_found_on_its_line(pack):
    replace_in(pack / "agreement.toml", 'base = "FOB"', 'base = "FBO"')
    row = (pack / "agreement.toml").read_text().split("FBO")[0].count("\n") + 1

    with pytest.raises(PackError) as refused:
        load_agreement(pack)

    problem = refused.value.problems[0]
    assert (problem.row, problem.column) == (row, "rule_set[0].value.base")


def test_unknown_key_of_a_pack_is_refused(pack):
    replace_in(pack / "agreement.toml", "roll_up = true", "roll_up = true\nroll_down = true")

    with pytest.raises(PackError, match="roll_down: is not a key"):
        load_agreement(pack)


def test_value_without_a_source_is_refused(pack):
    replace_in(pack / "agreement.toml", 'source = "Article 3.6"\n', "")

    with pytest.raises(PackError, match=r"cumulation\[0\]\.source: is missing"):
        load_agreement(pack)


def test_row_that_repeats_codes_is_refused(pack):
    path = pack / "product_rules.csv"
    path.write_text(path.read_text() + "010121,010121,CTH,x,false\n")

    with pytest.raises(PackError, match="repeats the codes of row 2"):
        load_agreement(pack)


def test_missing_table_of_rules_is_refused(pack):
    (pack / "product_rules.csv").unlink()

    with pytest.raises(PackError, match=r"product_rules\.csv"):
        load_agreement(pack)


def test_changed_rule_changes_the_digest(pack):
    before = load_agreement(pack).digest
    replace_in(pack / "product_rules.csv", "CTH | RVC>=50%", "CTH | RVC>=51%")

    assert load_agreement(pack).digest != before


def test_unknown_agreement_says_which_are_known():
    with pytest.raises(registry.UnknownAgreementError, match=r"AKFTA, .*KCFTA, .*KVFTA"):
        registry.load_shipped().agreement("NAFTA")


@pytest.mark.parametrize(
    ("words", "notation"),
    [
        ("WO", "WO"),
        ("CTH or RVC(40)", "CTH | RVC>=40%"),
        (
            "CTH, except from Heading 51.06 through 51.08; or\nRVC(40)",
            "CTH -{5106..5108} | RVC>=40%",
        ),
        (
            SEWN,
            "CC & P(cutting+sewing) | RVC>=40%",
        ),
        ("Spun from the finest wool; or\nRVC(40)", 'P("Spun from the finest wool") | RVC>=40%'),
    ],
)
def test_treaty_words_become_notation_or_a_question(words, notation):
    assert notation == text_of(read_words(words).rule)


def test_rule_reads_in_notation_or_in_treaty_words():
    assert text_of(read_rule("CTH | RVC>=40%")) == text_of(read_rule("CTH or RVC(40)"))
    assert text_of(read_rule('Made with "care"')) == "P(\"Made with 'care'\")"
