"""Reads and writes notices of error; every change compares the version before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import insert, select, update

from ooms.db import Transaction, Window
from ooms.error_notices import tables
from ooms.error_notices.model import ErrorNotice, State

_t = tables.notice
_NOTICE = TypeAdapter(ErrorNotice)
#: Kept as JSON; the other columns are values.
_WRITTEN_OUT = ("statement", "clock", "hits", "open_applications")


class ErrorNoticeRows:
    """Notices of error within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, notice: ErrorNotice) -> None:
        """Keep a new notice."""
        self._transaction.execute(insert(_t).values(**_row(notice)))

    def change(self, notice: ErrorNotice, *, since: ErrorNotice) -> bool:
        """Write a changed notice; False when somebody else changed it since it was read."""
        done = self._transaction.execute(
            update(_t)
            .where(_t.c.id == since.id, _t.c.version == since.version)
            .values(**_row(notice))
        )
        return done.rowcount == 1

    def find(self, notice_id: str) -> ErrorNotice | None:
        """Find a notice by its key."""
        row = self._transaction.execute(select(_t).where(_t.c.id == notice_id)).mappings().first()
        return _read(row) if row else None

    def page(
        self, window: Window, *, company: str | None, state: State | None
    ) -> tuple[ErrorNotice, ...]:
        """Return the newest notices: one exporter's with drafts, or everybody's without."""
        wanted = window.of(select(_t), by=_t.c.id)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        else:
            wanted = wanted.where(_t.c.state.not_in([State.DRAFT.value, State.WITHDRAWN.value]))
        if state is not None:
            wanted = wanted.where(_t.c.state == state.value)
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())


def _row(notice: ErrorNotice) -> dict[str, Any]:
    written = _NOTICE.dump_python(notice, mode="json")
    row = {name: getattr(notice, name) for name in _NAMES - set(_WRITTEN_OUT)}
    row |= {name: written[name] for name in _WRITTEN_OUT}
    return row | {
        "state": notice.state.value,
        "certificate_id": notice.statement.certificate_id,
        "due_on": notice.clock.due_on,
    }


def _read(row: Mapping[Any, Any]) -> ErrorNotice:
    return _NOTICE.validate_python({name: row[name] for name in _NAMES})


_NAMES = {one.name for one in _t.c} - {"certificate_id", "due_on"}
