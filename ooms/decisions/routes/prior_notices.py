"""Notices before denials over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.decisions.model import Place
from ooms.decisions.prior_notice import PriorNoticeState
from ooms.decisions.prior_notice_schemas import (
    NoticeAnswerIn,
    NoticeEndIn,
    PriorNoticeIn,
    PriorNoticeOut,
)
from ooms.decisions.prior_notices import PriorNotices

router = APIRouter(tags=["decisions"])
Desk = Annotated[PriorNotices, from_office("prior_notices")]
_LINE = "/claims/{claim_id}/lines/{line_no}/prior-notices"


@router.post(_LINE, status_code=201, response_model=PriorNoticeOut)
def send(
    claim_id: str, line_no: int, body: PriorNoticeIn, *, call: TheCall, desk: Desk
) -> Response:
    """Tell the importer that preference is to be denied, and until when he may answer."""
    place = Place(claim_id, line_no, body.specification)
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: PriorNoticeOut.of(desk.send(work, place, said=body.value(), by=by)),
    )


@router.post(_LINE + "/preview")
def preview(
    claim_id: str, line_no: int, body: PriorNoticeIn, *, call: TheCall, desk: Desk
) -> PriorNoticeOut:
    """Show what the importer would be told before a denial; nothing is sent."""
    place = Place(claim_id, line_no, body.specification)
    return call.read(
        Action.CLAIM,
        lambda work, by: PriorNoticeOut.of(desk.preview(work, place, said=body.value(), by=by)),
    )


@router.post("/prior-notices/{prior_notice_id}/answer", response_model=PriorNoticeOut)
def answer(prior_notice_id: str, body: NoticeAnswerIn, *, call: TheCall, desk: Desk) -> Response:
    """Keep what the importer says to a notice."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: PriorNoticeOut.of(
            desk.answer(
                work, prior_notice_id, words=body.words, nothing_more=body.nothing_more, by=by
            )
        ),
        status=200,
    )


@router.post("/prior-notices/{prior_notice_id}/end", response_model=PriorNoticeOut)
def drop(prior_notice_id: str, body: NoticeEndIn, *, call: TheCall, desk: Desk) -> Response:
    """Say that what a notice announced will not be decided."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: PriorNoticeOut.of(
            desk.drop(work, prior_notice_id, words=body.words, by=by)
        ),
        status=200,
    )


@router.get("/prior-notices/ripe")
def ripe(window: TheWindow, *, call: TheCall, desk: Desk) -> PageOut[PriorNoticeOut]:
    """List the notices that are to be decided now, the newest first; each says who sent it."""
    found = call.read(Action.SEE_CLAIM, lambda work, _by: desk.ripe(work, window))
    return PageOut[PriorNoticeOut](
        items=tuple(PriorNoticeOut.of(one) for one in found),
        next=window.next(found),
    )


@router.get("/prior-notices")
def page(
    window: TheWindow,
    *,
    call: TheCall,
    desk: Desk,
    state: PriorNoticeState | None = None,
    ended: bool = False,
) -> PageOut[PriorNoticeOut]:
    """List notices before denials, the newest first; in a state, or after their last day."""
    found = call.read(
        Action.SEE_CLAIM,
        lambda work, _by: desk.page(work, window, state=state, ended=ended),
    )
    return PageOut[PriorNoticeOut](
        items=tuple(PriorNoticeOut.of(one) for one in found),
        next=window.next(found),
    )
