"""Verifications that we ask for, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.verifications.model import State
from ooms.verifications.routes.steps import take
from ooms.verifications.schemas import (
    ApprovalIn,
    ExtensionDecisionIn,
    ExtensionIn,
    ReceiptIn,
    ReplyIn,
    SaidIn,
    SelectionIn,
    TellingIn,
    WordsIn,
)
from ooms.verifications.service import Verifications
from ooms.verifications.shown import VerificationOut
from ooms.verifications.waiting import Waiting

router = APIRouter(prefix="/verifications", tags=["verifications"])
Asking = Annotated[Verifications, from_office("verifications")]
Running = Annotated[Waiting, from_office("verification_clocks")]


@router.post("", status_code=201, response_model=VerificationOut)
def select(body: SelectionIn, *, call: TheCall, desk: Asking) -> Response:
    """Select a claim to be looked into."""
    return take(
        call,
        body,
        lambda work, by: desk.select(
            work, body.value(), reason=body.reason, because=body.because, by=by
        ),
        status=201,
    )


@router.post("/{verification_id}/draft", response_model=VerificationOut)
def draft(verification_id: str, body: WordsIn, *, call: TheCall, desk: Asking) -> Response:
    """Draft what the partner is asked."""
    return take(
        call, body, lambda work, by: desk.draft(work, verification_id, words=body.value(), by=by)
    )


@router.post("/{verification_id}/approval", response_model=VerificationOut)
def approve(verification_id: str, body: ApprovalIn, *, call: TheCall, desk: Asking) -> Response:
    """Approve a draft of somebody else's, with other words if need be."""
    return take(
        call,
        body,
        lambda work, by: desk.approve(
            work,
            verification_id,
            words=body.words.value() if body.words else None,
            changes=body.changes,
            by=by,
        ),
        action=Action.APPROVE_VERIFICATION,
    )


@router.post("/{verification_id}/request", response_model=VerificationOut)
def send(verification_id: str, *, call: TheCall, desk: Asking) -> Response:
    """Let the request go, by message or by the letter that was posted."""
    return take(call, None, lambda work, by: desk.send(work, verification_id, by=by))


@router.post("/{verification_id}/receipt", response_model=VerificationOut)
def receive(verification_id: str, body: ReceiptIn, *, call: TheCall, desk: Running) -> Response:
    """Note the day on which the partner had the request, with the proof of it."""
    return take(
        call,
        body,
        lambda work, by: desk.receive(work, verification_id, receipt=body.value(), who=by.login),
    )


@router.post("/{verification_id}/progress", response_model=VerificationOut)
def progress(verification_id: str, body: SaidIn, *, call: TheCall, desk: Running) -> Response:
    """Note that the partner has begun."""
    return take(
        call, body, lambda work, by: desk.progress(work, verification_id, words=body.words, by=by)
    )


@router.post("/{verification_id}/extension", response_model=VerificationOut)
def ask_extension(
    verification_id: str, body: ExtensionIn, *, call: TheCall, desk: Running
) -> Response:
    """Note that the partner asks for more time, by letter."""
    return take(
        call,
        body,
        lambda work, by: desk.ask_extension(work, verification_id, ask=body.value(), who=by.login),
    )


@router.post("/{verification_id}/extension/decision", response_model=VerificationOut)
def decide_extension(
    verification_id: str, body: ExtensionDecisionIn, *, call: TheCall, desk: Running
) -> Response:
    """Say yes or no to more time."""
    return take(
        call,
        body,
        lambda work, by: desk.decide_extension(work, verification_id, granted=body.granted, by=by),
        action=Action.APPROVE_VERIFICATION,
    )


@router.post("/{verification_id}/stop", response_model=VerificationOut)
def stop(verification_id: str, body: SaidIn, *, call: TheCall, desk: Running) -> Response:
    """Let the period stand still."""
    return take(
        call, body, lambda work, by: desk.stop(work, verification_id, reason=body.words, by=by)
    )


@router.post("/{verification_id}/resumption", response_model=VerificationOut)
def resume(verification_id: str, *, call: TheCall, desk: Running) -> Response:
    """Let the period run again."""
    return take(call, None, lambda work, by: desk.resume(work, verification_id, by=by))


@router.post("/{verification_id}/result", response_model=VerificationOut)
def take_result(verification_id: str, body: ReplyIn, *, call: TheCall, desk: Running) -> Response:
    """Enter a result that came by letter."""
    return take(
        call,
        body,
        lambda work, by: desk.take_result(work, verification_id, reply=body.value(), who=by.login),
    )


@router.post("/{verification_id}/notices", response_model=VerificationOut)
def tell(verification_id: str, body: TellingIn, *, call: TheCall, desk: Running) -> Response:
    """Note that the importer was told."""
    return take(
        call,
        body,
        lambda work, by: desk.tell(
            work, verification_id, kind=body.kind, channel=body.channel, by=by
        ),
    )


@router.get("/{verification_id}")
def get(verification_id: str, *, call: TheCall, desk: Asking) -> VerificationOut:
    """Return a verification."""
    return call.read(
        Action.SEE_VERIFICATION,
        lambda work, _by: VerificationOut.of(desk.keeping.get(work, verification_id)),
    )


@router.get("")
def page(  # noqa: PLR0913  # the filters of the list, each by its name
    window: TheWindow,
    *,
    call: TheCall,
    desk: Asking,
    state: State | None = None,
    partner: Annotated[str | None, Query(max_length=15)] = None,
    is_open: Annotated[bool | None, Query(description="Only what is still looked into.")] = None,
) -> PageOut[VerificationOut]:
    """List verifications, the newest first."""
    found = call.read(
        Action.SEE_VERIFICATION,
        lambda work, _by: desk.keeping.page(
            work, window, state=state, partner=partner, is_open=is_open
        ),
    )
    return PageOut[VerificationOut](
        items=tuple(VerificationOut.of(one) for one in found),
        next=window.next(found),
    )
