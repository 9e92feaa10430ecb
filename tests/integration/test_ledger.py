"""The ledger on real databases: it never goes below nothing, whoever comes at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event, text

from ooms.db import Works
from ooms.errors import ConflictError, UnfitError
from ooms.kernel.quantity import Quantity
from ooms.ledger.loader import Tolerance, Tolerances, load_tolerances, load_units
from ooms.ledger.model import (
    NOTHING,
    WHOLE,
    CertificateKey,
    EntryKind,
    ItemKey,
    Source,
    Twice,
    Use,
)
from ooms.ledger.service import Ledger, OverdrawnError

AT_ONCE = 200
THREADS = 24
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LOT = {"C62": Decimal(500), "KGM": Decimal("1250.5")}
FIRST = ItemKey("KR", "AKFTA", "K001260000001", 1)
SECOND = ItemKey("KR", "AKFTA", "K001260000001", 2)


class NoLots:
    """Nothing was received here: these tests bring their lots with them."""

    def number_key(self, number):
        return number

    def of(self, _certificate, *, within):
        return {}


class Desk:
    """A ledger on a database, a second passing with each piece of work."""

    def __init__(self, database, tolerances=None):
        turns, noise = count(), count(1)
        self.works = Works(
            database,
            lambda: NOON + timedelta(seconds=next(turns)),
            lambda size: next(noise).to_bytes(size, "big"),
            UTC,
        )
        self.ledger = Ledger(
            units=load_units(), tolerances=tolerances or load_tolerances(), lots=NoLots()
        )

    def draft(self, amount, key=FIRST, *, unit="C62", use=None, kind=EntryKind.DRAWN):
        return self.ledger.draft(
            key,
            lot=LOT,
            quantity=Quantity(Decimal(amount), unit),
            use=use or Use(Source.CLAIM, f"claim-of-{amount}", 1, reference="D-1"),
            by="nguyen",
            kind=kind,
        )

    def draw(self, *drafts):
        return self.works.do(lambda work: self.ledger.draw(work, drafts))

    def balance(self, key=FIRST):
        return self.works.read(lambda work: self.ledger.balance(work, key))

    def entries(self, key=FIRST):
        return self.works.read(lambda work: self.ledger.entries(work, key))

    def kinds(self, key=FIRST):
        return [one.what.kind for one in self.entries(key)]


@contextmanager
def statements_of(desk):
    """Note the statements of a block, in capitals."""
    asked = []

    def note(_connection, _cursor, statement, *_about):
        asked.append(statement.upper())

    engine = desk.works.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def desk(database):
    return Desk(database)


def test_claims_at_once_never_overdraw_an_item(desk):
    def claim(turn):
        use = Use(Source.CLAIM, f"claim-{turn:03d}", 1, reference=f"D-{turn}")
        try:
            return len(desk.draw(desk.draft("7", use=use)))
        except OverdrawnError:
            return 0

    with ThreadPoolExecutor(THREADS) as pool:
        drawn = sum(pool.map(claim, range(AT_ONCE)))

    assert drawn == 500 // 7
    assert desk.balance().used == Fraction(7 * drawn, 500)
    assert [one.turn for one in desk.entries()] == list(range(1, drawn + 1))
    assert desk.works.read(lambda work: desk.ledger.is_whole(work, FIRST))


def test_claims_in_opposite_orders_never_wait_in_a_circle(desk):
    def claim(turn):
        use = Use(Source.CLAIM, f"claim-{turn:03d}", 1, reference=f"D-{turn}")
        drafts = [desk.draft("2", key, use=use) for key in (FIRST, SECOND)]
        # No second try: a deadlock would come out as an error here.
        with desk.works.database.begin() as transaction:
            work = desk.works._work(transaction)
            desk.ledger.draw(work, drafts if turn % 2 else drafts[::-1])

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(claim, range(AT_ONCE)))

    assert desk.balance(FIRST).used == desk.balance(SECOND).used == Fraction(2 * AT_ONCE, 500)


def test_refused_draw_leaves_every_item_as_it_was(desk):
    desk.draw(desk.draft("400", SECOND))

    with pytest.raises(OverdrawnError) as refused:
        desk.draw(desk.draft("100"), desk.draft("101", SECOND))

    assert "free to 20 percent" in str(refused.value)
    assert desk.entries(FIRST) == ()
    assert desk.balance(SECOND).left == Fraction(1, 5)


def test_other_units_of_the_same_measure_draw_the_same_goods(desk):
    desk.draw(desk.draft("0.62525", unit="TNE"))
    desk.draw(desk.draft("10", unit="DZN"))

    assert desk.balance().used == Fraction(1, 2) + Fraction(120, 500)


def test_quantity_in_a_foreign_measure_is_refused_with_the_units(desk):
    with pytest.raises(UnfitError) as refused:
        desk.draft("1", unit="MTR")

    assert refused.value.flaws[0].code == "LED-UNIT"
    assert "C62, KGM" in refused.value.flaws[0].detail


def test_return_names_the_entry_and_keeps_it(desk):
    (drawn,) = desk.draw(desk.draft("400"))

    back = desk.works.do(
        lambda work: desk.ledger.give_back(work, drawn.id, by="kim", reason="objection upheld")
    )

    assert (back.what.kind, back.what.reverses) == (EntryKind.RETURNED, drawn.id)
    assert desk.entries() == (drawn, back)
    assert desk.balance().used == NOTHING


def test_entry_is_given_back_in_parts_but_never_twice(desk):
    (drawn,) = desk.draw(desk.draft("400"))

    def give_back(amount):
        quantity = Quantity(Decimal(amount), "C62")
        return desk.works.do(
            lambda work: desk.ledger.give_back(
                work, drawn.id, by="kim", reason="refund", quantity=quantity, lot=LOT
            )
        )

    give_back("150")
    with pytest.raises(ConflictError):
        give_back("251")
    rest = desk.works.do(
        lambda work: desk.ledger.give_back(work, drawn.id, by="kim", reason="the rest")
    )
    with pytest.raises(ConflictError):
        give_back("1")

    assert rest.what.quantity == Quantity(Decimal(250), "C62")
    assert desk.balance().used == NOTHING


def test_suspended_goods_are_set_aside_then_drawn_or_released(desk):
    held, let_go = desk.draw(
        desk.draft("300", kind=EntryKind.RESERVED), desk.draft("100", kind=EntryKind.RESERVED)
    )
    reserved = desk.balance()

    with pytest.raises(OverdrawnError):
        desk.draw(desk.draft("101"))
    desk.works.do(lambda work: desk.ledger.draw_reserved(work, held.id, by="kim", reason="origin"))
    desk.works.do(lambda work: desk.ledger.give_back(work, let_go.id, by="kim", reason="denied"))

    assert reserved.reserved == Fraction(4, 5)
    assert desk.kinds() == ["RESERVED", "RESERVED", "RELEASED", "DRAWN", "RELEASED"]
    assert (desk.balance().used, desk.balance().reserved) == (Fraction(3, 5), NOTHING)


def test_claim_gives_back_everything_that_it_holds(desk):
    use = Use(Source.CLAIM, "claim-1", 1, reference="D-1")
    other = Use(Source.CLAIM, "claim-2", 1, reference="D-2")
    desk.draw(desk.draft("200", use=use), desk.draft("100", SECOND, use=use))
    desk.draw(desk.draft("50", use=other))

    def end(work):
        return desk.ledger.give_back_all(
            work, Source.CLAIM, "claim-1", by="kim", reason="version 2"
        )

    first, again = desk.works.do(end), desk.works.do(end)

    assert (len(first), again) == (2, ())
    assert (desk.balance().used, desk.balance(SECOND).used) == (Fraction(1, 10), NOTHING)


def test_past_balance_is_told_by_the_entries_alone(desk):
    before = desk.works.clock()
    moments = [desk.draw(desk.draft(amount))[0].at for amount in ("100", "150", "50")]

    def used_at(moment):
        return desk.works.read(lambda work: desk.ledger.balance_at(work, FIRST, moment).used)

    assert [used_at(one) for one in (before, *moments)] == [
        NOTHING,
        Fraction(1, 5),
        Fraction(1, 2),
        Fraction(3, 5),
    ]


def test_tolerance_of_an_agreement_lets_more_be_drawn(database):
    five = Tolerance(Fraction(1, 20), "a test", verified=False)
    desk = Desk(database, Tolerances(load_tolerances().default, {"AKFTA": five}))

    desk.draw(desk.draft("525"))
    with pytest.raises(OverdrawnError):
        desk.draw(desk.draft("0.0001"))

    assert desk.balance().left == NOTHING
    assert desk.balance().used > WHOLE


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ooms_ledger_draw SET share = '1/500' WHERE turn = 1",
        "DELETE FROM ooms_ledger_draw WHERE turn = 2",
    ],
)
def test_altered_or_missing_entry_is_found(desk, statement):
    desk.draw(desk.draft("100"), desk.draft("150"))
    sound = desk.works.read(lambda work: desk.ledger.is_whole(work, FIRST))

    desk.works.do(lambda work: work.transaction.execute(text(statement)))

    assert sound
    assert not desk.works.read(lambda work: desk.ledger.is_whole(work, FIRST))


def test_no_statement_of_the_ledger_changes_an_entry(desk):
    asked = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        asked.append(" ".join(statement.split()[:3]).upper())

    engine = desk.works.database.engine
    event.listen(engine, "before_cursor_execute", note)
    held, drawn = desk.draw(desk.draft("100", kind=EntryKind.RESERVED), desk.draft("50"))
    desk.works.do(lambda work: desk.ledger.draw_reserved(work, held.id, by="kim", reason="origin"))
    desk.works.do(lambda work: desk.ledger.give_back(work, drawn.id, by="kim", reason="refund"))
    event.remove(engine, "before_cursor_execute", note)

    assert {one for one in asked if not one.startswith("SELECT")} - {"BEGIN", "COMMIT"} == {
        "INSERT INTO OOMS_LEDGER_BALANCE",
        "INSERT INTO OOMS_LEDGER_DRAW",
        "UPDATE OOMS_LEDGER_BALANCE SET",
    }
    assert desk.entries()[:2] == (held, drawn)


def test_same_invoice_at_two_offices_is_found(desk):
    def use(turn, **where):
        return Use(Source.CLAIM, f"claim-{turn}", 1, reference=f"D-{turn}", **where)

    hai_phong = {"office": "HAI PHONG", "importer": "0101", "invoice": "HB-2026-1120"}
    da_nang = {"office": "DA NANG", "importer": "0202", "invoice": "hb-2026-1120 "}
    desk.draw(desk.draft("10", use=use(1, **hai_phong)))
    desk.draw(desk.draft("10", SECOND, use=use(2, **da_nang)))
    desk.draw(desk.draft("10", SECOND, use=use(3, **da_nang | {"invoice": "OTHER"})))

    found = desk.works.read(
        lambda work: desk.ledger.duplicates(
            work, keys=[FIRST, SECOND], invoices=["HB-2026-1120", "OTHER"], declarations=["D-1"]
        )
    )

    assert [(one.what, one.value) for one in found] == [(Twice.INVOICE, "HB-2026-1120")]
    assert [one.use.office for one in found[0].links] == ["HAI PHONG", "DA NANG"]


def test_invoice_of_one_importer_is_judged_without_reading_its_entries(desk):
    where: dict[str, Any] = {
        "office": "HAI PHONG",
        "importer": "0101",
        "invoice": "HB-2026-1120",
    }
    for turn in range(3):
        use = Use(Source.CLAIM, f"claim-{turn}", 1, reference=f"D-{turn}", **where)
        desk.draw(desk.draft("10", use=use))

    with statements_of(desk) as asked:
        found = desk.works.read(
            lambda work: desk.ledger.duplicates(
                work, keys=[FIRST], invoices=["HB-2026-1120"], declarations=["D-1"]
            )
        )

    assert found == ()
    assert sum(one.startswith("SELECT") for one in asked) == 3
    assert [one for one in asked if "SHARE" in one] == []


def test_use_that_was_given_back_is_no_duplicate(desk):
    def use(turn, office):
        where = {"office": office, "importer": "0101", "invoice": "HB-2026-1120"}
        return Use(Source.CLAIM, f"claim-{turn}", 1, reference=f"D-{turn}", **where)

    desk.draw(desk.draft("10", use=use(1, "HAI PHONG")))
    (second,) = desk.draw(desk.draft("10", use=use(2, "DA NANG")))
    desk.works.do(
        lambda work: desk.ledger.give_back(work, second.id, by="nguyen", reason="withdrawn")
    )

    found = desk.works.read(
        lambda work: desk.ledger.duplicates(work, keys=[FIRST], invoices=["HB-2026-1120"])
    )

    assert found == ()


def test_items_that_are_held_are_drawn_without_another_lock(desk):
    def hold_and_draw(work):
        held = desk.ledger.hold(work, [FIRST, SECOND])
        drafts = [desk.draft("10"), desk.draft("40")]
        return desk.ledger.draw_held(work, drafts, held=held)

    with statements_of(desk) as asked:
        standing = desk.works.do(hold_and_draw)

    assert sum("ON CONFLICT" in one for one in asked) == 1
    assert (standing[FIRST].used, standing[SECOND].used) == (Fraction(1, 10), NOTHING)
    assert desk.balance() == standing[FIRST]


def test_chain_shows_both_ends_of_a_certificate(desk):
    ours = Use(Source.CERTIFICATE, "certificate-1", reference="V001260000009")
    claim = Use(Source.CLAIM, "claim-1", 1, reference="D-1")
    desk.draw(desk.draft("100", use=ours), desk.draft("250", use=claim))

    def chain(number):
        key = CertificateKey("KR", "AKFTA", number)
        return desk.works.read(lambda work: desk.ledger.chains(work, key))

    received, passed_on = chain(FIRST.number_key), chain("V001260000009")

    assert [(one.use.reference, one.share) for one in received.carries] == [
        ("V001260000009", Fraction(1, 5)),
        ("D-1", Fraction(1, 2)),
    ]
    assert [one.key for one in passed_on.rests_on] == [FIRST]
    assert (received.rests_on, passed_on.carries) == ((), ())
