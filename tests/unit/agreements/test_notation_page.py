"""The page of the notation shows every construct, and every example on it is a rule."""

import re
from pathlib import Path

import pytest

from ooms.agreements import notation, rule
from ooms.agreements.rule_text import text_of

PAGE = Path(__file__).parents[3] / "docs/reference/rule-notation.md"
EXAMPLES = [
    found[1].replace("\\|", "|")
    for found in re.finditer(r"^\| `([^`]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_of_the_page_is_a_rule_in_canonical_form(example):
    assert text_of(notation.read(example)) == example


def test_page_shows_every_kind_of_node():
    trees = " ".join(repr(notation.read(example)) for example in EXAMPLES)
    kinds = {kind.__name__ for kind in rule.Rule.__args__} | {"Relief", "Note", "Described"}

    assert {kind for kind in kinds if f"{kind}(" not in trees} == set()
