"""Reads what was recorded of a year's applications: decisions, completions, corrections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, func, literal, select

from ooms.applications import tables as applied
from ooms.applications.model import State
from ooms.audit.tables import entry as audited
from ooms.certificates.tables import certificate
from ooms.db import Transaction

_a = applied.application
_CORRECTED = "certificate.corrected"


class TallyRows:
    """The record of a year's applications within one transaction."""

    def __init__(self, transaction: Transaction, *, year: int, exporter_id: str | None) -> None:
        """Read the applications handed in within a year, of one company or of all."""
        self._transaction = transaction
        self._of_year: list[ColumnElement[bool]] = [
            _a.c.submitted_on.between(date(year, 1, 1), date(year, 12, 31))
        ]
        if exporter_id is not None:
            self._of_year.append(_a.c.exporter_id == exporter_id)

    def totals(self) -> dict[str, int]:
        """Count the applications by company."""
        wanted = select(_a.c.exporter_id, func.count()).where(*self._of_year)
        return {
            row[0]: row[1] for row in self._transaction.execute(wanted.group_by(_a.c.exporter_id))
        }

    def decided(self) -> Iterator[tuple[str, str, str]]:
        """Return company, application and how it ended: refused or returned."""
        ended = [State.REFUSED.value, State.RETURNED.value]
        wanted = select(_a.c.exporter_id, _a.c.id, _a.c.state)
        rows = self._transaction.execute(wanted.where(*self._of_year, _a.c.state.in_(ended)))
        yield from ((row.exporter_id, row.id, row.state) for row in rows)

    def completed(self) -> Iterator[tuple[str, str]]:
        """Return company and application where completion was asked for."""
        asked = applied.completion
        wanted = select(_a.c.exporter_id, _a.c.id).distinct()
        wanted = wanted.join(asked, asked.c.application_id == _a.c.id).where(*self._of_year)
        yield from ((row.exporter_id, row.id) for row in self._transaction.execute(wanted))

    def corrected(self, faults: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Return company and application whose certificate was corrected for such a reason."""
        new = certificate.alias()
        wanted = (
            select(_a.c.exporter_id, _a.c.id)
            .distinct()
            .join(certificate, certificate.c.application_id == _a.c.id)
            .join(new, new.c.replaces_id == certificate.c.id)
            .join(audited, audited.c.subject == literal("certificate/") + new.c.id)
            .where(
                *self._of_year,
                # Few certificates replace another: said out loud, they are where the walk begins.
                new.c.replaces_id.is_not(None),
                audited.c.what == _CORRECTED,
                audited.c.reason_code.in_(sorted(faults)),
            )
        )
        yield from ((row.exporter_id, row.id) for row in self._transaction.execute(wanted))
