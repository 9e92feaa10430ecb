"""Show again who one is, for what can hardly be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ooms.access.model import User
from ooms.access.refusals import SecondFactorError, ThrottledError
from ooms.access.repository import AccessRows
from ooms.access.service import Access
from ooms.access.sessions import (
    WITH_CODE,
    WITH_PASSKEY,
    WITH_RECOVERY,
    LogIn,
    Means,
    Session,
)
from ooms.db import Work, Works
from ooms.errors import Flaw, UnauthenticatedError, UnfitError

#: What each proof makes of a session that was opened by one factor; a password makes none.
_RAISED: Mapping[str, Mapping[Means, Means]] = {
    "CODE": WITH_CODE,
    "PASSKEY": WITH_PASSKEY,
    "RECOVERY_CODE": WITH_RECOVERY,
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody shows: the password, a one-time code or a recovery code, or two of them."""

    password: str = ""
    code: str = ""
    recovery_code: str = ""

    @property
    def by(self) -> str:
        """The strongest of what is shown, as the trail names it."""
        if self.recovery_code:
            return "RECOVERY_CODE"
        return "CODE" if self.code else "PASSWORD"


def prove(access: Access, works: Works, token: str, *, shown: Proof, address: str) -> Session:
    """Take a proof of who is behind a session, which is fresh from then on.

    1. Find whose session it is, and count what failed lately.
    2. Verify the password, if it is shown, with no transaction open: it takes long on purpose.
    3. Take the step of the code, if one is shown, and note the proof.
    4. What fails is counted and recorded, in a transaction of its own.

    Raises:
        UnauthenticatedError: no session has this token.
        UnfitError: nothing is shown, or it is wrong.
        ThrottledError: too much failed lately for this account or from this address.

    """
    if not (shown.password or shown.code or shown.recovery_code):
        raise UnfitError(Flaw("/password", "is needed, or a code of the authenticator app"))
    user, session = works.read(lambda work: access.session_of(work, token))  # 1
    log_in = LogIn(user.login, shown.password, code=shown.code, address=address)
    try:
        known = works.read(lambda work: access.known(work, log_in))
        if shown.password:
            access.verified(known, shown.password)  # 2
        return works.do(lambda work: _taken(access, work, user, session=session, shown=shown))  # 3
    except (UnauthenticatedError, ThrottledError) as refused:
        code = refused.code
        works.do(lambda work: _count(access, work, log_in, session=session, code=code))  # 4
        if isinstance(refused, ThrottledError):
            raise
        raise UnfitError(_flaw(refused, shown)) from refused


def note_proof(access: Access, work: Work, token: str, *, by: str) -> Session:
    """Note that who is behind a session showed a second factor just now.

    Raises:
        UnauthenticatedError: no session has this token.

    """
    user, session = access.session_of(work, token)
    return _noted(access, work, user, session=session, by=by)


def _taken(access: Access, work: Work, user: User, *, session: Session, shown: Proof) -> Session:
    if shown.code:
        factor = access.second_factor(work, user.id)
        is_right = (
            factor is not None
            and factor.is_set
            and access.takes_code(work, user, factor=factor, code=shown.code)
        )
        if not is_right:
            raise SecondFactorError(was_shown=True)
    if shown.recovery_code:
        access.take_recovery_code(work, user, shown.recovery_code, address=session.address)
    return _noted(access, work, user, session=session, by=shown.by)


def _noted(access: Access, work: Work, user: User, *, session: Session, by: str) -> Session:
    means = _RAISED.get(by, {}).get(session.means, session.means)
    proved = replace(session, means=means, proved_at=work.now)
    rows = AccessRows(work.transaction)
    rows.prove_session(session.id, means=means, at=work.now)
    rows.forgive(LogIn(user.login, "").subjects[0])
    access.trail.proved(work, proved, user=user, by=by)
    return proved


def _count(access: Access, work: Work, log_in: LogIn, *, session: Session, code: str) -> None:
    if code != ThrottledError.code:  # who waits already would wait for ever
        access.count_failures(work, log_in.subjects)
    user = AccessRows(work.transaction).find_user(session.user_id)
    if user is not None:
        access.trail.unproved(work, session, user=user, code=code)


def _flaw(refused: UnauthenticatedError, shown: Proof) -> Flaw:
    if isinstance(refused, SecondFactorError) and not shown.code:
        return Flaw(
            "/recovery_code",
            "is none of your recovery codes, or was used before",
            code=SecondFactorError.code,
        )
    if isinstance(refused, SecondFactorError):
        problem = "is no code of now of your authenticator app, or was used before"
        return Flaw("/code", problem, code=SecondFactorError.code)
    return Flaw("/password", "is not the password", code="AUT-PASSWORD")
