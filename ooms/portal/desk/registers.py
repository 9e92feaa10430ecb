"""The issuer's register and the lists of closed days."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.days import today_of
from ooms.portal.desk import words
from ooms.portal.forms import Form
from ooms.portal.visit import TheVisit
from ooms.portal.words import STATES

router = APIRouter(include_in_schema=False)

REGISTER = "/desk/register"
_DAYS = "desk/daily_lists.html"
_SHOWN_DAYS = timedelta(days=30)
TheFilter = Annotated[str, Query(max_length=35)]


def _filters(
    *,
    since: TheFilter = "",
    until: TheFilter = "",
    agreement: TheFilter = "",
    import_country: TheFilter = "",
) -> dict[str, str]:
    named = {
        "since": since,
        "until": until,
        "agreement": agreement,
        "import_country": import_country,
    }
    return {name: one for name, one in named.items() if one}


TheFilters = Annotated[dict[str, str], Depends(_filters)]


@router.get(REGISTER)
async def register(
    visit: TheVisit, filters: TheFilters, cursor: Annotated[str, Query(max_length=100)] = ""
) -> HTMLResponse:
    """Show the register, as far as the filters in the address want it."""
    form, page = Form.of(filters), "desk/register.html"
    shown: dict[str, Any] = {"filters": filters, "states": STATES}
    try:
        found = await visit.api.get("/registers/issued", **filters, cursor=cursor)
    except Refused as refused:
        return visit.refuse(page, form, refused, lines=(), following=None, **shown)
    return visit.page(page, form=form, lines=found["items"], following=found["next"], **shown)


@router.get(REGISTER + ".csv")
async def sheet(visit: TheVisit, filters: TheFilters) -> Response:
    """Hand over the register as a sheet."""
    return await visit.pass_on("/registers/issued.csv", **filters)


@router.get("/desk/daily-lists")
async def daily_lists(
    visit: TheVisit, *, office: TheFilter = "", since: TheFilter = "", until: TheFilter = ""
) -> HTMLResponse:
    """Show what an office did on each closed day of a period; at first, of the last month."""
    today = today_of(visit)
    filters = {
        "office": office or visit.request.app.state.office.issuing.code,
        "since": since or str(today - _SHOWN_DAYS),
        "until": until or str(today),
    }
    form = Form.of(filters)
    try:
        found = await visit.api.get("/registers/daily", **filters)
    except Refused as refused:
        return visit.refuse(_DAYS, form, refused, lists=(), words=words)
    return visit.page(_DAYS, form=form, lists=found["items"], words=words)
