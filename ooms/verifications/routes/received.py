"""Verifications that partners ask for, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel

from ooms.access.dependencies import Call, TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.db import Work
from ooms.verifications.answer import Answer, AnswerState
from ooms.verifications.answering import Answering
from ooms.verifications.received_schemas import (
    JointAnswerIn,
    OwnExtensionIn,
    PapersIn,
    ReceivedIn,
    ReceivedOut,
    ResultIn,
    SitePlanIn,
)
from ooms.verifications.registering import Registering
from ooms.verifications.schemas import ReceiptIn, SaidIn

router = APIRouter(prefix="/verifications/received", tags=["verifications of partners"])
Desk = Annotated[Answering, from_office("answering")]
Register = Annotated[Registering, from_office("verification_register")]
Step = Callable[[Work, User], Answer]


def _do(
    call: Call,
    body: BaseModel | None,
    step: Step,
    *,
    action: Action = Action.ANSWER_VERIFICATION,
    status: int = 200,
) -> Response:
    """Take a step, once for each idempotency key, and show what it led to."""
    return call.write(action, body, lambda work, by: ReceivedOut.of(step(work, by)), status=status)


@router.post("", status_code=201, response_model=ReceivedOut)
def register(body: ReceivedIn, *, call: TheCall, desk: Register) -> Response:
    """Register what a partner asks by letter."""
    return _do(
        call, body, lambda work, by: desk.register(work, body.value(), who=by.login), status=201
    )


@router.post("/{received_id}/taking", response_model=ReceivedOut)
def take(received_id: str, *, call: TheCall, registering: Register) -> Response:
    """Take a case on."""
    return _do(call, None, lambda work, by: registering.take(work, received_id, by=by))


@router.post("/{received_id}/visits", response_model=ReceivedOut)
def visit(received_id: str, body: SitePlanIn, *, call: TheCall, desk: Desk) -> Response:
    """Tell a company that somebody comes to see."""
    return _do(call, body, lambda work, by: desk.visit(work, received_id, plan=body.value(), by=by))


@router.post("/{received_id}/visits/record", response_model=ReceivedOut)
def note_visit(received_id: str, body: SaidIn, *, call: TheCall, desk: Desk) -> Response:
    """Note what our visit showed."""
    return _do(
        call, body, lambda work, by: desk.note_visit(work, received_id, facts=body.words, by=by)
    )


@router.post("/{received_id}/extension", response_model=ReceivedOut)
def ask_extension(received_id: str, body: OwnExtensionIn, *, call: TheCall, desk: Desk) -> Response:
    """Ask the partner for more time."""
    return _do(
        call,
        body,
        lambda work, by: desk.ask_extension(
            work, received_id, until=body.until, why=(body.reason_code, body.reason), by=by
        ),
    )


@router.post("/{received_id}/joint-visit/answer", response_model=ReceivedOut)
def answer_visit(received_id: str, body: JointAnswerIn, *, call: TheCall, desk: Desk) -> Response:
    """Answer a visit that the partner proposes."""
    return _do(
        call, body, lambda work, by: desk.answer_visit(work, received_id, said=body.value(), by=by)
    )


@router.post("/{received_id}/joint-visit/comments", response_model=ReceivedOut)
def comment_visit(received_id: str, body: SaidIn, *, call: TheCall, desk: Desk) -> Response:
    """Hand on what who was visited says to the draft."""
    return _do(
        call, body, lambda work, by: desk.comment_visit(work, received_id, words=body.words, by=by)
    )


@router.post("/{received_id}/result", response_model=ReceivedOut)
def draft_result(received_id: str, body: ResultIn, *, call: TheCall, desk: Desk) -> Response:
    """Draft the result."""
    return _do(
        call,
        body,
        lambda work, by: desk.draft(work, received_id, result=body.value(today=work.today), by=by),
    )


@router.post("/{received_id}/papers", response_model=ReceivedOut)
def filter_papers(received_id: str, body: PapersIn, *, call: TheCall, desk: Desk) -> Response:
    """Sort the papers: those under consent leave, the rest is withheld."""
    return _do(
        call, body, lambda work, by: desk.filter(work, received_id, papers=body.papers, by=by)
    )


@router.post("/{received_id}/approval", response_model=ReceivedOut)
def approve_result(received_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Approve a result that somebody else drafted."""
    return _do(
        call,
        None,
        lambda work, by: desk.approve(work, received_id, by=by),
        action=Action.APPROVE_VERIFICATION,
    )


@router.post("/{received_id}/return", response_model=ReceivedOut)
def send_back(received_id: str, body: SaidIn, *, call: TheCall, desk: Desk) -> Response:
    """Send a draft back to be written anew."""
    return _do(
        call,
        body,
        lambda work, by: desk.send_back(work, received_id, reason=body.words, by=by),
        action=Action.APPROVE_VERIFICATION,
    )


@router.post("/{received_id}/reply", response_model=ReceivedOut)
def reply(received_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Let the reply go, with what the companies consent to now."""
    return _do(call, None, lambda work, by: desk.reply(work, received_id, by=by))


@router.post("/{received_id}/receipt", response_model=ReceivedOut)
def acknowledge(received_id: str, body: ReceiptIn, *, call: TheCall, desk: Desk) -> Response:
    """Note that the partner has the reply."""
    return _do(
        call,
        body,
        lambda work, by: desk.acknowledge(
            work, received_id, received_on=body.received_on, proof=body.proof, who=by.login
        ),
    )


@router.get("/{received_id}")
def get(received_id: str, *, call: TheCall, desk: Desk) -> ReceivedOut:
    """Return what a partner asks."""
    return call.read(
        Action.SEE_RECEIVED_VERIFICATION,
        lambda work, _by: ReceivedOut.of(desk.get(work, received_id)),
    )


@router.get("")
def page(
    window: TheWindow, *, call: TheCall, desk: Desk, state: AnswerState | None = None
) -> PageOut[ReceivedOut]:
    """List what partners ask, the newest first."""
    found = call.read(
        Action.SEE_RECEIVED_VERIFICATION,
        lambda work, _by: desk.page(work, window, state=state),
    )
    return PageOut[ReceivedOut](
        items=tuple(ReceivedOut.of(one) for one in found),
        next=window.next(found),
    )
