"""Reads and writes lists, answers, and who let an answer pass; nothing of it is ever changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import insert, select

from ooms.crosschecks import tables
from ooms.crosschecks.entries import Record
from ooms.crosschecks.model import Answer, Hit, Kind, Release, Source, Stated, Verdict
from ooms.db import Transaction, upsert

_edition, _entry, _look = tables.edition, tables.entry, tables.look
_answer, _release = tables.answer, tables.release
_HITS: TypeAdapter[tuple[Hit, ...]] = TypeAdapter(tuple[Hit, ...])
_STATED: TypeAdapter[Stated] = TypeAdapter(Stated)
_WRITTEN_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Edition:
    """A list as it was loaded."""

    id: str
    kind: Kind
    number: int
    file: str
    sha256: str
    as_of: datetime
    loaded_at: datetime
    entries: int


@dataclass(frozen=True, slots=True)
class Look:
    """How the last look at a list went: refused with a problem, or taken."""

    kind: Kind
    looked_at: datetime
    as_of: datetime | None
    problem: str


class ListRows:
    """Editions of lists within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def note_look(self, look: Look) -> None:
        """Keep how a look went; its row stays locked, so that two who load come one by one.

        A refused file leaves the date of the list in use as it was.
        """
        values: dict[str, Any] = {"looked_at": look.looked_at, "problem": look.problem}
        if look.as_of is not None:
            values["as_of"] = look.as_of
        first = upsert(self._transaction, _look).values(kind=look.kind.value, **values)
        self._transaction.execute(
            first.on_conflict_do_update(index_elements=[_look.c.kind], set_=values)
        )

    def add(self, edition: Edition, entries: Sequence[tuple[int, str, Record]]) -> None:
        """Keep a new edition with its entries: line, key, cells."""
        row = asdict(edition) | {"kind": edition.kind.value}
        self._transaction.execute(insert(_edition).values(**row))
        rows = [
            {"edition_id": edition.id, "line": line, "key": key, "record": dict(record)}
            for line, key, record in entries
        ]
        for start in range(0, len(rows), _WRITTEN_AT_ONCE):
            self._transaction.execute(insert(_entry), rows[start : start + _WRITTEN_AT_ONCE])

    def newest(self, kind: Kind) -> Edition | None:
        """Return the list in use."""
        wanted = select(_edition).where(_edition.c.kind == kind.value)
        row = self._transaction.execute(
            wanted.order_by(_edition.c.number.desc()).limit(1)
        ).mappings()
        found = row.first()
        return Edition(**{**found, "kind": kind}) if found else None

    def look(self, kind: Kind) -> Look | None:
        """Return how the last look at a list went."""
        found = (
            self._transaction.execute(select(_look).where(_look.c.kind == kind.value))
            .mappings()
            .first()
        )
        return Look(**{**found, "kind": kind}) if found else None

    def entries(self, edition_id: str, keys: frozenset[str] | None) -> tuple[Record, ...]:
        """Return the entries of some keys, or all, as the file has them."""
        wanted = select(_entry.c.record).where(_entry.c.edition_id == edition_id)
        if keys is not None:
            wanted = wanted.where(_entry.c.key.in_(sorted(keys)))
        return tuple(self._transaction.execute(wanted.order_by(_entry.c.line)).scalars())


class AnswerRows:
    """Answers within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, answer: Answer) -> None:
        """Keep an answer."""
        row = {name: getattr(answer, name) for name in _answer.c.keys()}  # noqa: SIM118  # columns, no dict
        row |= {
            "kind": answer.kind.value,
            "source": answer.source.value,
            "verdict": answer.verdict.value,
            "stated": _STATED.dump_python(answer.stated, mode="json"),
            "hits": _HITS.dump_python(answer.hits, mode="json"),
        }
        self._transaction.execute(insert(_answer).values(**row))

    def of(self, application_id: str) -> tuple[Answer, ...]:
        """Return every answer about an application, the oldest first."""
        columns = (*_answer.c, _release.c.by, _release.c.reason, _release.c.at)
        wanted = (
            select(*columns)
            .outerjoin(_release, _release.c.answer_id == _answer.c.id)
            .where(_answer.c.application_id == application_id)
            .order_by(_answer.c.id)
        )
        return tuple(_read(dict(row)) for row in self._transaction.execute(wanted).mappings())

    def release(self, answer_id: str, release: Release) -> bool:
        """Let an answer pass; False when somebody did already."""
        added = (
            upsert(self._transaction, _release)
            .values(answer_id=answer_id, **asdict(release))
            .on_conflict_do_nothing()
            .returning(_release.c.answer_id)
        )
        return self._transaction.execute(added).first() is not None


def _read(row: dict[str, Any]) -> Answer:
    by, reason, at = row.pop("by"), row.pop("reason"), row.pop("at")
    return Answer(
        **row
        | {
            "kind": Kind(row["kind"]),
            "source": Source(row["source"]),
            "verdict": Verdict(row["verdict"]),
            "stated": _STATED.validate_python(row["stated"]),
            "hits": _HITS.validate_python(row["hits"]),
            "release": Release(by, reason, at) if by else None,
        }
    )
