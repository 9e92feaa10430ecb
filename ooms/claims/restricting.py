"""Keep the list of persons whose goods are looked at before release."""

from __future__ import annotations

from ooms.access.model import User
from ooms.audit.service import record
from ooms.claims.facts import Restriction
from ooms.claims.repository import RestrictionRows
from ooms.db import Window, Work
from ooms.errors import MissingError


class Restrictions:
    """The list of restrictions, kept by officers."""

    def add(self, work: Work, restriction: Restriction, *, by: User) -> Restriction:
        """Put somebody on the list."""
        RestrictionRows(work.transaction).add(restriction, now=work.now)
        self._record(work, restriction.id, what="restriction.made", by=by, why=restriction.ground)
        return restriction

    def end(self, work: Work, restriction_id: str, *, reason: str, by: User) -> None:
        """Take somebody off the list; that he was on it stays known.

        Raises:
            MissingError: there is no such restriction that still stands.

        """
        rows = RestrictionRows(work.transaction)
        if not rows.end(restriction_id, by=by.id, on=work.today, now=work.now):
            raise MissingError(what="standing restriction", id=restriction_id)
        self._record(work, restriction_id, what="restriction.ended", by=by, why=reason)

    def page(self, work: Work, window: Window) -> tuple[Restriction, ...]:
        """Return the list, the newest first."""
        return RestrictionRows(work.transaction).page(window)

    def _record(self, work: Work, restriction_id: str, *, what: str, by: User, why: str) -> None:
        record(
            work,
            who=by.login,
            what=what,
            subject=f"restriction/{restriction_id}",
            facts={"reason": why},
        )
