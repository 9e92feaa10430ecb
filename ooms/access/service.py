"""Log in, find who calls, and keep answers for repeated requests."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from ooms.access.model import Role, Session, User
from ooms.access.repository import AccessRows
from ooms.db import Work, Works
from ooms.errors import Flaw, UnauthenticatedError, UnfitError

TOKEN_BYTES = 32
SESSION_LASTS = timedelta(hours=12)
ANSWERS_KEPT = timedelta(hours=24)
LEAST_PASSWORD = 10  # characters; NIST SP 800-63B asks for 8, single-factor for more


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A token that is shown once, who it stands for, and until when."""

    token: str
    user: User
    session: Session


class Access:
    """Users and their sessions."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Hash passwords with Argon2id; tests bring a hasher that is quick."""
        self._hasher = hasher or PasswordHasher()
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
        """Make a user; an exporter's user acts for a company.

        Raises:
            UnfitError: the password is short, or the company is missing or out of place.

        """
        if len(password) < LEAST_PASSWORD:
            raise UnfitError(Flaw("/password", f"needs at least {LEAST_PASSWORD} characters"))
        if (role is Role.EXPORTER) != (exporter_id is not None):
            raise UnfitError(Flaw("/exporter_id", "belongs to exporters' users, and only to them"))
        rows = AccessRows(work.transaction)
        if rows.credentials(login):
            raise UnfitError(Flaw("/login", f"{login} is taken"))
        user = User(work.new_id(), login, name, role, exporter_id)
        rows.add_user(user, password_hash=self._hasher.hash(password), now=work.now)
        return user

    def open_session(self, works: Works, *, login: str, password: str) -> OpenedSession:
        """Open a session for a user who knows the password.

        1. Look the user up.
        2. Verify the password with no transaction open: it takes long on purpose.
        3. Keep the digest of a fresh token.

        Raises:
            UnauthenticatedError: login or password is wrong; which one is not said.

        """
        known = works.read(lambda work: AccessRows(work.transaction).credentials(login))  # 1
        user = self._verified(known, password)  # 2
        return works.do(lambda work: self._keep_session(work, user))  # 3

    def user_of(self, work: Work, token: str) -> User:
        """Find who calls with a token.

        Raises:
            UnauthenticatedError: no session has this token, or it has expired.

        """
        user = AccessRows(work.transaction).user_of(_digest(token), now=work.now)
        if user is None:
            raise UnauthenticatedError(reason="the session is unknown or has expired")
        return user

    def tidy(self, work: Work) -> int:
        """Forget sessions that expired, and answers kept long enough."""
        rows = AccessRows(work.transaction)
        sessions = rows.forget_sessions(expired_before=work.now)
        return sessions + rows.forget_answers(kept_before=work.now - ANSWERS_KEPT)

    def is_reachable(self, work: Work) -> bool:
        """Ask the database for anything at all; raises what it raises."""
        AccessRows(work.transaction).credentials("")
        return True

    def _verified(self, known: tuple[User, str] | None, password: str) -> User:
        user, stored = known or (None, self._nobody)
        try:
            self._hasher.verify(stored, password)
        except VerifyMismatchError as mismatch:
            raise UnauthenticatedError(reason="user or password is wrong") from mismatch
        if user is None:
            raise UnauthenticatedError(reason="user or password is wrong")
        return user

    def _keep_session(self, work: Work, user: User) -> OpenedSession:
        token = base64.urlsafe_b64encode(work.noise(TOKEN_BYTES)).decode().rstrip("=")
        session = Session(_digest(token), user.id, work.now + SESSION_LASTS)
        AccessRows(work.transaction).add_session(session, now=work.now)
        return OpenedSession(token, user, session)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
