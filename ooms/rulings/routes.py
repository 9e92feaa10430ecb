"""Advance rulings over HTTP: exporters apply, officers rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel

from ooms.access.dependencies import Call, TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.db import Work
from ooms.rulings.amending import Amending
from ooms.rulings.model import Ruling, State
from ooms.rulings.schemas import (
    AnswerIn,
    ChangeIn,
    CompletionAskedIn,
    CompletionIn,
    GraceIn,
    ObjectionDecisionIn,
    ObjectionIn,
    PublicationIn,
    RequestIn,
    ReturnIn,
    RulingOut,
)
from ooms.rulings.service import Rulings
from ooms.rulings.terms_schemas import TermsOut

router = APIRouter(prefix="/rulings", tags=["advance rulings"])
Desk = Annotated[Rulings, from_office("rulings")]
Later = Annotated[Amending, from_office("ruling_changes")]
_APPLY, _DECIDE, _SEE = Action.APPLY_FOR_RULING, Action.DECIDE_RULING, Action.SEE_RULING


@router.post("", status_code=201, response_model=RulingOut)
def apply(body: RequestIn, *, call: TheCall, desk: Desk) -> Response:
    """Apply for an advance ruling; an officer takes in what comes from partner countries."""
    return _done(
        call, _APPLY, body, lambda work, by: desk.apply(work, body.value(), by=by), status=201
    )


@router.get("")
def page(
    window: TheWindow, *, state: State | None = None, call: TheCall, desk: Desk
) -> PageOut[RulingOut]:
    """List advance rulings that the caller may see, the newest first."""
    found = call.read(_SEE, lambda work, by: desk.page(work, window, state=state, by=by))
    return PageOut[RulingOut](
        items=tuple(RulingOut.of(one) for one in found),
        next=window.next(found),
    )


@router.get("/terms")
def terms(*, call: TheCall, desk: Desk) -> TermsOut:
    """Show this administration's periods, subjects and grounds, with their sources."""
    return call.read(_SEE, lambda _work, _by: TermsOut.of(desk.terms))


@router.get("/{ruling_id}")
def get(ruling_id: str, *, call: TheCall, desk: Desk) -> RulingOut:
    """Return an advance ruling."""
    return call.read(_SEE, lambda work, by: RulingOut.of(desk.get(work, ruling_id, by=by)))


@router.post("/{ruling_id}/completion-request", response_model=RulingOut)
def ask(ruling_id: str, body: CompletionAskedIn, *, call: TheCall, desk: Desk) -> Response:
    """Ask for completion; the clock stands still until the answer."""
    return _done(
        call,
        _DECIDE,
        body,
        lambda work, by: desk.ask(work, ruling_id, text=body.text, days=body.days, by=by),
    )


@router.post("/{ruling_id}/completion", response_model=RulingOut)
def complete(ruling_id: str, body: CompletionIn, *, call: TheCall, desk: Desk) -> Response:
    """Hand in what was asked for; the clock goes on."""
    return _done(
        call,
        _APPLY,
        body,
        lambda work, by: desk.complete(work, ruling_id, answer=body.answer, by=by),
    )


@router.post("/{ruling_id}/withdrawal", response_model=RulingOut)
def withdraw(ruling_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Take an application back before it is decided."""
    return _done(call, _APPLY, None, lambda work, by: desk.withdraw(work, ruling_id, by=by))


@router.post("/{ruling_id}/return", response_model=RulingOut)
def send_back(ruling_id: str, body: ReturnIn, *, call: TheCall, desk: Desk) -> Response:
    """Return an application on a ground of the list."""
    return _done(
        call,
        _DECIDE,
        body,
        lambda work, by: desk.send_back(
            work, ruling_id, ground=body.ground, reason=body.reason, by=by
        ),
    )


@router.post("/{ruling_id}/decision", response_model=RulingOut)
def decide(ruling_id: str, body: AnswerIn, *, call: TheCall, desk: Desk) -> Response:
    """Rule: the answer binds while the facts are the same."""
    return _done(
        call,
        _DECIDE,
        body,
        lambda work, by: desk.decide(work, ruling_id, answer=body.value(), by=by),
    )


@router.post("/{ruling_id}/publication", response_model=RulingOut)
def publish(ruling_id: str, body: PublicationIn, *, call: TheCall, desk: Desk) -> Response:
    """Publish what was cleared of what is confidential."""
    return _done(
        call,
        _DECIDE,
        body,
        lambda work, by: desk.publish(work, ruling_id, body.value(), by=by),
    )


@router.post("/{ruling_id}/changes", response_model=RulingOut)
def amend(ruling_id: str, body: ChangeIn, *, call: TheCall, later: Later) -> Response:
    """Change a ruling for what is declared from tomorrow on, or revoke it."""
    return _done(
        call,
        _DECIDE,
        body,
        lambda work, by: later.amend(
            work,
            ruling_id,
            ground=body.ground,
            reason=body.reason,
            answer=body.answer.value() if body.answer else None,
            by=by,
        ),
    )


@router.post("/{ruling_id}/graces", response_model=RulingOut)
def grant_grace(ruling_id: str, body: GraceIn, *, call: TheCall, later: Later) -> Response:
    """Leave somebody who relied on a ruling under its former answer for a while."""
    return _done(
        call,
        _DECIDE,
        body,
        lambda work, by: later.grant_grace(
            work,
            ruling_id,
            holder=body.key(),
            asked_on=body.asked_on,
            until=body.until,
            by=by,
        ),
    )


@router.post("/{ruling_id}/objection", response_model=RulingOut)
def object_to(ruling_id: str, body: ObjectionIn, *, call: TheCall, later: Later) -> Response:
    """Object to a ruling, or to its last change, within the period."""
    return _done(
        call,
        _APPLY,
        body,
        lambda work, by: later.object_to(work, ruling_id, text=body.text, by=by),
    )


@router.post("/{ruling_id}/objection/decision", response_model=RulingOut)
def decide_objection(
    ruling_id: str, body: ObjectionDecisionIn, *, call: TheCall, later: Later
) -> Response:
    """Decide an objection, by another person than who ruled."""
    return _done(
        call,
        _DECIDE,
        body,
        lambda work, by: later.decide_objection(
            work,
            ruling_id,
            answer=body.answer.value() if body.answer else None,
            reason=body.reason,
            by=by,
        ),
    )


def _done(  # noqa: PLR0917  # a call, who may, what came, what is done
    call: Call,
    action: Action,
    body: BaseModel | None,
    step: Callable[[Work, User], Ruling],
    *,
    status: int = 200,
) -> Response:
    return call.write(action, body, lambda work, by: RulingOut.of(step(work, by)), status=status)
