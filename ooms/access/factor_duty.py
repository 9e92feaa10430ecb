"""When a session has to show a second factor: its role needs one, or its user holds one."""

from __future__ import annotations

from typing import Protocol

from ooms.access.model import FRESH, OWN, AccessPolicy, Action, User
from ooms.access.refusals import SecondFactorPolicyError, UnshownFactorError
from ooms.access.repository import AccessRows
from ooms.access.sessions import WITH_CODE, Session
from ooms.db import Work


class HeldPasskeys(Protocol):
    """What the desk of passkeys knows about who has one."""

    def has_any(self, work: Work, user_id: str) -> bool:
        """Tell whether a user has a passkey that works at the office's address of now."""
        ...


class FactorDuty:
    """Tells who has to show a second factor, and refuses who did not."""

    def __init__(self, policy: AccessPolicy, passkeys: HeldPasskeys | None) -> None:
        """Ask the roles of a policy for a factor, and everybody for the one that he holds."""
        self._policy = policy
        self._passkeys = passkeys

    def is_due(self, user: User, session: Session) -> bool:
        """Tell whether the office asks the role for a factor that the session did not show."""
        return user.role in self._policy.second_factor and not is_shown(session)

    def holds(self, work: Work, user: User) -> bool:
        """Tell whether a user holds a factor to show: an app, a passkey or a recovery code."""
        rows = AccessRows(work.transaction)
        app = rows.second_factor(user.id)
        if app is not None and app.is_set:
            return True
        if self._passkeys is not None and self._passkeys.has_any(work, user.id):
            return True
        return rows.recovery_codes(user.id)[1] > 0

    def require(
        self, work: Work, user: User, *, session: Session, action: Action, changes: bool
    ) -> None:
        """Refuse a session that showed one factor alone, where two are asked for.

        1. A role that needs a second factor does nothing but keep its own account without it.
        2. Who holds one shows it before what needs a fresh proof, and before another is added:
           NIST SP 800-63B wants a factor bound at the level of those that are bound already.
           The first of all is added with a fresh proof alone.

        Raises:
            SecondFactorPolicyError: the role needs a factor.
            UnshownFactorError: the user holds a factor.

        """
        if is_shown(session):
            return
        if self.is_due(user, session) and action not in OWN:  # 1
            raise SecondFactorPolicyError(role=user.role, action=action)
        if changes and action in FRESH and self.holds(work, user):  # 2
            raise UnshownFactorError(role=user.role, action=action)


def is_shown(session: Session) -> bool:
    """Tell whether a session showed a second factor, by whatever means."""
    return session.means not in WITH_CODE
