"""The issuing offices, who works where and for what, and the training of officers."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.days import today_of
from ooms.portal.forms import Form
from ooms.portal.operator import words
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

OFFICES = "/operator/offices"
#: Who keeps offices, posts and trainings; others who may see them only read.
_KEEPERS = frozenset({"OPERATOR", "SUPERVISOR"})


@router.get(OFFICES)
async def offices(visit: TheVisit) -> HTMLResponse:
    """Show the offices, and everybody who decides applications with his post."""
    places, officers = await asyncio.gather(
        visit.api.get("/issuing-offices"), visit.api.get("/officers")
    )
    return visit.page(
        "operator/offices.html",
        places=places["items"],
        officers=officers["items"],
        may_keep=visit.role in _KEEPERS,
        words=words,
    )


@router.get(OFFICES + "/new")
async def new(visit: TheVisit, code: str = "") -> HTMLResponse:
    """Ask what an office is called and whom it serves; a known one is shown as it is kept."""
    places = await visit.api.get("/issuing-offices")
    known = next((one for one in places["items"] if one["code"] == code), None)
    filled = dict(known) | {"cities": ", ".join(known["cities"])} if known else None
    return visit.page("operator/office.html", form=Form.of(filled), words=words)


@router.post(OFFICES + "/new")
async def keep(form: TheForm, visit: TheVisit) -> Response:
    """Keep an office, in the place of what was said of it before."""
    body = form.body("code", "name", "kind", "place") | {"cities": _listed(form["cities"])}
    try:
        await visit.api.post("/issuing-offices", body, key=form.key)
    except Refused as refused:
        return visit.refuse("operator/office.html", form, refused, words=words)
    return visit.go(OFFICES, done="office-kept")


@router.get(OFFICES + "/officers/{user_id}")
async def officer(user_id: str, visit: TheVisit) -> HTMLResponse:
    """Show an officer's post, and his training of this year beside what the law wants."""
    return await _officer(visit, user_id)


@router.post(OFFICES + "/officers/{user_id}/post")
async def keep_post(user_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Keep where an officer works and for what."""
    body = form.body("office", "most_open") | {
        "user_id": user_id,
        "agreements": _listed(form["agreements"]),
        "chapters": _listed(form["chapters"]),
        "is_present": form["is_present"] != "no",
    }
    try:
        await visit.api.post("/posts", body, key=form.key)
    except Refused as refused:
        return await _officer(visit, user_id, form=form, refused=refused)
    return visit.go(f"{OFFICES}/officers/{user_id}", done="post-kept")


@router.post(OFFICES + "/officers/{user_id}/training")
async def train(user_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Record a training that an officer took part in."""
    body = form.body("held_on", "hours", "subject", "title") | {"user_id": user_id}
    try:
        await visit.api.post("/trainings", body, key=form.key)
    except Refused as refused:
        return await _officer(visit, user_id, form=form, refused=refused)
    return visit.go(f"{OFFICES}/officers/{user_id}", done="training-recorded")


async def _officer(
    visit: Visit, user_id: str, *, form: Form | None = None, refused: Refused | None = None
) -> HTMLResponse:
    year = today_of(visit).year
    officers, places, credited = await asyncio.gather(
        visit.api.get("/officers"),
        visit.api.get("/issuing-offices"),
        visit.api.get("/trainings/credits", user_id=user_id, year=year),
    )
    one = next((one for one in officers["items"] if one["user_id"] == user_id), None)
    if one is None:
        raise Refused(404, {"code": "REF-UNKNOWN", "detail": f"there is no officer {user_id}"})
    facts: dict[str, Any] = {
        "officer": one,
        "places": places["items"],
        "credited": credited,
        "may_keep": visit.role in _KEEPERS,
        "words": words,
    }
    return visit.ask(
        "operator/officer.html", form or Form.of(_filled(one["post"])), refused, **facts
    )


def _filled(post: Any) -> dict[str, Any]:
    if post is None:
        return {"most_open": "50", "is_present": "yes"}
    told = {name: ", ".join(post[name]) for name in ("agreements", "chapters")}
    return dict(post) | told


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]
