"""Lists of applicants: who is checked on site, whose review is waived, contests, later looks."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.code_words import GROUNDS, LISTS
from ooms.portal.desk import words
from ooms.portal.desk.names import companies_of, officers_of
from ooms.portal.desk.showing import or_nothing
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

HOME = "/desk/applicants"
_EDITION = HOME + "/editions/{edition_id}"
_WORDS = {"lists": LISTS, "grounds": GROUNDS, "words": words}


@router.get(HOME)
async def applicants(visit: TheVisit) -> HTMLResponse:
    """Show the editions of each list, what companies contest, and what waits for a later look."""
    return await _home(visit)


@router.post(HOME + "/{kind}/proposal")
async def propose(kind: str, form: TheForm, visit: TheVisit) -> Response:
    """Propose this year's list afresh, from today's facts, and go to it."""
    try:
        edition = await Act(kind, form).do(visit, f"/approvals/lists/{kind}/proposal")
    except Refused as refused:
        return await _home(visit, form=form, refused=refused)
    return visit.go(f"{HOME}/editions/{edition['id']}", done="list-proposed")


@router.post(HOME + "/contests/{contest_id}/answer")
async def answer(contest_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Answer a contest; upheld, the company leaves the list."""
    act = Act(contest_id, form)
    told = act.body()
    upheld = {"is_upheld": told.get("is_upheld") == "yes"} if "is_upheld" in told else {}
    try:
        await act.do(visit, f"/approvals/contests/{contest_id}/answer", told | upheld)
    except Refused as refused:
        return await _home(visit, form=form, refused=refused)
    return visit.go(HOME, done="contest-answered")


@router.post(HOME + "/post-checks/{application_id}")
async def keep_outcome(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Keep what a later look at an issue without review found."""
    act = Act(application_id, form)
    try:
        await act.do(visit, f"/approvals/post-checks/{application_id}", act.body())
    except Refused as refused:
        return await _home(visit, form=form, refused=refused)
    return visit.go(HOME, done="later-look-kept")


@router.get(_EDITION)
async def edition(edition_id: str, visit: TheVisit) -> HTMLResponse:
    """Show one edition of a list, entry by entry."""
    return await _edition(visit, edition_id)


@router.post(_EDITION + "/publication")
async def publish(edition_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Fix a proposed list; it never changes again."""
    try:
        path = f"/approvals/lists/editions/{edition_id}/publication"
        await Act("publication", form).do(visit, path)
    except Refused as refused:
        return await _edition(visit, edition_id, form=form, refused=refused)
    return visit.go(f"{HOME}/editions/{edition_id}", done="list-fixed")


@router.post(_EDITION + "/removal")
async def remove(edition_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Take a company off the list, for a reason that the scheme knows."""
    act = Act("removal", form)
    try:
        await act.do(visit, f"/approvals/lists/editions/{edition_id}/removal", act.body())
    except Refused as refused:
        return await _edition(visit, edition_id, form=form, refused=refused)
    return visit.go(f"{HOME}/editions/{edition_id}", done="list-left")


async def _home(
    visit: Visit, *, form: Form | None = None, refused: Refused | None = None
) -> HTMLResponse:
    *editions, contests, later = await asyncio.gather(
        *(or_nothing(visit.api.get(f"/approvals/lists/{kind}")) for kind in LISTS),
        visit.api.get("/approvals/contests"),
        visit.api.get("/approvals/post-checks"),
    )
    named = (one["exporter_id"] for one in (*contests["items"], *later["items"]))
    facts: dict[str, Any] = {
        "editions": {
            kind: found["items"] for kind, found in zip(LISTS, editions, strict=True) if found
        },
        "contests": contests["items"],
        "later": later["items"],
        "companies": await companies_of(visit, named),
        **_WORDS,
    }
    return visit.ask("desk/applicants.html", form or Form.of(), refused, **facts)


async def _edition(
    visit: Visit, edition_id: str, *, form: Form | None = None, refused: Refused | None = None
) -> HTMLResponse:
    found = await visit.api.get(f"/approvals/lists/editions/{edition_id}")
    scheme, officers, companies = await asyncio.gather(
        visit.api.get("/approved-exporters/scheme"),
        officers_of(visit),
        companies_of(visit, (one["exporter_id"] for one in found["entries"])),
    )
    removals = scheme["scheme"]["lists"]["removals"]
    facts: dict[str, Any] = {
        "edition": found,
        "removals": {one["code"]: one["title"] for one in removals},
        "officers": officers,
        "companies": companies,
        **_WORDS,
    }
    return visit.ask("desk/applicant_list.html", form or Form.of(), refused, **facts)
