"""Reads and writes the lists that companies answered and signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import insert, select

from ooms.compliance import tables
from ooms.compliance.kept import Answer, KeptCheck
from ooms.db import Transaction, Window

_t = tables.self_check
_ANSWERS = TypeAdapter(tuple[Answer, ...])


class SelfCheckRows:
    """Answered lists within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, kept: KeptCheck) -> None:
        """Keep an answered list; none is ever changed."""
        answers = _ANSWERS.dump_python(kept.answers, mode="json")
        self._transaction.execute(insert(_t).values(**asdict(kept) | {"answers": answers}))

    def page(self, window: Window, *, company: str | None) -> tuple[KeptCheck, ...]:
        """Return the newest lists: of one company, or of all."""
        wanted = window.of(select(_t), by=_t.c.id)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())

    def before(self, kept: KeptCheck) -> KeptCheck | None:
        """Return the list of the same company, industry and agreement before this one."""
        wanted = (
            select(_t)
            .where(
                _t.c.exporter_id == kept.exporter_id,
                _t.c.industry == kept.industry,
                _t.c.agreement == kept.agreement,
                _t.c.id < kept.id,
            )
            .order_by(_t.c.id.desc())
            .limit(1)
        )
        row = self._transaction.execute(wanted).mappings().first()
        return _read(row) if row else None


def _read(row: Mapping[Any, Any]) -> KeptCheck:
    plain = {name: row[name] for name in _NAMES}
    return KeptCheck(**plain | {"answers": _ANSWERS.validate_python(row["answers"])})


_NAMES = tuple(one.name for one in _t.c)
