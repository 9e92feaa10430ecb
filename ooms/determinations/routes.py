"""Determinations over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.determinations.schemas import (
    ComparisonIn,
    ComparisonOut,
    DeterminationIn,
    DeterminationOut,
    ImpactOut,
    ImpactsOut,
)
from ooms.determinations.service import Determinations
from ooms.languages.catalogues import catalogue, preferred

router = APIRouter(tags=["determinations"])
Desk = Annotated[Determinations, from_office("determinations")]


def _words(
    language: Annotated[Literal["en", "fr", "ko", "sw"] | None, Query()] = None,
    accept_language: Annotated[str, Header(max_length=200)] = "",
) -> Mapping[str, str]:
    """Give the words of the language that is asked for, or else the one the reader prefers."""
    return catalogue(language or preferred(accept_language))


TheWords = Annotated[Mapping[str, str], Depends(_words)]


@router.post(
    "/products/{product_id}/determinations", status_code=201, response_model=DeterminationOut
)
def determine(
    product_id: str, body: DeterminationIn, *, call: TheCall, desk: Desk, words: TheWords
) -> Response:
    """Determine whether a product originates under an agreement."""
    return call.write(
        Action.DETERMINE,
        body,
        lambda work, by: DeterminationOut.of(
            desk.determine(work, product_id, request=body.value(today=work.today), by=by),
            words,
            to=by,
        ),
    )


@router.post("/determinations/comparison", response_model=ComparisonOut)
def compare(body: ComparisonIn, *, call: TheCall, desk: Desk, words: TheWords) -> Response:
    """Compare every agreement between two countries for a product; nothing is kept."""
    return call.write(
        Action.DETERMINE,
        body,
        lambda work, by: ComparisonOut.of(
            desk.compare(work, body.product_id, request=body.value(today=work.today), by=by), words
        ),
        status=200,
    )


@router.get("/supplier-declarations/{declaration_id}/impact")
def impact(declaration_id: str, *, call: TheCall, desk: Desk) -> ImpactsOut:
    """Tell what rests on a declaration, and what would differ without it."""
    return call.read(
        Action.SEE_DETERMINATION,
        lambda work, by: ImpactsOut(
            declaration_id=declaration_id,
            items=tuple(ImpactOut.of(*one) for one in desk.impacts(work, declaration_id, by=by)),
        ),
    )


@router.get("/determinations/{determination_id}")
def get(determination_id: str, *, call: TheCall, desk: Desk, words: TheWords) -> DeterminationOut:
    """Return a determination with its trace."""
    return call.read(
        Action.SEE_DETERMINATION,
        lambda work, by: DeterminationOut.of(desk.get(work, determination_id, by=by), words, to=by),
    )


@router.get("/determinations")
def page(
    window: TheWindow, *, call: TheCall, desk: Desk, words: TheWords
) -> PageOut[DeterminationOut]:
    """List determinations, the newest first."""
    found = call.read(
        Action.SEE_DETERMINATION,
        lambda work, by: tuple(
            DeterminationOut.of(one, words, to=by) for one in desk.page(work, window, by=by)
        ),
    )
    return PageOut[DeterminationOut](
        items=found,
        next=found[-1].id if len(found) == window.limit else None,
    )
