"""What is counted: by side, agreement, partner, chapter and month; small cells are hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Whose certificates are counted: our own abroad, or partners' here."""

    EXPORT = "EXPORT"
    IMPORT = "IMPORT"


#: What a cell is told apart by, besides its side; and what is counted of it.
DIMENSIONS = ("agreement", "partner", "chapter", "month")
FIGURES = ("issued", "registered", "granted", "denied", "suspended")
#: Whoever might be told from the rest by a figure stays hidden: cells below this are not published.
SMALLEST_CELL = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the figures is wanted; empty means all of it."""

    side: Side | None = None
    agreement: str = ""
    partner: str = ""
    chapter: str = ""
    first_month: str = ""
    last_month: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """Items by side, agreement, partner country, HS chapter and month.

    Issue and registration count in the month of issue, decisions in their own.  A decision counts
    once for each item in each declaration: the last word.
    """

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


@dataclass(frozen=True, slots=True)
class Sum:
    """The figures of one name: an agreement, a partner, a chapter, a month."""

    name: str
    issued: int
    registered: int
    granted: int
    denied: int
    suspended: int
    #: Cells of it are too small to be published, so that the true figure is higher.
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often an item was denied for a reason class."""

    side: str
    agreement: str
    reason_class: str
    count: int


@dataclass(frozen=True, slots=True)
class Haste:
    """How long the issue took, from the day of the application: the median, in hours."""

    agreement: str
    partner: str
    certificates: int
    median_hours: float


@dataclass(frozen=True, slots=True)
class Published:
    """A cell as it is published: a figure that is too small is None."""

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


def published(cells: Iterable[Cell]) -> tuple[Published, ...]:
    """Hide every figure above nothing and below the smallest cell."""
    return tuple(
        Published(
            one.side,
            one.agreement,
            one.partner,
            one.chapter,
            one.month,
            *(
                None if 0 < figure < SMALLEST_CELL else figure
                for figure in (one.issued, one.registered, one.granted, one.denied, one.suspended)
            ),
        )
        for one in cells
    )
