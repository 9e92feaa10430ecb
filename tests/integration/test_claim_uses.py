"""What other declarations use is found behind any number of uses that say nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ooms.claims.declaration import Particulars, Person
from ooms.claims.model import CheckedLine, Decision, Declaration, Line
from ooms.claims.repository import ClaimRows
from ooms.claims.uses import MOST_USES, UseRows, Uses
from ooms.kernel.money import Money
from ooms.ledger.model import ItemKey

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OURS, THEIRS = (ItemKey("KR", "AKFTA", f"K00126000000{last}", 1) for last in (1, 2))
INVOICE = "HB1/HANBIT"
LINE = Line(1, "K001-26-0000001", 1, "850440", Decimal(4), "C62")


def declared(number, *, importer="SAIGON TRADING JSC"):
    about = Particulars(office="CAT LAI", importer=Person(importer))
    line = replace(LINE, value=Decimal("12.50"), currency="USD")
    return Declaration(number, 1, date(2026, 11, 20), (line,), about)


def keep(rows, turn, *, key, importer="SAIGON TRADING JSC", **decided):
    declaration = declared(f"D-{turn:04d}", importer=importer)
    claim_id = f"claim-{turn:04d}"
    (line,) = declaration.lines
    rows.open(claim_id, declaration, fingerprint=str(turn), now=NOON)
    checked = replace(CheckedLine(line, (), Decision.GRANTED, key), **decided)
    rows.add_lines(claim_id, (checked,), invoices={line.place: {INVOICE}})


@pytest.fixture
def much_used(database):
    """An item and its invoice, used once by others and after that by ourselves all the time."""
    with database.begin() as transaction:
        rows = ClaimRows(transaction)
        keep(rows, 0, key=OURS, importer="DA NANG FOODS")
        keep(rows, 1, key=THEIRS)
        for turn in range(2, MOST_USES + 10):
            keep(rows, turn, key=OURS)
    return database


def test_use_by_another_importer_is_found_behind_our_own(much_used):
    with much_used.begin() as transaction:
        found = UseRows(transaction, but=declared("NEW")).of([OURS], invoices={}).same_item[OURS]

    assert len(found) == MOST_USES
    assert (found[0].importer, found[0].declaration_number) == ("DA NANG FOODS", "D-0000")
    assert found[1].declaration_number == f"D-{MOST_USES + 9:04d}"
    assert (found[0].hs6, found[0].office, found[0].item_no) == ("850440", "CAT LAI", 1)


def test_use_tells_what_the_goods_it_holds_are_worth(database):
    with database.begin() as transaction:
        rows = ClaimRows(transaction)
        keep(rows, 1, key=OURS)
        keep(rows, 2, key=OURS, decision=Decision.PARTLY, granted=Decimal(1))
        keep(rows, 3, key=OURS, decision=Decision.REFERRED)
        found = UseRows(transaction, but=declared("NEW")).of([OURS], invoices={}).same_item[OURS]

    worth = {one.declaration_number: one.worth for one in found}
    assert worth == {
        "D-0001": Money(Decimal("12.50"), "USD"),
        "D-0002": Money(Decimal("3.125"), "USD"),
        "D-0003": None,
    }


def test_other_certificate_of_an_invoice_is_found_behind_its_own(much_used):
    with much_used.begin() as transaction:
        uses = UseRows(transaction, but=declared("NEW"))
        found = uses.of((), invoices={INVOICE: [OURS.certificate]}).same_invoice
        of_both = uses.of(
            (), invoices={INVOICE: [OURS.certificate, THEIRS.certificate]}
        ).same_invoice

    assert [one.declaration_number for one in found[INVOICE]] == ["D-0001"]
    assert of_both == {}


def test_declaration_is_no_other_use_of_its_own_item(much_used):
    with much_used.begin() as transaction:
        uses = UseRows(transaction, but=declared("D-0001"))

        assert uses.of([THEIRS], invoices={}) == Uses()
        assert uses.of([], invoices={}) == Uses()
