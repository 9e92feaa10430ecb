"""Notices of error over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.certificates.model import IssuingOffice
from ooms.db import Work
from ooms.documents.letter import compose_letter
from ooms.error_notices.model import ErrorNotice, State
from ooms.error_notices.schemas import (
    ClosingIn,
    ErrorNoticeOut,
    ImpactOut,
    LetterOut,
    LettersOut,
    StatementBody,
)
from ooms.error_notices.service import ErrorNotices
from ooms.training.world import mark_of

router = APIRouter(prefix="/error-notices", tags=["error notices"])
Desk = Annotated[ErrorNotices, from_office("error_notices")]
Step = Callable[[Work, User], ErrorNotice]


def _shown(step: Step) -> Callable[[Work, User], ErrorNoticeOut]:
    return lambda work, by: ErrorNoticeOut.of(step(work, by), on=work.today)


@router.post("", status_code=201, response_model=ErrorNoticeOut)
def draft(body: StatementBody, *, call: TheCall, desk: Desk) -> Response:
    """Draft a notice of an error in an issued certificate."""
    return call.write(
        Action.TELL_ERROR,
        body,
        _shown(lambda work, by: desk.draft(work, body.value(), by=by)),
    )


@router.post("/{notice_id}/filing", response_model=ErrorNoticeOut)
def file(notice_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Give notice; what mends each certificate that the error reaches is drafted."""
    return call.write(
        Action.TELL_ERROR,
        None,
        _shown(lambda work, by: desk.file(work, notice_id, by=by)),
        status=200,
    )


@router.post("/{notice_id}/withdrawal", response_model=ErrorNoticeOut)
def withdraw(notice_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Take a draft back."""
    return call.write(
        Action.TELL_ERROR,
        None,
        _shown(lambda work, by: desk.withdraw(work, notice_id, by=by)),
        status=200,
    )


@router.post("/{notice_id}/acknowledgement", response_model=ErrorNoticeOut)
def acknowledge(notice_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Say that customs has the notice."""
    return call.write(
        Action.HANDLE_ERROR,
        None,
        _shown(lambda work, by: desk.acknowledge(work, notice_id, by=by)),
        status=200,
    )


@router.post("/{notice_id}/passing-on", response_model=ErrorNoticeOut)
def pass_on(notice_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Tell the partners, by message where one says it, else by the letters to be sent."""
    return call.write(
        Action.HANDLE_ERROR,
        None,
        _shown(lambda work, by: desk.pass_on(work, notice_id, by=by)),
        status=200,
    )


@router.post("/{notice_id}/closing", response_model=ErrorNoticeOut)
def close(notice_id: str, body: ClosingIn, *, call: TheCall, desk: Desk) -> Response:
    """Say that everything that follows from a notice is done."""
    return call.write(
        Action.HANDLE_ERROR,
        body,
        _shown(lambda work, by: desk.close(work, notice_id, words=body.words, by=by)),
        status=200,
    )


@router.get("/{notice_id}/impact")
def impact(notice_id: str, *, call: TheCall, desk: Desk) -> ImpactOut:
    """List every certificate that the error reaches; of a draft, as it is now."""
    return call.read(
        Action.SEE_ERROR_NOTICE,
        lambda work, by: ImpactOut.of(desk.impact(work, notice_id, by=by)),
    )


@router.get("/{notice_id}/letters")
def letters(notice_id: str, *, call: TheCall, desk: Desk) -> LettersOut:
    """Write the letters to customs, to the buyers and to the partner administrations."""
    found = call.read(
        Action.SEE_ERROR_NOTICE, lambda work, by: desk.letters(work, notice_id, by=by)
    )
    return LettersOut(items=tuple(LetterOut.of(one) for one in found))


@router.get("/{notice_id}/letters/{key}/pdf", response_class=Response)
def letter(
    notice_id: str,
    key: str,
    *,
    call: TheCall,
    desk: Desk,
    office: Annotated[IssuingOffice, from_office("issuing")],
) -> Response:
    """Print one letter."""
    found = call.read(
        Action.SEE_ERROR_NOTICE, lambda work, by: desk.letter(work, notice_id, key=key, by=by)
    )
    printed = compose_letter(asdict(found), mark=mark_of(office))
    return Response(printed, media_type="application/pdf")


@router.get("/{notice_id}")
def get(notice_id: str, *, call: TheCall, desk: Desk) -> ErrorNoticeOut:
    """Return a notice of error."""
    return call.read(
        Action.SEE_ERROR_NOTICE, _shown(lambda work, by: desk.get(work, notice_id, by=by))
    )


@router.get("")
def page(
    window: TheWindow, *, call: TheCall, desk: Desk, state: State | None = None
) -> PageOut[ErrorNoticeOut]:
    """List notices of error, the newest first."""
    found = call.read(
        Action.SEE_ERROR_NOTICE,
        lambda work, by: tuple(
            ErrorNoticeOut.of(one, on=work.today)
            for one in desk.page(work, window, state=state, by=by)
        ),
    )
    return PageOut[ErrorNoticeOut](items=found, next=window.next(found))
