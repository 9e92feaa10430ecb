"""Reads and writes products, their codes, and their bills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from ooms.db import Transaction, Window
from ooms.products import tables
from ooms.products.model import Bill, BillState, EditionCode, Product, SalesPrice

_t, _bill, _code, _price = tables.product, tables.bill, tables.code, tables.price
_BILL_COLUMNS = (
    *(_bill.c.version, _bill.c.materials, _bill.c.processes, _bill.c.frozen_at),
    *(_bill.c.state, _bill.c.plant, _bill.c.valid_from, _bill.c.valid_until),
)


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
                product_id=product_id, version=bill.version, made_at=now, **_written(bill)
            )
        )

    def replace_bill(self, product_id: str, bill: Bill) -> bool:
        """Write a draft anew; False when it is frozen by now."""
        done = self._transaction.execute(
            update(_bill)
            .where(
                _bill.c.product_id == product_id,
                _bill.c.version == bill.version,
                _bill.c.state == BillState.DRAFT.value,
            )
            .values(**_written(bill))
        )
        return done.rowcount == 1

    def move_bill(self, product_id: str, bill: Bill, *, since: BillState) -> bool:
        """Move a version from one state to the next; False when somebody moved it meanwhile."""
        done = self._transaction.execute(
            update(_bill)
            .where(
                _bill.c.product_id == product_id,
                _bill.c.version == bill.version,
                _bill.c.state == since.value,
            )
            .values(state=bill.state.value, frozen_at=bill.frozen_at)
        )
        return done.rowcount == 1

    def bills(self, product_id: str) -> tuple[Bill, ...]:
        """Return every version of a product's bills, the newest first."""
        wanted = (
            select(*_BILL_COLUMNS)
            .where(_bill.c.product_id == product_id)
            .order_by(_bill.c.version.desc())
        )
        return tuple(_read_bill(row) for row in self._transaction.execute(wanted).mappings())

    def find(self, product_id: str) -> Product | None:
        """Find a product with the newest version of its bill."""
        row = self._transaction.execute(_with_bill().where(_t.c.id == product_id)).mappings()
        return next((_read(one) for one in row), None)

    def of_model(self, exporter_id: str, model: str) -> tuple[Product, ...]:
        """Find a company's products of a model."""
        wanted = _with_bill().where(_t.c.exporter_id == exporter_id, _t.c.model == model)
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())

    def page(self, window: Window, *, company: str | None) -> tuple[Product, ...]:
        """Return the newest products; `company` narrows to one exporter's."""
        wanted = window.of(_with_bill(), by=_t.c.id)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())

    def classify(self, product_id: str, *, hs: str, edition: int) -> None:
        """Write a product's own code; what was answered about the old one is forgotten."""
        self._transaction.execute(
            update(_t).where(_t.c.id == product_id).values(hs=hs, hs_edition=edition)
        )
        self._transaction.execute(delete(_code).where(_code.c.product_id == product_id))

    def state_code(self, product_id: str, stated: EditionCode) -> None:
        """Keep the product's code in an edition, in the place of an earlier answer."""
        self._transaction.execute(
            delete(_code).where(_code.c.product_id == product_id, _code.c.edition == stated.edition)
        )
        self._transaction.execute(
            insert(_code).values(
                product_id=product_id,
                edition=stated.edition,
                hs=stated.hs,
                stated_at=stated.stated_at,
            )
        )

    def state_price(self, product_id: str, price: SalesPrice, *, now: datetime) -> None:
        """Keep what a unit is sold for, in the place of an earlier price of its kind."""
        same = (_price.c.product_id == product_id) & (_price.c.basis == price.basis)
        self._transaction.execute(delete(_price).where(same, _price.c.currency == price.currency))
        self._transaction.execute(
            insert(_price).values(product_id=product_id, stated_at=now, **asdict(price))
        )

    def price(self, product_id: str, *, basis: str, currency: str) -> Decimal | None:
        """Return what a unit is sold for on a basis and in a currency."""
        same = (_price.c.product_id == product_id) & (_price.c.basis == basis)
        wanted = select(_price.c.amount).where(same, _price.c.currency == currency)
        found: Decimal | None = self._transaction.execute(wanted).scalar()
        return found

    def codes(self, product_id: str) -> dict[int, str]:
        """Return the codes that the company stated, by edition."""
        wanted = select(_code.c.edition, _code.c.hs).where(_code.c.product_id == product_id)
        return {row.edition: row.hs for row in self._transaction.execute(wanted)}


def _written(bill: Bill) -> dict[str, Any]:
    return {
        "materials": list(bill.materials),
        "processes": list(bill.processes),
        "state": bill.state.value,
        "plant": bill.plant,
        "valid_from": bill.valid_from,
        "valid_until": bill.valid_until,
    }


def _with_bill() -> Any:  # a statement, whose columns only the database knows
    newest = (
        select(func.max(_bill.c.version))
        .where(_bill.c.product_id == _t.c.id)
        .correlate(_t)
        .scalar_subquery()
    )
    return select(_t, *_BILL_COLUMNS).join(
        _bill, (_bill.c.product_id == _t.c.id) & (_bill.c.version == newest)
    )


def _read(row: Mapping[Any, Any]) -> Product:
    return Product(
        id=row["id"],
        exporter_id=row["exporter_id"],
        description=row["description"],
        hs=row["hs"],
        hs_edition=row["hs_edition"],
        described_at=row["described_at"],
        bill=_read_bill(row),
        model=row["model"],
        trademark=row["trademark"],
        weight=row["weight"],
    )


def _read_bill(row: Mapping[Any, Any]) -> Bill:
    return Bill(
        version=row["version"],
        materials=tuple(row["materials"]),
        processes=tuple(row["processes"]),
        frozen_at=row["frozen_at"],
        state=BillState(row["state"]),
        plant=row["plant"],
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
    )
