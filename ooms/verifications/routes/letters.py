"""Letters to partners over HTTP: sealed, posted, and read again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action, User
from ooms.db import Work
from ooms.verifications.letters import Letters, Words
from ooms.verifications.received_schemas import ReceivedOut
from ooms.verifications.schemas import LetterIn, PostingIn
from ooms.verifications.shown import VerificationOut

router = APIRouter(prefix="/verifications", tags=["letters to partners"])
Desk = Annotated[Letters, from_office("verification_letters")]
PDF = "application/pdf"


@router.post("/{verification_id}/letters", status_code=201, response_model=VerificationOut)
def seal(verification_id: str, body: LetterIn, *, call: TheCall, desk: Desk) -> Response:
    """Print and seal the letter that a verification needs now, or a reminder."""

    def before(work: Work, _by: User) -> tuple[Words, datetime]:
        words = desk.write(work, verification_id, is_reminder=body.is_reminder)
        return words, work.now.astimezone(UTC)

    return call.write_around(
        Action.VERIFY,
        body,
        before=before,
        outside=lambda told: desk.seal(told[0], at=told[1]),
        after=lambda work, by, sealed: VerificationOut.of(desk.keep(work, sealed, by=by)),
    )


@router.post("/{verification_id}/letters/{letter_id}/posting", response_model=VerificationOut)
def post(
    verification_id: str, letter_id: str, body: PostingIn, *, call: TheCall, desk: Desk
) -> Response:
    """Note when, how and under which number a letter was posted."""
    return call.write(
        Action.VERIFY,
        body,
        lambda work, by: VerificationOut.of(
            desk.post(work, verification_id, letter_id=letter_id, posting=body.value(), by=by)
        ),
        status=200,
    )


@router.get("/{verification_id}/letters/{letter_id}/pdf", response_class=Response)
def pdf(verification_id: str, letter_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Return a sealed letter."""
    found = call.read(
        Action.SEE_VERIFICATION,
        lambda work, _by: desk.pdf(work, verification_id, letter_id=letter_id),
    )
    return Response(found, media_type=PDF)


@router.post("/received/{received_id}/letters", status_code=201, response_model=ReceivedOut)
def seal_reply(received_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Print and seal the letter that answers a partner."""

    def before(work: Work, _by: User) -> tuple[Words, datetime]:
        return desk.write_reply(work, received_id), work.now.astimezone(UTC)

    return call.write_around(
        Action.ANSWER_VERIFICATION,
        None,
        before=before,
        outside=lambda told: desk.seal(told[0], at=told[1]),
        after=lambda work, by, sealed: ReceivedOut.of(desk.keep_reply(work, sealed, by=by)),
    )


@router.post("/received/{received_id}/letters/{letter_id}/posting", response_model=ReceivedOut)
def post_reply(
    received_id: str, letter_id: str, body: PostingIn, *, call: TheCall, desk: Desk
) -> Response:
    """Note when, how and under which number a reply was posted."""
    return call.write(
        Action.ANSWER_VERIFICATION,
        body,
        lambda work, by: ReceivedOut.of(
            desk.post_reply(work, received_id, letter_id=letter_id, posting=body.value(), by=by)
        ),
        status=200,
    )


@router.get("/received/{received_id}/letters/{letter_id}/pdf", response_class=Response)
def reply_pdf(received_id: str, letter_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Return a sealed reply."""
    found = call.read(
        Action.SEE_RECEIVED_VERIFICATION,
        lambda work, _by: desk.pdf(work, received_id, letter_id=letter_id),
    )
    return Response(found, media_type=PDF)
