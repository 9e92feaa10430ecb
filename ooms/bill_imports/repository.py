"""Adds, claims and reads imports of bills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update

from ooms.bill_imports import tables
from ooms.bill_imports.model import OPEN, BillImport, State
from ooms.db import Transaction, Window
from ooms.errors import Flaw

_t, _content, _flaw = tables.bill_import, tables.content, tables.flaw


class BillImportRows:
    """Imports of bills within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, one: BillImport, *, content: bytes) -> None:
        """Keep a new import with the bytes of its file."""
        self._transaction.execute(insert(_t).values(**_written(one)))
        self._transaction.execute(insert(_content).values(import_id=one.id, content=content))

    def find(self, import_id: str) -> BillImport | None:
        """Find an import by its key."""
        return self._one(select(_t).where(_t.c.id == import_id))

    def page(self, window: Window, *, company: str | None) -> tuple[BillImport, ...]:
        """Return the newest imports; `company` narrows to one exporter's."""
        wanted = window.of(select(_t), by=_t.c.id)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())

    def open_of(self, exporter_id: str) -> int:
        """Count the imports of a company that have not ended."""
        mine = (_t.c.exporter_id == exporter_id) & _t.c.state.in_(OPEN)
        counted = self._transaction.execute(select(func.count()).where(mine)).scalar()
        return int(counted or 0)

    def next_due(self, *, now: datetime) -> BillImport | None:
        """Take the oldest import that nobody works on, and lock it until the transaction ends.

        What another transaction has locked is passed over: it is being claimed or written.
        """
        free = or_(_t.c.claimed_until.is_(None), _t.c.claimed_until <= now)
        wanted = select(_t).where(_t.c.state.in_(OPEN), free).order_by(_t.c.id).limit(1)
        return self._one(wanted.with_for_update(skip_locked=True))

    def change(self, one: BillImport, *, held_by: str | None) -> bool:
        """Write an import anew; False when somebody else holds it by now, or it has ended."""
        holder = _t.c.claimed_by.is_(None) if held_by is None else _t.c.claimed_by == held_by
        done = self._transaction.execute(
            update(_t).where(_t.c.id == one.id, holder, _t.c.state.in_(OPEN)).values(_written(one))
        )
        return done.rowcount == 1

    def content(self, import_id: str) -> bytes:
        """Return the bytes of a file; nothing once its import has ended."""
        wanted = select(_content.c.content).where(_content.c.import_id == import_id)
        return bytes(self._transaction.execute(wanted).scalar() or b"")

    def forget_content(self, import_id: str) -> None:
        """Forget the bytes of a file."""
        self._transaction.execute(delete(_content).where(_content.c.import_id == import_id))

    def add_flaws(self, import_id: str, flaws: Sequence[Flaw]) -> None:
        """Keep what is wrong with a file, in the order of its rows."""
        rows = [
            {
                "import_id": import_id,
                "ordinal": ordinal,
                "pointer": one.pointer[:400],
                "detail": one.detail[:1000],
                "code": one.code,
            }
            for ordinal, one in enumerate(flaws, start=1)
        ]
        if rows:
            self._transaction.execute(insert(_flaw), rows)

    def flaws(self, import_id: str, *, after: int, most: int) -> tuple[tuple[int, Flaw], ...]:
        """Return flaws behind a number, each with its own."""
        wanted = (
            select(_flaw.c.ordinal, _flaw.c.pointer, _flaw.c.detail, _flaw.c.code)
            .where(_flaw.c.import_id == import_id, _flaw.c.ordinal > after)
            .order_by(_flaw.c.ordinal)
            .limit(most)
        )
        return tuple(
            (row.ordinal, Flaw(row.pointer, row.detail, row.code))
            for row in self._transaction.execute(wanted)
        )

    def _one(self, wanted: Any) -> BillImport | None:
        row = self._transaction.execute(wanted).mappings().first()
        return None if row is None else _read(row)


def _written(one: BillImport) -> dict[str, Any]:
    return asdict(one) | {"state": one.state.value}


def _read(row: Mapping[Any, Any]) -> BillImport:
    values = {str(name): value for name, value in row.items()}
    return BillImport(**values | {"state": State(values["state"])})
