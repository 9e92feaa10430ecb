"""Reconciliation runs and what they found; transit evidence beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from eodes.store import tables
from eodes.store.records import (
    CertificateKey,
    Explanation,
    Facts,
    FoundDifference,
    ReconciliationRun,
)

_run, _found, _explained = tables.reconciliation, tables.finding, tables.explanation


class Reconciliations:
    """The runs within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._connection = connection

    def open(self, run: ReconciliationRun) -> None:
        """Keep a run that was started."""
        self._connection.execute(
            insert(_run).values(
                run_id=run.run_id,
                partner=run.partner,
                day_from=run.day_from,
                day_to=run.day_to,
                state=run.state,
                ours_count=run.ours_count,
                ours_digest=run.ours_digest,
                message_id=run.message_id,
                started_at=run.started_at,
            )
        )

    def find(self, run_id: str) -> ReconciliationRun | None:
        """Return a run, or None."""
        row = (
            self._connection.execute(select(_run).where(_run.c.run_id == run_id))
            .mappings()
            .one_or_none()
        )
        return _reconciliation(row) if row else None

    def last_ended(self, partner: str) -> ReconciliationRun | None:
        """Return the last run with a partner that has ended, or None."""
        row = (
            self._connection.execute(
                select(_run)
                .where(_run.c.partner == partner, _run.c.ended_at.is_not(None))
                .order_by(_run.c.started_at.desc())
                .limit(1)
            )
            .mappings()
            .one_or_none()
        )
        return _reconciliation(row) if row else None

    def close(
        self, run_id: str, *, state: str, findings: tuple[FoundDifference, ...], now: datetime
    ) -> None:
        """End a run with what it found."""
        self._connection.execute(
            update(_run)
            .where(_run.c.run_id == run_id)
            .values(state=state, ended_at=now, findings=len(findings))
        )
        for one in findings:
            self._connection.execute(
                insert(_found).values(
                    run_id=one.run_id,
                    partner=one.partner,
                    kind=one.kind,
                    subject=one.subject,
                    ours=one.ours,
                    theirs=one.theirs,
                    found_at=one.found_at,
                    repair=one.repair,
                    digest=one.digest,
                )
            )

    def findings(self, run_id: str) -> tuple[FoundDifference, ...]:
        """Return what a run found, each with the explanation that was given last."""
        rows = (
            self._connection.execute(
                select(_found).where(_found.c.run_id == run_id).order_by(_found.c.id)
            )
            .mappings()
            .all()
        )
        explanations = self._explanations(run_id)
        return tuple(_difference(row, explanations.get(row["digest"])) for row in rows)

    def explain(self, digest: str, explanation: Explanation) -> None:
        """Keep why a difference may stand; what was said before stays beside it."""
        self._connection.execute(
            insert(_explained).values(
                digest=digest,
                because=explanation.because,
                explained_by=explanation.by,
                explained_at=explanation.at,
            )
        )

    def _explanations(self, run_id: str) -> Mapping[str, Explanation]:
        rows = self._connection.execute(
            select(_explained)
            .where(
                _explained.c.digest.in_(select(_found.c.digest).where(_found.c.run_id == run_id))
            )
            .order_by(_explained.c.id)
        ).mappings()
        return {row["digest"]: _explanation(row) for row in rows}

    def add_transit_evidence(  # the facts of one document, each by its name
        self,
        key: CertificateKey,
        *,
        partner: str,
        message_id: str,
        evidence: Facts,
        now: datetime,
    ) -> None:
        """Keep proof of direct transport that a partner sent."""
        self._connection.execute(
            insert(tables.transit_evidence).values(
                partner=partner,
                message_id=message_id,
                issuing_country=key.issuing_country,
                agreement=key.agreement,
                number_key=key.number_key,
                evidence=evidence,
                received_at=now,
            )
        )

    def transit_evidence(self, key: CertificateKey) -> tuple[RowMapping, ...]:
        """Return the proof of direct transport held for a certificate."""
        columns = tables.transit_evidence.c
        return tuple(
            self._connection.execute(
                select(tables.transit_evidence).where(
                    columns.number_key == key.number_key,
                    columns.agreement == key.agreement,
                    columns.issuing_country == key.issuing_country,
                )
            ).mappings()
        )


def _difference(row: RowMapping, explanation: Explanation | None) -> FoundDifference:
    return FoundDifference(
        run_id=row["run_id"],
        partner=row["partner"],
        kind=row["kind"],
        subject=row["subject"],
        ours=row["ours"] or "",
        theirs=row["theirs"] or "",
        found_at=row["found_at"],
        repair=row["repair"] or "",
        explanation=explanation,
    )


def _explanation(row: RowMapping) -> Explanation:
    return Explanation(row["because"], by=row["explained_by"], at=row["explained_at"])


def _reconciliation(row: RowMapping) -> ReconciliationRun:
    return ReconciliationRun(
        run_id=row["run_id"],
        partner=row["partner"],
        day_from=row["day_from"],
        day_to=row["day_to"],
        state=row["state"],
        ours_count=row["ours_count"],
        ours_digest=row["ours_digest"],
        message_id=row["message_id"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        findings=row["findings"],
    )
