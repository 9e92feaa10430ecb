"""Makes policies for the tests of tolerances, sets, components and work abroad."""

from decimal import Decimal
from typing import Any

from ooms.agreements import notation
from ooms.agreements.model import NamedRule, ProductRule, ProductRules
from ooms.agreements.policies import (
    Abroad,
    Differs,
    Lifted,
    Measure,
    OutwardProcessing,
    SetPolicy,
    ShareOf,
    Tolerance,
    ToleranceTest,
    Within,
)
from ooms.agreements.rule import Base
from ooms.kernel.hs import HsRange
from tests.unit.origin.agreements import CITED

EVERY_GOOD = ("01..97",)
TEXTILES = ("50..63",)


def ranges(*written):
    return tuple(HsRange.parse(*codes.split("..")) for codes in written)


def by_value(percent):
    return ToleranceTest(Measure.VALUE, Decimal(percent))


def by_weight(percent, of="good"):
    return ToleranceTest(Measure.WEIGHT, Decimal(percent), ShareOf(of))


def tolerance(*any_of, goods=EVERY_GOOD, lifts=("shift",), within=(), **more):
    given: dict[str, Any] = {
        "materials": (),
        "excluded_materials": (),
        "excluded_words": (),
        "differs": Differs.NOT_ASKED,
        "asks": "",
        "waives_value_content": False,
    }
    return Tolerance(
        goods=ranges(*goods),
        any_of=any_of,
        lifts=frozenset(map(Lifted, lifts)),
        within=tuple(Within(words, Decimal(percent)) for words, percent in within),
        cited=CITED,
        **given | more,
    )


def set_policy(percent, base="FOB"):
    return SetPolicy(Decimal(percent), Base(base), CITED)


def outward(abroad, percent, *, own=None, excluded=(), asks=""):
    return OutwardProcessing(
        abroad=Abroad(abroad),
        goods=ranges(*EVERY_GOOD),
        excluded_goods=ranges(*excluded),
        percent=Decimal(percent),
        base=Base.FOB,
        own_materials_percent=Decimal(own) if own else None,
        asks=asks,
        cited=CITED,
    )


def named(name, written=""):
    return NamedRule(name, notation.read(written) if written else None, written, CITED)


def products(*entries):
    """Make a table of product rules of (codes, goods, rule)."""
    return ProductRules.of(
        tuple(
            ProductRule(ranges(codes)[0], notation.read(rule), rule, row, CITED, goods)
            for row, (codes, goods, rule) in enumerate(entries)
        )
    )
