"""What claims are compared with: made of all that was routed, by a job, in one pass each.

A claim's own way reads a handful of these by key and counts nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from ooms.db import Work
from ooms.kernel.period import add_months
from ooms.risk.model import Around, Goods, OutcomeKind, Past, Prices
from ooms.risk.repository import FigureRows
from ooms.watch.model import Known, Noted, capacity_word

RECENT = timedelta(days=90)  # as the sudden shift of headings is looked for
YEAR_MONTHS, VERIFIED_MONTHS = 12, 36
_GRAMS, _E4 = Decimal(1000), Decimal(10_000)
_PARTIES = (("EXPORTER", "exporter"), ("IMPORTER", "importer"))
_QUARTERS = 4

Content = dict[str, Any]


def refresh(work: Work) -> int:
    """Make every figure anew; who routes meanwhile reads the ones before."""
    rows = FigureRows(work.transaction)
    return rows.replace(_every(rows, on=work.today), now=work.now)


def keys_of(goods: Goods) -> Mapping[str, str]:
    """Name the figures that goods are compared with."""
    kind = f"{goods.hs6}/{goods.origin}"
    return {
        "exporter": f"EXPORTER/{goods.exporter}",
        "importer": f"IMPORTER/{goods.importer}",
        "goods": f"GOODS/{kind}",
        "prices": f"PRICE/{kind}/{goods.currency}",
    }


def around(goods: Goods, figures: Mapping[str, Mapping[str, Any]], known: Known) -> Around:
    """Put together what is known around goods."""
    keys = keys_of(goods)
    prices = figures.get(keys["prices"])
    return Around(
        exporter=_past(figures.get(keys["exporter"])),
        importer=_past(figures.get(keys["importer"])),
        goods=_past(figures.get(keys["goods"])),
        prices=_prices(prices) if prices else None,
        capacity_kg=known.capacities.get(capacity_word(goods.exporter, goods.hs6)),
        watched=_of(known.watched, goods),
        tips=_of(known.tips, goods),
    )


def words_of(goods: Goods) -> frozenset[str]:
    """Name everything that tips, the watch list and capacities are looked up by."""
    return goods.words | {capacity_word(goods.exporter, goods.hs6)}


def price_figure(prices: Iterable[int]) -> Content:
    """Tell median and spread of rising prices; quartiles as the values at a quarter of the way."""
    rising = list(prices)
    low, middle, high = (
        rising[(len(rising) - 1) * quarter // _QUARTERS] for quarter in range(1, _QUARTERS)
    )
    return {"lines": len(rising), "median_e4": middle, "spread_e4": high - low}


def _every(rows: FigureRows, *, on: date) -> Iterator[tuple[str, Content]]:
    year, verified = add_months(on, -YEAR_MONTHS), add_months(on, -VERIFIED_MONTHS)
    days = {"recent": on - RECENT, "before": on - RECENT - (on - year), "year": year}
    for kind, column in _PARTIES:
        parties: dict[str, Content] = {}
        for row in rows.parties(column, on=on, days=days):
            _add_goods(parties.setdefault(row.party, {}), row)
        for row in rows.results(column, kind=OutcomeKind.DECISION, since=year):
            parties.setdefault(row[0], {}).update(lines=row.lines, denied=int(row.wrong))
        for row in rows.results(column, kind=OutcomeKind.VERIFICATION, since=verified):
            clean = row.right_on.isoformat() if row.right_on else None
            parties.setdefault(row[0], {}).update(negatives=int(row.wrong), clean_on=clean)
        yield from ((f"{kind}/{party}", content) for party, content in parties.items() if party)
    for row in rows.results("hs6", "origin", kind=OutcomeKind.DECISION, since=year):
        yield f"GOODS/{row.hs6}/{row.origin}", {"lines": row.lines, "denied": int(row.wrong)}
    for key, group in groupby(rows.prices(since=year), _of_prices):
        yield f"PRICE/{'/'.join(key)}", price_figure(row.price_e4 for row in group)


def _of_prices(row: Any) -> tuple[str, str, str]:
    return row.hs6, row.origin, row.currency


def _add_goods(content: Content, row: Any) -> None:
    first = row.first_on.isoformat()
    content["first_on"] = min(content.get("first_on", first), first)
    heading = row.hs6[:4]
    for name in ("recent", "before"):
        counted = content.setdefault(name, {})
        if getattr(row, name):
            counted[heading] = counted.get(heading, 0) + int(getattr(row, name))
    if row.grams:
        content.setdefault("grams", {})[row.hs6] = int(row.grams)


def _past(content: Mapping[str, Any] | None) -> Past:
    if content is None:
        return Past()
    grams = content.get("grams", {})
    return Past(
        first_on=_day(content.get("first_on")),
        lines=content.get("lines", 0),
        denied=content.get("denied", 0),
        negatives=content.get("negatives", 0),
        clean_on=_day(content.get("clean_on")),
        kilograms={hs6: Decimal(one) / _GRAMS for hs6, one in grams.items()},
        recent=content.get("recent", {}),
        before=content.get("before", {}),
    )


def _prices(content: Mapping[str, Any]) -> Prices:
    median, spread = Decimal(content["median_e4"]) / _E4, Decimal(content["spread_e4"]) / _E4
    return Prices(content["lines"], median, spread)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _of(found: Mapping[str, tuple[Noted, ...]], goods: Goods) -> tuple[Noted, ...]:
    # Mostly nothing is found of any goods: then none of their words is asked for.
    return (
        tuple(one for word in sorted(goods.words) for one in found.get(word, ())) if found else ()
    )
