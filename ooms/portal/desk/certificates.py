"""Certificates as the office has them: found by number in any spelling, with the partner's word."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.desk import words
from ooms.portal.forms import Form
from ooms.portal.visit import TheVisit, Visit
from ooms.portal.words import EXCHANGE, STATES

router = APIRouter(include_in_schema=False)

LIST = "/desk/certificates"


@router.get(LIST)
async def certificates(
    visit: TheVisit,
    number: Annotated[str, Query(max_length=35)] = "",
    cursor: Annotated[str, Query(max_length=36)] = "",
) -> HTMLResponse:
    """List certificates, the newest first, or find one by its number."""
    found = await visit.api.get("/certificates", number=number, cursor=cursor)
    return visit.page(
        "desk/certificates.html",
        form=Form.of({"number": number}),
        found=found["items"],
        following=found["next"],
        filters={"number": number} if number else {},
        states=STATES,
        exchange=EXCHANGE,
    )


@router.get(LIST + "/{certificate_id}")
async def certificate(certificate_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a certificate: what it says, where it stands here and with its partner."""
    return await show(visit, certificate_id)


@router.get(LIST + "/{certificate_id}/document")
async def document(certificate_id: str, visit: TheVisit) -> Response:
    """Hand over the sealed document."""
    return await visit.pass_on(f"/certificates/{certificate_id}/document")


@router.get(LIST + "/{certificate_id}/copies/{ordinal}/document")
async def copy(certificate_id: str, ordinal: int, visit: TheVisit) -> Response:
    """Hand over a certified true copy."""
    return await visit.pass_on(f"/certificates/{certificate_id}/copies/{ordinal}/document")


@router.get(LIST + "/{certificate_id}/evidence")
async def evidence(certificate_id: str, visit: TheVisit) -> Response:
    """Hand over everything about a certificate, as the office may see it."""
    return await visit.pass_on(f"/certificates/{certificate_id}/evidence", audience="office")


async def show(
    visit: Visit, certificate_id: str, *, form: Form | None = None, refused: Refused | None = None
) -> HTMLResponse:
    """Show a certificate, or show it again with what was refused of a form on it."""
    path = f"/certificates/{certificate_id}"
    found, copies = await asyncio.gather(visit.api.get(path), visit.api.get(f"{path}/copies"))
    facts: dict[str, Any] = {
        "certificate": found,
        "document": found["document"],
        "copies": copies["items"],
        "exporter": await visit.api.get(f"/exporters/{found['exporter_id']}"),
        "procedure": await _procedure(visit),
        "states": STATES,
        "exchange": EXCHANGE,
        "words": words,
    }
    return visit.ask("desk/certificate.html", form or Form.of(), refused, **facts)


async def _procedure(visit: Visit) -> Any:
    """Read the reason codes, which only who may correct and take back is asked for."""
    is_officer = visit.role == "OFFICER"
    return await visit.api.get("/procedure") if is_officer else None
