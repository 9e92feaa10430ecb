"""Signing in, signing out, and one's own account: password, second factor, sessions."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.forms import Form, fresh_key
from ooms.portal.languages import LANGUAGES
from ooms.portal.navigation import first_page
from ooms.portal.sign_in import passkeys, proof, recovery, second_factor, sign_on
from ooms.portal.sign_in.devices import device_named
from ooms.portal.sign_in.door import PATH, door, kept_of, remember
from ooms.portal.sign_in.words import EVENTS
from ooms.portal.visit import (
    LANGUAGE,
    TheForm,
    TheGuest,
    TheVisit,
    Visit,
    inside,
    session_cookie,
)

router = APIRouter(include_in_schema=False)
router.include_router(passkeys.router)
router.include_router(proof.router)
router.include_router(recovery.router)
router.include_router(second_factor.router)
router.include_router(sign_on.router)

_YEAR = 365 * 24 * 3600
_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS)


@router.get(PATH)
async def ask(visit: TheGuest, back: str = "") -> Response:
    """Ask who comes; whoever is signed in goes on."""
    if visit.who is not None:
        return visit.go(inside(back, first_page(visit.who.role)))
    return await door(visit, Form.of(), back=back)


@router.post(PATH)
async def sign_in(form: TheForm, visit: TheGuest) -> Response:
    """Open a session and go on; a form that waited outside is handed back to be sent again."""
    kept = kept_of(form)
    shown = {"login": form["login"], "password": form.fields.get("password", "")}
    try:
        opened = await visit.api.post("/sessions", shown | _code(form), key=fresh_key())
    except Refused as refused:
        status = refused.status if refused.status in _REFUSED else HTTPStatus.UNPROCESSABLE_ENTITY
        return await door(visit, form.refuse(refused), status=status, back=form["back"], kept=kept)
    back = inside(form["back"], first_page(opened["role"]))
    if kept:
        answer: Response = visit.page("sign_in/go_on.html", back=back, kept=kept, proven=False)
    else:
        answer = visit.go(back)
    remember(visit.request, answer, opened["token"])
    return answer


@router.post("/sign-out")
async def sign_out(_form: TheForm, visit: TheGuest) -> Response:
    """End this session, and forget it in this browser."""
    if visit.who is not None:
        await visit.api.post("/account/sessions/current/end", key=fresh_key())
    answer = visit.go("/", done="signed-out")
    answer.delete_cookie(session_cookie(visit.request))
    return answer


@router.post("/language")
async def choose_language(form: TheForm, visit: TheGuest) -> Response:
    """Remember a language in this browser, and stay on the page."""
    answer = visit.go(inside(form["back"], "/"))
    if form["language"] in LANGUAGES:
        answer.set_cookie(LANGUAGE, form["language"], max_age=_YEAR, samesite="lax", httponly=True)
    return answer


@router.get("/account")
async def account(visit: TheVisit) -> HTMLResponse:
    """Show the own account: who it is, where it is signed in, and what can be changed."""
    return await _account(visit, Form.of())


@router.post("/account/password")
async def change_password(form: TheForm, visit: TheVisit) -> Response:
    """Change the password; every session ends."""
    body = {"old": form.fields.get("old", ""), "new": form.fields.get("new", "")}
    try:
        await visit.api.post("/account/password", body, key=form.key)
    except Refused as refused:
        return await _account(visit, form, refused)
    return visit.go(PATH, done="password-changed")


@router.post("/account/sessions/{session_id}/end")
async def end_session(session_id: str, form: TheForm, visit: TheVisit) -> Response:
    """End one of the own sessions, or all others."""
    await visit.api.post(f"/account/sessions/{session_id}/end", key=form.key)
    done = "others-ended" if session_id == "others" else "session-ended"
    return visit.go("/account", done=done)


async def _account(visit: Visit, form: Form, refused: Refused | None = None) -> HTMLResponse:
    sessions = await visit.api.get("/account/sessions")
    factor = await visit.api.get("/account/second-factor")
    own = await visit.api.get("/account/passkeys")
    told = await visit.api.get("/account/factors/history")
    facts: dict[str, Any] = {
        "sessions": sessions["items"],
        "has_app": factor["is_set_up"],
        "passkeys": own["items"],
        "takes_passkeys": bool(await passkeys.origin_of(visit)),
        "device_named": device_named,
        "factors": await visit.api.get("/account/factors"),
        "told": told["items"],
        "events": EVENTS,
    }
    return visit.ask("sign_in/account.html", form, refused, **facts)


def _code(form: Form) -> dict[str, str]:
    return {name: form[name] for name in ("code", "recovery_code") if form[name]}
