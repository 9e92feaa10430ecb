"""Users over HTTP, and everybody's own account."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from ooms.access.dependencies import Call, TheCall, TheWindow, address_of, from_office
from ooms.access.factor_duty import is_shown
from ooms.access.model import Action, Role, User
from ooms.access.proving import Proof, note_proof, prove
from ooms.access.schemas import PageOut
from ooms.db import Work
from ooms.errors import UnfitError
from ooms.exporters.schemas import DelegatingOut, DelegatingsOut
from ooms.exporters.service import Exporters
from ooms.people.factors import Factors
from ooms.people.model import Filter
from ooms.people.schemas import (
    CodeIn,
    DisablingIn,
    FactorEventOut,
    FactorEventsOut,
    FactorOut,
    FactorsHeldOut,
    FactorsRemovalIn,
    FreshPasswordOut,
    PasswordChangeIn,
    RecoveryCodesOut,
    SecondFactorOut,
    SessionRow,
    SessionsOut,
    UserIn,
    UserOut,
)
from ooms.people.service import People

router = APIRouter(tags=["users"])
Desk = Annotated[People, from_office("people")]
FactorsDesk = Annotated[Factors, from_office("factors")]
#: Names the session of the call itself.
CURRENT = "current"
#: Names every other session of the caller.
OTHERS = "others"
#: So much is told of what was done to how one signs in.
_TOLD = 10


@router.post("/users", status_code=201, response_model=UserOut)
def add(body: UserIn, *, call: TheCall, desk: Desk) -> Response:
    """Let a person log in, with one role."""
    return call.write(
        Action.MANAGE_USERS,
        body,
        lambda work, by: UserOut.of(desk.add(work, body.value(), password=body.password, by=by)),
    )


@router.get("/users")
def page(
    window: TheWindow,
    *,
    call: TheCall,
    desk: Desk,
    role: Role | None = None,
    exporter_id: Annotated[str | None, Query(max_length=36)] = None,
) -> PageOut[UserOut]:
    """List users, the newest first."""
    wanted = Filter(role, exporter_id)
    found = call.read(Action.MANAGE_USERS, lambda work, _by: desk.page(work, window, wanted=wanted))
    return PageOut[UserOut](
        items=tuple(UserOut.of(one) for one in found),
        next=window.next(found),
    )


@router.get("/users/{user_id}")
def get(user_id: str, *, call: TheCall, desk: Desk) -> UserOut:
    """Return a user."""
    return call.read(Action.MANAGE_USERS, lambda work, _by: UserOut.of(desk.get(work, user_id)))


@router.post("/users/{user_id}/disabling", response_model=UserOut)
def disable(user_id: str, body: DisablingIn, *, call: TheCall, desk: Desk) -> Response:
    """Shut a user out; his sessions end at once."""
    return call.write(
        Action.MANAGE_USERS,
        body,
        lambda work, by: UserOut.of(desk.disable(work, user_id, reason=body.reason, by=by)),
        status=200,
    )


@router.post("/users/{user_id}/enabling", response_model=UserOut)
def enable(user_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Let a user in again."""
    return call.write(
        Action.MANAGE_USERS,
        None,
        lambda work, by: UserOut.of(desk.enable(work, user_id, by=by)),
        status=200,
    )


