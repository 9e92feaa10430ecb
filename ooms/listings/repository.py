"""Reads and writes lists, stated facts, contests and waivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from ooms.db import Transaction
from ooms.listings import tables
from ooms.listings.model import (
    Contest,
    Edition,
    EditionState,
    Entry,
    Fact,
    FactKind,
    Ground,
    ListKind,
    PostOutcome,
    Waiver,
)

_edition, _entry, _fact = tables.edition, tables.entry, tables.fact
_waiver, _contest = tables.waiver, tables.contest
_DAY = timedelta(days=1)
_ENTRY_COLUMNS = tuple(
    column.name for column in _entry.columns if column.name not in ("edition_id", "place")
)


class ListRows:
    """Editions and entries within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, edition: Edition) -> None:
        """Keep a new edition with its entries."""
        row = asdict(edition)
        del row["entries"]
        self._transaction.execute(insert(_edition).values(**_values(row)))
        if edition.entries:
            self._transaction.execute(
                insert(_entry),
                [
                    {"edition_id": edition.id, "place": place, **_values(asdict(one))}
                    for place, one in enumerate(edition.entries)
                ],
            )

    def move(self, edition: Edition, *, since: EditionState) -> bool:
        """Write where an edition stands; False when somebody else moved it."""
        done = self._transaction.execute(
            update(_edition)
            .where(_edition.c.id == edition.id, _edition.c.state == since.value)
            .values(
                state=edition.state.value,
                published_by=edition.published_by,
                published_on=edition.published_on,
                valid_until=edition.valid_until,
                seed=edition.seed,
                digest=edition.digest,
            )
        )
        return done.rowcount == 1

    def close(self, kind: ListKind, *, on: date, but: str) -> None:
        """Let what was published of a kind end before a day."""
        before = on - _DAY
        self._transaction.execute(
            update(_edition)
            .where(
                _edition.c.kind == kind.value,
                _edition.c.state == EditionState.PUBLISHED.value,
                _edition.c.id != but,
                (_edition.c.valid_until.is_(None)) | (_edition.c.valid_until > before),
            )
            .values(valid_until=before)
        )

    def find(self, edition_id: str) -> Edition | None:
        """Find an edition with its entries."""
        row = self._transaction.execute(select(_edition).where(_edition.c.id == edition_id))
        found = row.mappings().first()
        return self._read(found) if found else None

    def of(self, kind: ListKind, *, year: int | None = None) -> tuple[Edition, ...]:
        """Return the editions of a kind, the newest first."""
        wanted = select(_edition).where(_edition.c.kind == kind.value)
        if year is not None:
            wanted = wanted.where(_edition.c.year == year)
        rows = self._transaction.execute(wanted.order_by(_edition.c.id.desc())).mappings()
        return tuple(self._read(row) for row in rows)

    def in_force(
        self, kind: ListKind, *, on: date, exporter_id: str | None = None
    ) -> tuple[tuple[str, str, Entry], ...]:
        """Return the entries that hold on a day, each with its edition's id and seed."""
        wanted = (
            select(_edition.c.id, _edition.c.seed, *(_entry.c[name] for name in _ENTRY_COLUMNS))
            .join(_entry, _entry.c.edition_id == _edition.c.id)
            .where(
                _edition.c.kind == kind.value,
                _edition.c.state == EditionState.PUBLISHED.value,
                _edition.c.published_on <= on,
                (_edition.c.valid_until.is_(None)) | (_edition.c.valid_until >= on),
                (_entry.c.removed_on.is_(None)) | (_entry.c.removed_on > on),
            )
            .order_by(_edition.c.id, _entry.c.place)
        )
        if exporter_id is not None:
            wanted = wanted.where(_entry.c.exporter_id == exporter_id)
        rows = self._transaction.execute(wanted).mappings()
        return tuple((str(row["id"]), str(row["seed"]), _entry_of(row)) for row in rows)

    def remove(
        self, edition_id: str, exporter_id: str, *, on: date, code: str, because: str
    ) -> bool:
        """Take a company off an edition; False when it does not stand on it."""
        done = self._transaction.execute(
            update(_entry)
            .where(
                _entry.c.edition_id == edition_id,
                _entry.c.exporter_id == exporter_id,
                _entry.c.removed_on.is_(None),
            )
            .values(removed_on=on, removal_code=code, removed_because=because)
        )
        return done.rowcount > 0

    def _read(self, row: Mapping[Any, Any]) -> Edition:
        wanted = select(_entry).where(_entry.c.edition_id == row["id"]).order_by(_entry.c.place)
        rows = self._transaction.execute(wanted).mappings()
        values = {str(name): value for name, value in row.items()}
        values["kind"] = ListKind(values["kind"])
        values["state"] = EditionState(values["state"])
        return Edition(**values, entries=tuple(_entry_of(one) for one in rows))


