"""Which log-ins the audit trail tells of: each that was opened, and of those refused enough."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from ooms.access.model import User
from ooms.access.repository import AccessRows
from ooms.access.sessions import Session
from ooms.db import Work

#: Who acts before anybody is let in; no login begins with a bracket.
NOBODY = "(nobody)"


class Record(Protocol):
    """Adds an entry to the audit trail, which lies above this desk."""

    def __call__(  # noqa: PLR0913  # the facts of one entry, each by its name
        self,
        work: Work,
        *,
        who: str,
        what: str,
        subject: str,
        reason_code: str = "",
        facts: dict[str, str] | None = None,
    ) -> None:
        """Add an entry, in the transaction of what it records."""
        ...


class LogInTrail:
    """Records log-ins, so that nobody who is refused can fill the trail.

    What is added to the trail stays for ever.  So of refused log-ins one entry is made for each
    account, reason and window; log-ins that no account has share one.  What was typed in place
    of a login is not recorded: now and then it is a password.
    """

    def __init__(self, record: Record, *, window: timedelta) -> None:
        """Record in a trail, refusals once a window."""
        self._record = record
        self._window = window

    def opened(self, work: Work, session: Session, *, user: User) -> None:
        """Record that somebody was let in."""
        self._record(
            work,
            who=user.login,
            what="session.opened",
            subject=f"user/{user.id}",
            facts={
                "means": session.means.value,
                "address": session.address,
                "session": session.id,
            },
        )

    def proved(self, work: Work, session: Session, *, user: User, by: str) -> None:
        """Record that somebody showed again who he is, and by what."""
        self._record(
            work,
            who=user.login,
            what="session.proved",
            subject=f"user/{user.id}",
            facts={"means": by, "address": session.address, "session": session.id},
        )

    def unproved(self, work: Work, session: Session, *, user: User, code: str) -> None:
        """Record that somebody failed to, unless this window tells of it already."""
        if self._is_told(work, f"told:proof:{code}:{user.id}"):
            return
        self._record(
            work,
            who=user.login,
            what="session.proof_refused",
            subject=f"user/{user.id}",
            reason_code=code,
            facts={"address": session.address, "session": session.id},
        )

    def recovered(self, work: Work, user: User, *, left: int, address: str) -> None:
        """Record that somebody used up a recovery code, and how many are left."""
        self._record(
            work,
            who=user.login,
            what="user.recovery_code_used",
            subject=f"user/{user.id}",
            facts={"left": str(left), "address": address},
        )

    def refused(self, work: Work, code: str, *, user: User | None, facts: dict[str, str]) -> None:
        """Record that somebody was not let in, unless this window tells of it already."""
        whose = user.id if user else "unknown"
        if self._is_told(work, f"told:{code}:{whose}"):
            return
        known = {"login": user.login} if user else {}
        self._record(
            work,
            who=NOBODY,
            what="session.refused",
            subject=f"user/{whose}",
            reason_code=code,
            facts=known | facts,
        )

    def _is_told(self, work: Work, told: str) -> bool:
        rows = AccessRows(work.transaction)
        if rows.failures(told, since=work.now - self._window):
            return True
        rows.add_failure(work.new_id(), subject=told, now=work.now)
        return False
