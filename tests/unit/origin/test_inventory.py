"""Stocks: which units of fungible materials left, by the method the trader keeps."""

from dataclasses import replace
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
)
from tests.origin_answers import foreign_share
from tests.unit.origin.agreements import (
    found_under,
    question_keys,
    stocks,
    verdict_under,
    with_policies,
)
from tests.unit.origin.building import material, own

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


RECEIPTS = [
    {"on": "2026-01-01", "quantity": "10", "originating": True, "unit_value": "2"},
    {"on": "2026-01-02", "quantity": "10", "originating": False, "unit_value": "3"},
]


def bolts(method, quantity="10", receipts=RECEIPTS, **more):
    """Bolts of the good's own subheading: any foreign part bars the shift."""
    taken = [{"on": "2026-01-03", "quantity": quantity}]
    kept = {"method": method, "receipts": receipts, "withdrawals": taken} | more
    return material("bolts", "850490", None, originating=None, inventory=kept)


def kept_under(*methods, **more):
    return with_policies(fungible=stocks(*methods, **more))


@pytest.mark.parametrize(
    ("method", "expected"),
    [("fifo", "originating"), ("lifo", "non_originating"), ("average", "non_originating")],
)
def test_method_decides_whether_the_units_used_originate(method, expected):
    agreement = kept_under("fifo", "lifo", "average")

    assert verdict_under(agreement, bolts(method), rule="CTH") == expected


def test_line_becomes_its_originating_and_its_foreign_part():
    found = found_under(kept_under("average"), bolts("average"), rule="RVC.bd>=87.5%FOB")

    assert [o["reason"]["key"] for o in found["origins"]] == [
        "origin.stock",
        "origin.own",
        "origin.foreign",
    ]
    assert found["value"]["content_percent"] == "87.50"  # half of 10 units, at 2.50 each


def test_part_used_of_a_withdrawal_is_what_counts():
    line = bolts("average", quantity="20")
    line["inventory"]["quantity"] = "10"

    found = found_under(kept_under("average"), line, rule="RVC.bd>=40%FOB")

    assert found["value"]["content_percent"] == "87.50"


def test_line_without_unit_values_is_split_by_units():
    receipts = [{k: v for k, v in r.items() if k != "unit_value"} for r in RECEIPTS]
    line = bolts("average", receipts=receipts) | {"value": "40"}

    found = found_under(kept_under("average"), line, rule="RVC.bd>=40%FOB")

    assert found["value"]["content_percent"] == "80.00"


def test_endless_share_is_rounded_against_the_good():
    thirds = [dict(RECEIPTS[0], quantity="1"), dict(RECEIPTS[1], quantity="2")]
    receipts = [{k: v for k, v in r.items() if k != "unit_value"} for r in thirds]
    line = bolts("average", quantity="1", receipts=receipts) | {"value": "10"}

    found = found_under(kept_under("average"), line, rule="VNM<=6%FOB", price="100")

    assert found["verdict"] == "non_originating"
    facts = found["alternatives"][0]["findings"][0]["reason"]["facts"]
    assert facts["counted"] == "6.66666667"


@pytest.mark.parametrize("agreement", [kept_under("fifo"), with_policies(fungible=None)])
def test_method_that_is_not_admitted_is_a_question(agreement):
    found = found_under(agreement, bolts("lifo"), rule="CTH")

    assert found["verdict"] == "non_originating"  # the newest units are foreign in any case
    found = found_under(agreement, bolts("average"), rule="RVC.bd>=80%FOB")
    assert (found["verdict"], question_keys(found)) == ("needs_fact", ["inventory_method"])


def test_lots_kept_apart_need_no_method():
    lots = [dict(r, lot=lot) for r, lot in zip(RECEIPTS, "AB", strict=True)]
    line = bolts("specific", receipts=lots)
    line["inventory"]["withdrawals"][0]["lot"] = "A"

    assert verdict_under(with_policies(fungible=None), line, rule="CTH") == "originating"


def test_accounting_that_needs_authorization_asks_for_it():
    agreement = kept_under("fifo", authorization=True)
    found = found_under(agreement, bolts("fifo"), rule="CTH")

    assert (found["verdict"], question_keys(found)) == ("needs_fact", ["inventory_authorized"])
    for said, expected in ((True, "originating"), (False, "non_originating")):
        facts = {"inventory_authorized": said}
        assert verdict_under(agreement, bolts("fifo"), rule="CTH", facts=facts) == expected


def test_units_of_another_party_count_by_cumulation():
    receipts = [dict(RECEIPTS[0], origin="TH")]

    for country, expected in (("TH", "originating"), ("JP", "non_originating")):
        line = bolts("fifo", receipts=[dict(receipts[0], origin=country)])
        assert verdict_under(kept_under("fifo"), line, rule="CTH") == expected


def finished(method="average", receipts=RECEIPTS, quantity="10"):
    taken = [{"on": "2026-01-03", "quantity": quantity}]
    return {"inventory": {"method": method, "receipts": receipts, "withdrawals": taken}}


@pytest.mark.parametrize(
    ("method", "expected"), [("fifo", "originating"), ("lifo", "non_originating")]
)
def test_consignment_of_fungible_goods_needs_originating_units(method, expected):
    agreement = kept_under("fifo", "lifo")
    made = own("board", "853400")

    assert verdict_under(agreement, made, rule="CTH", product=finished(method)) == expected


def test_mixed_consignment_says_how_many_units_originate():
    found = found_under(kept_under("average"), own("board", "853400"), product=finished())

    assert found["verdict"] == "non_originating"
    told = [f["because"] for f in found["alternatives"][0]["findings"]]
    assert told[0] == "5 of the 10 units taken from stock originate, by the method average"


def test_stock_of_goods_does_not_make_the_rule_met():
    coil = material("coil", "850490", "90")

    assert verdict_under(kept_under("fifo"), coil, rule="CTH", product=finished("fifo")) == (
        "non_originating"
    )


def test_goods_are_told_apart_only_where_the_agreement_says_so():
    policy = replace(stocks("fifo"), goods_too=False)
    agreement = with_policies(fungible=policy)
    found = found_under(agreement, own("board", "853400"), rule="CTH", product=finished("fifo"))

    assert (found["verdict"], question_keys(found)) == ("needs_fact", ["inventory_method"])
