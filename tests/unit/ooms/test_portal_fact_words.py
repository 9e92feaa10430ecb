"""The facts of checks on pages: each has words, and says which of several it is."""

from __future__ import annotations

import ast
from pathlib import Path

from ooms.claims import checks
from ooms.portal.border.fact_words import FACTS, Fact, facts_of
from ooms.portal.telling import phrasebook

SOURCES = sorted(Path(checks.__file__).parent.glob("*.py"))


def test_every_fact_that_a_check_names_has_words():
    named = {
        key.value
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and str(key.value).islower()
    }

    assert {"certified", "shipped_on"} <= named
    assert named - set(FACTS) == set()


def test_code_that_a_fact_says_is_told_by_its_kind():
    told = facts_of({"origin": "VN", "unit": "KGM", "state": "AVAILABLE", "number": "K1"})

    assert [one.kind for one in told] == ["country", "unit", "state", ""]


def test_part_that_differs_is_named_in_the_language():
    told = phrasebook("ko").tell("declared description FROZEN SHRIMPS, certified CONVERTERS")

    assert told == "품명: 신고 FROZEN SHRIMPS, 증명 CONVERTERS"


def test_day_is_known_and_one_of_several_is_told_apart():
    told = facts_of({"papers_SG": "B-17", "issued_on": "2026-11-22"})

    assert told == (
        Fact("papers of the way", "SG", "B-17"),
        Fact("issued on", "", "2026-11-22", kind="day"),
    )