class FactRows:
    """Stated facts and contests within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, fact: Fact) -> None:
        """Keep a new fact."""
        self._transaction.execute(insert(_fact).values(**_values(asdict(fact))))

    def withdraw(self, fact: Fact) -> bool:
        """Take a fact back; False when it was taken back already."""
        done = self._transaction.execute(
            update(_fact)
            .where(_fact.c.id == fact.id, _fact.c.withdrawn_at.is_(None))
            .values(withdrawn_at=fact.withdrawn_at, withdrawn_because=fact.withdrawn_because)
        )
        return done.rowcount == 1

    def find(self, fact_id: str) -> Fact | None:
        """Find a fact by its key."""
        rows = self._transaction.execute(select(_fact).where(_fact.c.id == fact_id)).mappings()
        return next((_fact_of(row) for row in rows), None)

    def every(self, *, exporter_id: str | None = None) -> tuple[Fact, ...]:
        """Return what is stated, of one company or of all, the oldest first."""
        wanted = select(_fact).order_by(_fact.c.id)
        if exporter_id is not None:
            wanted = wanted.where(_fact.c.exporter_id == exporter_id)
        return tuple(_fact_of(row) for row in self._transaction.execute(wanted).mappings())

    def add_contest(self, contest: Contest) -> None:
        """Keep a contest."""
        self._transaction.execute(insert(_contest).values(**asdict(contest)))

    def answer_contest(self, contest: Contest) -> bool:
        """Write the answer to a contest; False when it was answered already."""
        done = self._transaction.execute(
            update(_contest)
            .where(_contest.c.id == contest.id, _contest.c.is_upheld.is_(None))
            .values(
                is_upheld=contest.is_upheld,
                answer=contest.answer,
                answered_by=contest.answered_by,
                answered_at=contest.answered_at,
            )
        )
        return done.rowcount == 1

    def contests(self, *, exporter_id: str | None = None) -> tuple[Contest, ...]:
        """Return contests, of one company or of all, the oldest first."""
        wanted = select(_contest).order_by(_contest.c.id)
        if exporter_id is not None:
            wanted = wanted.where(_contest.c.exporter_id == exporter_id)
        rows = self._transaction.execute(wanted).mappings()
        return tuple(Contest(**{str(name): one for name, one in row.items()}) for row in rows)


class WaiverRows:
    """Waivers of review within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, waiver: Waiver) -> None:
        """Keep a waiver."""
        self._transaction.execute(insert(_waiver).values(**_values(asdict(waiver))))

    def find(self, application_id: str) -> Waiver | None:
        """Find the waiver of an application."""
        wanted = select(_waiver).where(_waiver.c.application_id == application_id)
        rows = self._transaction.execute(wanted).mappings()
        return next((_waiver_of(row) for row in rows), None)

    def mark_issued(self, application_id: str, *, on: date) -> None:
        """Keep the day on which the certificate was issued without review."""
        self._transaction.execute(
            update(_waiver).where(_waiver.c.application_id == application_id).values(issued_on=on)
        )

    def to_check(self, *, most: int) -> tuple[Waiver, ...]:
        """Return the sampled issues that nobody has looked at, the oldest first."""
        wanted = (
            select(_waiver)
            .where(
                _waiver.c.is_sampled.is_(True),
                _waiver.c.issued_on.is_not(None),
                _waiver.c.outcome.is_(None),
            )
            .order_by(_waiver.c.issued_on, _waiver.c.application_id)
            .limit(most)
        )
        return tuple(_waiver_of(row) for row in self._transaction.execute(wanted).mappings())

    def keep_outcome(self, waiver: Waiver) -> bool:
        """Keep what a later look found; False when somebody was quicker."""
        done = self._transaction.execute(
            update(_waiver)
            .where(_waiver.c.application_id == waiver.application_id, _waiver.c.outcome.is_(None))
            .values(
                outcome=waiver.outcome.value if waiver.outcome else None,
                text=waiver.text,
                checked_by=waiver.checked_by,
                checked_at=waiver.checked_at,
            )
        )
        return done.rowcount == 1


def _values(row: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "value", value) for name, value in row.items()}


def _entry_of(row: Mapping[Any, Any]) -> Entry:
    values = {name: row[name] for name in _ENTRY_COLUMNS}
    return Entry(**values | {"ground": Ground(values["ground"])})


def _fact_of(row: Mapping[Any, Any]) -> Fact:
    values = {str(name): value for name, value in row.items()}
    return Fact(**values | {"kind": FactKind(values["kind"])})


def _waiver_of(row: Mapping[Any, Any]) -> Waiver:
    values = {str(name): value for name, value in row.items()}
    outcome = PostOutcome(values["outcome"]) if values["outcome"] else None
    return Waiver(**values | {"ground": Ground(values["ground"]), "outcome": outcome})
