"""Reads and writes samples, and empties an office for practice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select

from ooms.access import tables as access
from ooms.db import Transaction, metadata
from ooms.training import tables

_sample = tables.sample
#: What stays when everything else goes: the trail, numbers that were given once, and the staff.
KEPT = frozenset(
    {
        "ooms_audit",
        "ooms_audit_head",
        "ooms_approval_series",
        "ooms_number_series",
        "ooms_user",
        "ooms_second_factor",
        "ooms_recovery_code",
        "ooms_tariff",
        "ooms_tariff_line",
    }
)


class SampleRows:
    """The samples of an office for practice within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def place(self, name: str, reference: str, *, now: datetime) -> None:
        """Name the case that a sample is, in the place of the one before."""
        self._transaction.execute(delete(_sample).where(_sample.c.name == name))
        self._transaction.execute(
            insert(_sample).values(name=name, reference=reference, placed_at=now)
        )

    def every(self) -> Mapping[str, str]:
        """Return the case of each sample."""
        rows = self._transaction.execute(select(_sample.c.name, _sample.c.reference))
        return {row.name: row.reference for row in rows}

    def empty(self) -> int:
        """Delete all that the desks hold, and the people of companies; tell how many rows."""
        deleted = 0
        for table in reversed(metadata.sorted_tables):
            if table.name not in KEPT:
                deleted += self._transaction.execute(delete(table)).rowcount
        user = access.user
        of_companies = user.c.exporter_id.is_not(None)
        people = select(user.c.id).where(of_companies)
        for factor in (access.second_factor, access.recovery_code):
            self._transaction.execute(delete(factor).where(factor.c.user_id.in_(people)))
        return deleted + self._transaction.execute(delete(user).where(of_companies)).rowcount
