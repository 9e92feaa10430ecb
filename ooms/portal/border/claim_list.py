"""Claims of preference: what waits for an officer, the oldest first."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from ooms.portal.border import words
from ooms.portal.days import days_left
from ooms.portal.forms import Form
from ooms.portal.visit import TheVisit, Visit

router = APIRouter(include_in_schema=False)

PATH = "/border/claims"
_ALL = "ALL"
_WAITING = ("REFERRED", "AWAITING")
_LIMIT = 50
_RANKED = ("GREEN", "YELLOW", "RED")
Word = Annotated[str, Query(max_length=40)]


@router.get(PATH)
async def claims(  # noqa: PLR0913  # the filters of the list, each by its name
    visit: TheVisit,
    *,
    decision: Word = _WAITING[0],
    channel: Word = "",
    declaration_number: Word = "",
    certificate_number: Word = "",
    cursor: Word = "",
) -> HTMLResponse:
    """List claims by the filters of the address; those that wait begin with the oldest."""
    query = {
        "decision": "" if decision == _ALL else decision,
        "channel": channel,
        "declaration_number": declaration_number,
        "certificate_number": certificate_number,
        "oldest_first": "true" if decision in _WAITING else "",
    }
    found = await visit.api.get("/claims", **query, cursor=cursor, limit=_LIMIT)
    ripe = await visit.api.get("/prior-notices/ripe", limit=_LIMIT)
    return visit.page(
        "border/claims.html",
        form=Form(query | {"decision": decision}),
        claims=[_shown(visit, one) for one in found["items"]],
        next=found["next"],
        is_waiting=decision in _WAITING,
        ripe=len(ripe["items"]),
        decisions=[*words.DECISIONS.items()],
        words=words,
    )


def channel_of(line: dict[str, Any]) -> str:
    """Return where the selection of risks sent a line; nothing where it was not asked."""
    checks = (one for one in line["checks"] if one["check"] == "plausibility")
    return next((one["facts"].get("channel", "") for one in checks), "")


def _shown(visit: Visit, claim: dict[str, Any]) -> dict[str, Any]:
    channels = {channel_of(one) for one in claim["lines"]}
    open_lines = [one for one in claim["lines"] if one["decision"] in _WAITING]
    waited = days_left(visit, claim["declared_on"])
    return {
        "claim": claim,
        "channel": max((one for one in _RANKED if one in channels), key=_RANKED.index, default=""),
        "open": len(open_lines),
        "why": [one["reason"] for one in open_lines if one["reason"]][:3],
        "days": -waited if waited is not None else 0,
        "stands": sorted({one["decision"] for one in claim["lines"]}),
    }
