"""The second factors of people: what each holds, codes for a lost one, and taking them away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ooms.access import one_time_codes, recovery_codes
from ooms.access.factor_duty import is_shown
from ooms.access.model import SecondFactor, User
from ooms.access.repository import AccessRows
from ooms.access.service import Access
from ooms.access.sessions import Session
from ooms.audit.model import Entry, Wanted
from ooms.audit.service import page
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.passkeys.repository import PasskeyRows
from ooms.people.users import forget_factors, note, user_of

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

    def __init__(self, *, access: Access, office: str) -> None:
        """Keep the factors of users; the office's name stands in authenticator apps."""
        self._access = access
        self._office = office

    def held(self, work: Work, user_id: str) -> Held:
        """Tell which second factors a user holds.

        Raises:
            MissingError: there is no such user.

        """
        user = user_of(work, user_id)
        made_at, left = AccessRows(work.transaction).recovery_codes(user.id)
        passkeys = len(PasskeyRows(work.transaction).of_user(user.id))
        return Held(self.has_app(work, user), passkeys, made_at, left)

    def has_app(self, work: Work, user: User) -> bool:
        """Tell whether a user has set an authenticator app up."""
        app = AccessRows(work.transaction).second_factor(user.id)
        return app is not None and app.is_set

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
        note(work, user, "user.recovery_codes_made", by=user, facts=facts)
        return codes

    def begin_app(self, work: Work, user: User) -> str:
        """Draw a secret for an authenticator app; it counts once a code is shown.

        Raises:
            ConflictError: a second factor is set up already.

        """
        current = self._access.second_factor(work, user.id)
        if current and current.is_set:
            raise ConflictError(what="second factor", current="set up", wanted="set up")
        secret = one_time_codes.secret_of(work.noise(one_time_codes.SECRET_BYTES))
        self._access.keep_second_factor(work, user.id, SecondFactor(secret, last_step=0))
        return one_time_codes.address_of(secret, login=user.login, office=self._office)

    def confirm_app(self, work: Work, user: User, *, code: str) -> User:
        """Count the second factor from now on, as its holder has shown a code.

        Raises:
            ConflictError: none was begun, or it is confirmed already.
            UnfitError: the code is wrong.

        """
        begun = self._access.second_factor(work, user.id)
        if begun is None or begun.is_set:
            current = "set up" if begun else "not begun"
            raise ConflictError(what="second factor", current=current, wanted="confirmed")
        step = one_time_codes.step_of(begun.secret, code, now=work.now)
        if step is None:
            problem = "is no code of the secret that was drawn"
            raise UnfitError(Flaw("/code", problem, code="AUT-SECOND-FACTOR"))
        confirmed = replace(begun, last_step=step, confirmed_at=work.now)
        self._access.keep_second_factor(work, user.id, confirmed)
        note(work, user, "user.second_factor_set", by=user)
        return user

    def drop_app(self, work: Work, user_id: str, *, by: User, but: str = "") -> User:
        """Take an authenticator app away, to set up another; sessions end, except one if asked.

        Raises:
            MissingError: the user has none.

        """
        user, rows = user_of(work, user_id), AccessRows(work.transaction)
        if not rows.drop_second_factor(user.id):
            raise MissingError(what="second factor of user", id=user.id)
        rows.end_sessions(user.id, but=but)
        note(work, user, "user.second_factor_dropped", by=by)
        return user

    def remove_all(self, work: Work, user_id: str, *, reason: str, by: User) -> User:
        """Take every second factor of a user away, who lost them; his sessions end.

        Raises:
            MissingError: there is no such user.
            ConflictError: he has none, or takes away his own.

        """
        user, held = user_of(work, user_id), self.held(work, user_id)
        if by.id == user.id:
            raise ConflictError(what="second factors", current="one's own", wanted="taken away")
        if not (held.has_app or held.passkeys or held.codes_left):
            raise ConflictError(what="second factors", current="none", wanted="taken away")
        forget_factors(work, user)
        AccessRows(work.transaction).end_sessions(user.id)
        facts = {
            "reason": reason,
            "app": "1" if held.has_app else "0",
            "passkeys": str(held.passkeys),
            "codes": str(held.codes_left),
        }
        note(work, user, "user.factors_removed", by=by, facts=facts)
        return user

    def history(self, work: Work, user: User, *, most: int) -> tuple[Entry, ...]:
        """Return what was done to how a user signs in, the newest first, by himself or others."""
        wanted = Wanted(subject=f"user/{user.id}", what="user.")
        entries = page(work, Window(_LOOKED_AT), wanted=wanted)
        return tuple(one for one in entries if one.what in TOLD)[:most]
