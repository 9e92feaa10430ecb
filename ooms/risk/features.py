"""What of a claim is measured: each feature one small function that says how it came about.

A feature that cannot be told is None: what is not known is not held against anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from ooms.risk.model import Around, Goods, Measured, Past

#: Fewer prices say nothing of what is usual.
LEAST_PRICES = 20
#: Fewer decided lines make no share.
LEAST_LINES = 10
_HUNDRED = Decimal(100)
_SHOWN = Decimal("0.01")
_DAYS_A_MONTH = Decimal("30.4375")


def price_distance(goods: Goods, around: Around) -> Measured:
    """How many spreads the price of a kilogram lies from the median of such goods."""
    prices, price = around.prices, goods.price
    if price is None:
        return Measured(None, "value or net weight is not stated")
    if prices is None or prices.lines < LEAST_PRICES or not prices.spread:
        return Measured(None, "too few prices of such goods are known")
    distance = (abs(price - prices.median) / prices.spread).quantize(_SHOWN)
    side = "below" if price < prices.median else "above"
    return Measured(
        distance,
        f"{price.quantize(_SHOWN)} {goods.currency} a kilogram, {distance} spreads {side} "
        f"the median {prices.median.quantize(_SHOWN)} of {prices.lines} lines",
    )


def capacity_used(goods: Goods, around: Around) -> Measured:
    """How much of the stated yearly capacity was claimed in a year, with this, in percent."""
    if around.capacity_kg is None or goods.net_kg is None:
        return Measured(None, "no capacity is stated, or no net weight")
    claimed = around.exporter.kilograms.get(goods.hs6, Decimal(0)) + goods.net_kg
    percent = (claimed / around.capacity_kg * _HUNDRED).quantize(_SHOWN)
    return Measured(
        percent,
        f"{claimed:f} kg of {goods.hs6} claimed in a year, {percent}% of the capacity of "
        f"{around.capacity_kg:f} kg",
    )


def hs_shift(goods: Goods, around: Around) -> Measured:
    """How much the share of this heading in the exporter's lines rose in 90 days, in points."""
    recent, before = sum(around.exporter.recent.values()), sum(around.exporter.before.values())
    if before < LEAST_LINES or recent < LEAST_LINES:
        return Measured(None, "too few lines of the exporter to compare two periods")
    heading = goods.hs6[:4]
    now = _percent(around.exporter.recent.get(heading, 0), recent)
    then = _percent(around.exporter.before.get(heading, 0), before)
    return Measured(now - then, f"heading {heading} is {now}% of its lines now, {then}% before")


def transit_countries(goods: Goods, around: Around) -> Measured:  # noqa: ARG001  # as all features
    """How many countries on the way are of neither side."""
    named = ", ".join(goods.transit) or "none"
    return Measured(Decimal(len(goods.transit)), f"countries on the way: {named}")


def exporter_denied(goods: Goods, around: Around) -> Measured:  # noqa: ARG001  # as all features
    """How many of the exporter's lines were denied in a year, in percent."""
    return _denied(around.exporter, "of the exporter")


def importer_denied(goods: Goods, around: Around) -> Measured:  # noqa: ARG001  # as all features
    """How many of the importer's lines were denied in a year, in percent."""
    return _denied(around.importer, "of the importer")


def goods_denied(goods: Goods, around: Around) -> Measured:
    """How many lines of such goods of this origin were denied in a year, in percent."""
    return _denied(around.goods, f"of {goods.hs6} from {goods.origin}")


def negative_verifications(goods: Goods, around: Around) -> Measured:  # noqa: ARG001  # as all
    """How many verifications of the exporter's proofs ended badly in three years."""
    found = around.exporter.negatives
    return Measured(Decimal(found), f"verifications that ended badly in three years: {found}")


def months_since_clean(goods: Goods, around: Around) -> Measured:
    """How many months ago a verification of the exporter's proofs found them right."""
    clean = around.exporter.clean_on
    if clean is None:
        return Measured(None, "no proof of the exporter was verified yet")
    months = _months((goods.declared_on - clean).days)
    return Measured(months, f"a proof was verified and right on {clean.isoformat()}")


def months_known(goods: Goods, around: Around) -> Measured:
    """How many months ago the exporter's goods were first claimed here."""
    first = around.exporter.first_on
    if first is None or not goods.exporter:
        return Measured(Decimal(0), "the first claim of this exporter's goods here")
    months = _months((goods.declared_on - first).days)
    return Measured(months, f"its goods are claimed here since {first.isoformat()}")


def watch_hits(goods: Goods, around: Around) -> Measured:  # noqa: ARG001  # as all features
    """How many entries of the watch list name something about the goods."""
    named = "; ".join(f"{one.reason} ({one.source})" for one in around.watched) or "none"
    return Measured(Decimal(len(around.watched)), f"watch list: {named}")


Feature = Callable[[Goods, Around], Measured]

FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        "capacity_used": capacity_used,
        "exporter_denied": exporter_denied,
        "goods_denied": goods_denied,
        "hs_shift": hs_shift,
        "importer_denied": importer_denied,
        "months_known": months_known,
        "months_since_clean": months_since_clean,
        "negative_verifications": negative_verifications,
        "price_distance": price_distance,
        "transit_countries": transit_countries,
        "watch_hits": watch_hits,
    }
)


def measure(goods: Goods, around: Around) -> Mapping[str, Measured]:
    """Measure every feature."""
    return {name: feature(goods, around) for name, feature in FEATURES.items()}


def _denied(past: Past, whose: str) -> Measured:
    if past.lines < LEAST_LINES:
        return Measured(None, f"only {past.lines} decided lines {whose} in a year")
    percent = _percent(past.denied, past.lines)
    words = f"{past.denied} of {past.lines} decided lines {whose} denied in a year"
    return Measured(percent, words)


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(part) / whole * _HUNDRED).quantize(_SHOWN)


def _months(days: int) -> Decimal:
    return (Decimal(max(days, 0)) / _DAYS_A_MONTH).quantize(Decimal("0.1"))
