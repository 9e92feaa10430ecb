"""Which sums a chart draws: the longest bars, the last columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Sum = Mapping[str, Any]


def bars(sums: Iterable[Sum], figure: str, *, most: int = 12) -> tuple[tuple[str, int], ...]:
    """Take the longest bars of a figure, the longest first; a chart of months keeps its order."""
    told = [(one["name"], one[figure]) for one in sums if one[figure]]
    return tuple(sorted(told, key=lambda one: (-one[1], one[0]))[:most])


def columns(sums: Iterable[Sum], figure: str, *, most: int = 12) -> tuple[tuple[str, int], ...]:
    """Take the last ones of a figure in their order: months."""
    return tuple((one["name"], one[figure]) for one in sums)[-most:]
