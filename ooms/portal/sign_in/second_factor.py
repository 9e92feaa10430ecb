"""Setting up an authenticator app: its secret is shown once, and counts when a code proves it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit, inside

router = APIRouter(include_in_schema=False)

PATH = "/account/second-factor"
#: The interface's code where a second factor is due.
DUE = "AUT-SECOND-FACTOR-DUE"
_GROUP = 4


@router.get(PATH)
async def explain(visit: TheVisit, back: str = "/account") -> Response:
    """Tell whose role needs a second factor how he gets it, or shows the one he has."""
    told = await visit.api.get(PATH)
    keys = await visit.api.get("/account/passkeys")
    at = await visit.api.get("/passkeys")
    facts = {
        "is_due": told["is_due"],
        "has_app": told["is_set_up"],
        "has_passkey": told["is_held"] and bool(keys["items"]),
        "takes_passkeys": bool(at["origin"]),
    }
    back = inside(back, "/account")
    return visit.page("sign_in/factor_due.html", form=Form.of(), back=back, **facts)


@router.post(PATH)
async def begin(form: TheForm, visit: TheVisit) -> Response:
    """Draw a secret and show it, as text that a person types and as a link that an app opens."""
    try:
        drawn = await visit.api.post(PATH, key=form.key)
    except Refused as refused:
        return _shown(visit, form, refused)
    return _shown(visit, Form.of({"address": drawn["address"], "back": form["back"]}))


@router.post(PATH + "/confirmation")
async def confirm(form: TheForm, visit: TheVisit) -> Response:
    """Count the second factor from now on, as a code of it is shown."""
    try:
        await visit.api.post(f"{PATH}/confirmation", {"code": form["code"]}, key=form.key)
    except Refused as refused:
        return _shown(visit, form, refused)
    return visit.go(inside(form["back"], "/account"), done="second-factor-set")


def grouped(address: str) -> str:
    """Write the secret of an address in groups, as a person types it; nothing for no secret."""
    parts = urlsplit(address)
    if parts.scheme != "otpauth":
        return ""
    secret = parse_qs(parts.query).get("secret", [""])[0]
    return " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))


def _shown(visit: Visit, form: Form, refused: Refused | None = None) -> HTMLResponse:
    # The secret travels with the form, for it is kept nowhere in words.
    facts: dict[str, Any] = {"secret": grouped(form["address"]), "address": form["address"]}
    template = "sign_in/second_factor.html"
    return visit.ask(template, form, refused, **facts)
