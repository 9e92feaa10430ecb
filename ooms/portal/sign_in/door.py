"""The door: its page, what is carried over it, and the cookie that keeps it open."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from ooms.portal.forms import Form
from ooms.portal.visit import Visit, session_cookie

PATH = "/sign-in"
#: Fields of a form that was sent and not taken, carried over the door: each name and value.
Kept = tuple[tuple[str, str], ...]
_KEPT = "kept."


async def door(
    visit: Visit, form: Form, *, back: str, kept: Kept = (), status: int = HTTPStatus.OK
) -> HTMLResponse:
    """Show the page that asks who comes, by every way that lets people in."""
    told = await visit.api.get("/passkeys")
    ways = {"providers": await providers(visit), "takes_passkeys": bool(told["origin"])}
    return visit.page(
        "sign_in/sign_in.html", status=status, form=form, back=back, kept=kept, **ways
    )


def way_to(name: str) -> str:
    """Return the page that leads to an identity provider."""
    return f"{PATH}/with/{name}"


def fields_of(form: Form) -> Kept:
    """Return everything that stands in a form, boxes with every value that is ticked."""
    return tuple((name, value) for name, values in form.ticked.items() for value in values)


def kept_of(form: Form) -> Kept:
    """Return what a form carries of another."""
    told = ((name, value) for name, value in fields_of(form) if name.startswith(_KEPT))
    return tuple((name.removeprefix(_KEPT), value) for name, value in told)


def remember(request: Request, answer: Response, token: str) -> None:
    """Keep the token where no script reads it and no other site sends it along."""
    answer.set_cookie(
        session_cookie(request),
        token,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )


async def providers(visit: Visit) -> list[dict[str, Any]]:
    """Return the identity providers that send people back to a page."""
    told = await visit.api.get("/oidc")
    return [
        {"label": one["label"], "path": way_to(one["name"])}
        for one in told["items"]
        if urlsplit(one["redirect_uri"]).path == f"{way_to(one['name'])}/callback"
    ]
