"""Keep users: make, shut out, let in again, reset; and what each keeps of his own account."""

from __future__ import annotations

import base64
from dataclasses import replace

from ooms.access.model import User
from ooms.access.repository import AccessRows
from ooms.access.service import Access
from ooms.access.sessions import Session
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.exporters.service import Exporters
from ooms.people.model import Filter, NewUser
from ooms.people.users import forget_factors, note, user_of

_PASSWORD_BYTES = 15  # twenty characters when written down


class People:
    """The desk of users."""

    def __init__(self, *, access: Access, exporters: Exporters) -> None:
        """Keep users of the access desk."""
        self._access = access
        self._exporters = exporters

    def add(self, work: Work, new: NewUser, *, password: str, by: User) -> User:
        """Let a person log in.

        Raises:
            UnfitError: the login is taken, the password weak, or the company unknown.

        """
        if new.exporter_id is not None:
            self._require_company(work, new.exporter_id, by=by)
        user = self._access.make_user(
            work,
            login=new.login,
            password=password,
            name=new.name,
            role=new.role,
            exporter_id=new.exporter_id,
        )
        note(work, user, "user.added", by=by, facts={"role": user.role.value})
        return user

    def get(self, work: Work, user_id: str) -> User:
        """Return a user.

        Raises:
            MissingError: there is none.

        """
        return user_of(work, user_id)

    def by_login(self, work: Work, login: str) -> User:
        """Return the user with a login.

        Raises:
            MissingError: there is none.

        """
        found = AccessRows(work.transaction).credentials(login)
        if found is None:
            raise MissingError(what="user", id=login)
        return found[0]

    def page(self, work: Work, window: Window, *, wanted: Filter) -> tuple[User, ...]:
        """Return users, the newest first."""
        rows = AccessRows(work.transaction)
        return rows.users(window, role=wanted.role, company=wanted.exporter_id)

    def disable(self, work: Work, user_id: str, *, reason: str, by: User) -> User:
        """Shut a user out: every session ends at once, and none is opened.

        Raises:
            ConflictError: the user is shut out already, or shuts himself out.

        """
        user = self.get(work, user_id)
        if user.disabled_at is not None or user.id == by.id:
            raise ConflictError(what="user", current=_state(user, by=by), wanted="disabled")
        rows = AccessRows(work.transaction)
        rows.set_disabled(user.id, at=work.now)
        rows.end_sessions(user.id)
        note(work, user, "user.disabled", by=by, facts={"reason": reason})
        return replace(user, disabled_at=work.now)

    def enable(self, work: Work, user_id: str, *, by: User) -> User:
        """Let a user in again who was shut out.

        Raises:
            ConflictError: the user is not shut out.

        """
        user = self.get(work, user_id)
        if user.disabled_at is None:
            raise ConflictError(what="user", current="enabled", wanted="enabled")
        AccessRows(work.transaction).set_disabled(user.id, at=None)
        note(work, user, "user.enabled", by=by)
        return replace(user, disabled_at=None)

    def reset_password(self, work: Work, user_id: str, *, by: User) -> tuple[User, str]:
        """Give a user a fresh password, returned this once; sessions and second factors end."""
        user = self.get(work, user_id)
        password = base64.urlsafe_b64encode(work.noise(_PASSWORD_BYTES)).decode()
        rows = AccessRows(work.transaction)
        rows.set_password(user.id, self._access.hashed(password, user=user))
        forget_factors(work, user)
        rows.end_sessions(user.id)
        note(work, user, "user.password_reset", by=by)
        return user, password

    def sessions(self, work: Work, user_id: str) -> tuple[Session, ...]:
        """Return where a user is logged in."""
        self.get(work, user_id)
        return AccessRows(work.transaction).sessions(user_id, now=work.now)

    def end_session(self, work: Work, user_id: str, *, session_id: str, by: User) -> User:
        """End one session of a user.

        Raises:
            MissingError: the user has no such session.

        """
        user = self.get(work, user_id)
        if not AccessRows(work.transaction).end_session(session_id, user_id=user_id):
            raise MissingError(what="session", id=session_id)
        facts = {"session": session_id}
        note(work, user, "user.session_ended", by=by, facts=facts)
        return user

    def end_sessions(self, work: Work, user_id: str, *, by: User, but: str = "") -> int:
        """End every session of a user, except one if asked, and tell how many there were."""
        user = self.get(work, user_id)
        ended = AccessRows(work.transaction).end_sessions(user.id, but=but)
        note(work, user, "user.sessions_ended", by=by, facts={"count": str(ended)})
        return ended

    def change_password(self, work: Work, user: User, *, hashed: str) -> User:
        """Change the own password, whose hash is given; every session ends, this one too."""
        rows = AccessRows(work.transaction)
        rows.set_password(user.id, hashed)
        rows.end_sessions(user.id)
        note(work, user, "user.password_changed", by=user)
        return user

    def _require_company(self, work: Work, company_id: str, *, by: User) -> None:
        try:
            self._exporters.get(work, company_id, by=by)
        except MissingError as missing:
            raise UnfitError(Flaw("/exporter_id", str(missing))) from missing


def _state(user: User, *, by: User) -> str:
    return "disabled" if user.disabled_at else "the caller's own" if user.id == by.id else "enabled"
