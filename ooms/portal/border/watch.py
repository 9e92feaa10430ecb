"""Whose goods are looked at: restrictions, tips, and the watch list."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.border import words
from ooms.portal.client import Refused
from ooms.portal.days import days_left
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

RESTRICTIONS = "/border/restrictions"
WATCH = "/border/watch"


@router.get(RESTRICTIONS)
async def restrictions(visit: TheVisit) -> HTMLResponse:
    """List the persons whose goods are looked at before release."""
    return await _restrictions(visit, Form.of())


@router.post(RESTRICTIONS)
async def restrict(form: TheForm, visit: TheVisit) -> Response:
    """Put somebody on the list."""
    body = form.body("role", "name", "ground", "agreement", "hs6", "since", "until")
    try:
        await visit.api.post("/claims/restrictions", body, key=form.key)
    except Refused as refused:
        return await _restrictions(visit, form, refused)
    return visit.go(RESTRICTIONS, done="restriction-added")


@router.post(RESTRICTIONS + "/{restriction_id}/end")
async def end_restriction(restriction_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Take somebody off the list."""
    body = form.body("reason")
    try:
        await visit.api.post(f"/claims/restrictions/{restriction_id}/end", body, key=form.key)
    except Refused as refused:
        return await _restrictions(visit, form, refused)
    return visit.go(RESTRICTIONS, done="restriction-ended")


@router.get(WATCH)
async def watch(visit: TheVisit) -> HTMLResponse:
    """List tips and the watch list."""
    return await _watch(visit, Form.of())


@router.post(WATCH + "/tips")
async def keep_tip(form: TheForm, visit: TheVisit) -> Response:
    """Keep what somebody told."""
    body = form.body("kind", "subject", "text", "source", "received_on")
    try:
        await visit.api.post("/risk/tips", body, key=form.key)
    except Refused as refused:
        return await _watch(visit, form, refused)
    return visit.go(WATCH, done="tip-kept")


@router.get(WATCH + "/new")
async def ask_watched(visit: TheVisit) -> HTMLResponse:
    """Ask what is to be watched."""
    return visit.page("border/watch_new.html", form=Form.of(), words=words)


@router.post(WATCH + "/new")
async def put_on(form: TheForm, visit: TheVisit) -> Response:
    """Put something on the watch list."""
    body = form.body("subject", "reason", "source", "since", "until")
    try:
        await visit.api.post("/risk/watch-list", body, key=form.key)
    except Refused as refused:
        return visit.refuse("border/watch_new.html", form, refused, words=words)
    return visit.go(WATCH, done="watched")


@router.post(WATCH + "/tips/{tip_id}/decision")
async def decide_tip(tip_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Plan an investigation on a tip, hand it over, or close it."""
    try:
        await visit.api.post(
            f"/risk/tips/{tip_id}/decision", form.body("state", "reason"), key=form.key
        )
    except Refused as refused:
        return await _watch(visit, form, refused)
    return visit.go(WATCH, done="tip-decided")


@router.post(WATCH + "/entries/{watched_id}/end")
async def end(watched_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Take an entry off the watch list."""
    try:
        await visit.api.post(
            f"/risk/watch-list/{watched_id}/end", form.body("reason"), key=form.key
        )
    except Refused as refused:
        return await _watch(visit, form, refused)
    return visit.go(WATCH, done="watch-ended")


async def _restrictions(visit: Visit, form: Form, refused: Refused | None = None) -> HTMLResponse:
    found = await visit.api.get("/claims/restrictions", limit=200)
    facts: dict[str, Any] = {"restrictions": found["items"], "words": words}
    return visit.ask("border/restrictions.html", form, refused, **facts)


async def _watch(visit: Visit, form: Form, refused: Refused | None = None) -> HTMLResponse:
    tips = (await visit.api.get("/risk/tips", limit=100))["items"]
    entries = (await visit.api.get("/risk/watch-list", limit=200))["items"]
    facts: dict[str, Any] = {
        "tips": [(one, days_left(visit, one["due_on"])) for one in tips],
        "entries": entries,
        "words": words,
    }
    return visit.ask("border/watch.html", form, refused, **facts)
