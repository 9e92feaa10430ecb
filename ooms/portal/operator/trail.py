"""The audit trail: who did what and when, and whether the trail itself hangs together."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.visit import TheVisit

router = APIRouter(include_in_schema=False)

TRAIL = "/operator/trail"
#: What the interface answers when an entry was changed behind its back.
_BROKEN = "SYS-AUDIT"


@router.get(TRAIL)
async def trail(
    visit: TheVisit,
    who: Annotated[str, Query(max_length=80)] = "",
    what: Annotated[str, Query(max_length=60)] = "",
    *,
    subject: Annotated[str, Query(max_length=120)] = "",
    cursor: Annotated[str, Query(max_length=36)] = "",
) -> HTMLResponse:
    """List entries, the newest first: of one person, one kind, one thing."""
    given = {"who": who.strip(), "what": what.strip(), "subject": subject.strip()}
    found = await visit.api.get("/audit", **given, cursor=cursor)
    return visit.page(
        "operator/trail.html",
        form=Form.of(given),
        entries=found["items"],
        following=found["next"],
        filters={name: one for name, one in given.items() if one},
    )


@router.get(TRAIL + "/verification")
async def verification(visit: TheVisit) -> HTMLResponse:
    """Walk the whole chain, and tell whether it holds."""
    facts: dict[str, Any] = {"verified": None, "broken": ""}
    try:
        facts["verified"] = await visit.api.get("/audit/verification")
    except Refused as refused:
        if refused.code != _BROKEN:
            raise
        facts["broken"] = refused.detail
    return visit.page("operator/verification.html", **facts)
