"""Kinds of application as data, and the arithmetic of what is taken from first certificates."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from eodes.domain.certificate import IssuanceKind
from eodes.domain.form_dates import carries_original_date, issue_window_end, valid_until
from eodes.forms.register import Calendars
from ooms.applications.model import FirstItem, Kind, Measure, Taken
from ooms.back_to_back import ledger
from ooms.back_to_back.model import (
    Direction,
    Entry,
    First,
    FirstKey,
    Scale,
    left_of,
    scoop_of,
    shortfall,
    told,
)
from ooms.procedures.kinds import Authentication, NumberRule
from ooms.procedures.loader import load_procedure
from tests.papers import forms

KOREA = load_procedure("KR")
FORMS = {one.agreement: one for one in forms().editions}
PIECES, WEIGHT = Scale("NUMBER", "C62"), Scale("GROSS_WEIGHT", "KGM")
KEY = FirstKey("VN", "AKFTA", "VN260009001")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def measure(scale, value):
    return Measure(scale.kind, Decimal(value), scale.unit)


LOT = FirstItem(1, "850440", 2022, "CTH", (measure(PIECES, "100"), measure(WEIGHT, "400")))
FIRST = First(
    key=KEY,
    number="VN-26-0009001",
    origin_country="VN",
    issued_on=date(2026, 9, 1),
    valid_until=date(2027, 8, 31),
    issuer="VN Customs",
    exporter="LION COMPONENTS",
    items=(LOT,),
    is_received=True,
)


def entry(scale, amount, certificate_id="one"):
    direction = Direction.TAKEN if amount > 0 else Direction.RETURNED
    return Entry(1, scale, Fraction(amount), certificate_id, direction, NOON, "kim")


@pytest.mark.parametrize(
    ("agreement", "is_known"),
    [
        ("AKFTA", True),
        ("KVFTA", True),
        ("KICEPA", True),
        ("RCEP", True),
        ("KCFTA", False),
        ("KRIN", False),
        ("APTA", False),
    ],
)
def test_korea_replaces_under_the_agreements_that_its_rules_name(agreement, is_known):
    rule = KOREA.kind_rule(Kind.REPLACEMENT, agreement=agreement)

    assert (rule is not None) is is_known
    assert rule is None or (rule.verified and rule.number is NumberRule.NEW)


@pytest.mark.parametrize("agreement", ["AKFTA", "KVFTA", "KICEPA", "RCEP"])
def test_korean_replacement_bears_the_first_date(agreement):
    form = FORMS[agreement]

    assert carries_original_date(form, IssuanceKind.REPLACEMENT, issuer="KR")


@pytest.mark.parametrize(
    ("agreement", "last"),
    [
        ("AKFTA", date(2027, 3, 1)),
        ("KVFTA", date(2027, 3, 2)),  # a year that begins on the day after issue
        ("KICEPA", date(2027, 3, 1)),
    ],
)
def test_replacement_is_valid_from_the_first_issue(agreement, last):
    until = valid_until(
        FORMS[agreement],
        issued_on=date(2026, 9, 1),
        kind=IssuanceKind.REPLACEMENT,
        original_issued_on=date(2026, 3, 2),
    )

    assert until == last


@pytest.mark.parametrize(
    ("agreement", "how"),
    [
        ("AKFTA", Authentication.SIGNATURE_AND_SEAL),
        ("KRIN", Authentication.SIGNATURE_AND_SEAL),
        ("RCEP", Authentication.SIGNATURE_AND_SEAL),
        ("KCFTA", Authentication.SEAL),
        ("APTA", Authentication.SEAL),
    ],
)
def test_struck_out_paper_is_signed_where_the_notice_says(agreement, how):
    rule = KOREA.kind_rule(Kind.CORRECTION, agreement=agreement)

    assert rule is not None
    assert rule.authentication is how


def test_only_india_gets_two_duplicates():
    india = KOREA.kind_rule(Kind.NEW, agreement="KRIN")
    others = KOREA.kind_rule(Kind.NEW, agreement="AKFTA")

    assert india is not None
    assert others is not None
    assert (india.duplicates, others.duplicates) == (2, 1)


def test_every_kind_about_a_certificate_has_its_reasons():
    asked = {one for one in Kind if one.is_about_another}

    assert set(KOREA.kind_reasons) == {one.value for one in asked}
    assert all(KOREA.kind_reasons.values())


def test_country_without_a_procedure_verifies_no_kind():
    procedure = load_procedure("TZ")

    assert {one.kind for one in procedure.kinds} == {one.value for one in Kind}
    assert not any(one.verified or one.number_verified for one in procedure.kinds)


@pytest.mark.parametrize(
    ("agreement", "last"),
    [
        ("AKFTA", date(2026, 12, 29)),
        ("KVFTA", date(2026, 12, 29)),
        ("KRIN", date(2027, 1, 5)),
        ("KCFTA", date(2027, 1, 6)),
        ("KICEPA", date(2026, 12, 30)),
    ],
)
def test_last_normal_day_after_shipment_on_christmas_eve(agreement, last):
    # 25 December and 1 January are public holidays in Korea; the 24th is a Thursday.
    calendar = Calendars.load().of("KR")

    assert issue_window_end(FORMS[agreement], date(2026, 12, 24), calendar).day == last


def test_pieces_take_their_share_of_the_kilograms():
    taken = Taken(1, 1, (measure(PIECES, "25"),))

    assert scoop_of(FIRST, taken) == {PIECES: Fraction(25), WEIGHT: Fraction(100)}


def test_what_is_measured_on_every_scale_is_taken_as_stated():
    taken = Taken(1, 1, (measure(PIECES, "25"), measure(WEIGHT, "90")))

    assert scoop_of(FIRST, taken) == {PIECES: Fraction(25), WEIGHT: Fraction(90)}


@pytest.mark.parametrize(
    "taken",
    [Taken(1, 2, (measure(PIECES, "1"),)), Taken(1, 1, (measure(Scale("AREA", "MTK"), "1"),))],
)
def test_other_items_and_scales_measure_nothing(taken):
    assert scoop_of(FIRST, taken) is None


def test_what_is_left_is_told_on_every_scale():
    left = left_of(LOT, {PIECES: Fraction(100, 3), WEIGHT: Fraction(400, 3)}, claimed=Fraction(0))

    assert told(left) == "66.6666 C62, 266.6666 KGM"


def test_exactly_what_is_left_may_be_taken():
    entries = (entry(PIECES, 60), entry(WEIGHT, 240))
    rest = {1: {PIECES: Fraction(40), WEIGHT: Fraction(160)}}
    more = {1: {PIECES: Fraction(40), WEIGHT: Fraction(1600001, 10000)}}

    assert ledger.overdrawn(FIRST, rest, entries, claimed={}) == ()
    (flaw,) = ledger.overdrawn(FIRST, more, entries, claimed={})
    assert flaw.code == "LED-FIRST-EXCEEDED"
    assert "40 C62, 160 KGM left" in flaw.detail


def test_what_claims_have_used_is_not_left_to_pass_on():
    rest = {1: {PIECES: Fraction(40)}}
    (flaw,) = ledger.overdrawn(FIRST, rest, (), claimed={1: Fraction(9, 10)})

    assert flaw.code == "LED-FIRST-EXCEEDED"


def test_replacement_needs_only_what_goes_beyond_the_first():
    entries = (entry(PIECES, 60), entry(WEIGHT, 240), entry(PIECES, 40, "two"))
    own = ledger.held(entries, by="one")
    more = ledger.apart({1: {PIECES: Fraction(50), WEIGHT: Fraction(300)}}, own)

    assert ledger.only_more(more) == {1: {PIECES: 0, WEIGHT: 60}}


def test_what_is_given_back_leaves_nothing_held():
    entries = (entry(PIECES, 60), entry(PIECES, -60))

    assert ledger.held(entries, by="one") == {1: {PIECES: 0}}


def test_line_may_show_less_than_it_takes_never_more():
    taken = (measure(PIECES, "10"), measure(PIECES, "5"))

    assert shortfall((measure(PIECES, "15"),), taken) == ()
    assert shortfall((measure(PIECES, "16"),), taken) == ("shows 16 C62, takes 15",)
