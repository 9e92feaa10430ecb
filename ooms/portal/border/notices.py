"""Notices around denials: to importers beforehand, and to issuing authorities afterwards."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.border import case_words, words
from ooms.portal.client import Refused
from ooms.portal.days import days_left
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

TO_IMPORTERS = "/border/prior-notices"
TO_AUTHORITIES = "/border/denials"
_ONE = TO_AUTHORITIES + "/{denial_id}"
_OVERDUE = "OVERDUE"
Word = Annotated[str, Query(max_length=40)]


@router.get(TO_IMPORTERS)
async def to_importers(visit: TheVisit, cursor: Word = "") -> HTMLResponse:
    """Show which notices before denials are to be decided now, and which still run."""
    ripe = await visit.api.get("/prior-notices/ripe", cursor=cursor)
    sent = (await visit.api.get("/prior-notices", state="SENT"))["items"]
    answered = (await visit.api.get("/prior-notices", state="ANSWERED"))["items"]
    grounds = (await visit.api.get("/decisions/grounds"))["items"]
    due = {one["id"] for one in ripe["items"]}
    running = [one for one in (*sent, *answered) if one["id"] not in due]
    return visit.page(
        "border/prior_notices.html",
        ripe=sorted(_with_days(visit, ripe["items"]), key=lambda one: one["left"]),
        running=sorted(_with_days(visit, running), key=lambda one: one["left"]),
        next=ripe["next"],
        grounds={one["code"]: one["words"] for one in grounds},
        words=words,
    )


@router.get(TO_AUTHORITIES)
async def to_authorities(visit: TheVisit, state: Word = "DUE", cursor: Word = "") -> HTMLResponse:
    """List what issuing authorities are told of denials; what is still to be told comes first."""
    asked = {"overdue": "true"} if state == _OVERDUE else {"state": state}
    found = await visit.api.get("/denial-notices", **asked, cursor=cursor)
    return visit.page(
        "border/denials.html",
        form=Form({"state": state}),
        notices=_with_days(visit, found["items"]),
        next=found["next"],
        states=[(_OVERDUE, words.OVERDUE), *words.DENIALS.items()],
        words=words,
    )


@router.get(_ONE)
async def one_denial(denial_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a notice of a denial, and what can be done about it."""
    return await _denial(visit, denial_id, form=Form.of())


@router.get(_ONE + "/letter")
async def letter(denial_id: str, visit: TheVisit) -> Response:
    """Hand out the sealed letter."""
    return await visit.pass_on(f"/denial-notices/{denial_id}/letter")


@router.post(_ONE + "/letter")
async def seal(denial_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Print and seal the letter that returns a certificate with the reasons."""
    return await _do(visit, denial_id, Act("letter", form), body=None)


@router.post(_ONE + "/posting")
async def post(denial_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Note when and how the letter was posted."""
    act = Act("posting", form)
    return await _do(visit, denial_id, act, body=act.body())


@router.post(_ONE + "/explanation")
async def explain(denial_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Keep what the issuing authority explains."""
    act = Act("explanation", form)
    return await _do(visit, denial_id, act, body=act.body())


@router.post(_ONE + "/decision")
async def decide(denial_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Accept an explanation, or let the denial stand."""
    act = Act("decision", form)
    is_accepted = act["is_accepted"] == "true"
    body = act.body("is_accepted", "words", *(("refund",) if is_accepted else ()))
    return await _do(visit, denial_id, act, to="explanation/decision", body=body)


async def _do(visit: Visit, denial_id: str, act: Act, *, to: str = "", body: Any) -> Response:
    try:
        await act.do(visit, f"/denial-notices/{denial_id}/{to or act.name}", body)
    except Refused as refused:
        return await _denial(visit, denial_id, form=act.form, refused=refused)
    return visit.go(f"{TO_AUTHORITIES}/{denial_id}", done=f"denial-{act.name}")


async def _denial(
    visit: Visit, denial_id: str, *, form: Form, refused: Refused | None = None
) -> HTMLResponse:
    found = await visit.api.get(f"/denial-notices/{denial_id}")
    return visit.ask(
        "border/denial.html",
        form,
        refused,
        notice=found,
        due_left=days_left(visit, found["due_on"]),
        explain_left=days_left(visit, found["explain_by"]),
        channels=[*case_words.CHANNELS.items()],
        words=words,
    )


def _with_days(visit: Visit, notices: list[Any]) -> list[Any]:
    return [one | {"left": days_left(visit, one["due_on"])} for one in notices]
