"""The handbook for everybody: no login, as JSON, in the reader's language where it has words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query, Request

from ooms.access.dependencies import from_office, refuse_haste
from ooms.db import Works
from ooms.errors import Flaw, UnfitError
from ooms.handbook.model import UnknownRuleError
from ooms.handbook.schemas import AgreementsToldOut, ReasonsOut, RulesToldOut, ScoreOut
from ooms.handbook.service import Handbook
from ooms.languages.catalogues import catalogue, preferred

router = APIRouter(prefix="/public", tags=["handbook"])
Desk = Annotated[Handbook, from_office("handbook")]


def _words(
    language: Annotated[Literal["en", "fr", "ko", "sw"] | None, Query()] = None,
    accept_language: Annotated[str, Header(max_length=200)] = "",
) -> Mapping[str, str]:
    """Give the words of the language that is asked for, or else the one the reader prefers."""
    return catalogue(language or preferred(accept_language))


def _unhurried(request: Request, works: Annotated[Works, from_office("works")]) -> None:
    """Refuse an address that makes too many look-ups a minute."""
    refuse_haste(request, at=works.clock())


TheWords = Annotated[Mapping[str, str], Depends(_words)]
Unhurried = Depends(_unhurried)


@router.get("/agreements", dependencies=[Unhurried])
def agreements(desk: Desk) -> AgreementsToldOut:
    """List the agreements that are known here, with how far their rules go."""
    return AgreementsToldOut.of(desk.country, desk.agreements)


@router.get("/rules", dependencies=[Unhurried])
def rules(
    agreement: Annotated[str, Query(max_length=40)],
    hs: Annotated[str, Query(max_length=20)],
    *,
    with_agreements: bool = False,
    words: TheWords,
    desk: Desk,
) -> RulesToldOut:
    """Tell the rules of a code under an agreement, in notation and in words.

    With `with_agreements` one look-up also lists the agreements, for a page to choose from.

    Raises:
        UnfitError: the agreement is not known, or the digits are no code.

    """
    try:
        found = desk.rules(agreement, hs, catalogue=words)
    except UnknownRuleError as error:
        raise UnfitError(Flaw(error.pointer, error.words)) from error
    known = AgreementsToldOut.of(desk.country, desk.agreements) if with_agreements else None
    return RulesToldOut.of(found, agreements=known)


@router.get("/reasons", dependencies=[Unhurried])
def reasons(words: TheWords, desk: Desk) -> ReasonsOut:
    """List every code by which something is refused, asked for or taken back here."""
    return ReasonsOut.of(desk, words)


@router.get("/score", dependencies=[Unhurried])
def score(desk: Desk) -> ScoreOut:
    """Publish the formula of the lists of applicants."""
    return ScoreOut.of(desk.lists)
