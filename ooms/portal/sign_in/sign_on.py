"""Signing in at an identity provider: the way there, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Path
from fastapi.responses import RedirectResponse, Response

from ooms.portal.client import Refused
from ooms.portal.languages import N_
from ooms.portal.navigation import first_page
from ooms.portal.sign_in.door import remember, way_to
from ooms.portal.visit import TheGuest, Visit, inside

router = APIRouter(include_in_schema=False)

#: The interface's cookie, and ours: it ties a log-in to the browser that began it.
COOKIE = "ooms-sign-on"
_MINUTES = 10
_LONGEST_BACK = 1000
Name = Annotated[str, Path(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
#: What to do about each refusal; the empty code stands for all others.
_ADVICE: Mapping[str, str] = {
    "AUT-UNLINKED": N_(
        "Your account there is not linked to a user of this office. "
        "Give an operator the words above: they name the account to link."
    ),
    "SYS-PROVIDER": N_("Try again in a few minutes, or sign in with your password."),
    "": N_("Begin again, or sign in with your password."),
}


@router.get("/sign-in/with/{provider}")
async def go(provider: Name, visit: TheGuest, *, back: str = "", fresh: bool = False) -> Response:
    """Send the browser to the provider, and note in it where it wanted to go."""
    path = f"/oidc/{provider}/start"
    try:
        begun, secret = await visit.api.get_with_cookie(path, COOKIE, fresh=fresh)
    except Refused as refused:
        return _refused(visit, refused, provider=provider, back=back)
    answer = RedirectResponse(begun["address"], HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        COOKIE,
        f"{secret}.{quote(back[:_LONGEST_BACK], safe='')}",
        max_age=_MINUTES * 60,
        path=way_to(provider),
        secure=visit.request.url.scheme == "https",
        httponly=True,
        samesite="lax",  # sent when the provider sends the browser back, which is its whole use
    )
    return answer


@router.get("/sign-in/with/{provider}/callback")
async def come_back(provider: Name, visit: TheGuest) -> Response:
    """Open a session with what the provider sent the browser back with, and go on."""
    secret, _, wanted = visit.request.cookies.get(COOKIE, "").partition(".")
    back = unquote(wanted)
    told = dict(visit.request.query_params)
    try:
        opened, _ = await visit.api.get_with_cookie(
            f"/oidc/{provider}/callback", COOKIE, given=secret, **told
        )
    except Refused as refused:
        answer = _refused(visit, refused, provider=provider, back=back)
    else:
        answer = visit.go(inside(back, first_page(opened["role"])))
        remember(visit.request, answer, opened["token"])
    answer.delete_cookie(COOKIE, path=way_to(provider))
    return answer


def _refused(visit: Visit, refused: Refused, *, provider: str, back: str) -> Response:
    return visit.page(
        "sign_in/not_let_in.html",
        status=refused.status,
        detail=refused.detail,
        code=refused.code,
        trace_id=refused.trace_id,
        advice=_ADVICE.get(refused.code, _ADVICE[""]),
        again=way_to(provider),
        back=back,
    )
