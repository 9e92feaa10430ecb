"""Fit a table of points to what became of past lines, by a method that anybody can recount.

The bins stay those of the table that is trained anew.  Each bin's weight of evidence is the
logarithm of how much more often wrong lines fall into it than right ones; neighbors whose weights
run against the feature's direction are pooled until none does; weights become points, `POINTS` for
each doubling of the odds.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TextIO

from ooms.errors import Flaw, UnfitError
from ooms.risk.features import FEATURES
from ooms.risk.scorecard import Bin, Direction, Scale, Scorecard

#: Points for each doubling of the odds that a line is wrong.
POINTS = 10
#: So much of a line is added to every bin, so that none is empty.
_SMOOTHING = 0.5
LEAST_OF_EACH = 20
_DATE, _WRONG = "declared_on", "wrong"


class HistoryError(UnfitError):
    """A file of history cannot be used; every flaw names its line."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A past line: what was measured, and whether it turned out wrong."""

    declared_on: date
    values: Mapping[str, Decimal | None]
    wrong: bool


@dataclass(frozen=True, slots=True)
class Trained:
    """Points for every bin, and how well they tell wrong lines from right ones."""

    scales: tuple[Scale, ...]
    report: Mapping[str, str]


#: Gives one weight for each bin of a scale, in its order, in natural logarithms of odds.
Weigh = Callable[[tuple[Seen, ...], tuple[Scale, ...]], tuple[tuple[float, ...], ...]]


def read_history(file: TextIO) -> Iterator[Seen]:
    """Read lines of history: `declared_on`, `wrong` (0 or 1), and a column for each feature.

    An empty cell, or a column that lacks, is a value that could not be told.

    Raises:
        HistoryError: a column is unknown or missing, or a cell holds no value of its kind.

    """
    rows = csv.DictReader(file)
    names = set(rows.fieldnames or ())
    unknown, lacking = names - set(FEATURES) - {_DATE, _WRONG}, {_DATE, _WRONG} - names
    if unknown or lacking:
        told = ", ".join(sorted(unknown | lacking))
        raise HistoryError(Flaw("/1", f"unknown or missing columns: {told}"))
    for number, row in enumerate(rows, start=2):
        try:
            yield _seen(row)
        except (ValueError, InvalidOperation) as error:
            raise HistoryError(Flaw(f"/{number}", f"no value of its kind: {error}")) from error


def weights_of_evidence(
    seen: tuple[Seen, ...], scales: tuple[Scale, ...]
) -> tuple[tuple[float, ...], ...]:
    """Weigh each bin by how much more often wrong lines fall into it than right ones."""
    return tuple(_weights(scale, seen) for scale in scales)


def train(seen: Iterable[Seen], card: Scorecard, *, weigh: Weigh = weights_of_evidence) -> Trained:
    """Fit the points of a table to what became of past lines.

    1. Refuse a history that says too little.
    2. Weigh each bin, and pool neighbors until a worse value never weighs less.
    3. Make points of weights; the mildest bin of a feature has none.

    Raises:
        HistoryError: too few lines were wrong, or too few were right.

    """
    lines = tuple(seen)
    wrong = sum(one.wrong for one in lines)
    if min(wrong, len(lines) - wrong) < LEAST_OF_EACH:  # 1
        detail = (
            f"{wrong} of {len(lines)} lines were wrong; {LEAST_OF_EACH} of each kind are needed"
        )
        raise HistoryError(Flaw("", detail))
    weighed = weigh(lines, card.scales)  # 2
    pairs = zip(card.scales, weighed, strict=True)
    scales = tuple(_pointed(scale, _counts(scale, lines), weights) for scale, weights in pairs)  # 3
    days = sorted(one.declared_on for one in lines)
    return Trained(
        scales,
        {
            "lines": str(len(lines)),
            "wrong": str(wrong),
            "first_day": days[0].isoformat(),
            "last_day": days[-1].isoformat(),
            "auc_before": f"{area(card.scales, lines):.4f}",
            "auc": f"{area(scales, lines):.4f}",
            "measured_on": "the same lines that it was fitted to: expect less of others",
        },
    )


