"""What partners ask this office to verify: the board with its clocks, and the page of a case."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Document, Refused
from ooms.portal.days import days_left, today_of
from ooms.portal.desk import words
from ooms.portal.desk.consents import with_standing
from ooms.portal.desk.names import companies_of, officers_of
from ooms.portal.forms import Form
from ooms.portal.visit import TheVisit, Visit

router = APIRouter(include_in_schema=False)

BOARD = "/desk/verifications"
_RECEIVED = "/verifications/received"
_MOST = 200
_DONE = frozenset({"REPLIED", "ACKED", "CLOSED"})


@router.get(BOARD)
async def board(visit: TheVisit, state: Annotated[str, Query(max_length=30)] = "") -> HTMLResponse:
    """Show what partners ask, what is due first at the head; answered ones come last."""
    found = await visit.api.get(_RECEIVED, state=state, limit=_MOST)
    cases = sorted((_clocked(visit, one) for one in found["items"]), key=_urgency)
    return visit.page(
        "desk/verifications.html",
        form=Form.of({"state": state}),
        cases=cases,
        filters={"state": state} if state else {},
        words=words,
    )


@router.get(BOARD + "/{received_id}")
async def case(received_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a case: what is asked, whom we ask, what may leave, and what we answer."""
    return await show(visit, received_id)


@router.get(BOARD + "/{received_id}/letters/{letter_id}")
async def letter(received_id: str, letter_id: str, visit: TheVisit) -> Response:
    """Hand over a sealed letter."""
    return await visit.pass_on(f"{_RECEIVED}/{received_id}/letters/{letter_id}/pdf")


async def show(
    visit: Visit, received_id: str, *, form: Form | None = None, refused: Refused | None = None
) -> HTMLResponse:
    """Show a case, or show it again with what was refused of a form on it."""
    facts = await _facts(visit, received_id)
    return visit.ask("desk/verification.html", form or Form.of(facts["first"]), refused, **facts)


async def _facts(visit: Visit, received_id: str) -> dict[str, Any]:
    found = await visit.api.get(f"{_RECEIVED}/{received_id}")
    inquiries, consents, officers, companies = await asyncio.gather(
        visit.api.get("/verifications/inquiries", received_id=received_id, limit=_MOST),
        visit.api.get("/consents", limit=_MOST),
        officers_of(visit),
        companies_of(visit, found["companies"]),
    )
    told = with_standing(visit, _consents(consents["items"], found))
    return {
        "case": _clocked(visit, found),
        "asked": found["asked"],
        "inquiries": tuple(reversed(inquiries["items"])),
        "inquiry_days": {
            one["id"]: days_left(visit, one["clock"]["due_on"]) for one in inquiries["items"]
        },
        "consents": told,
        "companies": companies,
        "officers": officers,
        "papers": _papers(inquiries["items"], [one for one in told if one["standing"] == "HOLDS"]),
        "first": _first(found),
        "today": str(today_of(visit)),
        "words": words,
    }


def _clocked(visit: Visit, found: Document) -> Document:
    """Add the days that are left: for the partner, and until the office's own day."""
    return Document(
        {
            **found,
            "days_left": days_left(visit, found["clock"]["due_on"]),
            "own_days_left": days_left(visit, found["internal_due_on"]),
            "is_owed": found["state"] not in _DONE,
            "is_stopped": any(one["until"] is None for one in found["clock"]["pauses"]),
        }
    )


def _urgency(one: Mapping[str, Any]) -> tuple[bool, str, str]:
    return not one["is_owed"], one["clock"]["due_on"] or "9999", one["id"]


def _consents(
    consents: Sequence[Mapping[str, Any]], found: Mapping[str, Any]
) -> tuple[Mapping[str, Any], ...]:
    """Keep the consents of the companies concerned, to this partner, for this case."""
    return tuple(
        one
        for one in consents
        if one["company_id"] in found["companies"]
        and one["partner"] == found["asked"]["partner"]
        and one["purpose"] == "VERIFICATION_CASE"
        and one["thing"] in {"", f"received-verification/{found['id']}"}
    )


def _papers(
    inquiries: Sequence[Mapping[str, Any]], consents: Sequence[Mapping[str, Any]]
) -> tuple[Mapping[str, Any], ...]:
    """Name each paper that was handed in, and the classes that none of the consents covers."""
    given = {(one["company_id"], each) for one in consents for each in one["classes"]}
    return tuple(
        Document(
            {
                **paper,
                "company_id": asked["company_id"],
                "uncovered": tuple(
                    each for each in paper["classes"] if (asked["company_id"], each) not in given
                ),
            }
        )
        for asked in inquiries
        for paper in asked["papers"]
    )


def _first(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Fill the forms with what is known: the basis, and the last draft of the result."""
    result = found["result"]
    return {"result": result or {"basis": found["asked"]["basis"]}}
