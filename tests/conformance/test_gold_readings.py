"""Forty-seven rules were read by hand; our reading is the same, or better for a written reason."""

import csv
import re
from pathlib import Path

import pytest

from ooms.agreements import notation
from ooms.agreements.rule_text import text_of
from ooms.agreements.treaty_words.reading import read_words

GOLD = Path(__file__).parents[3] / "shared/data/gold_orl_sample.csv"

# The hand's reading, ours, and why ours is kept.
BETTER = {
    'ONLY{"ingots or other primary forms"@7206}': (
        'FROM("ingots or other primary forms"@7206)',
        "a rule that allows a stage allows the stages before it, so iron ore may be used too",
    ),
    'P("specific process(es), note 9") | ANY spare{"metal alcoholates"@same4 <= 20%EXW} '
    "| VNM<=50%EXW": (
        (
            "MACRO(specific_process) NOTE(9) "
            '| ANY -{"of the same description as the product"@same4,"metal alcoholates"@same4} '
            'spare{"metal alcoholates"@same4 <= 20%EXW} | VNM<=50%EXW'
        ),
        "ANY alone admits everything, so its relief would cap nothing; process and note have keys",
    ),
}


def rows():
    if not GOLD.is_file():
        return []
    with GOLD.open(encoding="utf-8", newline="") as table:
        return [
            pytest.param(row["orl"], row["rule_text"], id=f"{row['agreement']} {row['hs_from']}")
            for row in csv.DictReader(table)
        ]


ROWS = rows()
needs_gold = pytest.mark.skipif(not ROWS, reason="no ../shared/data/gold_orl_sample.csv here")


def normal(text):
    """Take out of quoted words what carries no meaning: punctuation and `heading`, `that`."""
    return re.sub(
        r'"[^"]*"',
        lambda words: re.sub(
            r"\s+", " ", re.sub(r"[(),]|\b(?:headings?|that)\b", " ", words[0].lower())
        ).replace(' "', '"'),
        text,
    )


@needs_gold
def test_gold_sample_holds_all_its_readings():
    assert len(ROWS) == 47


@needs_gold
@pytest.mark.parametrize(("orl", "words"), ROWS)
def test_reading_made_by_hand_survives_the_notation(orl, words):
    tree = notation.read(orl)

    assert words
    assert notation.read(text_of(tree)) == tree


@needs_gold
@pytest.mark.parametrize(("orl", "words"), ROWS)
def test_treaty_words_read_as_the_hand_read_them(orl, words):
    by_hand = text_of(notation.read(orl))
    wanted, reason = BETTER.get(by_hand, (by_hand, "the same"))

    reading = read_words(words)

    assert reading.unread == ()
    assert normal(text_of(reading.rule)) == normal(wanted), reason
