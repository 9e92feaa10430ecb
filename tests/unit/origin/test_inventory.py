"""Stocks: which units of fungible materials left, by the method the trader keeps."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.agreements.policies import Inventory
from ooms.kernel.country import CountryCode
from ooms.origin.inventory import (
    Receipt,
    Status,
    Stock,
    StockError,
    Withdrawal,
    closing_stock,
    composition,
    draw,
    foreign_share,
)

OWN = Status(originating=True)
FOREIGN = Status(originating=False)


def came(day, quantity, status=FOREIGN, value="1", lot=""):
    unit_value = None if value is None else Decimal(value)
    return Receipt(date(2026, 1, day), Decimal(quantity), unit_value, status, lot)


def left(day, quantity, lot=""):
    return Withdrawal(date(2026, 1, day), Decimal(quantity), lot)


def stock(method, receipts, withdrawals, **more):
    return Stock(Inventory(method), tuple(receipts), tuple(withdrawals), **more)


def units(drawn):
    return {p.status.originating: int(p.quantity) for p in drawn}


MIXED = [came(1, 10, OWN), came(2, 10, FOREIGN), came(3, 10, OWN)]


def test_first_in_first_out_takes_the_oldest_units():
    drawn = draw(stock("fifo", MIXED, [left(4, 10), left(5, 15)]))

    assert [units(d) for d in drawn] == [{True: 10}, {False: 10, True: 5}]


def test_last_in_first_out_takes_the_newest_units():
    drawn = draw(stock("lifo", MIXED, [left(2, 5), left(4, 25)]))

    assert [units(d) for d in drawn] == [{True: 5}, {True: 15, False: 10}]


def test_named_lot_is_taken_under_specific_identification():
    lots = [came(1, 10, OWN, lot="A"), came(1, 10, FOREIGN, lot="B")]
    drawn = draw(stock("specific", lots, [left(2, 4, "B"), left(2, 6, "A")]))

    assert [units(d) for d in drawn] == [{False: 4}, {True: 6}]


def test_lot_that_is_used_up_gives_no_more():
    lots = [came(1, 10, OWN, lot="A"), came(1, 10, FOREIGN, lot="B")]

    with pytest.raises(StockError, match=r"withdrawals\[0\]: takes more than was in stock"):
        draw(stock("specific", lots, [left(2, 11, "A")]))


def test_average_shares_units_and_value_in_the_ratio_of_stock():
    receipts = [came(1, 1, OWN, "1"), came(1, 2, FOREIGN, "4")]
    drawn = draw(stock("average", receipts, [left(2, 1)]))[0]

    assert foreign_share(drawn) == Fraction(2, 3)
    assert [p.value for p in drawn] == [Fraction(1), Fraction(2)]


def test_unit_without_a_value_leaves_the_value_open():
    drawn = draw(stock("average", [came(1, 1, OWN, None), came(1, 2)], [left(2, 1)]))[0]

    assert all(portion.value is None for portion in drawn)


def test_withdrawal_precedes_the_receipt_of_its_day():
    receipts = [came(1, 10, OWN), came(2, 10, FOREIGN)]
    usual = stock("lifo", receipts, [left(2, 5)])
    told = stock("lifo", receipts, [left(2, 5)], receipts_first=True)

    assert units(composition(usual)) == {True: 5}
    assert units(composition(told)) == {False: 5}


def test_part_of_a_withdrawal_keeps_its_shares():
    mixed = stock("fifo", MIXED, [left(4, 20)], quantity=Decimal(5))

    assert foreign_share(composition(mixed)) == Fraction(1, 2)
    assert sum(p.quantity for p in composition(mixed)) == 5


def test_units_of_another_party_are_kept_apart():
    theirs = Status(originating=True, origin=CountryCode.parse("VN"))
    drawn = composition(stock("fifo", [came(1, 5, OWN), came(1, 5, theirs)], [left(2, 10)]))

    assert [p.status for p in drawn] == [OWN, theirs]


def test_ratio_of_one_period_rules_the_next():
    receipts = [came(5, 1, OWN), came(6, 1), Receipt(date(2026, 2, 3), Decimal(8), None, OWN)]
    taken = [Withdrawal(date(2026, 2, 4), Decimal(4))]
    kept = stock("average", receipts, taken, period_months=1)

    assert foreign_share(composition(kept)) == Fraction(1, 2)
    assert foreign_share(closing_stock(kept, period_months=1)) == Fraction(1, 10)


def test_first_period_has_no_ratio_to_go_by():
    with pytest.raises(StockError, match="no ratio of an earlier period"):
        draw(stock("average", MIXED, [left(4, 1)], period_months=1))


def test_average_of_more_than_is_in_stock_is_refused():
    with pytest.raises(StockError, match=r"withdrawals\[1\]"):
        draw(stock("average", MIXED, [left(4, 20), left(5, 11)]))


quantities = st.lists(st.tuples(st.integers(1, 20), st.booleans()), min_size=1, max_size=8)


@given(quantities, st.sampled_from(["fifo", "lifo", "average"]), st.data())
def test_no_method_makes_or_loses_a_unit(receipts, method, data):
    came_in = [came(1 + n, q, Status(own)) for n, (q, own) in enumerate(receipts)]
    total = sum(q for q, _ in receipts)
    first = data.draw(st.integers(1, total))
    gone = [left(20, first)] + ([left(21, total - first)] if total > first else [])

    drawn = draw(stock(method, came_in, gone))

    taken = sum((p.quantity for d in drawn for p in d if p.status.originating), Fraction(0))
    assert taken == sum(q for q, own in receipts if own)
    assert [sum(p.quantity for p in d) for d in drawn] == [w.quantity for w in gone]
