"""Logging in at an identity provider over HTTP, and who is linked to whom there."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Path, Query, Request, Response

from ooms.access.dependencies import TheCall, address_of, device_of, from_office
from ooms.access.model import Action
from ooms.access.schemas import SessionOut
from ooms.db import Works
from ooms.sign_on.model import Answer
from ooms.sign_on.schemas import (
    BegunOut,
    IdentitiesOut,
    IdentityIn,
    IdentityOut,
    ProviderOut,
    ProvidersOut,
)
from ooms.sign_on.service import STATE_LASTS, Browser, SignOn

router = APIRouter(tags=["sessions"])
Desk = Annotated[SignOn, from_office("sign_on")]
TheWorks = Annotated[Works, from_office("works")]
Name = Annotated[str, Path(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
#: Ties a log-in to the browser that began it; no script reads it, no other site sends it along.
COOKIE = "ooms-sign-on"
_LONGEST_CODE = 4096


def _answer(
    state: Annotated[str, Query(min_length=1, max_length=100)],
    *,
    code: Annotated[str, Query(max_length=_LONGEST_CODE)] = "",
    error: Annotated[str, Query(max_length=60, pattern=r"^[a-z_]*$")] = "",
    iss: Annotated[str, Query(max_length=300)] = "",
) -> Answer:
    return Answer(state, code, error, iss)


TheAnswer = Annotated[Answer, Depends(_answer)]


@router.get("/oidc")
def providers(*, desk: Desk) -> ProvidersOut:
    """List the identity providers at which people may log in."""
    return ProvidersOut(items=tuple(ProviderOut.of(one) for one in desk.providers()))


@router.get("/oidc/{provider}/start")
def start(  # noqa: PLR0913  # what is asked, each by its name
    request: Request,
    response: Response,
    provider: Name,
    *,
    desk: Desk,
    works: TheWorks,
    fresh: bool = False,
) -> BegunOut:
    """Begin a log-in at a provider: send the browser to the address that comes back.

    `fresh` asks the provider to let the person show anew who he is, if that was too long ago.
    """
    begun = desk.start(works, provider, address=address_of(request), fresh=fresh)
    response.set_cookie(
        COOKIE,
        begun.browser,
        max_age=int(STATE_LASTS.total_seconds()),
        path=_path(request, provider),
        secure=begun.is_secure,
        httponly=True,
        samesite="lax",  # sent when the provider sends the browser back, which is its whole use
    )
    return BegunOut(address=begun.address)


@router.get("/oidc/{provider}/callback")
def finish(  # noqa: PLR0913  # the parts of an answer from elsewhere, each by its name
    request: Request,
    response: Response,
    provider: Name,
    *,
    answer: TheAnswer,
    desk: Desk,
    works: TheWorks,
    browser: Annotated[str, Cookie(alias=COOKIE, max_length=100)] = "",
) -> SessionOut:
    """Open a session with what the provider sent the browser back with."""
    back = Browser(browser, address_of(request), device_of(request))
    opened = desk.finish(works, provider, answer=answer, browser=back)
    response.delete_cookie(COOKIE, path=_path(request, provider))
    return SessionOut.of(opened)


@router.get("/users/{user_id}/identities", tags=["users"])
def identities(user_id: str, *, call: TheCall, desk: Desk) -> IdentitiesOut:
    """List the accounts at providers that a user is linked to."""
    found = call.read(Action.MANAGE_USERS, lambda work, _by: desk.identities(work, user_id))
    return IdentitiesOut(items=tuple(IdentityOut.of(one) for one in found))


@router.post(
    "/users/{user_id}/identities", status_code=201, response_model=IdentityOut, tags=["users"]
)
def link(user_id: str, body: IdentityIn, *, call: TheCall, desk: Desk) -> Response:
    """Link a user to an account at a provider; from then on it lets him in."""
    return call.write(
        Action.MANAGE_USERS,
        body,
        lambda work, by: IdentityOut.of(
            desk.link(work, user_id, provider=body.provider, subject=body.subject, by=by)
        ),
    )


@router.post(
    "/users/{user_id}/identities/{identity_id}/removal", response_model=IdentityOut, tags=["users"]
)
def unlink(user_id: str, identity_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Take a link away; the user's sessions end."""
    return call.write(
        Action.MANAGE_USERS,
        None,
        lambda work, by: IdentityOut.of(desk.unlink(work, user_id, identity_id=identity_id, by=by)),
        status=200,
    )


def _path(request: Request, provider: str) -> str:
    here, _, _ = request.url.path.rpartition(f"/{provider}/")
    return f"{here}/{provider}"
