"""Letters of compliance over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.company_letters.schemas import CompanyLetterOut
from ooms.company_letters.service import CompanyLetters

router = APIRouter(prefix="/company-letters", tags=["compliance"])
Desk = Annotated[CompanyLetters, from_office("company_letters")]


@router.get("")
def page(window: TheWindow, *, call: TheCall, desk: Desk) -> PageOut[CompanyLetterOut]:
    """List the letters of compliance to the own company, the newest first."""
    found = call.read(
        Action.SEE_COMPANY_LETTER,
        lambda work, by: tuple(
            CompanyLetterOut.model_validate(one, from_attributes=True)
            for one in desk.page(work, window, by=by)
        ),
    )
    return PageOut[CompanyLetterOut](items=found, next=window.next(found))


@router.get("/{company_letter_id}/pdf", response_class=Response)
def pdf(company_letter_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Return a letter to the own company as it was sealed."""
    found = call.read(
        Action.SEE_COMPANY_LETTER, lambda work, by: desk.pdf(work, company_letter_id, by=by)
    )
    return Response(found, media_type="application/pdf")
