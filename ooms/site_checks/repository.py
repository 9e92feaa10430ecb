"""Reads and writes on-site checks; every change compares the state before it is made."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import insert, select, update

from ooms.db import Transaction
from ooms.site_checks import tables
from ooms.site_checks.model import Postponement, Report, SiteCheck, State

_t = tables.site_check
_POSTPONEMENT: TypeAdapter[Postponement | None] = TypeAdapter(Postponement | None)
_REPORT: TypeAdapter[Report | None] = TypeAdapter(Report | None)


class SiteCheckRows:
    """On-site checks within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, check: SiteCheck) -> None:
        """Keep a new check."""
        self._transaction.execute(insert(_t).values(**_row(check)))

    def change(self, check: SiteCheck, *, since: SiteCheck) -> bool:
        """Write a changed check; False when somebody changed it since it was read."""
        done = self._transaction.execute(
            update(_t)
            .where(_t.c.id == since.id, _t.c.state == since.state.value)
            .values(**_row(check))
        )
        return done.rowcount == 1

    def of(self, application_id: str) -> tuple[SiteCheck, ...]:
        """Return an application's checks, the oldest first."""
        wanted = select(_t).where(_t.c.application_id == application_id).order_by(_t.c.id)
        found = []
        for row in self._transaction.execute(wanted).mappings():
            values = {str(name): value for name, value in row.items()}
            values["state"] = State(values["state"])
            values["postponement"] = _POSTPONEMENT.validate_python(values["postponement"])
            values["report"] = _REPORT.validate_python(values["report"])
            found.append(SiteCheck(**values))
        return tuple(found)


def _row(check: SiteCheck) -> dict[str, Any]:
    row = {name: getattr(check, name) for name in _t.c.keys()}  # noqa: SIM118  # columns, no dict
    return row | {
        "state": check.state.value,
        "postponement": _POSTPONEMENT.dump_python(check.postponement, mode="json"),
        "report": _REPORT.dump_python(check.report, mode="json"),
    }
