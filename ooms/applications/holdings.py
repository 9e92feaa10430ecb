"""Who decides on what: the applications that somebody holds, and what those cite."""

from __future__ import annotations

from collections.abc import Iterable

from ooms.access.confidentiality import Kind
from ooms.access.model import Role, User
from ooms.applications.repository import HoldingRows
from ooms.db import Work


class Holdings:
    """Tells which things somebody decides on: `ooms.access.confidentiality` asks."""

    def held(self, work: Work, ids: Iterable[str], *, kind: Kind, by: User) -> frozenset[str]:
        """Return which of these things an application cites that the person decides on.

        An officer decides on the applications that are his.  A supervisor decides on every
        refusal that waits to be confirmed, unless he proposed it himself.
        """
        rows = HoldingRows(work.transaction)
        if by.role is Role.SUPERVISOR:
            return rows.to_confirm(by.id, ids, kind=kind)
        return rows.of_officer(by.id, ids, kind=kind)
