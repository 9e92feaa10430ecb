"""What an importer is asked before a partner is, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, from_office
from ooms.verifications.concluding import Concluding
from ooms.verifications.routes.steps import take
from ooms.verifications.schemas import (
    ConclusionIn,
    MoreTimeIn,
    SaidIn,
    SelfCheckAnswerIn,
    SelfCheckConclusionIn,
    SelfCheckIn,
)
from ooms.verifications.self_checking import SelfChecking
from ooms.verifications.service import Verifications
from ooms.verifications.shown import VerificationOut

router = APIRouter(prefix="/verifications", tags=["verifications"])
Asking = Annotated[Verifications, from_office("verifications")]
Checks = Annotated[SelfChecking, from_office("verification_self_checks")]
Conclusions = Annotated[Concluding, from_office("verification_conclusions")]


@router.post("/{verification_id}/self-check", response_model=VerificationOut)
def offer_self_check(
    verification_id: str, body: SelfCheckIn, *, call: TheCall, desk: Checks
) -> Response:
    """Let the importer look at his claim himself first."""
    return take(
        call, body, lambda work, by: desk.offer(work, verification_id, offer=body.value(), by=by)
    )


@router.post("/{verification_id}/self-check/more-time", response_model=VerificationOut)
def prolong_self_check(
    verification_id: str, body: MoreTimeIn, *, call: TheCall, desk: Checks
) -> Response:
    """Give the importer more time for it, once."""
    return take(
        call,
        body,
        lambda work, by: desk.prolong(work, verification_id, asked_on=body.asked_on, by=by),
    )


@router.post("/{verification_id}/self-check/answer", response_model=VerificationOut)
def answer_self_check(
    verification_id: str, body: SelfCheckAnswerIn, *, call: TheCall, desk: Checks
) -> Response:
    """Keep what the importer found himself."""
    return take(
        call,
        body,
        lambda work, by: desk.answer(
            work, verification_id, words=body.words, answered_on=body.answered_on, by=by
        ),
    )


@router.post("/{verification_id}/self-check/conclusion", response_model=VerificationOut)
def conclude_self_check(
    verification_id: str, body: SelfCheckConclusionIn, *, call: TheCall, desk: Conclusions
) -> Response:
    """Say what the importer's own check came to."""
    return take(
        call,
        body,
        lambda work, by: desk.conclude_self_check(
            work, verification_id, end=body.end, words=body.words, by=by
        ),
    )


@router.post("/{verification_id}/inquiry", response_model=VerificationOut)
def inquire(verification_id: str, body: SaidIn, *, call: TheCall, desk: Asking) -> Response:
    """Ask the importer for papers first."""
    return take(
        call, body, lambda work, by: desk.inquire(work, verification_id, words=body.words, by=by)
    )


@router.post("/{verification_id}/inquiry/more-time", response_model=VerificationOut)
def prolong_inquiry(
    verification_id: str, body: MoreTimeIn, *, call: TheCall, desk: Asking
) -> Response:
    """Give the importer more time, once."""
    return take(
        call,
        body,
        lambda work, by: desk.prolong_inquiry(work, verification_id, asked_on=body.asked_on, by=by),
    )


@router.post("/{verification_id}/inquiry/conclusion", response_model=VerificationOut)
def conclude_inquiry(
    verification_id: str, body: ConclusionIn, *, call: TheCall, desk: Conclusions
) -> Response:
    """Say what the importer's papers came to."""
    return take(
        call,
        body,
        lambda work, by: desk.conclude_inquiry(
            work, verification_id, end=body.end, words=body.words, by=by
        ),
    )
