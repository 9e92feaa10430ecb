"""What companies let the office release to partners, and what was released under it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from ooms.portal.client import Document
from ooms.portal.code_words import PURPOSES
from ooms.portal.days import today_of
from ooms.portal.desk import words
from ooms.portal.desk.names import companies_of
from ooms.portal.visit import TheVisit, Visit

router = APIRouter(include_in_schema=False)

CONSENTS = "/desk/consents"
TheCursor = Annotated[str, Query(max_length=36)]


@router.get(CONSENTS)
async def consents(visit: TheVisit, cursor: TheCursor = "") -> HTMLResponse:
    """List the consents, the newest first, with whether each holds today."""
    found = await visit.api.get("/consents", cursor=cursor)
    return visit.page(
        "desk/consents.html",
        consents=with_standing(visit, found["items"]),
        following=found["next"],
        companies=await companies_of(visit, (one["company_id"] for one in found["items"])),
        purposes=PURPOSES,
        words=words,
    )


@router.get("/desk/releases")
async def releases(visit: TheVisit, cursor: TheCursor = "") -> HTMLResponse:
    """List what was released, the newest first, with the digest of exactly what went."""
    found = await visit.api.get("/consents/releases", cursor=cursor)
    return visit.page(
        "desk/releases.html",
        releases=found["items"],
        following=found["next"],
        companies=await companies_of(visit, (one["company_id"] for one in found["items"])),
        purposes=PURPOSES,
        words=words,
    )


def with_standing(visit: Visit, consents: Iterable[Mapping[str, Any]]) -> list[Document]:
    """Add to consents whether something may be released under each today (`words.CONSENTS`)."""
    today = today_of(visit)
    return [Document({**one, "standing": _standing(one, today=today)}) for one in consents]


def _standing(consent: Mapping[str, Any], *, today: date) -> str:
    if consent["withdrawal"] is not None:
        return "TAKEN_BACK"
    if consent["valid_from"] > str(today):
        return "TO_COME"
    ends = consent["valid_until"]
    return "HOLDS" if ends is None or str(today) < ends else "OVER"
