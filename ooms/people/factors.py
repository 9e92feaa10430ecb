"""The second factors of people: what each holds, codes for a lost one, and taking them away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ooms.access import recovery_codes
from ooms.access.factor_duty import is_shown
from ooms.access.model import User
from ooms.access.repository import AccessRows
from ooms.access.sessions import Session
from ooms.audit.model import Entry, Wanted
from ooms.audit.service import page, record
from ooms.db import Window, Work
from ooms.errors import ConflictError, MissingError
from ooms.passkeys.repository import PasskeyRows

#: What the trail tells of a user that touches how he signs in.
TOLD = frozenset(
    {
        "user.factors_removed",
        "user.passkey_added",
        "user.passkey_removed",
        "user.password_changed",
        "user.password_reset",
        "user.recovery_code_used",
        "user.recovery_codes_made",
        "user.second_factor_dropped",
        "user.second_factor_set",
    }
)
#: So much of a user's trail is looked through for it.
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Held:
    """Which second factors a user holds."""

    has_app: bool
    passkeys: int
    codes_made_at: datetime | None
    codes_left: int


class Factors:
    """The desk of second factors."""

    def held(self, work: Work, user_id: str) -> Held:
        """Tell which second factors a user holds.

        Raises:
            MissingError: there is no such user.

        """
        user = _found(work, user_id)
        rows = AccessRows(work.transaction)
        app = rows.second_factor(user.id)
        made_at, left = rows.recovery_codes(user.id)
        passkeys = len(PasskeyRows(work.transaction).of_user(user.id))
        return Held(app is not None and app.confirmed_at is not None, passkeys, made_at, left)

    def make_codes(self, work: Work, user: User, *, session: Session) -> tuple[str, ...]:
        """Draw recovery codes in place of those before; they are shown this once.

        1. This session showed a second factor: who holds none has nothing to lose.
        2. Only digests are kept.

        Raises:
            ConflictError: the session showed no second factor.

        """
        if not is_shown(session):  # 1
            current = "no second factor shown in this session"
            raise ConflictError(what="recovery codes", current=current, wanted="made")
        codes = recovery_codes.drawn(work.noise)
        digests = [recovery_codes.digest_of(one, owner=user.id) for one in codes]
        AccessRows(work.transaction).put_recovery_codes(user.id, digests, made_at=work.now)  # 2
        facts = {"codes": str(len(codes))}
        _record(work, user, "user.recovery_codes_made", by=user, facts=facts)
        return codes

    def drop_own_app(self, work: Work, user: User, *, session: Session) -> User:
        """Take the own authenticator app away, to set up another; other sessions end.

        Raises:
            MissingError: there is none.

        """
        rows = AccessRows(work.transaction)
        if not rows.drop_second_factor(user.id):
            raise MissingError(what="second factor of user", id=user.id)
        rows.end_sessions(user.id, but=session.id)
        _record(work, user, "user.second_factor_dropped", by=user)
        return user

    def remove_all(self, work: Work, user_id: str, *, reason: str, by: User) -> User:
        """Take every second factor of a user away, who lost them; his sessions end.

        Raises:
            MissingError: there is no such user.
            ConflictError: he has none, or takes away his own.

        """
        held, user = self.held(work, user_id), _found(work, user_id)
        if by.id == user.id:
            raise ConflictError(what="second factors", current="one's own", wanted="taken away")
        if not (held.has_app or held.passkeys or held.codes_left):
            raise ConflictError(what="second factors", current="none", wanted="taken away")
        rows = AccessRows(work.transaction)
        rows.drop_second_factor(user.id)
        rows.drop_recovery_codes(user.id)
        PasskeyRows(work.transaction).drop_all(user.id)
        rows.end_sessions(user.id)
        facts = {
            "reason": reason,
            "app": "1" if held.has_app else "0",
            "passkeys": str(held.passkeys),
            "codes": str(held.codes_left),
        }
        _record(work, user, "user.factors_removed", by=by, facts=facts)
        return user

    def history(self, work: Work, user: User, *, most: int) -> tuple[Entry, ...]:
        """Return what was done to how a user signs in, the newest first, by himself or others."""
        wanted = Wanted(subject=f"user/{user.id}", what="user.")
        entries = page(work, Window(_LOOKED_AT), wanted=wanted)
        return tuple(one for one in entries if one.what in TOLD)[:most]


def _found(work: Work, user_id: str) -> User:
    user = AccessRows(work.transaction).find_user(user_id)
    if user is None:
        raise MissingError(what="user", id=user_id)
    return user


def _record(
    work: Work, user: User, what: str, *, by: User, facts: dict[str, str] | None = None
) -> None:
    told = {"login": user.login} | (facts or {})
    record(work, who=by.login, what=what, subject=f"user/{user.id}", facts=told)
