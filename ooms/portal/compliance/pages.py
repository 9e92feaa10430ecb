"""Self-checks, likely errors, the own figures and the monthly letter of a company."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from ooms.portal.brokers import CHOOSE, company_of, must_choose
from ooms.portal.client import Refused
from ooms.portal.code_words import ERRORS, GROUNDS, LISTS
from ooms.portal.compliance.gathering import known, sees, standing
from ooms.portal.compliance.words import SAID
from ooms.portal.days import today_of
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit
from ooms.portal.words import EXCHANGE, STATES

router = APIRouter(include_in_schema=False, prefix="/company/compliance")
Asked = Annotated[str, Query(max_length=40)]
_FIGURES = "/company/compliance/figures"
_KEPT = "/company/compliance/kept"
#: Letters that are shown, the newest first: three years of quarters.
_LETTERS = 12


@router.get("")
async def home(visit: TheVisit) -> Response:
    """Show the errors that are likely, each with the way to correct it."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    found = await known(visit, year=today_of(visit).year)
    company = company_of(visit)
    letters = await _letters(visit)
    return visit.page("compliance/home.html", known=found, company=company, letters=letters)


@router.get("/self-check")
async def self_check(visit: TheVisit, industry: Asked = "", agreement: Asked = "") -> Response:
    """Show the list of an industry and an agreement, with what is known already."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    return await _questions(visit, Form.of({"industry": industry, "agreement": agreement}))


@router.post("/self-check")
async def sign(form: TheForm, visit: TheVisit) -> Response:
    """Sign and keep the list as it is answered."""
    try:
        await visit.api.post("/self-checks/kept", _answered(form), key=form.key)
    except Refused as refused:
        return await _questions(visit, form, refused=refused)
    return visit.go(_KEPT, done="self-check-kept")


@router.get("/kept")
async def kept(visit: TheVisit) -> Response:
    """List the self-checks that the company signed, and what changed from one to the next."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    found = (await visit.api.get("/self-checks/kept", limit=50))["items"]
    return visit.page("compliance/kept.html", kept=found, saids=SAID)


@router.get("/figures")
async def figures(visit: TheVisit, year: int | None = None) -> Response:
    """Show the company's own figures, and what would take it off a list."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    return await _figures(visit, Form.of(), year=year or today_of(visit).year)


@router.post("/figures/contest")
async def contest(form: TheForm, visit: TheVisit) -> Response:
    """Say something against an entry on a list."""
    body = {"edition_id": form["edition_id"], "statement": form["statement"]}
    try:
        await visit.api.post("/approvals/contests", body, key=form.key)
    except Refused as refused:
        return await _figures(visit, form, year=today_of(visit).year, refused=refused)
    return visit.go(_FIGURES, done="contest-stated")


@router.get("/letters/{company_letter_id}")
async def sealed_letter(company_letter_id: str, visit: TheVisit) -> Response:
    """Hand out a letter of the office as it was sealed."""
    return await visit.pass_on(f"/company-letters/{company_letter_id}/pdf")


@router.get("/letter")
async def letter(visit: TheVisit, month: Asked = "") -> Response:
    """Show the letter of a month, to be printed: likely errors, ending proofs, use."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    today = today_of(visit)
    first = _first_day(month) or today.replace(day=1)
    issued = await _of_month(visit, first)
    return visit.page(
        "compliance/letter.html",
        first=first,
        today=today,
        issued=issued,
        known=await known(visit, year=today.year),
        company=company_of(visit),
        exchange=EXCHANGE,
        states=STATES,
    )


async def _of_month(visit: Visit, first: date) -> Sequence[Any]:
    if not sees(visit, "CERTIFICATES"):
        return ()
    issued = (await visit.api.get("/certificates", limit=200))["items"]
    return [one for one in issued if one["issued_on"][:7] == first.isoformat()[:7]]


async def _letters(visit: Visit) -> Sequence[Any]:
    """Return the letters of the office; none to whoever acts for a company."""
    try:
        return (await visit.api.get("/company-letters", limit=_LETTERS))["items"]  # type: ignore[no-any-return]
    except Refused as refused:
        if refused.status is HTTPStatus.FORBIDDEN:
            return ()
        raise


async def _questions(visit: Visit, form: Form, *, refused: Refused | None = None) -> Response:
    asked = {"industry": form["industry"], "agreement": form["agreement"]}
    facts: dict[str, Any] = {
        "told": await visit.api.get("/self-checks", **asked),
        "known": await known(visit, year=today_of(visit).year),
        "saids": SAID,
    }
    return visit.ask("compliance/self_check.html", form, refused, **facts)


def _answered(form: Form) -> dict[str, Any]:
    """Return the body of a form; evidence without an answer is no answer yet."""
    body = form.body("industry", "agreement", "answers")
    answers = {code: one for code, one in body.get("answers", {}).items() if "said" in one}
    return body | {"answers": answers}


async def _figures(
    visit: Visit, form: Form, *, year: int, refused: Refused | None = None
) -> Response:
    facts: dict[str, Any] = {
        "told": await standing(visit, year=year),
        "year": year,
        "errors": ERRORS,
        "grounds": GROUNDS,
        "lists": LISTS,
    }
    return visit.ask("compliance/figures.html", form, refused, **facts)


def _first_day(month: str) -> date | None:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
