"""Statistics on the wire: for officers as they are, for everybody with small cells hidden."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, fields
from datetime import datetime
from typing import Self

from ooms.access.schemas import Body
from ooms.statistics.model import SMALLEST_CELL, Cell, Haste, Published, Refusals, Sum
from ooms.statistics.service import Figures, Summary

LICENCE = "CC-BY-4.0"
#: What each column of the open data means.
SCHEMA = {
    "side": "EXPORT: our certificates, as partners used them; IMPORT: partners' certificates here",
    "agreement": "code of the agreement",
    "partner": "ISO 3166-1 alpha-2 code of the other country",
    "chapter": "chapter of the Harmonized System",
    "month": "month of issue, or of the decision",
    "issued": "items of issued certificates",
    "registered": "of these, items that the partner has registered",
    "granted": "items that preference was granted for, wholly or in part",
    "denied": "items that preference was denied for",
    "suspended": "items that are suspended, or released on security",
}


class CellOut(Body):
    """Items by side, agreement, partner, chapter and month."""

    side: str
    agreement: str
    partner: str
    chapter: str
    month: str
    issued: int
    registered: int
    granted: int
    denied: int
    suspended: int


class RefusalsOut(Body):
    """Denials by reason class."""

    side: str
    agreement: str
    reason_class: str
    count: int


class HasteOut(Body):
    """The median of the hours from the day of the application to the issue."""

    agreement: str
    partner: str
    certificates: int
    median_hours: float


class StatisticsOut(Body):
    """What was counted."""

    cells: tuple[CellOut, ...]
    refusals: tuple[RefusalsOut, ...]
    hours_to_issue: tuple[HasteOut, ...]

    @classmethod
    def of(cls, figures: Figures) -> Self:
        """Show figures."""
        return cls(
            cells=tuple(CellOut.model_validate(asdict(one)) for one in figures.cells),
            refusals=_refusals(figures.refusals),
            hours_to_issue=_haste(figures.haste),
        )


class SumOut(Body):
    """The figures of one name; `is_short` where cells too small to be published are in it."""

    name: str
    issued: int
    registered: int
    granted: int
    denied: int
    suspended: int
    is_short: bool


class SumsOut(Body):
    """Cells added up by each of their dimensions."""

    agreement: tuple[SumOut, ...]
    partner: tuple[SumOut, ...]
    chapter: tuple[SumOut, ...]
    month: tuple[SumOut, ...]

    @classmethod
    def of(cls, by: Mapping[str, tuple[Sum, ...]]) -> Self:
        """Show sums."""
        return cls.model_validate({name: [asdict(one) for one in by[name]] for name in by})


class SummaryOut(Body):
    """What was counted, added up; `counted_at` is null before the first count."""

    counted_at: datetime | None
    by: SumsOut
    refusals: tuple[RefusalsOut, ...]
    hours_to_issue: tuple[HasteOut, ...]

    @classmethod
    def of(cls, summary: Summary) -> Self:
        """Show a summary."""
        return cls(
            counted_at=summary.counted_at,
            by=SumsOut.of(summary.by),
            refusals=_refusals(summary.refusals),
            hours_to_issue=_haste(summary.haste),
        )


class PublishedCellOut(Body):
    """A cell as it is published: what is hidden is null."""

    side: str
    agreement: str
    partner: str
    chapter: str
    month: str
    issued: int | None
    registered: int | None
    granted: int | None
    denied: int | None
    suspended: int | None


class OpenDataOut(Body):
    """The figures for everybody, with their licence and what their columns mean."""

    licence: str
    smallest_cell: int
    fields: dict[str, str]
    cells: tuple[PublishedCellOut, ...]

    @classmethod
    def of(cls, cells: Iterable[Published]) -> Self:
        """Show published cells."""
        shown = tuple(PublishedCellOut.model_validate(asdict(one)) for one in cells)
        return cls(licence=LICENCE, smallest_cell=SMALLEST_CELL, fields=SCHEMA, cells=shown)


class OpenSummaryOut(Body):
    """The published figures of a side, added up, with their licence and what columns mean."""

    licence: str
    smallest_cell: int
    fields: dict[str, str]
    counted_at: datetime | None
    by: SumsOut

    @classmethod
    def of(cls, summary: Summary) -> Self:
        """Show published sums."""
        return cls(
            licence=LICENCE,
            smallest_cell=SMALLEST_CELL,
            fields=SCHEMA,
            counted_at=summary.counted_at,
            by=SumsOut.of(summary.by),
        )


def sheet_of(cells: Iterable[Cell] | Iterable[Published]) -> str:
    """Write cells as comma-separated values, a heading first."""
    written = io.StringIO()
    sheet = csv.writer(written, lineterminator="\r\n")
    sheet.writerow(one.name for one in fields(Cell))
    sheet.writerows(astuple(one) for one in cells)
    return written.getvalue()


def _refusals(found: Iterable[Refusals]) -> tuple[RefusalsOut, ...]:
    return tuple(RefusalsOut.model_validate(asdict(one)) for one in found)


def _haste(found: Iterable[Haste]) -> tuple[HasteOut, ...]:
    return tuple(HasteOut.model_validate(asdict(one)) for one in found)
