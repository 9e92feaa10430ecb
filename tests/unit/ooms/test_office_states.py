"""The state tables of applications and certificates, and what a number looks like."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ooms.applications import model as applications
from ooms.certificates import model as certificates
from ooms.certificates.model import IssuingOffice, Note, use_of
from ooms.determinations import model as determinations
from ooms.error_notices import model as error_notices
from ooms.errors import ConflictError
from ooms.ledger.loader import load_units
from ooms.products import model as products
from ooms.suppliers import model as suppliers
from ooms.web.rate_limit import RateLimit
from tools.docs import office_states

UNITS = load_units()
OFFICE = IssuingOffice(
    "K001", "Seoul Main Customs", "KR", "SEOUL", "Asia/Seoul", "{issuer}-{yy}-{serial:07d}"
)


@pytest.mark.parametrize(
    "desk", [applications, certificates, determinations, error_notices, suppliers]
)
def test_every_state_has_its_row_in_the_table(desk):
    assert set(desk.MOVES) == set(desk.State)


def test_every_state_of_a_bill_has_its_row():
    assert set(products.BILL_MOVES) == set(products.BillState)


@pytest.mark.parametrize(
    ("advance", "moves"),
    [
        (error_notices.advance, error_notices.MOVES),
        (products.advance, products.BILL_MOVES),
        (suppliers.advance, suppliers.MOVES),
    ],
    ids=["notices of error", "bills", "suppliers' declarations"],
)
def test_desk_makes_the_moves_of_its_table_and_no_other(advance, moves):
    refused = set()
    for current in moves:
        for wanted in moves:
            try:
                assert advance(current, wanted) is wanted
            except ConflictError:
                refused.add((current, wanted))

    assert refused == {
        (current, wanted) for current in moves for wanted in moves if wanted not in moves[current]
    }


@pytest.mark.parametrize("table", office_states.TABLES, ids=lambda one: one.name)
def test_every_state_of_a_desk_is_explained(table):
    assert set(table.meanings) == set(table.moves)


def test_filed_notice_of_error_cannot_be_withdrawn():
    with pytest.raises(ConflictError):
        error_notices.advance(error_notices.State.FILED, error_notices.State.WITHDRAWN)


def test_declaration_that_ended_is_never_valid_again():
    for ended in (suppliers.State.EXPIRED, suppliers.State.REVOKED):
        with pytest.raises(ConflictError):
            suppliers.advance(ended, suppliers.State.VALID)


@pytest.mark.parametrize(
    ("current", "wanted"),
    [
        (current, wanted)
        for current in applications.State
        for wanted in applications.State
        if wanted not in applications.MOVES[current]
    ],
)
def test_application_makes_no_move_outside_the_table(current, wanted):
    with pytest.raises(ConflictError):
        applications.advance(current, wanted)


def test_issued_application_cannot_be_withdrawn():
    with pytest.raises(ConflictError):
        applications.advance(applications.State.ISSUED, applications.State.WITHDRAWN)


def test_number_is_issuer_year_and_seven_digits():
    number = OFFICE.number(agreement="AKFTA", on=date(2026, 11, 21), serial=42)

    assert number == "K001-26-0000042"


def used(ordinal, declaration, outcome, quantity, *, unit="C62"):
    decision = {
        "item_no": 1,
        "outcome": outcome,
        "quantity": {"value": quantity, "unit": unit},
    }
    facts = {"declaration_number": declaration, "decisions": [decision]}
    at = datetime(2026, 11, 21, tzinfo=UTC)
    return Note("certificate.used", "VN-CUSTOMS", f"m-{ordinal}", at, facts, ordinal)


def test_last_word_of_each_declaration_counts_for_use():
    document: dict[str, object] = {
        "items": [{"item_no": 1, "quantities": [{"value": "500", "unit": "C62"}]}]
    }
    notes = (
        used(1, "D-1", "PARTLY", "400"),
        used(2, "D-2", "PARTLY", "50"),
        used(3, "D-1", "PARTLY", "100"),
        used(4, "D-3", "DENIED", "9"),
    )

    (use,) = use_of(document, notes, units=UNITS)

    assert (use.granted, use.percent) == (Decimal(150), Decimal(30))


def test_several_lines_of_one_declaration_add_up_for_use():
    document: dict[str, object] = {
        "items": [{"item_no": 1, "quantities": [{"value": "500", "unit": "C62"}]}]
    }
    first, second = used(1, "D-1", "PARTLY", "100"), used(1, "D-1", "PARTLY", "200")
    decisions = [one.facts["decisions"][0] for one in (first, second)]
    both = {"declaration_number": "D-1", "decisions": decisions}

    (use,) = use_of(document, (replace(first, facts=both),), units=UNITS)

    assert use.granted == Decimal(300)


def test_uses_in_other_units_add_up_to_one_percentage():
    measures = [{"value": "500", "unit": "C62"}, {"value": "1250.5", "unit": "KGM"}]
    document: dict[str, object] = {"items": [{"item_no": 1, "quantities": measures}]}
    notes = (
        used(1, "D-1", "PARTLY", "100"),
        used(2, "D-2", "PARTLY", "250.1", unit="KGM"),
        used(3, "D-3", "PARTLY", "0.2501", unit="TNE"),
        used(4, "D-4", "PARTLY", "7", unit="LTR"),
    )

    measured, strange = use_of(document, notes, units=UNITS)

    assert (measured.granted, measured.unit, measured.percent) == (Decimal(300), "C62", Decimal(60))
    assert (strange.granted, strange.unit, strange.percent) == (Decimal(7), "LTR", None)


def test_limit_counts_each_address_and_minute_alone():
    limit = RateLimit(most=2)

    assert [limit.allows("one", second=59) for _ in range(3)] == [True, True, False]
    assert limit.allows("other", second=59)
    assert limit.allows("one", second=60)
