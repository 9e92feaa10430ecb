"""Reads and writes products and bills."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from ooms.db import Transaction, Window
from ooms.products import tables
from ooms.products.model import Bill, Product

_t, _bill = tables.product, tables.bill


class ProductRows:
    """Products within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, product: Product) -> None:
        """Keep a new product with its first bill."""
        self._transaction.execute(
            insert(_t).values(
                id=product.id,
                exporter_id=product.exporter_id,
                description=product.description,
                hs=product.hs,
                hs_edition=product.hs_edition,
                model=product.model,
                trademark=product.trademark,
                weight=product.weight,
                described_at=product.described_at,
            )
        )
        self.add_bill(product.id, product.bill, now=product.described_at)

    def add_bill(self, product_id: str, bill: Bill, *, now: datetime) -> None:
        """Keep a new version of a bill."""
        self._transaction.execute(
            insert(_bill).values(
                product_id=product_id,
                version=bill.version,
                materials=list(bill.materials),
                processes=list(bill.processes),
                made_at=now,
            )
        )

    def replace_bill(self, product_id: str, bill: Bill) -> bool:
        """Write a version anew; False when it is frozen by now."""
        done = self._transaction.execute(
            update(_bill)
            .where(
                _bill.c.product_id == product_id,
                _bill.c.version == bill.version,
                _bill.c.frozen_at.is_(None),
            )
            .values(materials=list(bill.materials), processes=list(bill.processes))
        )
        return done.rowcount == 1

    def freeze_bill(self, product_id: str, version: int, *, now: datetime) -> None:
        """Freeze a version; one that is frozen keeps its first day."""
        self._transaction.execute(
            update(_bill)
            .where(
                _bill.c.product_id == product_id,
                _bill.c.version == version,
                _bill.c.frozen_at.is_(None),
            )
            .values(frozen_at=now)
        )

    def find(self, product_id: str) -> Product | None:
        """Find a product with the newest version of its bill."""
        row = self._transaction.execute(_with_bill().where(_t.c.id == product_id)).mappings()
        return next((_read(one) for one in row), None)

    def page(self, window: Window, *, company: str | None) -> tuple[Product, ...]:
        """Return the newest products; `company` narrows to one exporter's."""
        wanted = _with_bill().order_by(_t.c.id.desc()).limit(window.limit)
        if window.before is not None:
            wanted = wanted.where(_t.c.id < window.before)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())


def _with_bill() -> Any:  # a statement, whose columns only the database knows
    newest = (
        select(func.max(_bill.c.version))
        .where(_bill.c.product_id == _t.c.id)
        .correlate(_t)
        .scalar_subquery()
    )
    return select(
        _t, _bill.c.version, _bill.c.materials, _bill.c.processes, _bill.c.frozen_at
    ).join(_bill, (_bill.c.product_id == _t.c.id) & (_bill.c.version == newest))


def _read(row: Mapping[Any, Any]) -> Product:
    return Product(
        id=row["id"],
        exporter_id=row["exporter_id"],
        description=row["description"],
        hs=row["hs"],
        hs_edition=row["hs_edition"],
        described_at=row["described_at"],
        bill=Bill(
            row["version"], tuple(row["materials"]), tuple(row["processes"]), row["frozen_at"]
        ),
        model=row["model"],
        trademark=row["trademark"],
        weight=row["weight"],
    )
