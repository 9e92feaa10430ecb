"""Stocks put together for a case: which lots, which withdrawal, which method, which currency."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ooms.agreements.policies import Inventory
from ooms.materials.model import Election, Kept, Lot, Material, Withdrawal, year_after
from ooms.materials.stock import Need, StockProblemError, draw

NOW = datetime(2026, 11, 20, tzinfo=UTC)
MATERIAL = Material("m", "e", "P-1", "core", "C62", NOW)
NEED = Need(Decimal(2), date(2026, 11, 20), "SC-500", "USD")


def lot(number, on, **changes):
    made = Lot(
        *(number, "m", number, date.fromisoformat(on), Decimal(60), Decimal("1.5")),
        *("USD", "Maker", "KR", NOW),
    )
    return replace(made, **changes)


def taken(key, on, quantity=10, **changes):
    return Withdrawal(key, "m", date.fromisoformat(on), Decimal(quantity), NOW, **changes)


def method(starts_on, way=Inventory.FIFO):
    return Election("m", date.fromisoformat(starts_on), way, NOW)


def kept(*, lots=None, withdrawals=None, elections=None):
    return Kept(
        MATERIAL,
        lots or (lot("L1", "2026-01-10", originating=True), lot("L2", "2026-02-10")),
        withdrawals or (taken("w1", "2026-03-01"),),
        elections or (method("2026-01-01"),),
    )


def drawn(stock, need=NEED):
    return draw(stock, need, is_shown=lambda one: one.originating is True)


def problem(stock, need=NEED):
    with pytest.raises(StockProblemError) as refused:
        drawn(stock, need)
    return str(refused.value)


def test_lots_until_the_withdrawal_count_at_their_prices():
    late = lot("L3", "2026-03-02")

    inventory = drawn(replace(kept(), lots=(*kept().lots, late))).inventory

    assert [one["lot"] for one in inventory["receipts"]] == ["L1", "L2"]
    assert inventory["receipts"][0] == {
        "on": "2026-01-10",
        "quantity": "60",
        "unit_value": "1.5",
        "originating": True,
        "lot": "L1",
        "origin": "KR",
    }
    assert "origin" not in inventory["receipts"][1]
    assert (inventory["method"], inventory["quantity"]) == ("fifo", "2")


def test_case_is_about_the_last_withdrawal_for_its_product():
    withdrawals = (
        taken("w1", "2026-03-01", 11),
        taken("w2", "2026-03-02", 12, product="SC-500"),
        taken("w3", "2026-03-03", 13, product="OTHER"),
        taken("w4", "2026-12-01", 14),
    )

    inventory = drawn(kept(withdrawals=withdrawals)).inventory

    assert [one["quantity"] for one in inventory["withdrawals"]] == ["11", "12"]


def test_stock_of_a_year_kept_alike_reaches_back():
    lots = (lot("OLD", "2025-06-01"), lot("L1", "2026-01-10"))
    elections = (method("2025-01-01"), method("2026-01-01"))

    found = drawn(kept(lots=lots, elections=elections))

    assert [one.number for one in found.lots] == ["OLD", "L1"]
    assert found.elections == elections


def test_change_of_method_asks_for_opening_lots():
    lots = (lot("OLD", "2025-06-01"), lot("L1", "2026-01-10"))
    elections = (method("2025-01-01", Inventory.LIFO), method("2026-01-01"))

    assert "record what was on hand" in problem(kept(lots=lots, elections=elections))


def test_opening_lots_take_the_place_of_what_was_before():
    opening = lot("OPEN", "2026-01-01", is_opening=True)
    lots = (lot("OLD", "2025-06-01"), opening, lot("L1", "2026-01-10"))
    elections = (method("2025-01-01", Inventory.LIFO), method("2026-01-01"))

    receipts = drawn(kept(lots=lots, elections=elections)).inventory["receipts"]

    assert [(one["lot"], one["on"]) for one in receipts] == [
        ("OPEN", "2025-12-31"),
        ("L1", "2026-01-10"),
    ]


def test_lot_in_another_currency_asks_for_its_value():
    foreign = lot("L1", "2026-01-10", currency="JPY")
    stock = kept(lots=(foreign,))
    stated = kept(lots=(replace(foreign, values={"USD": Decimal("0.9")}),))

    assert "state what a unit is worth in USD" in problem(stock)
    assert drawn(stated).inventory["receipts"][0]["unit_value"] == "0.9"


def test_goods_without_a_price_need_lots_of_one_currency():
    lots = (lot("L1", "2026-01-10"), lot("L2", "2026-01-11", currency="JPY"))
    need = replace(NEED, currency=None)

    assert "JPY, USD" in problem(kept(lots=lots), need)
    assert drawn(kept(), need).inventory["receipts"][0]["unit_value"] == "1.5"


@pytest.mark.parametrize(
    ("stock", "told"),
    [
        (kept(withdrawals=(taken("w", "2026-12-01"),)), "record the withdrawal"),
        (kept(withdrawals=(taken("w", "2026-03-01", product="X"),)), "record the withdrawal"),
        (kept(withdrawals=(taken("w", "2026-03-01", 1),)), "one good needs 2"),
        (kept(elections=(method("2025-01-01"),)), "elect the inventory method of P-1"),
    ],
    ids=["later", "other", "less", "unelected"],
)
def test_what_is_not_recorded_is_asked_for(stock, told):
    assert told in problem(stock)


def test_fiscal_year_ends_a_year_after_it_began():
    leap = Election("m", date(2024, 2, 29), Inventory.FIFO, NOW)

    assert year_after(date(2026, 4, 1)) == date(2027, 4, 1)
    assert leap.year.contains(date(2025, 2, 28))
    assert not leap.year.contains(date(2025, 3, 1))
