"""Keep the figures current, and count them."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.db import Work
from ooms.statistics.model import Asked, Cell, Haste, Refusals
from ooms.statistics.repository import StatisticsRows

_FILLED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is counted: cells, denials by reason, how long the issue took."""

    cells: tuple[Cell, ...]
    refusals: tuple[Refusals, ...]
    haste: tuple[Haste, ...]


class Statistics:
    """The desk of statistics."""

    def fill(self, work: Work) -> int:
        """Take over what was issued and what partners said since; count what was new."""
        rows = StatisticsRows(work.transaction)
        issued = rows.fill_issues(most=_FILLED_AT_ONCE)
        return issued + rows.fill_uses(most=_FILLED_AT_ONCE)

    def figures(self, work: Work, asked: Asked) -> Figures:
        """Count what was asked for."""
        rows = StatisticsRows(work.transaction)
        return Figures(rows.cells(asked), rows.refusals(asked), rows.haste(asked))

    def cells(self, work: Work, asked: Asked) -> tuple[Cell, ...]:
        """Count the cells alone."""
        return StatisticsRows(work.transaction).cells(asked)
