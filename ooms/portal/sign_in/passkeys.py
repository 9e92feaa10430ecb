"""Passkeys by pages: signing in with one, adding and removing one, and showing one as a proof.

The device answers a challenge that the page carries; a script hands the answer to a plain form.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.forms import Form, fresh_key
from ooms.portal.navigation import first_page
from ooms.portal.sign_in.door import door, kept_of, remember
from ooms.portal.sign_in.proof import AGAIN, go_on, proof_page
from ooms.portal.visit import TheForm, TheGuest, TheVisit, Visit, inside

router = APIRouter(include_in_schema=False)

DOOR = "/sign-in/passkey"
OWN = "/account/passkeys"
#: Ties a challenge to the browser that asked for it.
COOKIE = "ooms-passkey"
_SECONDS = 300


@router.post(DOOR)
async def ask(form: TheForm, visit: TheGuest) -> Response:
    """Draw a challenge for this browser, and show the page on which the device signs it."""
    back, kept = form["back"], kept_of(form)
    try:
        begun = await visit.api.post("/passkeys/challenge", key=fresh_key())
    except Refused as refused:
        return await door(visit, form.refuse(refused), back=back, kept=kept, status=refused.status)
    shown = {"options": begun["options"], "origin": await origin_of(visit)}
    answer = visit.page("sign_in/passkey.html", form=Form.of(), back=back, kept=kept, **shown)
    answer.set_cookie(
        COOKIE,
        begun["browser"],
        max_age=_SECONDS,
        path=DOOR,
        secure=visit.request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
    return answer


@router.post(f"{DOOR}/answer")
async def sign_in(form: TheForm, visit: TheGuest) -> Response:
    """Open a session with what the device answered, and go on."""
    kept = kept_of(form)
    body = {
        "browser": visit.request.cookies.get(COOKIE, "none"),
        "credential": _credential(form),
    }
    try:
        opened = await visit.api.post("/passkeys/sessions", body, key=fresh_key())
    except Refused as refused:
        return await door(
            visit, form.refuse(refused), back=form["back"], kept=kept, status=refused.status
        )
    back = inside(form["back"], first_page(opened["role"]))
    answer = go_on(visit, back=back, kept=kept, proven=False)
    answer.delete_cookie(COOKIE, path=DOOR)
    remember(visit.request, answer, opened["token"])
    return answer


@router.post(f"{OWN}/new")
async def add(form: TheForm, visit: TheVisit) -> Response:
    """Draw a challenge for a new passkey, and show the page on which the device makes it."""
    return await _adding(visit, Form.of({"back": form["back"]}))


@router.post(OWN)
async def keep(form: TheForm, visit: TheVisit) -> Response:
    """Keep the passkey that the device made."""
    body = {"name": form["name"], "credential": _credential(form)}
    try:
        await visit.api.post(OWN, body, key=form.key)
    except Refused as refused:
        if refused.status not in AGAIN:
            raise
        return await _adding(visit, form.refuse(refused), status=refused.status)
    return visit.go(inside(form["back"], "/account"), done="passkey-added")


@router.get(OWN + "/{passkey_id}/name")
async def ask_name(passkey_id: str, visit: TheVisit) -> Response:
    """Ask what an own passkey is called from now on."""
    own = (await visit.api.get(OWN))["items"]
    name = next((one["name"] for one in own if one["id"] == passkey_id), None)
    if name is None:
        return visit.go("/account")
    return visit.page("sign_in/passkey_name.html", form=Form.of({"name": name}))


@router.post(OWN + "/{passkey_id}/name")
async def rename(passkey_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Call an own passkey something else."""
    try:
        await visit.api.post(f"{OWN}/{passkey_id}/name", {"name": form["name"]}, key=form.key)
    except Refused as refused:
        return visit.refuse("sign_in/passkey_name.html", form, refused)
    return visit.go("/account", done="passkey-renamed")


@router.post(OWN + "/{passkey_id}/removal")
async def remove(passkey_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Take an own passkey away."""
    await visit.api.post(f"{OWN}/{passkey_id}/removal", key=form.key)
    return visit.go("/account", done="passkey-removed")


@router.post("/account/proof/passkey")
async def prove(form: TheForm, visit: TheVisit) -> Response:
    """Take a passkey as a proof, and hand back what waited for it."""
    kept, back = kept_of(form), inside(form["back"], "/account")
    try:
        body = {"credential": _credential(form)}
        await visit.api.post("/account/proof/passkey", body, key=fresh_key())
    except Refused as refused:
        if refused.status not in AGAIN:
            raise
        again = form.refuse(refused)
        return await proof_page(visit, again, back=back, kept=kept, status=refused.status)
    return go_on(visit, back=back, kept=kept, proven=True)


async def origin_of(visit: Visit) -> str:
    """Return the address at which passkeys work; empty where they are not used."""
    told = await visit.api.get("/passkeys")
    return told["origin"] or ""


async def _adding(visit: Visit, form: Form, *, status: int = HTTPStatus.OK) -> HTMLResponse:
    begun = await visit.api.post(f"{OWN}/challenge", key=fresh_key())
    origin = await origin_of(visit)
    return visit.page(
        "sign_in/passkey_new.html",
        status=status,
        form=form,
        options=begun["options"],
        origin=origin,
    )


def _credential(form: Form) -> Any:
    """Return what the device answered; whatever else stands there the interface refuses."""
    try:
        return json.loads(form["passkey"])
    except ValueError:
        return None
