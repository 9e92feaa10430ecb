"""Codes and agreements over HTTP, for whoever describes goods."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.tariffs.lookup import Lookup
from ooms.tariffs.lookup_schemas import AgreementOut, AgreementsOut, LinesOut

router = APIRouter(prefix="/tariff", tags=["tariff"])
Desk = Annotated[Lookup, from_office("lookup")]
_MOST = 50


@router.get("/codes")
def codes(
    words: Annotated[str, Query(min_length=1, max_length=100)],
    edition: Annotated[Literal["2002", "2007", "2012", "2017", "2022"], Query()] = "2022",
    language: Annotated[str, Query(max_length=35)] = "en",
    *,
    call: TheCall,
    desk: Desk,
) -> LinesOut:
    """Find codes of an edition by their first digits, or by words of the office's tariff."""
    return call.read(
        Action.LOOK_UP,
        lambda work, _by: LinesOut.of(
            desk.codes(work, words, edition=int(edition), language=language, most=_MOST)
        ),
    )


@router.get("/agreements")
def agreements(call: TheCall, desk: Desk, request: Request) -> AgreementsOut:
    """List the agreements that this country is in, with the countries that they join it to."""
    country = request.app.state.office.issuing.country
    found = call.read(Action.LOOK_UP, lambda _work, _by: desk.agreements(country))
    return AgreementsOut(
        items=tuple(
            AgreementOut(code=code, name=name, partners=partners) for code, name, partners in found
        )
    )
