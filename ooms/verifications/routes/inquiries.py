"""Inquiries at our companies about what partners ask, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.db import Work
from ooms.verifications.answer import Inquiry
from ooms.verifications.inquiring import Inquiring
from ooms.verifications.received_schemas import CompanyAnswerIn, InquiryIn, InquiryOut
from ooms.verifications.schemas import MoreTimeIn

router = APIRouter(prefix="/verifications", tags=["inquiries"])
Desk = Annotated[Inquiring, from_office("inquiries")]
Step = Callable[[Work, User], Inquiry]


def _shown(step: Step) -> Callable[[Work, User], InquiryOut]:
    return lambda work, by: InquiryOut.of(step(work, by))


@router.post("/received/{received_id}/inquiries", status_code=201, response_model=InquiryOut)
def ask(received_id: str, body: InquiryIn, *, call: TheCall, desk: Desk) -> Response:
    """Give notice to a company and ask for its papers."""
    return call.write(
        Action.ANSWER_VERIFICATION,
        body,
        _shown(lambda work, by: desk.ask(work, received_id, plan=body.value(), by=by)),
    )


@router.post("/inquiries/{inquiry_id}/more-time", response_model=InquiryOut)
def prolong(inquiry_id: str, body: MoreTimeIn, *, call: TheCall, desk: Desk) -> Response:
    """Give a company more time, once."""
    return call.write(
        Action.ANSWER_VERIFICATION,
        body,
        _shown(lambda work, by: desk.prolong(work, inquiry_id, asked_on=body.asked_on, by=by)),
        status=200,
    )


@router.post("/inquiries/{inquiry_id}/answer", response_model=InquiryOut)
def answer(inquiry_id: str, body: CompanyAnswerIn, *, call: TheCall, desk: Desk) -> Response:
    """Answer an inquiry, with papers by digest and the classes they are confidential in."""
    return call.write(
        Action.ANSWER_INQUIRY,
        body,
        _shown(lambda work, by: desk.answer(work, inquiry_id, said=body.value(), by=by)),
        status=200,
    )


@router.get("/inquiries/{inquiry_id}")
def get(inquiry_id: str, *, call: TheCall, desk: Desk) -> InquiryOut:
    """Return an inquiry."""
    return call.read(
        Action.SEE_INQUIRY,
        lambda work, by: InquiryOut.of(desk.get(work, inquiry_id, by=by)),
    )


@router.get("/inquiries")
def page(
    window: TheWindow,
    *,
    call: TheCall,
    desk: Desk,
    received_id: Annotated[str | None, Query(max_length=36)] = None,
) -> PageOut[InquiryOut]:
    """List inquiries, the newest first, of one case or all; a company's people see its own."""
    found = call.read(
        Action.SEE_INQUIRY, lambda work, by: desk.page(work, window, received_id=received_id, by=by)
    )
    return PageOut[InquiryOut](
        items=tuple(InquiryOut.of(one) for one in found),
        next=window.next(found),
    )