@router.post("/users/{user_id}/password", response_model=FreshPasswordOut)
def reset_password(user_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Draw a fresh password for a user, and show it this once."""
    return call.show_once(
        Action.MANAGE_USERS,
        lambda work, by: FreshPasswordOut.showing(*desk.reset_password(work, user_id, by=by)),
    )


@router.post("/users/{user_id}/second-factor/removal", response_model=UserOut)
def drop_second_factor(user_id: str, *, call: TheCall, desk: FactorsDesk) -> Response:
    """Take away a second factor whose holder lost it."""
    return call.write(
        Action.MANAGE_USERS,
        None,
        lambda work, by: UserOut.of(desk.drop_app(work, user_id, by=by)),
        status=200,
    )


@router.get("/users/{user_id}/factors")
def factors_of_user(user_id: str, *, call: TheCall, desk: FactorsDesk) -> FactorsHeldOut:
    """Tell which second factors a user holds."""
    return call.read(
        Action.MANAGE_USERS, lambda work, _by: FactorsHeldOut.of(desk.held(work, user_id))
    )


@router.post("/users/{user_id}/factors/removal", response_model=UserOut)
def remove_factors(
    user_id: str, body: FactorsRemovalIn, *, call: TheCall, desk: FactorsDesk
) -> Response:
    """Take every second factor of a user away, who lost them; his sessions end."""
    return call.write(
        Action.MANAGE_USERS,
        body,
        lambda work, by: UserOut.of(desk.remove_all(work, user_id, reason=body.reason, by=by)),
        status=200,
    )


@router.get("/users/{user_id}/sessions")
def sessions(user_id: str, *, call: TheCall, desk: Desk) -> SessionsOut:
    """List where a user is logged in."""
    found = call.read(Action.MANAGE_USERS, lambda work, _by: desk.sessions(work, user_id))
    return SessionsOut(items=tuple(SessionRow.of(one) for one in found))


@router.post("/users/{user_id}/sessions/{session_id}/end", response_model=UserOut)
def end_session(user_id: str, session_id: str, *, call: TheCall, desk: Desk) -> Response:
    """End one session of a user."""
    return call.write(
        Action.MANAGE_USERS,
        None,
        lambda work, by: UserOut.of(desk.end_session(work, user_id, session_id=session_id, by=by)),
        status=200,
    )


@router.get("/account")
def account(*, call: TheCall) -> UserOut:
    """Return who the caller is."""
    return call.read(Action.OWN_ACCOUNT, lambda _work, by: UserOut.of(by))


@router.get("/account/companies")
def companies(
    *, call: TheCall, exporters: Annotated[Exporters, from_office("exporters")]
) -> DelegatingsOut:
    """List the companies that let the caller act for them today: a broker's choice."""
    found = call.read(Action.OWN_ACCOUNT, lambda work, by: exporters.delegating(work, by=by))
    return DelegatingsOut(items=tuple(DelegatingOut.of(*one) for one in found))


@router.get("/account/sessions")
def own_sessions(*, call: TheCall, desk: Desk) -> SessionsOut:
    """List where the caller is logged in."""
    found = call.read(Action.OWN_ACCOUNT, lambda work, by: desk.sessions(work, by.id))
    return SessionsOut(items=tuple(SessionRow.of(one) for one in found))


@router.post("/account/sessions/{session_id}/end", response_model=UserOut)
def end_own_session(session_id: str, *, call: TheCall, desk: Desk) -> Response:
    """End one of the caller's sessions, or by a word: `current` logs out, `others` all but this."""

    def ended(work: Work, by: User) -> UserOut:
        own = call.access.session_of(work, call.token)[1].id
        if session_id == OTHERS:
            desk.end_sessions(work, by.id, by=by, but=own)
            return UserOut.of(by)
        ends = own if session_id == CURRENT else session_id
        return UserOut.of(desk.end_session(work, by.id, session_id=ends, by=by))

    return call.write(Action.OWN_ACCOUNT, None, ended, status=200)


@router.post("/account/password", response_model=UserOut)
def change_password(
    request: Request, body: PasswordChangeIn, *, call: TheCall, desk: Desk
) -> Response:
    """Change the caller's password, who shows the old one; every session ends."""
    _require_old(call, body.old, address=address_of(request))
    return call.write_around(
        Action.OWN_ACCOUNT,
        body,
        before=lambda _work, by: by,
        outside=lambda by: call.access.hashed(body.new, user=by),  # takes long on purpose
        after=lambda work, by, hashed: UserOut.of(desk.change_password(work, by, hashed=hashed)),
        status=200,
    )


def _require_old(call: Call, password: str, *, address: str) -> None:
    """Take the old password as any other proof: who guesses has to wait, and the trail tells."""
    try:
        prove(call.access, call.works, call.token, shown=Proof(password), address=address)
    except UnfitError as unfit:
        raise UnfitError(*(replace(flaw, pointer="/old") for flaw in unfit.flaws)) from unfit


@router.get("/account/second-factor")
def own_second_factor(*, call: TheCall, desk: FactorsDesk) -> FactorOut:
    """Tell whether the caller has an authenticator app, and whether a second factor is due."""

    def told(work: Work, _by: User) -> FactorOut:
        user, session = call.access.session_of(work, call.token)
        return FactorOut(
            is_set_up=desk.has_app(work, user),
            is_due=call.access.duty.is_due(user, session),
            is_held=call.access.duty.holds(work, user),
            is_shown=is_shown(session),
        )

    return call.read(Action.OWN_ACCOUNT, told)


@router.post("/account/second-factor", response_model=SecondFactorOut)
def begin_second_factor(*, call: TheCall, desk: FactorsDesk) -> Response:
    """Draw a secret for an authenticator app, and show it this once."""
    return call.show_once(
        Action.KEEP_FACTORS,
        lambda work, by: SecondFactorOut(address=desk.begin_app(work, by)),
    )


@router.post("/account/second-factor/confirmation", response_model=UserOut)
def confirm_second_factor(body: CodeIn, *, call: TheCall, desk: FactorsDesk) -> Response:
    """Count the second factor from now on, in this session too, as the caller shows a code."""

    def confirmed(work: Work, by: User) -> UserOut:
        user = desk.confirm_app(work, by, code=body.code)
        note_proof(call.access, work, call.token, by="CODE")
        return UserOut.of(user)

    return call.write(Action.KEEP_FACTORS, body, confirmed, status=200)


@router.post("/account/second-factor/removal", response_model=UserOut)
def drop_own_second_factor(*, call: TheCall, desk: FactorsDesk) -> Response:
    """Take the caller's own authenticator app away, to set up another; other sessions end."""

    def dropped(work: Work, by: User) -> UserOut:
        session = call.access.session_of(work, call.token)[1]
        return UserOut.of(desk.drop_app(work, by.id, by=by, but=session.id))

    return call.write(Action.KEEP_FACTORS, None, dropped, status=200)


@router.get("/account/factors")
def own_factors(*, call: TheCall, desk: FactorsDesk) -> FactorsHeldOut:
    """Tell which second factors the caller holds, and how many recovery codes are left."""
    return call.read(Action.OWN_ACCOUNT, lambda work, by: FactorsHeldOut.of(desk.held(work, by.id)))


@router.get("/account/factors/history")
def factor_history(*, call: TheCall, desk: FactorsDesk) -> FactorEventsOut:
    """Tell what was done to how the caller signs in, by himself and by others."""

    def told(work: Work, by: User) -> FactorEventsOut:
        found = desk.history(work, by, most=_TOLD)
        return FactorEventsOut(items=tuple(FactorEventOut.of(one, user=by) for one in found))

    return call.read(Action.OWN_ACCOUNT, told)


@router.post("/account/recovery-codes", response_model=RecoveryCodesOut)
def make_recovery_codes(*, call: TheCall, desk: FactorsDesk) -> Response:
    """Draw recovery codes in place of those before, and show them this once."""

    def made(work: Work, by: User) -> RecoveryCodesOut:
        session = call.access.session_of(work, call.token)[1]
        return RecoveryCodesOut(codes=desk.make_codes(work, by, session=session))

    return call.show_once(Action.KEEP_FACTORS, made)
