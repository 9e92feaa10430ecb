"""Advance rulings: are these the goods, and what holds on a day."""

from dataclasses import replace
from datetime import date

import pytest

from ooms.rulings.matching import match
from ooms.rulings.model import (
    MOVES,
    Answer,
    Applicant,
    Change,
    Decided,
    Goods,
    Grace,
    Grade,
    Material,
    Request,
    Ruling,
    Standing,
    State,
)
from ooms.rulings.terms import ClockKind, load_terms

RULED = Goods(
    holder="HANBIT",
    agreement="AKFTA",
    hs6="850440",
    description="static converters, model SC-500",
    partner="KR",
    hs_edition=2022,
    processes=("assembly", "testing"),
    materials=(Material("853400", "JP"),),
)
FIRST = Answer("KR", "CTH", "originates", "by change of heading")
LATER = Answer("KR", "RVC", "originates", "by value content")
DAY = date(2026, 11, 20)


def a_ruling(*changes):
    applicant = Applicant("Hanbit", "KR", Standing.EXPORTER)
    request = Request(applicant, "ORIGIN", RULED, "?", date(2026, 9, 1))
    decided = Decided("AR-1", FIRST, date(2026, 10, 1), "kim", DAY, DAY)
    return Ruling("r", request, None, state=State.IN_FORCE, decided=decided, changes=changes)


@pytest.mark.parametrize(
    ("changes", "grade", "words"),
    [
        ({}, Grade.SAME, "the same in all that is known"),
        ({"processes": (), "materials": ()}, Grade.SAME, "the same in all that is known"),
        ({"processes": ("Testing", " ASSEMBLY")}, Grade.SAME, "the same in all that is known"),
        ({"holder": "ELSE"}, Grade.SIMILAR, "holder ELSE, ruled on was HANBIT"),
        ({"holder": ""}, Grade.SIMILAR, "the same in all that is known"),
        (
            {"processes": ("assembly", "painting")},
            Grade.SIMILAR,
            "processes beyond the ruling: painting; processes of the ruling that lack: testing",
        ),
        (
            {"materials": (Material("8534000000", "CN"),)},
            Grade.SIMILAR,
            "materials beyond the ruling: 853400 cn; materials of the ruling that lack: 853400 jp",
        ),
        ({"hs6": "850450"}, Grade.NONE, "subheading 850450, ruled on was 850440"),
        ({"hs_edition": 2017}, Grade.NONE, "subheading 850440 of HS 2022, not of HS 2017"),
        ({"agreement": "RCEP"}, Grade.NONE, "agreement RCEP, ruled on was AKFTA"),
        (
            {"description": "electric motors"},
            Grade.NONE,
            "described as 'electric motors', ruled on was 'static converters, model SC-500'",
        ),
        ({"description": ""}, Grade.NONE, "the same in all that is known"),
    ],
)
def test_goods_are_compared_with_a_ruling_in_words(changes, grade, words):
    found = match(replace(RULED, **changes), RULED)

    assert (found.grade, found.words) == (grade, words)


def test_change_applies_to_what_is_declared_after_its_day():
    ruling = a_ruling(Change(DAY, "MISTAKE", "value was mistaken", LATER))

    assert ruling.answer_on(date(2026, 9, 30)) is None
    assert ruling.answer_on(DAY) == FIRST
    assert ruling.answer_on(date(2026, 11, 21)) == LATER


def test_change_for_false_facts_reaches_back():
    ruling = a_ruling(Change(DAY, "FALSE_OR_MISSING_FACTS", "false", None, reaches_back=True))

    assert ruling.answer_on(date(2026, 10, 2)) is None


def test_grace_leaves_its_holder_alone_under_the_former_answer():
    grace = Grace("BUSAN", date(2026, 11, 25), date(2027, 1, 19))
    ruling = a_ruling(Change(DAY, "MISTAKE", "value", LATER, graces=(grace,)))

    assert ruling.answer_on(date(2027, 1, 19), relying="BUSAN") == FIRST
    assert ruling.answer_on(date(2027, 1, 20), relying="BUSAN") == LATER
    assert ruling.answer_on(date(2027, 1, 19), relying="INCHEON") == LATER


def test_terms_of_korea_are_those_of_the_law():
    terms = load_terms("KR")

    assert {kind: clock.days for kind, clock in terms.clocks.items()} == {
        ClockKind.DECISION: 90,
        ClockKind.COMPLETION: 20,
        ClockKind.PUBLICATION: 30,
        ClockKind.OBJECTION: 30,
        ClockKind.OBJECTION_DECISION: 30,
        ClockKind.GRACE_REQUEST: 15,
        ClockKind.GRACE_DECISION: 7,
    }
    assert terms.grace_days == {"CL": 90, "SG": 60, "CA": 90}
    assert all(clock.verified for clock in terms.clocks.values())


def test_terms_that_stand_in_claim_nothing_of_a_law():
    terms = load_terms("VN")

    assert set(terms.clocks) == set(ClockKind)
    assert not any(clock.verified for clock in terms.clocks.values())
    assert terms.grace_days == {}


def test_every_state_has_its_moves():
    assert set(MOVES) == set(State)
