"""What is kept how long, what is held beyond, and what two supervisors agree to delete."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.operator import words
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

RETENTION = "/operator/retention"
_LISTS = RETENTION + "/lists"
_HOLDS = RETENTION + "/holds"
Key = Annotated[str, Query(max_length=36)]


@router.get(RETENTION)
async def retention(visit: TheVisit, certificate: Key = "", cursor: Key = "") -> HTMLResponse:
    """Show the periods, the lists of what is due, and the holds."""
    form = Form.of({"certificate_id": certificate})
    return await _retention(visit, form, cursor=cursor)


@router.post(_HOLDS)
async def hold(form: TheForm, visit: TheVisit) -> Response:
    """Hold a certificate, and all that it rests on, beyond its period."""
    body = form.body("certificate_id", "reason", "reference")
    try:
        await visit.api.post("/retention/holds", body, key=form.key)
    except Refused as refused:
        return await _retention(visit, form, refused=refused)
    return visit.go(RETENTION, done="hold-placed")


@router.post(_HOLDS + "/{hold_id}/lifting")
async def lift(hold_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Lift a hold."""
    try:
        await visit.api.post(f"/retention/holds/{hold_id}/lifting", key=form.key)
    except Refused as refused:
        return await _retention(visit, form, refused=refused)
    return visit.go(RETENTION, done="hold-lifted")


@router.get(_LISTS + "/{list_id}")
async def due(list_id: str, visit: TheVisit) -> HTMLResponse:
    """Show what a list would delete now, or what it deleted."""
    return await _list(visit, list_id, Form.of())


@router.post(_LISTS + "/{list_id}/agreement")
async def agree(list_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Agree to a list; with the second supervisor's word it is carried out."""
    return await _act(visit, list_id, form, act="agreement", done="list-agreed")


@router.post(_LISTS + "/{list_id}/dropping")
async def drop(list_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Drop a list that should not be carried out."""
    return await _act(visit, list_id, form, act="dropping", done="list-dropped")


async def _act(visit: Visit, list_id: str, form: Form, *, act: str, done: str) -> Response:
    try:
        await visit.api.post(f"/retention/lists/{list_id}/{act}", key=f"{form.key}-{act}")
    except Refused as refused:
        return await _list(visit, list_id, form, refused=refused)
    return visit.go(f"{_LISTS}/{list_id}", done=done)


async def _retention(
    visit: Visit, form: Form, *, cursor: str = "", refused: Refused | None = None
) -> HTMLResponse:
    periods, lists, holds = await asyncio.gather(
        visit.api.get("/retention/periods"),
        visit.api.get("/retention/lists"),
        visit.api.get("/retention/holds", cursor=cursor),
    )
    facts: dict[str, Any] = {
        "periods": periods["items"],
        "lists": lists["items"],
        "holds": holds["items"],
        "following": holds["next"],
        "may_hold": visit.role in {"SUPERVISOR", "PARTNER_DESK"},
        "words": words,
    }
    return visit.ask("operator/retention.html", form, refused, **facts)


async def _list(
    visit: Visit, list_id: str, form: Form, *, refused: Refused | None = None
) -> HTMLResponse:
    lists = await visit.api.get("/retention/lists", limit=200)
    one = next((one for one in lists["items"] if one["id"] == list_id), None)
    if one is None:
        raise Refused(404, {"code": "REF-UNKNOWN", "detail": f"there is no list {list_id}"})
    is_open = one["state"] in words.OPEN_LISTS
    path = f"/retention/lists/{list_id}"
    facts: dict[str, Any] = {
        "one": one,
        "trial": await visit.api.get(f"{path}/trial") if is_open else None,
        "deleted": None if is_open else (await visit.api.get(f"{path}/deletions"))["items"],
        "may_agree": is_open and visit.role == "SUPERVISOR",
        "words": words,
    }
    return visit.ask("operator/retention_list.html", form, refused, **facts)
