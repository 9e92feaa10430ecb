"""Adds entries to the audit trail and reads them in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from ooms.audit import tables
from ooms.audit.model import FIRST_LINK, Entry, Wanted
from ooms.db import Transaction, upsert

_entry, _head = tables.entry, tables.head
_ONLY = 1

# Made once: a statement that is made anew is looked up in the compiler's cache by its whole shape.
_INSERT = insert(_entry)
_LOCK = select(_head.c.seq, _head.c.digest).where(_head.c.only == _ONLY).with_for_update()
_MOVE = (
    update(_head)
    .where(_head.c.only == _ONLY)
    .values(seq=bindparam("to_seq"), digest=bindparam("to_digest"))
)


class AuditRows:
    """The trail within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def lock_head(self) -> tuple[int, str]:
        """Hold the end of the chain until the transaction ends; return its place and digest."""
        row = self._transaction.execute(_LOCK).first()
        if row is None:
            self._transaction.execute(
                upsert(self._transaction, _head)
                .values(only=_ONLY, seq=0, digest=FIRST_LINK)
                .on_conflict_do_nothing()
            )
            row = self._transaction.execute(_LOCK).one()
        return row.seq, row.digest

    def add(self, entry: Entry) -> None:
        """Add an entry and move the head to it."""
        digest = entry.digest
        self._transaction.execute(
            _INSERT,
            {
                "seq": entry.seq,
                "at": entry.at,
                "who": entry.who,
                "what": entry.what,
                "subject": entry.subject,
                "reason_code": entry.reason_code,
                "facts": entry.facts,
                "previous": entry.previous,
                "digest": digest,
            },
        )
        self._transaction.execute(_MOVE, {"to_seq": entry.seq, "to_digest": digest})

    def head(self) -> tuple[int, str]:
        """Return the last entry's place and digest."""
        row = self._transaction.execute(select(_head.c.seq, _head.c.digest)).first()
        return (row.seq, row.digest) if row else (0, FIRST_LINK)

    def every(self) -> Iterator[tuple[Entry, str]]:
        """Walk the trail from its first entry, each with the digest that was stored."""
        rows = self._transaction.execute(select(_entry).order_by(_entry.c.seq))
        for row in rows:
            yield _read(row), row.digest

    def between(self, since: datetime, until: datetime) -> tuple[Entry, ...]:
        """Return the entries from an instant until before another, in their order."""
        wanted = select(_entry).where(_entry.c.at >= since, _entry.c.at < until)
        return tuple(_read(row) for row in self._transaction.execute(wanted.order_by(_entry.c.seq)))

    def about(self, subjects: Iterable[str]) -> tuple[tuple[Entry, str], ...]:
        """Return the entries about some things in their order, each with its stored digest."""
        wanted = select(_entry).where(_entry.c.subject.in_(sorted(set(subjects))))
        rows = self._transaction.execute(wanted.order_by(_entry.c.seq))
        return tuple((_read(row), row.digest) for row in rows)

    def page(self, wanted: Wanted, *, limit: int, before: int | None) -> tuple[Entry, ...]:
        """Return the newest entries that are wanted, before one if asked."""
        conditions = [
            _entry.c.who == wanted.who if wanted.who else None,
            _entry.c.what.startswith(wanted.what, autoescape=True) if wanted.what else None,
            _entry.c.subject == wanted.subject if wanted.subject else None,
            _entry.c.at >= wanted.since if wanted.since else None,
            _entry.c.at < wanted.until if wanted.until else None,
            _entry.c.seq < before if before is not None else None,
        ]
        chosen = [one for one in conditions if one is not None]
        newest = select(_entry).where(*chosen).order_by(_entry.c.seq.desc()).limit(limit)
        return tuple(_read(row) for row in self._transaction.execute(newest))


def _read(row: Any) -> Entry:
    return Entry(
        seq=row.seq,
        at=row.at,
        who=row.who,
        what=row.what,
        subject=row.subject,
        reason_code=row.reason_code,
        facts=row.facts,
        previous=row.previous,
    )
