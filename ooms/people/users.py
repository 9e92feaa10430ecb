"""One user: found by key, his second factors forgotten, what is done to him recorded."""

from __future__ import annotations

from ooms.access.model import User
from ooms.access.repository import AccessRows
from ooms.audit.service import record
from ooms.db import Work
from ooms.errors import MissingError
from ooms.passkeys.repository import PasskeyRows


def user_of(work: Work, user_id: str) -> User:
    """Return a user.

    Raises:
        MissingError: there is none.

    """
    found = AccessRows(work.transaction).find_user(user_id)
    if found is None:
        raise MissingError(what="user", id=user_id)
    return found


def forget_factors(work: Work, user: User) -> None:
    """Delete the app, the passkeys and the recovery codes of a user."""
    rows = AccessRows(work.transaction)
    rows.drop_second_factor(user.id)
    rows.drop_recovery_codes(user.id)
    PasskeyRows(work.transaction).drop_all(user.id)


def note(
    work: Work, user: User, what: str, *, by: User, facts: dict[str, str] | None = None
) -> None:
    """Record in the trail what was done to a user."""
    told = {"login": user.login} | (facts or {})
    record(work, who=by.login, what=what, subject=f"user/{user.id}", facts=told)
