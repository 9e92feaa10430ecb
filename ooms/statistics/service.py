"""Keep the figures current, and count them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ooms.db import Work
from ooms.statistics.model import DIMENSIONS, Asked, Cell, Haste, Refusals, Side, Sum
from ooms.statistics.repository import Counting, StatisticsRows

_FILLED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is counted: cells, denials by reason, how long the issue took."""

    cells: tuple[Cell, ...]
    refusals: tuple[Refusals, ...]
    haste: tuple[Haste, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The same added up by each dimension: a few dozen sums, where there are thousands of cells."""

    counted_at: datetime | None
    by: Mapping[str, tuple[Sum, ...]]
    refusals: tuple[Refusals, ...]
    haste: tuple[Haste, ...]


class Statistics:
    """The desk of statistics."""

    def fill(self, work: Work) -> int:
        """Take over what was issued and what partners said since; count what was new."""
        rows = StatisticsRows(work.transaction)
        issued = rows.fill_issues(most=_FILLED_AT_ONCE)
        return issued + rows.fill_uses(most=_FILLED_AT_ONCE)

    def recount(self, work: Work) -> None:
        """Count everything anew: what partners registered since changes old cells too."""
        Counting(work.transaction).recount(now=work.now)

    def figures(self, work: Work, asked: Asked) -> Figures:
        """Read what was counted of what is asked for."""
        rows = StatisticsRows(work.transaction)
        return Figures(rows.cells(asked), rows.refusals(asked), rows.haste(asked))

    def cells(self, work: Work, asked: Asked) -> tuple[Cell, ...]:
        """Read the cells alone."""
        return StatisticsRows(work.transaction).cells(asked)

    def summary(self, work: Work, asked: Asked) -> Summary:
        """Add up what was counted, by each dimension."""
        rows = StatisticsRows(work.transaction)
        by = {name: rows.sums(asked, by=name) for name in DIMENSIONS}
        return Summary(rows.counted_at(), by, rows.refusals(asked), rows.haste(asked))

    def published(self, work: Work, *, side: Side) -> Summary:
        """Add up what everybody may see of a side: small cells count as nothing."""
        rows, asked = StatisticsRows(work.transaction), Asked(side)
        by = {name: rows.sums(asked, by=name, is_published=True) for name in DIMENSIONS}
        return Summary(rows.counted_at(), by, refusals=(), haste=())
