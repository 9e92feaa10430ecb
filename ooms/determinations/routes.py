"""Determinations over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query, Response

from ooms.access.confidentiality import Confidentiality, Kind, Sight
from ooms.access.dependencies import OfCompany, TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.db import Work
from ooms.determinations.model import Determined
from ooms.determinations.schemas import (
    ComparisonIn,
    ComparisonOut,
    DeterminationIn,
    DeterminationOut,
)
from ooms.determinations.service import Determinations
from ooms.languages.catalogues import catalogue, preferred

router = APIRouter(tags=["determinations"])
Desk = Annotated[Determinations, from_office("determinations")]
Privacy = Annotated[Confidentiality, from_office("confidentiality")]


def _words(
    language: Annotated[Literal["en", "fr", "ko", "sw"] | None, Query()] = None,
    accept_language: Annotated[str, Header(max_length=200)] = "",
) -> Mapping[str, str]:
    """Give the words of the language that is asked for, or else the one the reader prefers."""
    return catalogue(language or preferred(accept_language))


TheWords = Annotated[Mapping[str, str], Depends(_words)]


@dataclass(frozen=True, slots=True)
class Reading:
    """How determinations are read in this call: in which words, and by whose leave."""

    words: TheWords
    privacy: Privacy

    def determination(self, work: Work, found: Determined, *, by: User) -> DeterminationOut:
        """Show one as far as the caller may see it."""
        return self.every(work, (found,), by=by)[0]

    def every(
        self, work: Work, found: tuple[Determined, ...], *, by: User
    ) -> tuple[DeterminationOut, ...]:
        """Show several as far as the caller may see each."""
        owners = {one.id: one.exporter_id for one in found}
        seen = self.privacy.sights(work, owners, kind=Kind.DETERMINATION, by=by)
        return tuple(DeterminationOut.of(one, self.words, seen=seen[one.id]) for one in found)

    def fresh(self, work: Work, found: Determined, *, by: User) -> DeterminationOut:
        """Show one that the caller has just made: by what he may see of the product."""
        seen = self.of_product(work, found.product_id, owner=found.exporter_id, by=by)
        return DeterminationOut.of(found, self.words, seen=seen)

    def of_product(self, work: Work, product_id: str, *, owner: str, by: User) -> Sight:
        """Tell how much of a product the caller sees."""
        return self.privacy.sight(work, product_id, owner=owner, kind=Kind.PRODUCT, by=by)


Read = Annotated[Reading, Depends()]


@router.post(
    "/products/{product_id}/determinations", status_code=201, response_model=DeterminationOut
)
def determine(
    product_id: str, body: DeterminationIn, *, call: TheCall, desk: Desk, reading: Read
) -> Response:
    """Determine whether a product originates under an agreement."""
    return call.write(
        Action.DETERMINE,
        body,
        lambda work, by: reading.fresh(
            work,
            desk.determine(work, product_id, request=body.value(today=work.today), by=by),
            by=by,
        ),
    )


@router.post("/determinations/comparison", response_model=ComparisonOut)
def compare(body: ComparisonIn, *, call: TheCall, desk: Desk, reading: Read) -> Response:
    """Compare every agreement between two countries for a product; nothing is kept."""

    def compared(work: Work, by: User) -> ComparisonOut:
        found = desk.compare(work, body.product_id, request=body.value(today=work.today), by=by)
        seen = reading.of_product(work, found.product_id, owner=found.exporter_id, by=by)
        return ComparisonOut.of(found, reading.words, seen=seen)

    return call.write(Action.DETERMINE, body, compared, status=200)


@router.get("/determinations/{determination_id}")
def get(determination_id: str, *, call: TheCall, desk: Desk, reading: Read) -> DeterminationOut:
    """Return a determination with its trace, as far as the caller may see it."""
    return call.read(
        Action.SEE_DETERMINATION,
        lambda work, by: reading.determination(
            work, desk.get(work, determination_id, by=by), by=by
        ),
    )


@router.get("/determinations")
def page(  # noqa: PLR0913  # the filters, each by its name
    window: TheWindow,
    product_id: Annotated[str | None, Query(max_length=36)] = None,
    *,
    exporter_id: OfCompany = None,
    call: TheCall,
    desk: Desk,
    reading: Read,
) -> PageOut[DeterminationOut]:
    """List determinations, the newest first; of a product or a company, when it is named."""
    found = call.read(
        Action.SEE_DETERMINATION,
        lambda work, by: reading.every(
            work,
            desk.page(work, window, product_id=product_id, of=exporter_id, by=by),
            by=by,
        ),
    )
    return PageOut[DeterminationOut](
        items=found,
        next=window.next(found),
    )
