"""Adds and reads producers' cost statements, and writes that one was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, or_, select, update

from ooms.cost_statements import tables
from ooms.cost_statements.model import Statement
from ooms.db import Transaction, Window

_t = tables.statement


class StatementRows:
    """Cost statements within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, statement: Statement) -> None:
        """Keep a new statement."""
        self._transaction.execute(insert(_t).values(**asdict(statement)))

    def withdraw(self, statement_id: str, *, because: str, now: datetime) -> bool:
        """Write that a statement was taken back; False when it was before."""
        done = self._transaction.execute(
            update(_t)
            .where(_t.c.id == statement_id, _t.c.withdrawn_at.is_(None))
            .values(withdrawn_at=now, withdrawn_because=because)
        )
        return done.rowcount == 1

    def find(self, statement_id: str) -> Statement | None:
        """Find a statement by its key."""
        return next(iter(self.these([statement_id])), None)

    def these(self, ids: Iterable[str]) -> tuple[Statement, ...]:
        """Find statements by their keys; determinations without one are passed over."""
        return self._every(select(_t).where(_t.c.id.in_(sorted(set(ids)))))

    def page(self, window: Window, *, company: str | None) -> tuple[Statement, ...]:
        """Return the newest statements; `company` narrows to those it made or may cite."""
        wanted = window.of(select(_t), by=_t.c.id)
        if company is not None:
            wanted = wanted.where(or_(_t.c.producer_id == company, _t.c.exporter_id == company))
        return self._every(wanted)

    def _every(self, wanted: Select[Any]) -> tuple[Statement, ...]:
        rows = self._transaction.execute(wanted).mappings()
        return tuple(Statement(**{str(name): row[name] for name in row}) for row in rows)
