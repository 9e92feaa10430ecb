"""Verifications that we ask for, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.db import Work
from ooms.verifications.determining import Determining
from ooms.verifications.model import State, Verification
from ooms.verifications.schemas import (
    ApprovalIn,
    ConclusionIn,
    ExtensionDecisionIn,
    ExtensionIn,
    MoreTimeIn,
    ReceiptIn,
    ReplyIn,
    SaidIn,
    SelectionIn,
    TellingIn,
    WordsIn,
)
from ooms.verifications.service import Verifications
from ooms.verifications.shown import VerificationOut
from ooms.verifications.suspending import Suspending
from ooms.verifications.visiting import Visiting
from ooms.verifications.waiting import Waiting

router = APIRouter(prefix="/verifications", tags=["verifications"])
Asking = Annotated[Verifications, from_office("verifications")]
Deciding = Annotated[Determining, from_office("verification_decisions")]
Running = Annotated[Waiting, from_office("verification_clocks")]
Suspended = Annotated[Suspending, from_office("suspensions")]
Visits = Annotated[Visiting, from_office("verification_visits")]
Step = Callable[[Work, User], Verification]


def _shown(step: Step) -> Callable[[Work, User], VerificationOut]:
    return lambda work, by: VerificationOut.of(step(work, by))


@router.post("", status_code=201, response_model=VerificationOut)
def select(body: SelectionIn, *, call: TheCall, desk: Asking) -> Response:
    """Select a claim to be looked into."""
    return call.write(
        Action.VERIFY,
        body,
        _shown(
            lambda work, by: desk.select(
                work, body.value(), reason=body.reason, because=body.because, by=by
            )
        ),
    )


@router.post("/{verification_id}/inquiry", response_model=VerificationOut)
def inquire(verification_id: str, body: SaidIn, *, call: TheCall, desk: Asking) -> Response:
    """Ask the importer for papers first."""
    return call.write(
        Action.VERIFY,
        body,
        _shown(lambda work, by: desk.inquire(work, verification_id, words=body.words, by=by)),
        status=200,
    )


@router.post("/{verification_id}/inquiry/more-time", response_model=VerificationOut)
def prolong_inquiry(
    verification_id: str, body: MoreTimeIn, *, call: TheCall, desk: Asking
) -> Response:
    """Give the importer more time, once."""
    return call.write(
        Action.VERIFY,
        body,
        _shown(
            lambda work, by: desk.prolong_inquiry(
                work, verification_id, asked_on=body.asked_on, by=by
            )
        ),
        status=200,
    )


@router.post("/{verification_id}/inquiry/conclusion", response_model=VerificationOut)
def conclude_inquiry(
    verification_id: str, body: ConclusionIn, *, call: TheCall, desk: Asking
) -> Response:
    """Say what the importer's papers came to."""
    return call.write(
        Action.VERIFY,
        body,
        _shown(
            lambda work, by: desk.conclude_inquiry(
                work, verification_id, is_resolved=body.is_resolved, words=body.words, by=by
            )
        ),
        status=200,
    )


@router.post("/{verification_id}/draft", response_model=VerificationOut)
def draft(verification_id: str, body: WordsIn, *, call: TheCall, desk: Asking) -> Response:
    """Draft what the partner is asked."""
    return call.write(
        Action.VERIFY,
        body,
        _shown(lambda work, by: desk.draft(work, verification_id, words=body.value(), by=by)),
        status=200,
    )


@router.post("/{verification_id}/approval", response_model=VerificationOut)
def approve(verification_id: str, body: ApprovalIn, *, call: TheCall, desk: Asking) -> Response:
    """Approve a draft of somebody else's, with other words if need be."""
    return call.write(
        Action.APPROVE_VERIFICATION,
        body,
        _shown(
            lambda work, by: desk.approve(
                work,
                verification_id,
                words=body.words.value() if body.words else None,
                changes=body.changes,
                by=by,
            )
        ),
        status=200,
    )


@router.post("/{verification_id}/request", response_model=VerificationOut)
def send(verification_id: str, *, call: TheCall, desk: Asking) -> Response:
    """Let the request go, by message or by the letter that was posted."""
    return call.write(
        Action.VERIFY,
        None,
        _shown(lambda work, by: desk.send(work, verification_id, by=by)),
        status=200,
    )


@router.post("/{verification_id}/receipt", response_model=VerificationOut)
def receive(verification_id: str, body: ReceiptIn, *, call: TheCall, desk: Running) -> Response:
    """Note the day on which the partner had the request, with the proof of it."""
    return call.write(
        Action.VERIFY,
        body,
        _shown(
            lambda work, by: desk.receive(work, verification_id, receipt=body.value(), who=by.login)
        ),
        status=200,
    )


@router.post("/{verification_id}/progress", response_model=VerificationOut)
def progress(verification_id: str, body: SaidIn, *, call: TheCall, desk: Running) -> Response:
    """Note that the partner has begun."""
    return call.write(
        Action.VERIFY,
        body,
        _shown(lambda work, by: desk.progress(work, verification_id, words=body.words, by=by)),
        status=200,
    )


@router.post("/{verification_id}/extension", response_model=VerificationOut)
def ask_extension(
    verification_id: str, body: ExtensionIn, *, call: TheCall, desk: Running
) -> Response:
    """Note that the partner asks for more time, by letter."""
    return call.write(
        Action.VERIFY,
        body,
        _shown(
            lambda work, by: desk.ask_extension(
                work, verification_id, ask=body.value(), who=by.login
            )
        ),
        status=200,
    )


@router.post("/{verification_id}/extension/decision", response_model=VerificationOut)
def decide_extension(
    verification_id: str, body: ExtensionDecisionIn, *, call: TheCall, desk: Running
) -> Response:
    """Say yes or no to more time."""
    return call.write(
        Action.APPROVE_VERIFICATION,
        body,
        _shown(
            lambda work, by: desk.decide_extension(
                work, verification_id, granted=body.granted, by=by
            )
        ),
        status=200,
    )


@router.post("/{verification_id}/stop", response_model=VerificationOut)
def stop(verification_id: str, body: SaidIn, *, call: TheCall, desk: Running) -> Response:
    """Let the period stand still."""
    return call.write(
        Action.VERIFY,
        body,
        _shown(lambda work, by: desk.stop(work, verification_id, reason=body.words, by=by)),
        status=200,
    )


@router.post("/{verification_id}/resumption", response_model=VerificationOut)
def resume(verification_id: str, *, call: TheCall, desk: Running) -> Response:
    """Let the period run again."""
    return call.write(
        Action.VERIFY,
        None,
        _shown(lambda work, by: desk.resume(work, verification_id, by=by)),
        status=200,
    )


@router.post("/{verification_id}/result", response_model=VerificationOut)
def take_result(verification_id: str, body: ReplyIn, *, call: TheCall, desk: Running) -> Response:
    """Enter a result that came by letter."""
    return call.write(
        Action.VERIFY,
        body,
        _shown(
            lambda work, by: desk.take_result(
                work, verification_id, reply=body.value(), who=by.login
            )
        ),
        status=200,
    )


@router.post("/{verification_id}/notices", response_model=VerificationOut)
def tell(verification_id: str, body: TellingIn, *, call: TheCall, desk: Running) -> Response:
    """Note that the importer was told."""
    return call.write(
        Action.VERIFY,
        body,
        _shown(
            lambda work, by: desk.tell(
                work, verification_id, kind=body.kind, channel=body.channel, by=by
            )
        ),
        status=200,
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
        next=found[-1].id if len(found) == window.limit else None,
    )
