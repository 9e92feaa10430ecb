"""Passkeys over HTTP: made, named, removed, signed in with, and shown as a proof."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response

from ooms.access.dependencies import TheCall, address_of, device_of, from_office
from ooms.access.model import Action, User
from ooms.access.proving import note_proof
from ooms.access.schemas import ProofOut, SessionOut
from ooms.access.sessions import Means
from ooms.db import Work, Works
from ooms.passkeys.schemas import (
    PasskeyAnswerIn,
    PasskeyBegunOut,
    PasskeyIn,
    PasskeyNameIn,
    PasskeyOptionsOut,
    PasskeyOut,
    PasskeyRemovalIn,
    PasskeysAtOut,
    PasskeySignInIn,
    PasskeysOut,
)
from ooms.passkeys.service import Browser, Passkeys

router = APIRouter(tags=["sessions"])
Desk = Annotated[Passkeys, from_office("passkeys")]
TheWorks = Annotated[Works, from_office("works")]


@router.get("/passkeys")
def where(*, desk: Desk) -> PasskeysAtOut:
    """Tell at which address passkeys work."""
    return PasskeysAtOut(origin=desk.party.origin if desk.party else None)


# No idempotency at these two doors: what they answer with is shown once and never kept.
@router.post("/passkeys/challenge")
def begin_sign_in(request: Request, *, desk: Desk, works: TheWorks) -> PasskeyBegunOut:
    """Draw a challenge that any passkey of the office may sign within five minutes."""
    address = address_of(request)
    begun = works.do(lambda work: desk.begin_sign_in(work, address=address))
    return PasskeyBegunOut(options=begun.options, browser=begun.browser)


@router.post("/passkeys/sessions", status_code=201)
def sign_in(request: Request, body: PasskeySignInIn, *, desk: Desk, works: TheWorks) -> SessionOut:
    """Open a session with a passkey, which counts as two factors."""
    browser = Browser(body.browser, address_of(request), device_of(request))
    return SessionOut.of(desk.sign_in(works, body.credential.value(), browser=browser))


@router.get("/account/passkeys", tags=["users"])
def own(*, call: TheCall, desk: Desk) -> PasskeysOut:
    """List the caller's passkeys."""
    return call.read(Action.OWN_ACCOUNT, lambda work, by: PasskeysOut.of(desk.of_user(work, by.id)))


@router.post("/account/passkeys/challenge", response_model=PasskeyOptionsOut, tags=["users"])
def begin_making(*, call: TheCall, desk: Desk) -> Response:
    """Draw a challenge for a new passkey of the caller."""

    def begun(work: Work, by: User) -> PasskeyOptionsOut:
        session = call.access.session_of(work, call.token)[1]
        return PasskeyOptionsOut(options=desk.begin_making(work, by, session=session))

    return call.show_once(Action.KEEP_FACTORS, begun)


@router.post("/account/passkeys", status_code=201, response_model=PasskeyOut, tags=["users"])
def keep(body: PasskeyIn, *, call: TheCall, desk: Desk) -> Response:
    """Keep the passkey that a device made; it counts in this session too."""

    def kept(work: Work, by: User) -> PasskeyOut:
        session = call.access.session_of(work, call.token)[1]
        made = body.credential.value()
        passkey = desk.keep(work, by, session=session, name=body.name, made=made)
        note_proof(call.access, work, call.token, by=Means.PASSKEY)
        return PasskeyOut.of(passkey)

    return call.write(Action.KEEP_FACTORS, body, kept)


@router.post("/account/passkeys/{passkey_id}/name", response_model=PasskeyOut, tags=["users"])
def rename(passkey_id: str, body: PasskeyNameIn, *, call: TheCall, desk: Desk) -> Response:
    """Name one of the caller's passkeys anew."""
    return call.write(
        Action.OWN_ACCOUNT,
        body,
        lambda work, by: PasskeyOut.of(
            desk.rename(work, by, passkey_id=passkey_id, name=body.name)
        ),
        status=200,
    )


@router.post("/account/passkeys/{passkey_id}/removal", response_model=PasskeyOut, tags=["users"])
def remove_own(passkey_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Take one of the caller's passkeys away."""
    return call.write(
        Action.KEEP_FACTORS,
        None,
        lambda work, by: PasskeyOut.of(desk.remove(work, by.id, passkey_id=passkey_id, by=by)),
        status=200,
    )


@router.post("/account/proof/challenge", response_model=PasskeyOptionsOut, tags=["users"])
def begin_proof(*, call: TheCall, desk: Desk) -> Response:
    """Draw a challenge that one of the caller's passkeys may sign, to show again who calls."""

    def begun(work: Work, by: User) -> PasskeyOptionsOut:
        session = call.access.session_of(work, call.token)[1]
        return PasskeyOptionsOut(options=desk.begin_proof(work, by, session=session))

    return call.show_once(Action.OWN_ACCOUNT, begun)


@router.post("/account/proof/passkey", tags=["users"])
def prove(body: PasskeyAnswerIn, *, call: TheCall, desk: Desk) -> ProofOut:
    """Show again who calls, by a passkey; it counts as a second factor of the session."""
    proved = desk.prove(call.works, call.token, body.credential.value())
    return ProofOut.of(proved, lasts=call.access.policy.fresh_for)


@router.get("/users/{user_id}/passkeys", tags=["users"])
def of_user(user_id: str, *, call: TheCall, desk: Desk) -> PasskeysOut:
    """List the passkeys of a user."""
    return call.read(
        Action.MANAGE_USERS, lambda work, _by: PasskeysOut.of(desk.of_user(work, user_id))
    )


@router.post(
    "/users/{user_id}/passkeys/{passkey_id}/removal", response_model=PasskeyOut, tags=["users"]
)
def remove(
    user_id: str, passkey_id: str, *, body: PasskeyRemovalIn, call: TheCall, desk: Desk
) -> Response:
    """Take a passkey of a user away whose holder lost it; his sessions end."""

    def removed(work: Work, by: User) -> PasskeyOut:
        gone = desk.remove(work, user_id, passkey_id=passkey_id, by=by, reason=body.reason)
        return PasskeyOut.of(gone)

    return call.write(Action.MANAGE_USERS, body, removed, status=200)
