"""Who may sign in here: list, add, shut out, and set anew what somebody lost."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.operator import words
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

USERS = "/operator/users"
#: Companies that a choice offers.
_MOST = 200


@router.get(USERS)
async def users(
    visit: TheVisit,
    role: Annotated[str, Query(max_length=20)] = "",
    cursor: Annotated[str, Query(max_length=36)] = "",
) -> HTMLResponse:
    """List users, the newest first."""
    found = await visit.api.get("/users", role=role, cursor=cursor)
    return visit.page(
        "operator/users.html",
        form=Form.of({"role": role}),
        users=found["items"],
        following=found["next"],
        filters={"role": role} if role else {},
        words=words,
    )


@router.get(USERS + "/new")
async def new(visit: TheVisit) -> HTMLResponse:
    """Ask who is to be let in."""
    return await _new(visit, Form.of())


@router.post(USERS + "/new")
async def add(form: TheForm, visit: TheVisit) -> Response:
    """Let somebody in."""
    body = form.body("login", "name", "role", "exporter_id")
    password = form.fields.get("password", "")
    try:
        added = await visit.api.post("/users", body | {"password": password}, key=form.key)
    except Refused as refused:
        return await _new(visit, form, refused)
    return visit.go(f"{USERS}/{added['id']}", done="user-added")


@router.get(USERS + "/{user_id}")
async def user(user_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a user: who it is, where he is signed in, and what can be done."""
    return await _user(visit, user_id, Form.of())


@router.post(USERS + "/{user_id}/disabling")
async def disable(user_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Shut a user out, with the reason."""
    body = {"reason": form["reason"]}
    try:
        await visit.api.post(f"/users/{user_id}/disabling", body, key=form.key)
    except Refused as refused:
        return await _user(visit, user_id, form, refused=refused)
    return visit.go(f"{USERS}/{user_id}", done="user-disabled")


@router.post(USERS + "/{user_id}/enabling")
async def enable(user_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Let a user in again."""
    return await _act(visit, user_id, form, act="enabling", done="user-enabled")


@router.post(USERS + "/{user_id}/second-factor/removal")
async def drop_second_factor(user_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Take away a second factor that was lost."""
    return await _act(visit, user_id, form, act="second-factor/removal", done="factor-removed")


@router.post(USERS + "/{user_id}/factors/removal")
async def remove_factors(user_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Take away every second factor of a user who lost them, with the reason."""
    doing = Act("factors", form)
    try:
        await doing.do(visit, f"/users/{user_id}/factors/removal", doing.body())
    except Refused as refused:
        return await _user(visit, user_id, form, refused=refused)
    return visit.go(f"{USERS}/{user_id}", done="factors-removed")


@router.post(USERS + "/{user_id}/passkeys/removal")
async def remove_passkey(user_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Take away one passkey of a user, with the reason."""
    doing = Act("passkey", form)
    path = f"/users/{user_id}/passkeys/{form['passkey-id'] or 'none'}/removal"
    try:
        await doing.do(visit, path, doing.body())
    except Refused as refused:
        return await _user(visit, user_id, form, refused=refused)
    return visit.go(f"{USERS}/{user_id}", done="passkey-taken")


@router.post(USERS + "/{user_id}/sessions/{session_id}/end")
async def end_session(user_id: str, session_id: str, *, form: TheForm, visit: TheVisit) -> Response:
    """End one session of a user."""
    act = f"sessions/{session_id}/end"
    return await _act(visit, user_id, form, act=act, done="session-ended")


@router.post(USERS + "/{user_id}/password")
async def reset_password(user_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Draw a fresh password, and show it this once."""
    try:
        drawn = await visit.api.post(f"/users/{user_id}/password", key=form.key)
    except Refused as refused:
        return await _user(visit, user_id, form, refused=refused)
    return await _user(visit, user_id, Form.of(), password=drawn["password"])


async def _act(visit: Visit, user_id: str, form: Form, *, act: str, done: str) -> Response:
    try:
        await visit.api.post(f"/users/{user_id}/{act}", key=form.key)
    except Refused as refused:
        return await _user(visit, user_id, form, refused=refused)
    return visit.go(f"{USERS}/{user_id}", done=done)


async def _user(
    visit: Visit,
    user_id: str,
    form: Form,
    *,
    refused: Refused | None = None,
    password: str = "",
) -> HTMLResponse:
    path = f"/users/{user_id}"
    facts: dict[str, Any] = {
        "user": await visit.api.get(path),
        "sessions": (await visit.api.get(f"{path}/sessions"))["items"],
        "password": password,
        "factors": await visit.api.get(f"{path}/factors"),
        "passkeys": (await visit.api.get(f"{path}/passkeys"))["items"],
        "words": words,
    }
    return visit.ask("operator/user.html", form, refused, **facts)


async def _new(visit: Visit, form: Form, refused: Refused | None = None) -> HTMLResponse:
    companies = await visit.api.get("/exporters", limit=_MOST)
    facts: dict[str, Any] = {"companies": companies["items"], "words": words}
    return visit.ask("operator/user_new.html", form, refused, **facts)
