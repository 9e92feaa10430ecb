"""What an officer looks up: refusals of all offices, and what is left of first certificates."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from ooms.portal.client import Refused
from ooms.portal.days import days_left
from ooms.portal.desk import words
from ooms.portal.desk.names import officers_of
from ooms.portal.forms import Form
from ooms.portal.visit import TheVisit, Visit

router = APIRouter(include_in_schema=False)

REFUSALS = "/desk/refusals"
DENIALS = "/desk/denials"
FIRST = "/desk/first-certificates"
Word = Annotated[str, Query(max_length=40)]


@router.get(REFUSALS)
async def refusals(visit: TheVisit, cursor: Word = "") -> HTMLResponse:
    """List the refusals of all issuing offices, the newest first."""
    found, names = await asyncio.gather(
        visit.api.get("/refusals", cursor=cursor), officers_of(visit)
    )
    facts = {"refusals": found["items"], "following": found["next"], "names": names}
    return visit.page("desk/refusals.html", **facts)


@router.get(DENIALS)
async def denials(visit: TheVisit, cursor: Word = "") -> HTMLResponse:
    """List what partners denied of our certificates, and until when this office may explain."""
    found = await visit.api.get("/denial-notices/received", cursor=cursor)
    told = [one | {"left": days_left(visit, one["explain_by"])} for one in found["items"]]
    return visit.page("desk/denials.html", denials=told, following=found["next"])


@router.get(FIRST)
async def first_certificates(visit: TheVisit, number: Word = "") -> HTMLResponse:
    """Show what is left of a first certificate, and which certificates of ours took of it."""
    asked = number.strip()
    found = await _balances(visit, asked) if asked else None
    form = Form.of({"number": asked})
    return visit.page("desk/first_certificates.html", form=form, found=found, words=words)


async def _balances(visit: Visit, number: str) -> Any:
    try:
        return (await visit.api.get("/first-certificates", number=number))["items"]
    except Refused as refused:
        if refused.status is not HTTPStatus.NOT_FOUND:
            raise
        return ()
