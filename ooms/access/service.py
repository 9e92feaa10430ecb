"""Log in, find who calls, and keep answers for repeated requests."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from ooms.access import one_time_codes, recovery_codes
from ooms.access.factor_duty import FactorDuty, HeldPasskeys
from ooms.access.login_trail import LogInTrail, Record
from ooms.access.model import (
    FOR_A_COMPANY,
    FRESH,
    NEEDS_STANDING,
    OF_A_COMPANY,
    OWN,
    AccessPolicy,
    Action,
    Role,
    SecondFactor,
    User,
)
from ooms.access.passwords import weakness_of
from ooms.access.refusals import (
    NoStandingError,
    NotDelegatedError,
    ProofDueError,
    SecondFactorError,
    ThrottledError,
)
from ooms.access.repository import AccessRows
from ooms.access.sealing import NONCE_BYTES, Sealed, SecretKeys
from ooms.access.sessions import LogIn, Means, OpenedSession, Opening, Session
from ooms.db import Work, Works
from ooms.errors import Flaw, UnauthenticatedError, UnfitError

TOKEN_BYTES = 32
ANSWERS_KEPT_HOURS = 24
LONGEST_DEVICE = 200
_WRONG = "user or password is wrong"


class Standing(Protocol):
    """What the desk of companies knows about who may act for whom."""

    def hindrance(self, work: Work, company_id: str) -> str:
        """Tell why a company's people may not act; an empty text when they may."""
        ...

    def is_delegated(self, work: Work, company_id: str, *, broker_id: str, action: Action) -> bool:
        """Tell whether a company lets a broker do something today."""
        ...


