"""Failures that happened between administrations, by their numbers, and what becomes of them here.

The number of each test is that of the case in the survey of exchanges (exchange.md, appendix A).
Where another part of the system guards against a case, the test asks that part.  What takes two
administrations, or hostile documents, is shown where those are at hand: `real_failures.toml` says
where.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from eodes.domain import form_dates
from eodes.domain.lifecycle import EXCHANGE, REGISTERED, Exchange, Registered
from eodes.domain.number import lookalike_key, number_key
from eodes.forms.register import Calendars, Forms
from ooms.claims.checks import (
    back_to_back,
    classification,
    criterion,
    found,
    invoice,
    issue_timing,
    parties,
    quantity,
    validity,
)
from ooms.claims.declaration import Journey, Particulars, Person
from ooms.claims.facts import Admissible, Timing
from ooms.claims.held import (
    Certified,
    FirstReference,
    Held,
    HeldItem,
    Invoiced,
    Named,
    Taken,
)
from ooms.claims.model import Case, Checked, Decision, Outcome, decide
from ooms.exchanges.judging import of_channel
from ooms.exchanges.model import Channel, Light
from tests.claim_cases import FACTS, HELD, a_case, with_item

Check = Callable[[Case], Checked | None]
FORMS, CALENDARS = Forms.load(), Calendars.load()
TESTS = Path(__file__).parents[1]
QUIET = Channel(
    partner="CN-GACC",
    name="General Administration of Customs",
    country="CN",
    suspended_until=None,
    last_sent_at=None,
    last_heard_at=None,
    on_the_way=0,
    oldest_at=None,
    set_aside=0,
    holes=(),
    broken_links=0,
    key_until=None,
    compared_on=None,
    differences=0,
    explained=0,
    untriggered=1,
    untriggered_since=None,
)


def said_of(check: Check, case: Case) -> tuple[Outcome, str] | None:
    said = check(case)
    return (said.outcome, said.code) if said else None


@pytest.mark.parametrize(
    "spelled",
    [
        "K001-16-1234567",
        "K001161234567",
        "K001\uff0d16\uff0d1234567",
        "K001-16-1234567 ",
        "k001 16 1234567",
    ],
)
def test_case_1_number_is_one_however_it_is_spelled(spelled: str) -> None:
    assert number_key(spelled) == "K001161234567"


def test_case_1_letter_for_a_digit_is_told_not_merged() -> None:
    assert number_key("KOO1161234567") != number_key("K001161234567")
    assert lookalike_key("KOO1161234567") == lookalike_key("K001161234567")
    lookalike = replace(HELD, is_lookalike=True, warning="differs only in letters read as digits")

    assert said_of(found.check, a_case(lookalike)) == (Outcome.QUERY, "LIN-LOOKALIKE")


def test_case_1_letter_for_a_digit_in_an_invoice_is_named() -> None:
    held = with_item(invoices=(Invoiced("INV-2O26-O1", date(2026, 11, 18)),))
    said = invoice.check(a_case(held, invoice="INV-2026-01"))

    assert said is not None
    assert said.code == "REF-INVOICE"
    assert "differs only in letters read as digits" in said.detail


def test_case_2_old_number_of_a_correction_is_refused_with_its_successor() -> None:
    assert Registered.SUPERSEDED in REGISTERED.moves[Registered.AVAILABLE]
    old = replace(HELD, state="SUPERSEDED", superseded_by="K001260000002")
    said = found.check(a_case(old))

    assert said is not None
    assert (said.outcome, said.code) == (Outcome.FAIL, "LIN-STATE")
    assert "K001260000002" in said.detail


def test_case_3_replacement_before_its_original_waits_for_it() -> None:
    assert Registered.AVAILABLE in REGISTERED.moves[Registered.HELD]

    assert said_of(found.check, a_case(replace(HELD, state="HELD"))) == (
        Outcome.QUERY,
        "LIN-HELD",
    )


@pytest.mark.parametrize(("days", "lights"), [(7, []), (8, [Light.AMBER]), (31, [Light.RED])])
def test_case_4_trigger_that_never_comes_raises_an_alarm(days: int, lights: list[Light]) -> None:
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    channel = replace(QUIET, untriggered_since=now - timedelta(days=days))

    found = of_channel(channel, now=now)

    assert [one.light for one in found if one.code == "UNTRIGGERED"] == lights


def test_case_4_certificate_without_its_trigger_is_not_sent() -> None:
    assert Exchange.QUEUED in EXCHANGE.moves[Exchange.AWAITING_TRIGGER]
    assert Exchange.SENT not in EXCHANGE.moves[Exchange.AWAITING_TRIGGER]


def test_case_5_receipt_without_registration_becomes_unknown() -> None:
    assert any(Exchange.UNKNOWN in moves for moves in EXCHANGE.moves.values())
    assert Exchange.REGISTERED in EXCHANGE.moves[Exchange.UNKNOWN]


def needs_endorsement(agreement: str, form: str, *, shipped: date, issued: date) -> bool:
    return form_dates.retroactive_needed(
        FORMS.on(agreement=agreement, form_type=form, on=issued),
        shipped_on=shipped,
        issued_on=issued,
        calendar=CALENDARS.of("KR"),
    )


@pytest.mark.parametrize(
    ("agreement", "form", "shipped", "last"),
    [
        # Monday 9 March 2026 and two working days more: the shipment counts.
        ("AKFTA", "AK", date(2026, 3, 9), date(2026, 3, 11)),
        # Seven working days after, the shipment left out: over two weekends.
        ("KCFTA", "KCFTA", date(2026, 3, 6), date(2026, 3, 17)),
        # Over Chuseok 2026, from 24 to 26 September: three days with the shipment, and seven after.
        ("AKFTA", "AK", date(2026, 9, 23), date(2026, 9, 29)),
        ("KCFTA", "KCFTA", date(2026, 9, 21), date(2026, 10, 2)),
    ],
)
def test_case_6_endorsement_is_due_the_day_after_the_window(
    agreement: str, form: str, shipped: date, last: date
) -> None:
    before = shipped - timedelta(days=1)

    assert not needs_endorsement(agreement, form, shipped=shipped, issued=before)
    assert not needs_endorsement(agreement, form, shipped=shipped, issued=shipped)
    assert not needs_endorsement(agreement, form, shipped=shipped, issued=last)
    assert needs_endorsement(agreement, form, shipped=shipped, issued=last + timedelta(days=1))


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ({"late": False, "marked": False}, Outcome.PASS),
        ({"late": True, "marked": False}, Outcome.QUERY),
        ({"late": False, "marked": True}, Outcome.QUERY),
    ],
)
def test_case_6_claim_asks_for_the_endorsement_that_is_due(
    state: dict[str, bool], outcome: Outcome
) -> None:
    timing = Timing(late=state["late"], last_day=date(2027, 11, 19), source="a clock")
    held = replace(HELD, marked_retroactive=state["marked"])
    said = issue_timing.check(a_case(held, facts=replace(FACTS, timing=timing)))

    assert said is not None
    assert said.outcome is outcome


def test_case_6_validity_that_ends_on_a_leap_day_holds_on_it() -> None:
    held = replace(HELD, valid_until=date(2028, 2, 29))

    assert said_of(validity.check, a_case(held, on=date(2028, 2, 29))) == (Outcome.PASS, "")
    assert said_of(validity.check, a_case(held, on=date(2028, 3, 1))) == (
        Outcome.FAIL,
        "RUL-EXPIRED",
    )


@pytest.mark.parametrize(
    ("agreement", "form", "last"),
    [("AKFTA", "AK", date(2027, 11, 19)), ("KVFTA", "VK", date(2027, 11, 20))],
)
def test_case_6_year_of_viet_nam_begins_the_day_after(
    agreement: str, form: str, last: date
) -> None:
    issued = date(2026, 11, 20)
    edition = FORMS.on(agreement=agreement, form_type=form, on=issued)

    assert form_dates.valid_until(edition, issued_on=issued) == last


def test_case_7_one_bad_item_holds_up_no_other() -> None:
    over = quantity.check(a_case(used=Fraction(1)))
    within = quantity.check(a_case())
    unit = quantity.check(a_case(unit="MTR"))
    assert over is not None
    assert within is not None
    assert unit is not None

    assert (over.code, unit.code) == ("LED-EXCEEDED", "LED-UNIT")
    assert decide((over,)) is decide((unit,)) is Decision.DENIED
    assert decide((within,)) is Decision.GRANTED


def test_case_7_difference_of_classification_refuses_no_origin() -> None:
    said = classification.check(a_case(hs="850490"))
    assert said is not None

    assert said.code == "REF-HS"
    assert "Rule 16(2)" in said.source
    assert decide((said,)) is Decision.REFERRED


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (Decimal(39), (Outcome.QUERY, "RUL-PERCENT")),
        (Decimal("39.9"), (Outcome.QUERY, "RUL-PERCENT")),
        (Decimal(40), (Outcome.PASS, "")),
    ],
)
def test_case_8_share_below_the_rule_is_asked_about(
    percent: Decimal, expected: tuple[Outcome, str]
) -> None:
    rule = Admissible(frozenset({"VALUE"}), "RVC>=40%FOB", "Rule 4", Decimal(40))
    held = with_item(criterion=Certified(f"RVC {percent} %", "RVC", percent=percent))

    case = a_case(held, facts=replace(FACTS, admissible=rule))

    assert said_of(criterion.check, case) == expected


@pytest.mark.parametrize("last", [20, 21, 50, 51])
def test_case_9_each_item_of_a_long_certificate_is_found(last: int) -> None:
    items = tuple(
        HeldItem(no, "850440", "CONVERTERS", {"C62": Decimal(1)}, ()) for no in range(1, last + 1)
    )
    held = replace(HELD, items=items)

    assert said_of(found.check, a_case(held, item_no=last)) == (Outcome.PASS, "")
    assert said_of(found.check, a_case(held, item_no=last + 1)) == (Outcome.FAIL, "LIN-ITEM")


def test_case_10_masked_producer_is_no_discrepancy() -> None:
    held = replace(HELD, producers=(Named("AVAILABLE UPON REQUEST"),), producer_masked=True)
    declared = Particulars(producer=Person("DAEHAN PRECISION CO., LTD"))
    said = parties.check(a_case(held, about=declared))

    assert said is not None
    assert said.outcome is Outcome.PASS
    assert "on request only" in said.detail


def second_of(*firsts: tuple[str, date, Decimal], valid_until: date) -> Held:
    return replace(
        HELD,
        origin_country="ID",
        is_back_to_back=True,
        valid_until=valid_until,
        firsts=tuple(
            FirstReference(key, key, "ID", until, (Taken(1, 1, taken, "C62"),))
            for key, until, taken in firsts
        ),
    )


def first_of(key: str, until: date) -> Held:
    item = HeldItem(1, "850440", "CONVERTERS", {"C62": Decimal(100)}, ())
    return replace(
        HELD, issuing_country="ID", number=key, number_key=key, valid_until=until, items=(item,)
    )


@pytest.mark.parametrize(
    ("taken", "valid_until", "expected"),
    [
        (Decimal(100), date(2027, 3, 31), (Outcome.PASS, "")),
        (Decimal(100), date(2027, 4, 1), (Outcome.FAIL, "RUL-FIRST-EXPIRED")),
        (Decimal(101), date(2027, 3, 31), (Outcome.FAIL, "LED-FIRST-EXCEEDED")),
    ],
)
def test_case_12_back_to_back_ends_with_its_first_original(
    taken: Decimal, valid_until: date, expected: tuple[Outcome, str]
) -> None:
    ends = {"ID1": date(2027, 6, 30), "ID2": date(2027, 3, 31)}
    held = second_of(*((key, end, taken) for key, end in ends.items()), valid_until=valid_until)
    firsts = tuple(first_of(key, end) for key, end in ends.items())

    case = a_case(held, facts=replace(FACTS, firsts=firsts))

    assert said_of(back_to_back.check, case) == expected


def test_case_13_day_of_the_law_is_a_date_without_an_hour() -> None:
    # Valid until the 19th is the whole 19th, in whichever zone the declaration was made.
    assert said_of(validity.check, a_case(on=HELD.valid_until)) == (Outcome.PASS, "")
    arrived = Particulars(journey=Journey(arrived_on=HELD.valid_until))

    late = a_case(on=HELD.valid_until + timedelta(days=30), about=arrived)

    assert said_of(validity.check, late) == (Outcome.PASS, "")


def test_every_case_is_shown_by_a_test_that_exists() -> None:
    here = re.findall(r"^def test_case_(\d+)_", source_of(Path(__file__)), re.MULTILINE)
    shown = tomllib.loads(source_of(Path(__file__).with_name("real_failures.toml")))["shown"]

    for one in shown:
        assert f"def {one['test']}(" in source_of(TESTS / one["file"])
    assert {*map(int, here), *(one["case"] for one in shown)} == set(range(1, 16))


def source_of(file: Path) -> str:
    return file.read_text("utf-8")
