"""Reads and writes refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import and_, insert, or_, select

from ooms.db import Transaction, Window
from ooms.refusals import tables
from ooms.refusals.model import Good, Refusal

_t, _good = tables.refusal, tables.good


class RefusalRows:
    """Refusals within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, refusal: Refusal) -> None:
        """Keep a new refusal."""
        row = asdict(refusal)
        del row["goods"]
        self._transaction.execute(insert(_t).values(**row))
        goods = [asdict(one) | {"refusal_id": refusal.id} for one in refusal.goods]
        self._transaction.execute(insert(_good), goods)

    def alike(self, *, exporter_id: str, goods: frozenset[Good]) -> tuple[Refusal, ...]:
        """Return the refusals of an exporter, and of goods like these, the newest first."""
        same = [
            and_(
                _good.c.hs6 == one.hs6,
                _good.c.agreement == one.agreement,
                _good.c.maker == one.maker,
            )
            for one in goods
        ]
        of_goods = select(_good.c.refusal_id).where(or_(*same))
        wanted = select(_t).where(or_(_t.c.exporter_id == exporter_id, _t.c.id.in_(of_goods)))
        return self._read(wanted.order_by(_t.c.id.desc()))

    def page(self, window: Window) -> tuple[Refusal, ...]:
        """Return the newest refusals."""
        wanted = window.of(select(_t), by=_t.c.id)
        return self._read(wanted)

    def _read(self, wanted: Any) -> tuple[Refusal, ...]:  # any statement that selects the columns
        rows = self._transaction.execute(wanted).mappings().all()
        goods = self._goods([row["id"] for row in rows])
        return tuple(_refusal(row, goods.get(row["id"], frozenset())) for row in rows)

    def _goods(self, ids: list[str]) -> dict[str, frozenset[Good]]:
        found: dict[str, frozenset[Good]] = {}
        wanted = select(_good).where(_good.c.refusal_id.in_(ids))
        for row in self._transaction.execute(wanted):
            one = Good(row.agreement, row.hs6, row.maker)
            found[row.refusal_id] = found.get(row.refusal_id, frozenset()) | {one}
        return found


def _refusal(row: Mapping[Any, Any], goods: frozenset[Good]) -> Refusal:
    return Refusal(**{str(name): value for name, value in row.items()}, goods=goods)
