"""How well routing does: drift of features and scores, precision, champion against challenger."""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources

from ooms.db import Work
from ooms.risk.model import Channel, Decision, OutcomeKind, Result
from ooms.risk.repository import RouteRows
from ooms.risk.scorecard import Scorecard
from ooms.risk.training import Seen

#: An empty bin counts as so little of a line: the index has a logarithm.
_LEAST_SHARE = 0.0005
_UNKNOWN = "unknown"
_SHOWN = Decimal("0.0001")
Told = frozenset[tuple[OutcomeKind, Result]]


class Drift(StrEnum):
    """How far the claims of late have moved from those before."""

    STABLE = "STABLE"
    WATCH = "WATCH"
    DRIFTED = "DRIFTED"
    TOO_FEW = "TOO_FEW"


@dataclass(frozen=True, slots=True)
class DriftTerms:
    """From which index on somebody looks, and which days are compared."""

    watch: Decimal
    drifted: Decimal
    recent_days: int
    baseline_days: int


@dataclass(frozen=True, slots=True)
class Moved:
    """How far one feature, or the score, has moved."""

    name: str
    index: Decimal | None
    drift: Drift


@dataclass(frozen=True, slots=True)
class Hits:
    """Of the lines of one channel: how many, how many with a known end, how many were wrong."""

    channel: Channel
    lines: int
    known: int
    wrong: int

    @property
    def precision(self) -> Decimal | None:
        """The share of wrong lines among those with a known end."""
        return (Decimal(self.wrong) / self.known).quantize(_SHOWN) if self.known else None


@dataclass(frozen=True, slots=True)
class Difference:
    """Lines that champion and challenger send so: how many, and how many were wrong."""

    champion: Channel
    challenger: Channel
    lines: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Report:
    """How well routing does over some days."""

    since: date
    until: date
    model: str
    moved: tuple[Moved, ...]
    hits: tuple[Hits, ...]
    differences: tuple[Difference, ...]


@cache
def drift_terms() -> DriftTerms:
    """Return when a table has drifted."""
    text = (resources.files("ooms.risk") / "data" / "terms.toml").read_text("utf-8")
    written = tomllib.loads(text)["drift"]
    return DriftTerms(
        Decimal(written["watch"]),
        Decimal(written["drifted"]),
        written["recent_days"],
        written["baseline_days"],
    )


def report(work: Work, card: Scorecard) -> Report:
    """Compare the claims of late with those before, and routing with what became of them."""
    terms, until = drift_terms(), work.today + timedelta(days=1)
    middle = until - timedelta(days=terms.recent_days)
    since = middle - timedelta(days=terms.baseline_days)
    rows = RouteRows(work.transaction)
    before = _binned(card, (one for one, _ in rows.judged(since=since, until=middle)))
    recent, seen = [], []
    for decision, told in rows.judged(since=middle, until=until):
        recent.append(decision)
        seen.append((decision, told))
    now = _binned(card, recent)
    return Report(
        since=middle,
        until=until,
        model=card.model,
        moved=tuple(_moved(name, before[name], now[name], terms=terms) for name in before),
        hits=_hits(seen),
        differences=_differences(seen),
    )


def history(work: Work) -> tuple[Seen, ...]:
    """Return every routed line whose end is known, to train a table with."""
    tomorrow = work.today + timedelta(days=1)
    found = []
    for decision, told in RouteRows(work.transaction).judged(since=date.min, until=tomorrow):
        wrong = is_wrong(told)
        if wrong is not None:
            values = {one.feature: one.value for one in decision.scored.contributions}
            found.append(Seen(decision.goods.declared_on, values, wrong))
    return tuple(found)


def stability_index(before: Mapping[str, int], now: Mapping[str, int]) -> Decimal | None:
    """Tell how far a distribution has moved: the population stability index; None of nothing."""
    whole_before, whole_now = sum(before.values()), sum(now.values())
    if not whole_before or not whole_now:
        return None
    index = 0.0
    for name in sorted({*before, *now}):
        share = max(before.get(name, 0) / whole_before, _LEAST_SHARE)
        later = max(now.get(name, 0) / whole_now, _LEAST_SHARE)
        index += (later - share) * math.log(later / share)
    return Decimal(index).quantize(_SHOWN)


def is_wrong(told: Told) -> bool | None:
    """Tell whether a line was wrong: a verification's word counts before the decision's."""
    for kind in (OutcomeKind.VERIFICATION, OutcomeKind.DECISION):
        results = {result for one, result in told if one is kind} - {Result.OPEN}
        if results:
            return Result.WRONG in results
    return None


def _binned(card: Scorecard, decisions: Iterable[Decision]) -> Mapping[str, Counter[str]]:
    bins: dict[str, Counter[str]] = {scale.feature: Counter() for scale in card.scales}
    bins["score"] = Counter()
    for decision in decisions:
        values = {one.feature: one.value for one in decision.scored.contributions}
        points = 0
        for scale in card.scales:
            value = values.get(scale.feature)
            held = scale.bin_of(value) if value is not None else None
            name = str(held.least) if held else _UNKNOWN
            bins[scale.feature][name] += 1
            points += held.points if held else scale.unknown_points
        bins["score"][str(points // 10)] += 1
    return bins


def _moved(
    name: str, before: Mapping[str, int], now: Mapping[str, int], *, terms: DriftTerms
) -> Moved:
    index = stability_index(before, now)
    if index is None:
        return Moved(name, None, Drift.TOO_FEW)
    if index >= terms.drifted:
        return Moved(name, index, Drift.DRIFTED)
    return Moved(name, index, Drift.WATCH if index >= terms.watch else Drift.STABLE)


def _hits(seen: list[tuple[Decision, Told]]) -> tuple[Hits, ...]:
    found = []
    for channel in Channel:
        ends = [is_wrong(told) for decision, told in seen if decision.channel is channel]
        known = [one for one in ends if one is not None]
        found.append(Hits(channel, len(ends), len(known), sum(known)))
    return tuple(found)


def _differences(seen: list[tuple[Decision, Told]]) -> tuple[Difference, ...]:
    lines: Counter[tuple[Channel, Channel]] = Counter()
    wrong: Counter[tuple[Channel, Channel]] = Counter()
    for decision, told in seen:
        if decision.challenger is None:
            continue
        cell = decision.scored.channel, decision.challenger.channel
        lines[cell] += 1
        wrong[cell] += bool(is_wrong(told))
    return tuple(Difference(*cell, lines[cell], wrong[cell]) for cell in sorted(lines))
