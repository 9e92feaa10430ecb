"""Adds and reads determinations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, select

from ooms.db import Transaction, Window
from ooms.determinations import tables
from ooms.determinations.model import Determined

_t = tables.determination


class DeterminationRows:
    """Determinations within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, determined: Determined) -> None:
        """Keep a determination."""
        self._transaction.execute(insert(_t).values(**asdict(determined)))

    def find(self, determination_id: str) -> Determined | None:
        """Find a determination by its key."""
        wanted = select(_t).where(_t.c.id == determination_id)
        row = self._transaction.execute(wanted).mappings().first()
        return _read(row) if row else None

    def page(self, window: Window, *, company: str | None) -> tuple[Determined, ...]:
        """Return the newest determinations; `company` narrows to one exporter's."""
        wanted = select(_t).order_by(_t.c.id.desc()).limit(window.limit)
        if window.before is not None:
            wanted = wanted.where(_t.c.id < window.before)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())


def _read(row: Mapping[Any, Any]) -> Determined:
    return Determined(**{str(name): value for name, value in row.items()})
