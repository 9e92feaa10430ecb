"""The checks of a claim, each alone: what passes, what asks, what fails."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from ooms.claims.checks import (
    classification,
    exporter,
    found,
    invoice,
    quantity,
    standing,
    validity,
)
from ooms.claims.checks.register import CHECKS, check_all
from ooms.claims.model import Case, Decision, Held, HeldItem, Line, Outcome, decide, left_of

ITEM = HeldItem(1, "850440", "CONVERTERS", {"C62": Decimal(500), "KGM": Decimal(3)}, ("HB-1",))
HELD = Held(
    issuing_country="KR",
    agreement="AKFTA",
    number="K001-26-0000001",
    number_key="K001260000001",
    partner="KR-KCS",
    state="AVAILABLE",
    issued_on=date(2026, 11, 20),
    valid_from=date(2026, 11, 20),
    valid_until=date(2027, 11, 19),
    exporter="HANBIT ELECTRONICS CO., LTD.",
    items=(ITEM,),
)
LINE = Line(
    1, "K001-26-0000001", 1, "850440", Decimal(100), "C62", "hanbit electronics co ltd", "HB-1"
)


def a_case(held=HELD, *, on=date(2026, 12, 1), used=Fraction(0), **line):
    return Case(replace(LINE, **line), on, (held,), used)


def test_good_claim_passes_every_check():
    checks = check_all(a_case())

    assert [one.outcome for one in checks] == [Outcome.PASS] * len(CHECKS)
    assert decide(checks) is Decision.GRANTED


@pytest.mark.parametrize(
    ("check", "case", "code"),
    [
        (found.check, replace(a_case(), found=()), "LIN-UNKNOWN"),
        (found.check, a_case(item_no=9), "LIN-ITEM"),
        (standing.check, a_case(replace(HELD, state="CANCELLED")), "LIN-STATE"),
        (standing.check, a_case(replace(HELD, state="ANNULLED")), "LIN-STATE"),
        (validity.check, a_case(on=date(2027, 11, 20)), "RUL-EXPIRED"),
        (quantity.check, a_case(quantity=Decimal("500.01")), "LED-EXCEEDED"),
        (quantity.check, a_case(used=Fraction(4, 5), quantity=Decimal(101)), "LED-EXCEEDED"),
        (quantity.check, a_case(unit="MTR"), "LED-UNIT"),
    ],
)
def test_hard_breach_fails_with_its_code(check, case, code):
    said = check(case)

    assert (said.outcome, said.code) == (Outcome.FAIL, code)
    assert decide((said,)) is Decision.DENIED


@pytest.mark.parametrize(
    ("check", "case", "code"),
    [
        (found.check, replace(a_case(), found=(HELD, HELD)), "LIN-AMBIGUOUS"),
        (found.check, a_case(replace(HELD, is_lookalike=True)), "LIN-LOOKALIKE"),
        (standing.check, a_case(replace(HELD, state="HELD")), "LIN-HELD"),
        (validity.check, a_case(on=date(2026, 11, 19)), "RUL-NOT-YET-VALID"),
        (classification.check, a_case(hs="850490"), "REF-HS"),
        (exporter.check, a_case(exporter="ANOTHER LTD"), "REF-EXPORTER"),
        (invoice.check, a_case(invoice="HB-2"), "REF-INVOICE"),
    ],
)
def test_slight_discrepancy_asks_an_officer(check, case, code):
    said = check(case)

    assert (said.outcome, said.code) == (Outcome.QUERY, code)
    assert decide((said,)) is Decision.REFERRED


def test_national_digits_beyond_six_do_not_matter():
    said = classification.check(a_case(hs="8504409019"))

    assert said is not None
    assert said.outcome is Outcome.PASS


def test_what_was_not_declared_is_not_checked():
    assert exporter.check(a_case(exporter=None)) is None
    assert invoice.check(a_case(invoice=None)) is None


def test_whole_item_may_be_drawn_to_the_last_piece():
    said = quantity.check(a_case(used=Fraction(4, 5)))

    assert said is not None
    assert said.outcome is Outcome.PASS


def test_what_is_left_is_cut_and_never_rounded_up():
    assert left_of(ITEM, used_share=Fraction(1, 3), unit="KGM") == Decimal(2)
    assert left_of(ITEM, used_share=Fraction(1, 7), unit="KGM") == Decimal("2.5714")
