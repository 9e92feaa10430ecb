"""Adds and reads determinations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from ooms.db import Transaction, Window
from ooms.determinations import tables
from ooms.determinations.model import Determined
from ooms.determinations.veil import stating

_t, _proof, _stale = tables.determination, tables.proof, tables.staleness


class DeterminationRows:
    """Determinations within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, determined: Determined, *, proofs: Mapping[str, str]) -> None:
        """Keep a determination, and which declaration each of its lines rests on."""
        row = asdict(determined)
        del row["stale_reasons"]
        self._transaction.execute(insert(_t).values(**row))
        if proofs:
            self._transaction.execute(
                insert(_proof),
                [
                    {"determination_id": determined.id, "path": path, "declaration_id": key}
                    for path, key in proofs.items()
                ],
            )

    def find(self, determination_id: str) -> Determined | None:
        """Find a determination by its key."""
        wanted = select(_t).where(_t.c.id == determination_id)
        return next(iter(self._every(wanted)), None)

    def these(self, ids: Iterable[str]) -> tuple[Determined, ...]:
        """Find determinations by their keys."""
        return self._every(select(_t).where(_t.c.id.in_(sorted(set(ids)))).order_by(_t.c.id))

    def of_product(self, product_id: str) -> tuple[Determined, ...]:
        """Find the determinations of a product."""
        return self._every(select(_t).where(_t.c.product_id == product_id).order_by(_t.c.id))

    def after(self, key: str, *, most: int) -> tuple[Determined, ...]:
        """Walk all determinations, the oldest first, from behind a key on."""
        return self._every(select(_t).where(_t.c.id > key).order_by(_t.c.id).limit(most))

    def proofs(self, ids: Iterable[str]) -> dict[str, dict[str, str]]:
        """Return which declaration each line rests on, by determination and path."""
        found: dict[str, dict[str, str]] = {}
        wanted = select(_proof).where(_proof.c.determination_id.in_(sorted(set(ids))))
        for row in self._transaction.execute(wanted):
            found.setdefault(row.determination_id, {})[row.path] = row.declaration_id
        return found

    def resting_on(self, declaration_id: str) -> tuple[str, ...]:
        """Name the determinations that rest on a declaration."""
        wanted = (
            select(_proof.c.determination_id)
            .where(_proof.c.declaration_id == declaration_id)
            .distinct()
            .order_by(_proof.c.determination_id)
        )
        return tuple(self._transaction.execute(wanted).scalars())

    def write_staleness(
        self, determined: Determined, reasons: Mapping[str, str], *, now: datetime
    ) -> bool:
        """Write why a determination is stale; what holds no more goes, what held keeps its day."""
        gone = set(determined.stale_reasons) - set(reasons)
        new = {name: why for name, why in reasons.items() if name not in determined.stale_reasons}
        key = determined.id
        if gone:
            ended = (_stale.c.determination_id == key) & _stale.c.reason.in_(sorted(gone))
            self._transaction.execute(delete(_stale).where(ended))
        if new:
            self._transaction.execute(
                insert(_stale),
                [
                    {"determination_id": key, "reason": name, "detail": why[:300], "since": now}
                    for name, why in new.items()
                ],
            )
        return bool(gone or new)

    def _every(self, wanted: Any) -> tuple[Determined, ...]:
        found = tuple(_read(row) for row in self._transaction.execute(wanted).mappings())
        reasons = self._reasons([one.id for one in found])
        return tuple(replace(one, stale_reasons=reasons.get(one.id, {})) for one in found)

    def _reasons(self, ids: list[str]) -> dict[str, dict[str, str]]:
        reasons: dict[str, dict[str, str]] = {}
        wanted = select(_stale).where(_stale.c.determination_id.in_(ids))
        for row in self._transaction.execute(wanted.order_by(_stale.c.reason)):
            reasons.setdefault(row.determination_id, {})[row.reason] = row.detail
        return reasons

    def page(
        self, window: Window, *, company: str | None, product_id: str | None = None
    ) -> tuple[Determined, ...]:
        """Return the newest determinations; `company` narrows to one exporter's."""
        wanted = window.of(select(_t), by=_t.c.id)
        if product_id is not None:
            wanted = wanted.where(_t.c.product_id == product_id)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        return self._every(wanted)


def _read(row: Mapping[Any, Any]) -> Determined:
    values = {str(name): value for name, value in row.items()}
    sealed = values["sealed"]
    if sealed is None:  # made before suppliers could open their amounts: all of them are sealed
        sealed = stating(values["case"]["materials"])
    return Determined(**values | {"sealed": tuple(sealed)})
