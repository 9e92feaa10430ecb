"""Notices of denials to issuing authorities, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.db import Work
from ooms.denials.abroad import DenialsAbroad
from ooms.denials.model import DenialNotice, State
from ooms.denials.schemas import (
    DenialNoticeOut,
    DeniedAbroadOut,
    ExplanationDecisionIn,
    ExplanationIn,
)
from ooms.denials.service import Denials
from ooms.verifications.letters import Letters, Words
from ooms.verifications.schemas import PostingIn

router = APIRouter(prefix="/denial-notices", tags=["denials"])
Desk = Annotated[Denials, from_office("denials")]
Abroad = Annotated[DenialsAbroad, from_office("denials_abroad")]
Press = Annotated[Letters, from_office("verification_letters")]


@router.get("")
def page(
    window: TheWindow,
    *,
    call: TheCall,
    desk: Desk,
    state: State | None = None,
    overdue: bool = False,
) -> PageOut[DenialNoticeOut]:
    """List what issuing authorities are told of denials, the newest first."""
    found = call.read(
        Action.SEE_CLAIM, lambda work, _by: desk.page(work, window, state=state, overdue=overdue)
    )
    return PageOut[DenialNoticeOut](
        items=tuple(DenialNoticeOut.of(one) for one in found), next=window.next(found)
    )


@router.get("/received")
def received(window: TheWindow, *, call: TheCall, desk: Abroad) -> PageOut[DeniedAbroadOut]:
    """List what partners denied of our certificates, the newest first; a company sees its own."""
    found, following = call.read(
        Action.READ_CERTIFICATE, lambda work, by: desk.page(work, window, company=by.company)
    )
    return PageOut[DeniedAbroadOut](
        items=tuple(DeniedAbroadOut.model_validate(one, from_attributes=True) for one in found),
        next=following,
    )


@router.get("/{denial_id}")
def get(denial_id: str, *, call: TheCall, desk: Desk) -> DenialNoticeOut:
    """Return a notice of a denial."""
    found = call.read(Action.SEE_CLAIM, lambda work, _by: desk.get(work, denial_id))
    return DenialNoticeOut.of(found)


@router.post("/{denial_id}/letter", status_code=201, response_model=DenialNoticeOut)
def seal(denial_id: str, *, call: TheCall, desk: Desk, press: Press) -> Response:
    """Print and seal the letter that returns a certificate with the reasons."""

    def before(work: Work, _by: User) -> tuple[Words, datetime]:
        return desk.write(work, denial_id), work.now.astimezone(UTC)

    return call.write_around(
        Action.CLAIM,
        None,
        before=before,
        outside=lambda told: press.seal(told[0], at=told[1]),
        after=lambda work, by, sealed: DenialNoticeOut.of(desk.keep(work, sealed, by=by)),
    )


@router.get("/{denial_id}/letter", response_class=Response)
def letter(denial_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Return the sealed letter."""
    found = call.read(Action.SEE_CLAIM, lambda work, _by: desk.letter(work, denial_id))
    return Response(found, media_type="application/pdf")


@router.post("/{denial_id}/posting", response_model=DenialNoticeOut)
def post(denial_id: str, body: PostingIn, *, call: TheCall, desk: Desk) -> Response:
    """Note when, how and under which number the letter was posted."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: DenialNoticeOut.of(
            desk.post(work, denial_id, posting=body.value(), by=by)
        ),
        status=200,
    )


@router.post("/{denial_id}/explanation", response_model=DenialNoticeOut)
def explain(denial_id: str, body: ExplanationIn, *, call: TheCall, desk: Desk) -> Response:
    """Keep what the issuing authority explains."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: DenialNoticeOut.of(
            desk.explain(work, denial_id, words=body.words, received_on=body.received_on, by=by)
        ),
        status=200,
    )


@router.post("/{denial_id}/explanation/decision", response_model=DenialNoticeOut)
def decide(denial_id: str, body: ExplanationDecisionIn, *, call: TheCall, desk: Desk) -> Response:
    """Accept an explanation, so that the line is granted after all, or let the denial stand."""

    def decided(work: Work, by: User) -> DenialNotice:
        if body.is_accepted:
            return desk.accept(work, denial_id, wanted=body.wanted(), words=body.words, by=by)
        return desk.dismiss(work, denial_id, words=body.words, by=by)

    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: DenialNoticeOut.of(decided(work, by)),
        status=200,
    )
