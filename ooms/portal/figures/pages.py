"""The figures for officers, supervisors, auditors and the partner desk."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import HTMLResponse

from ooms.portal.client import Refused
from ooms.portal.figures.summing import bars, columns
from ooms.portal.figures.words import SIDES
from ooms.portal.forms import Form
from ooms.portal.visit import TheVisit

router = APIRouter(include_in_schema=False)
Asked = Annotated[str, Query(max_length=20)]
_PAGE = "figures/figures.html"


def _wanted(  # noqa: PLR0913  # the filters, each by its name
    *,
    side: Asked = "EXPORT",
    agreement: Asked = "",
    partner: Asked = "",
    chapter: Asked = "",
    first_month: Asked = "",
    last_month: Asked = "",
) -> dict[str, str]:
    """Read the filters of an address."""
    return {
        "side": side,
        "agreement": agreement.strip().upper(),
        "partner": partner.strip().upper(),
        "chapter": chapter.strip(),
        "first_month": first_month.strip(),
        "last_month": last_month.strip(),
    }


Wanted = Annotated[dict[str, str], Depends(_wanted)]


@router.get("/figures")
async def figures(wanted: Wanted, visit: TheVisit) -> HTMLResponse:
    """Show what was counted, as charts with their tables below."""
    form, sides = Form.of(wanted), tuple(SIDES.items())
    try:
        told = await visit.api.get("/statistics/summary", **wanted)
    except Refused as refused:
        return visit.refuse(_PAGE, form, refused, told=None, sides=sides)
    return visit.page(_PAGE, form=form, told=told, sides=sides, **_shown(told, wanted))


@router.get("/figures.csv")
async def sheet(wanted: Wanted, visit: TheVisit) -> Response:
    """Hand out the same figures as comma-separated values."""
    return await visit.pass_on("/statistics/csv", **wanted)


def _shown(told: Any, wanted: dict[str, str]) -> dict[str, Any]:
    """Choose what the charts draw."""
    by = told["by"]
    # What counts first differs by side: our certificates issued, partners' goods let in.
    first = "issued" if wanted["side"] == "EXPORT" else "granted"
    return {
        "by": by,
        "first": first,
        "month_columns": columns(by["month"], first),
        "agreement_bars": bars(by["agreement"], first),
        "chapter_bars": bars(by["chapter"], first),
        "query": urlencode(wanted),
    }
