"""Sums of the figures that the interface gives cell by cell, for charts and their tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FIGURES = ("issued", "registered", "granted", "denied", "suspended")
Cell = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sum:
    """The figures of one name: an agreement, a partner, a chapter, a month."""

    name: str
    figures: Mapping[str, int]
    #: Cells of it were too small to be published, so that the true figure is higher.
    is_short: bool = False


def summed(cells: Iterable[Cell], *, by: str) -> tuple[Sum, ...]:
    """Add cells up by one of their dimensions, in its order; a hidden figure counts as nothing."""
    sums: dict[str, dict[str, int]] = {}
    short: set[str] = set()
    for cell in cells:
        name = str(cell[by])
        into = sums.setdefault(name, dict.fromkeys(FIGURES, 0))
        for figure in FIGURES:
            into[figure] += cell[figure] or 0
        if any(cell[figure] is None for figure in FIGURES):
            short.add(name)
    return tuple(Sum(name, sums[name], name in short) for name in sorted(sums))


def bars(sums: Iterable[Sum], figure: str, *, most: int = 12) -> tuple[tuple[str, int], ...]:
    """Take the longest bars of a figure, the longest first; a chart of months keeps its order."""
    told = [(one.name, one.figures[figure]) for one in sums if one.figures[figure]]
    return tuple(sorted(told, key=lambda one: (-one[1], one[0]))[:most])


def columns(sums: Iterable[Sum], figure: str, *, most: int = 12) -> tuple[tuple[str, int], ...]:
    """Take the last ones of a figure in their order: months."""
    return tuple((one.name, one.figures[figure]) for one in sums)[-most:]
