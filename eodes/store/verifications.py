"""Verifications: who asked whom about which certificates, in one row a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update
from sqlalchemy.exc import IntegrityError

from eodes.domain.lifecycle import Verification, Visit
from eodes.store import tables
from eodes.store.among import among
from eodes.store.records import CertificateKey, Opened, VerificationRow

_case = tables.verification


class Verifications:
    """The verifications within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._connection = connection

    def find(self, cases: Iterable[tuple[str, str]]) -> dict[tuple[str, str], VerificationRow]:
        """Return cases by partner and case id."""
        rows = self._connection.execute(
            select(_case).where(among((_case.c.partner, _case.c.case_id), cases))
        ).mappings()
        return {(row["partner"], row["case_id"]): _row(row) for row in rows}

    def lock(self, partner: str, case_id: str) -> VerificationRow | None:
        """Return a case and hold its row, or None."""
        row = (
            self._connection.execute(
                select(_case)
                .where(_case.c.partner == partner, _case.c.case_id == case_id)
                .with_for_update()
            )
            .mappings()
            .one_or_none()
        )
        return _row(row) if row else None

    def keep(self, row: VerificationRow, *, before: VerificationRow | None, now: datetime) -> bool:
        """Write how far a case has come; False if another transaction was first."""
        if before is None:
            return self._add(row, now=now)
        done = self._connection.execute(
            update(_case)
            .where(
                _case.c.partner == row.partner,
                _case.c.case_id == row.case_id,
                _case.c.revision == before.revision,
            )
            .values(**_values(replace(row, revision=before.revision + 1)), changed_at=now)
        )
        return done.rowcount == 1

    def _add(self, row: VerificationRow, *, now: datetime) -> bool:
        try:
            self._connection.execute(
                insert(_case).values(
                    partner=row.partner, case_id=row.case_id, **_values(row), changed_at=now
                )
            )
        except IntegrityError:
            return False
        return True


def _values(row: VerificationRow) -> dict[str, object]:
    return {
        "asker": row.asker,
        "state": row.state.value,
        "round": row.round,
        "visit": row.visit.value if row.visit else None,
        "visit_no": row.visit_no,
        "certificates": sorted(
            [one.issuing_country, one.agreement, one.number_key] for one in row.certificates
        ),
        "opened_by": {
            place: [one.message_id, one.body_digest] for place, one in row.opened_by.items()
        },
        "revision": row.revision,
    }


def _row(row: RowMapping) -> VerificationRow:
    return VerificationRow(
        partner=row["partner"],
        case_id=row["case_id"],
        asker=row["asker"],
        state=Verification(row["state"]),
        round=row["round"],
        certificates=frozenset(CertificateKey(*one) for one in row["certificates"]),
        opened_by={place: Opened(*one) for place, one in row["opened_by"].items()},
        visit=Visit(row["visit"]) if row["visit"] else None,
        visit_no=row["visit_no"],
        revision=row["revision"],
    )
