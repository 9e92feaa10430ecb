"""Statistics over HTTP: for officers, and as open data for everybody."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from ooms.access.dependencies import TheCall, from_office, refuse_haste
from ooms.access.model import Action
from ooms.db import Works
from ooms.statistics.model import Asked, Side, published
from ooms.statistics.schemas import (
    OpenDataOut,
    OpenSummaryOut,
    StatisticsOut,
    SummaryOut,
    sheet_of,
)
from ooms.statistics.service import Statistics

router = APIRouter(tags=["statistics"])
Desk = Annotated[Statistics, from_office("statistics")]
Month = Annotated[str, Query(pattern="^([0-9]{4}-[0-9]{2})?$")]


def asked(  # noqa: PLR0913  # the filters, each by its name
    *,
    side: Side | None = None,
    agreement: Annotated[str, Query(max_length=12)] = "",
    partner: Annotated[str, Query(max_length=2)] = "",
    chapter: Annotated[str, Query(max_length=2)] = "",
    first_month: Month = "",
    last_month: Month = "",
) -> Asked:
    """Read the filters of a call."""
    return Asked(side, agreement, partner, chapter, first_month, last_month)


Wanted = Annotated[Asked, Depends(asked)]


@router.get("/statistics")
def figures(*, wanted: Wanted, call: TheCall, desk: Desk) -> StatisticsOut:
    """Count what was issued, registered, used and denied, on both sides of the border."""
    return call.read(
        Action.SEE_STATISTICS, lambda work, _by: StatisticsOut.of(desk.figures(work, wanted))
    )


@router.get("/statistics/summary")
def summary(*, wanted: Wanted, call: TheCall, desk: Desk) -> SummaryOut:
    """Add the same up by agreement, by partner, by chapter and by month."""
    return call.read(
        Action.SEE_STATISTICS, lambda work, _by: SummaryOut.of(desk.summary(work, wanted))
    )


@router.get("/statistics/csv", response_class=Response)
def sheet(*, wanted: Wanted, call: TheCall, desk: Desk) -> Response:
    """Count the same as comma-separated values."""
    cells = call.read(Action.SEE_STATISTICS, lambda work, _by: desk.cells(work, wanted))
    named = {"Content-Disposition": 'attachment; filename="figures.csv"'}
    return Response(sheet_of(cells), headers=named, media_type="text/csv")


@router.get("/public/statistics")
def open_data(
    request: Request, *, desk: Desk, works: Annotated[Works, from_office("works")]
) -> OpenDataOut:
    """Publish the figures for everybody; small cells are hidden.

    Raises:
        HTTPException: too many look-ups came from this address within a minute.

    """
    refuse_haste(request, at=works.clock())
    cells = works.read(lambda work: desk.cells(work, Asked()))
    return OpenDataOut.of(published(cells))


@router.get("/public/statistics/summary")
def open_summary(
    request: Request,
    *,
    desk: Desk,
    works: Annotated[Works, from_office("works")],
    side: Side = Side.EXPORT,
) -> OpenSummaryOut:
    """Publish the figures of a side added up; a figure that is hidden counts as nothing.

    Raises:
        HTTPException: too many look-ups came from this address within a minute.

    """
    refuse_haste(request, at=works.clock())
    return OpenSummaryOut.of(works.read(lambda work: desk.published(work, side=side)))


@router.get("/public/statistics/csv", response_class=Response)
def open_sheet(
    request: Request, *, desk: Desk, works: Annotated[Works, from_office("works")]
) -> Response:
    """Publish the same as comma-separated values; a figure that is hidden is left empty.

    Raises:
        HTTPException: too many look-ups came from this address within a minute.

    """
    refuse_haste(request, at=works.clock())
    cells = published(works.read(lambda work: desk.cells(work, Asked())))
    named = {"Content-Disposition": 'attachment; filename="figures.csv"'}
    return Response(sheet_of(cells), headers=named, media_type="text/csv")
