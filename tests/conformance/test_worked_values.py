"""The published numbers of stocks of fungible materials and goods come out as published.

The numbers stand here as they were published (Canada, SOR/2020-155, schedules 7 and 8); the last
test compares them with the shared reference. Its other numbers are sums over a producer's books
(net cost, the value of an intermediate, a price less its container): a case states their results.
"""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from ooms.agreements.policies import Inventory
from ooms.origin.inventory import (
    Receipt,
    Status,
    Stock,
    Withdrawal,
    closing_stock,
    draw,
)
from tests.origin_answers import foreign_share

SOURCE = Path(__file__).parents[3] / "shared" / "cases" / "worked_values.jsonl"

FOREIGN_STOCK = [
    ("2021-01-01", 200, "1.05", "N"),
    ("2021-01-03", 1000, "1.0", "N"),
    ("2021-01-05", 1000, "1.1", "N"),
    ("2021-01-10", 1000, "1.05", "N"),
    ("2021-01-16", 2000, "1.1", "N"),
]
FOREIGN_SHIPMENTS = [
    ("2021-01-08", 500),
    ("2021-01-09", 500),
    ("2021-01-14", 1500),
    ("2021-01-18", 1500),
]
MIXED_STOCK = [
    ("2020-12-18", 100, "1.0", "O"),
    ("2020-12-27", 100, "1.1", "N"),
    ("2021-01-01", 1000, "1.0", "O"),
    ("2021-01-05", 1000, "1.1", "N"),
    ("2021-01-10", 1000, "1.05", "O"),
    ("2021-01-16", 2000, "1.1", "N"),
]
MIXED_SHIPMENTS = [
    ("2021-01-10", 100),
    ("2021-01-15", 700),
    ("2021-01-20", 1000),
    ("2021-01-23", 900),
]


def receipt(day, quantity, unit_value, letter):
    status = Status(originating=letter == "O")
    return Receipt(date.fromisoformat(day), Decimal(quantity), Decimal(unit_value), status)


def kept(method, receipts, shipments, **more):
    return Stock(
        Inventory(method),
        tuple(receipt(*line) for line in receipts),
        tuple(Withdrawal(date.fromisoformat(day), Decimal(units)) for day, units in shipments),
        **more,
    )


def worth(drawn):
    return sum((portion.value for portion in drawn), Fraction(0))


def units(drawn):
    return sum((portion.quantity for portion in drawn), Fraction(0))


def rounded(number, places):
    return Decimal(str(round(number, places)) if places == 0 else f"{float(number):.{places}f}")


def test_oldest_units_first_give_the_published_values():
    drawn = draw(kept("fifo", FOREIGN_STOCK, FOREIGN_SHIPMENTS))

    assert [worth(shipment) for shipment in drawn] == [510, 500, 1615, 1615]


def test_rolling_average_gives_the_published_values():
    first_two = draw(kept("average", FOREIGN_STOCK, FOREIGN_SHIPMENTS))[:2]
    after_two = draw(kept("average", FOREIGN_STOCK[:2], [("2021-01-04", 1)]))[0]

    assert [worth(shipment) for shipment in first_two] == [525, 525]
    assert rounded(worth(after_two), 3) == Decimal("1.008")
    assert worth(first_two[0]) / units(first_two[0]) == Fraction("1.05")


def test_average_per_shipment_gives_the_published_shares():
    """The source rounds shares and unit values to two digits before it multiplies them."""
    drawn = draw(kept("average", MIXED_STOCK, MIXED_SHIPMENTS))

    shares = [rounded(foreign_share(shipment), 2) for shipment in drawn]
    unit_values = [rounded(worth(shipment) / units(shipment), 2) for shipment in drawn]
    foreign = [
        share * value * taken
        for share, value, (_, taken) in zip(shares, unit_values, MIXED_SHIPMENTS, strict=True)
    ]
    assert shares == [Decimal(s) for s in ("0.50", "0.34", "0.64", "0.64")]
    assert foreign == [Decimal(v) for v in ("52.5", "249.9", "684.8", "616.32")]


def test_ratio_of_january_rules_the_goods_shipped_in_february():
    """The source rounds the ratio to three digits: 40.4 % of 3000 units is 1212.

    What came in during February does not matter to its shipments, so any amount will do.
    """
    february = ("2021-02-01", 3000, "1.0", "N")
    shipments = [*MIXED_SHIPMENTS, ("2021-02-15", 3000)]
    drawn = draw(kept("average", [*MIXED_STOCK, february], shipments, period_months=1))
    january = closing_stock(kept("average", MIXED_STOCK, MIXED_SHIPMENTS), period_months=1)

    ratio = rounded(1 - foreign_share(drawn[-1]), 3)
    assert (ratio * 3000, (1 - ratio) * 3000) == (1212, 1788)
    assert rounded(1 - foreign_share(january), 3) == ratio
    assert (ratio * units_of(january), (1 - ratio) * units_of(january)) == (1010, 1490)


def units_of(drawn):
    return Decimal(int(units(drawn)))


@pytest.mark.parametrize(
    ("day", "originating"),
    [("2021-01-10", False), ("2021-01-15", True), ("2021-01-20", False), ("2021-01-23", False)],
)
def test_newest_units_first_decide_each_published_shipment(day, originating):
    drawn = draw(kept("lifo", MIXED_STOCK, MIXED_SHIPMENTS))
    place = [shipped for shipped, _ in MIXED_SHIPMENTS].index(day)

    assert {portion.status.originating for portion in drawn[place]} == {originating}


OUTSIDE = {"cfr-10.923", "s7-ex6-allocation", "s8-ex2-intermediate"}


def test_every_shared_value_is_here_or_summed_by_the_producer():
    held = {"sch7-fifo", "sch7-rolling", "sch8-average-per-shipment", "sch8-goods-average"}

    assert set(published()) == held | OUTSIDE


def published():
    if not SOURCE.exists():
        pytest.skip("the shared reference is not beside the checkout")
    lines = SOURCE.read_text("utf-8").splitlines()
    return {value["id"]: value for value in map(json.loads, lines)}


@pytest.mark.parametrize(
    ("name", "receipts", "shipments"),
    [
        ("sch7-fifo", FOREIGN_STOCK, FOREIGN_SHIPMENTS),
        ("sch7-rolling", FOREIGN_STOCK, FOREIGN_SHIPMENTS),
        ("sch8-average-per-shipment", MIXED_STOCK, MIXED_SHIPMENTS),
        ("sch8-goods-average", MIXED_STOCK, MIXED_SHIPMENTS),
    ],
)
def test_numbers_are_those_of_the_source(name, receipts, shipments):
    stated = published()[name]["input"]

    assert [tuple(line) for line in stated["shipments"]] == shipments
    for (day, quantity, value, *letter), ours in zip(stated["receipts"], receipts, strict=True):
        assert (day, quantity, Decimal(str(value))) == (ours[0], ours[1], Decimal(ours[2]))
        assert letter in ([], [ours[3]])