class Access:
    """Users and their sessions."""

    def __init__(  # noqa: PLR0913  # what it works with, each by its name
        self,
        hasher: PasswordHasher | None = None,
        *,
        keys: SecretKeys,
        record: Record,
        policy: AccessPolicy | None = None,
        standing: Standing | None = None,
        passkeys: HeldPasskeys | None = None,
    ) -> None:
        """Hash passwords with Argon2id; tests bring a hasher that is quick."""
        self._hasher = hasher or PasswordHasher()
        self._keys = keys
        self.policy = policy or AccessPolicy()
        self.duty = FactorDuty(self.policy, passkeys)
        self.trail = LogInTrail(record, window=self.policy.failures_within)
        self._standing = standing
        # Verified against when the login is unknown, so that both take equally long.
        self._nobody = self._hasher.hash("nobody's password")

    def make_user(  # noqa: PLR0913  # the facts of one user, each by its name
        self,
        work: Work,
        *,
        login: str,
        password: str,
        name: str,
        role: Role,
        exporter_id: str | None = None,
    ) -> User:
        """Make a user; a company's user acts for that company.

        Raises:
            UnfitError: the password is weak, or the company is missing or out of place.

        """
        if (role in OF_A_COMPANY) != (exporter_id is not None):
            raise UnfitError(Flaw("/exporter_id", "belongs to companies' users, and only to them"))
        rows = AccessRows(work.transaction)
        if rows.credentials(login):
            raise UnfitError(Flaw("/login", f"{login} is taken"))
        user = User(work.new_id(), login, name, role, exporter_id)
        rows.add_user(user, password_hash=self.hashed(password, user=user), now=work.now)
        return user

    def hashed(self, password: str, *, user: User) -> str:
        """Hash a password that its user may have.

        Raises:
            UnfitError: it is too easy to guess.

        """
        weakness = weakness_of(password, login=user.login, name=user.name)
        if weakness:
            raise UnfitError(Flaw("/password", weakness, code="AUT-PASSWORD"))
        return self._hasher.hash(password)

    def open_session(self, works: Works, shown: LogIn) -> OpenedSession:
        """Open a session for a user who knows the password, and has the code if one is due.

        1. Look the user up, and count what failed lately.
        2. Verify the password with no transaction open: it takes long on purpose.
        3. Take the step of the code, and keep the digest of a fresh token.
        4. What fails is counted and recorded, in a transaction of its own.

        Raises:
            UnauthenticatedError: login or password is wrong; which one is not said.
            SecondFactorError: the password is right, the code is missing or wrong.
            ThrottledError: too much failed lately for this account or from this address.

        """
        try:
            known = works.read(lambda work: self.known(work, shown))  # 1
            user = self.verified(known, shown.password)  # 2
            return works.do(lambda work: self._let_in(work, user, shown))  # 3
        except (UnauthenticatedError, ThrottledError) as refused:
            code = refused.code
            was_asked = not (shown.code or shown.recovery_code)
            if not (isinstance(refused, SecondFactorError) and was_asked):
                works.do(lambda work: self._count(work, shown, code=code))  # 4
            raise

    def keep_session(self, work: Work, user: User, *, opening: Opening) -> OpenedSession:
        """Open a session for somebody who was let in, and record it."""
        token = base64.urlsafe_b64encode(work.noise(TOKEN_BYTES)).decode().rstrip("=")
        session = Session(
            id=work.new_id(),
            token_sha256=_digest(token),
            user_id=user.id,
            means=opening.means,
            address=opening.address,
            device=opening.device[:LONGEST_DEVICE],
            created_at=work.now,
            expires_at=work.now + self.policy.session_lasts,
            proved_at=opening.proved_at,
        )
        AccessRows(work.transaction).add_session(session)
        self.trail.opened(work, session, user=user)
        return OpenedSession(token, user, session)

    def session_of(self, work: Work, token: str) -> tuple[User, Session]:
        """Find who calls with a token, and the session.

        Raises:
            UnauthenticatedError: no session has this token, or it has ended.

        """
        found = AccessRows(work.transaction).session_of(_digest(token), now=work.now)
        if found is None:
            raise UnauthenticatedError(reason="the session is unknown or has expired")
        return found

    def caller(
        self,
        work: Work,
        token: str,
        *,
        action: Action,
        company: str | None,
        changes: bool = False,
    ) -> User:
        """Find who calls, and whether he may do what he wants to.

        1. The session is known, and the role has the right.
        2. The session showed the second factor that the role needs or the user holds.
        3. Who changes what can hardly be taken back has shown lately who he is.
        4. A broker says for which company he acts, and that company lets him.
        5. The company's account is active, where the action asks for that.

        Raises:
            UnauthenticatedError: no session has this token.
            ProofDueError: it was shown too long ago who he is.
            NotAllowedError: one of the others is not so.

        """
        user, session = self.session_of(work, token)  # 1
        user.require(action)
        self.duty.require(work, user, session=session, action=action, changes=changes)  # 2
        lasts = self.policy.fresh_for
        if changes and action in FRESH and not session.is_fresh(lasts=lasts, now=work.now):  # 3
            raise ProofDueError(action=action, seconds=int(lasts.total_seconds()))
        if user.role is Role.BROKER and company is not None:  # 4
            user = self._acting_for(work, user, company=company, action=action)
        if action in NEEDS_STANDING and user.exporter_id is not None:  # 5
            self._require_standing(work, user.exporter_id, role=user.role, action=action)
        return user

    def acting(self, work: Work, user_id: str, *, action: Action, company: str) -> User:
        """Find who acts for a company behind a request, and ask again whether he may.

        Raises:
            UnauthenticatedError: there is no such user any more, or he is disabled.
            NotAllowedError: the right, the delegation or the company's standing is gone.

        """
        user = AccessRows(work.transaction).find_user(user_id)
        if user is None or user.disabled_at is not None:
            raise UnauthenticatedError(reason="who asked for this may no longer log in")
        user.require(action)
        if user.role is Role.BROKER:
            user = self._acting_for(work, user, company=company, action=action)
        if user.exporter_id != company:
            raise NotDelegatedError(company=company, action=action)
        if action in NEEDS_STANDING:
            self._require_standing(work, company, role=user.role, action=action)
        return user

    def second_factor(self, work: Work, user_id: str) -> SecondFactor | None:
        """Find the second factor of a user, with its secret open.

        Raises:
            SecretsKeyError: the key of the secret is lost, or the row was changed.

        """
        kept = AccessRows(work.transaction).second_factor(user_id)
        return self._opened(kept, user_id) if kept else None

    def takes_code(self, work: Work, user: User, *, factor: SecondFactor, code: str) -> bool:
        """Tell whether a code is of now; each is taken once."""
        step = one_time_codes.step_of(factor.secret, code, now=work.now)
        return step is not None and AccessRows(work.transaction).use_step(user.id, step)

    def take_recovery_code(self, work: Work, user: User, code: str, *, address: str) -> None:
        """Take a recovery code, which is gone then, and record it.

        Raises:
            SecondFactorError: it is none of the user's, or was used before.

        """
        rows = AccessRows(work.transaction)
        digest = recovery_codes.digest_of(code, owner=user.id)
        if not rows.use_recovery_code(user.id, digest, now=work.now):
            raise SecondFactorError(was_shown=True)
        self.trail.recovered(work, user, left=rows.recovery_codes(user.id)[1], address=address)

    def keep_second_factor(self, work: Work, user_id: str, factor: SecondFactor) -> None:
        """Keep a second factor in place of the one before, its secret sealed."""
        nonce = work.noise(NONCE_BYTES)
        sealed = self._keys.seal(factor.secret, owner=user_id, nonce=nonce)
        kept = replace(factor, secret=sealed.text, key_id=sealed.key_id)
        AccessRows(work.transaction).put_second_factor(user_id, kept)

    def fingerprint(self, request: str) -> str:
        """Tell requests apart by what nobody undoes without the key: passwords are among them."""
        return self._keys.fingerprint(request)

    def is_same(self, request: str, fingerprint: str) -> bool:
        """Tell whether a fingerprint is of a request, under the newest key or one before it."""
        return self._keys.recognizes(request, fingerprint)

    def reseal(self, work: Work) -> int:
        """Seal with the newest key what another sealed, or none; tell how many were.

        What a lost key sealed stays as it is: nobody but the key opens it.
        """
        rows = AccessRows(work.transaction)
        sealed = 0
        for user_id, kept in rows.factors_not_under(self._keys.newest):
            if not kept.key_id or kept.key_id in self._keys.keys:
                self.keep_second_factor(work, user_id, self._opened(kept, user_id))
                sealed += 1
        return sealed

    def tidy(self, work: Work) -> int:
        """Forget sessions that expired, failures and answers kept long enough."""
        rows = AccessRows(work.transaction)
        day_ago = work.now - timedelta(hours=ANSWERS_KEPT_HOURS)
        forgotten = rows.forget_sessions(expired_before=work.now)
        forgotten += rows.forget_failures(before=work.now - self.policy.failures_within)
        return forgotten + rows.forget_answers(kept_before=day_ago)

    def is_reachable(self, work: Work) -> bool:
        """Ask the database for anything at all; raises what it raises."""
        AccessRows(work.transaction).credentials("")
        return True

    def known(self, work: Work, shown: LogIn) -> tuple[User, str] | None:
        """Find a user with the hash of the password.

        Raises:
            ThrottledError: too much failed lately for this account or from this address.

        """
        self.require_patience(work, shown.subjects)
        return AccessRows(work.transaction).credentials(shown.login)

    def require_patience(self, work: Work, subjects: tuple[str, ...]) -> None:
        """Refuse whoever failed too often lately, by account and address.

        Raises:
            ThrottledError: too much failed lately for one of them.

        """
        rows = AccessRows(work.transaction)
        since = work.now - self.policy.failures_within
        most = self.policy.failures_allowed
        if any(rows.failures(subject, since=since) >= most for subject in subjects):
            raise ThrottledError(seconds=int(self.policy.failures_within.total_seconds()))

    def count_failures(self, work: Work, subjects: tuple[str, ...]) -> None:
        """Count that somebody failed to show who he is, by account and address."""
        rows = AccessRows(work.transaction)
        for subject in subjects:
            rows.add_failure(work.new_id(), subject=subject, now=work.now)

    def verified(self, known: tuple[User, str] | None, password: str) -> User:
        """Return the user whose password it is; takes equally long when there is none.

        Raises:
            UnauthenticatedError: the password is wrong, or the user is shut out.

        """
        user, stored = known or (None, self._nobody)
        try:
            self._hasher.verify(stored, password)
        except VerifyMismatchError as mismatch:
            raise UnauthenticatedError(reason=_WRONG) from mismatch
        if user is None or user.disabled_at is not None:
            raise UnauthenticatedError(reason=_WRONG)
        return user

    def _let_in(self, work: Work, user: User, shown: LogIn) -> OpenedSession:
        means = self._means(work, user, shown)
        AccessRows(work.transaction).forgive(shown.subjects[0])
        opening = Opening(means, shown.address, shown.device, proved_at=work.now)
        return self.keep_session(work, user, opening=opening)

    def _means(self, work: Work, user: User, shown: LogIn) -> Means:
        if shown.recovery_code:
            self.take_recovery_code(work, user, shown.recovery_code, address=shown.address)
            return Means.RECOVERY_CODE
        factor = self.second_factor(work, user.id)
        if factor is None or not factor.is_set:
            return Means.PASSWORD
        if not self.takes_code(work, user, factor=factor, code=shown.code):
            raise SecondFactorError(was_shown=bool(shown.code))
        return Means.PASSWORD_AND_CODE

    def _opened(self, kept: SecondFactor, user_id: str) -> SecondFactor:
        if not kept.key_id:
            return kept
        secret = self._keys.open(Sealed(kept.secret, kept.key_id), owner=user_id)
        return replace(kept, secret=secret, key_id="")

    def _count(self, work: Work, shown: LogIn, *, code: str) -> None:
        if code != ThrottledError.code:  # who waits already would wait for ever
            self.count_failures(work, shown.subjects)
        user, _ = AccessRows(work.transaction).credentials(shown.login) or (None, "")
        facts = {"means": Means.PASSWORD.value, "address": shown.address}
        self.trail.refused(work, code, user=user, facts=facts)

    def _acting_for(self, work: Work, broker: User, *, company: str, action: Action) -> User:
        if action in OWN:
            return broker
        if self._standing is None or not self._standing.is_delegated(
            work, company, broker_id=broker.id, action=action
        ):
            raise NotDelegatedError(company=company, action=action)
        return replace(broker, exporter_id=company)

    def _require_standing(self, work: Work, company: str, *, role: Role, action: Action) -> None:
        hindrance = self._standing.hindrance(work, company) if self._standing else ""
        if role in FOR_A_COMPANY and hindrance:
            raise NoStandingError(hindrance=hindrance, role=role, action=action)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