def area(scales: tuple[Scale, ...], lines: tuple[Seen, ...]) -> float:
    """Tell how often a wrong line has more points than a right one: the area under the curve."""
    scored = sorted((points_of(scales, one), one.wrong) for one in lines)
    wrong = sum(is_wrong for _, is_wrong in scored)
    right = len(scored) - wrong
    ranks, place = 0.0, 0
    while place < len(scored):
        end = place
        while end < len(scored) and scored[end][0] == scored[place][0]:
            end += 1
        middle = (place + end + 1) / 2  # ties share the middle of their ranks
        ranks += middle * sum(is_wrong for _, is_wrong in scored[place:end])
        place = end
    return (ranks - wrong * (wrong + 1) / 2) / (wrong * right)


def points_of(scales: tuple[Scale, ...], line: Seen) -> int:
    """Add up the points of a past line."""
    total = 0
    for scale in scales:
        value = line.values.get(scale.feature)
        total += scale.unknown_points if value is None else scale.bin_of(value).points
    return total


def write_table(card: Scorecard, trained: Trained, *, name: str, version: str) -> str:
    """Write a table with trained points; thresholds, sample and tips stay as they were."""
    told = trained.report
    lines = [
        f"# Fitted to {told['lines']} lines, {told['wrong']} of them wrong,",
        f"# declared from {told['first_day']} to {told['last_day']}.",
        f'name = "{name}"',
        f'version = "{version}"',
        f"\n[channels]\nyellow = {card.yellow}\nred = {card.red}",
        f'\n[sample]\nper_mille = {card.sample_per_mille}\nchannel = "{card.sample_channel}"',
        f'\n[tips]\nchannel = "{card.tip_channel}"',
    ]
    for scale in trained.scales:
        lines += [f'\n[features.{scale.feature}]\ndirection = "{scale.direction}"', "bins = ["]
        lines += [f"    {_written(one)}," for one in scale.bins]
        lines.append("]")
    return "\n".join(lines) + "\n"


def _seen(row: Mapping[str, str | None]) -> Seen:
    wrong = (row[_WRONG] or "").strip()
    if wrong not in ("0", "1"):
        raise ValueError(f"{_WRONG} is 0 or 1, not {wrong!r}")
    values = {name: Decimal(row[name] or "") for name in FEATURES if row.get(name)}
    return Seen(date.fromisoformat(row[_DATE] or ""), values, wrong == "1")


def _counts(scale: Scale, lines: Iterable[Seen]) -> list[list[int]]:
    """Count right and wrong lines in each bin; unknown values count nowhere."""
    counts = [[0, 0] for _ in scale.bins]
    places = {one.least: place for place, one in enumerate(scale.bins)}
    for line in lines:
        value = line.values.get(scale.feature)
        if value is not None:
            counts[places[scale.bin_of(value).least]][line.wrong] += 1
    return counts


def _weights(scale: Scale, lines: tuple[Seen, ...]) -> tuple[float, ...]:
    counts = _counts(scale, lines)
    rights = sum(right for right, _ in counts) + _SMOOTHING * len(counts)
    wrongs = sum(wrong for _, wrong in counts) + _SMOOTHING * len(counts)
    return tuple(
        math.log((wrong + _SMOOTHING) / wrongs) - math.log((right + _SMOOTHING) / rights)
        for right, wrong in counts
    )


def _pointed(scale: Scale, counts: list[list[int]], weights: tuple[float, ...]) -> Scale:
    sizes = [sum(one) + 1 for one in counts]
    is_up = scale.direction is Direction.UP
    ordered = list(zip(weights, sizes, strict=True))
    pooled = _pooled(ordered if is_up else ordered[::-1])
    rising = pooled if is_up else pooled[::-1]
    points = [round((one - min(rising)) * POINTS / math.log(2)) for one in rising]
    bins = tuple(
        replace(one, points=worth, code=one.code or (scale.feature.upper() if worth else ""))
        for one, worth in zip(scale.bins, points, strict=True)
    )
    return replace(scale, bins=bins, unknown_points=0)


def _pooled(weighed: list[tuple[float, int]]) -> list[float]:
    """Pool neighbors that fall, by their sizes, until no weight is less than the one before."""
    blocks: list[tuple[float, int, int]] = []
    for weight, size in weighed:
        blocks.append((weight, size, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (high, many, bins), (low, few, more) = blocks[-2:]
            both = (high * many + low * few) / (many + few)
            blocks[-2:] = [(both, many + few, bins + more)]
    return [weight for weight, _, bins in blocks for _ in range(bins)]


def _written(one: Bin) -> str:
    parts = [] if one.least is None else [f'least = "{one.least}"']
    parts.append(f"points = {one.points}")
    parts += [f'code = "{one.code}"'] if one.code else []
    return "{ " + ", ".join(parts) + " }"
