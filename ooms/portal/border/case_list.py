"""The board of verification cases: who has the turn, and until when."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from ooms.portal.border import case_words
from ooms.portal.days import days_left
from ooms.portal.forms import Form
from ooms.portal.visit import TheVisit, Visit

router = APIRouter(include_in_schema=False)

PATH = "/border/verifications"
_MOST = 200
_FAR = 100_000
Word = Annotated[str, Query(max_length=40)]


@router.get(PATH)
async def board(
    visit: TheVisit, *, state: Word = "", partner: Word = "", overdue: Word = "", over: Word = ""
) -> HTMLResponse:
    """Show the cases by who has the turn; what is due first stands first."""
    cases = await _cases(visit, state=state, partner=partner.upper(), over=over)
    shown = [{"case": one, **clocks(visit, one)} for one in cases]
    if overdue:
        shown = [one for one in shown if one["left"] is not None and one["left"] < 0]
    shown.sort(key=lambda one: (_FAR if one["left"] is None else one["left"], one["case"]["id"]))
    counted = (await visit.api.get("/verifications/figures"))["items"] if over else []
    phases = [
        (words, [one for one in shown if one["case"]["state"] in states])
        for words, states in case_words.PHASES.items()
    ]
    return visit.page(
        "border/cases.html",
        form=Form({"state": state, "partner": partner, "overdue": overdue, "over": over}),
        phases=[(words, found) for words, found in phases if found],
        counted=[one for one in counted if one["state"] in case_words.GOOD],
        is_cut=len(cases) >= _MOST,
        said=case_words,
    )


async def _cases(visit: Visit, *, state: str, partner: str, over: str) -> list[Any]:
    every: list[dict[str, str]] = [
        {"is_open": "true"},
        {"state": "DETERMINED"},
        {"state": "OBJECTED"},
    ]
    if state:
        every = [{"state": state}]
    elif over:
        every = [{"state": one} for one in case_words.PHASES["Over"]]
    found = []
    for wanted in every:
        page = await visit.api.get("/verifications", **wanted, partner=partner, limit=_MOST)
        found += page["items"]
    return found


def clocks(visit: Visit, case: dict[str, Any]) -> dict[str, Any]:
    """Tell how a case stands with its last day and with our own."""
    return {
        "left": days_left(visit, case["due_on"]),
        "internal_left": days_left(visit, case["internal_due_on"]),
    }
