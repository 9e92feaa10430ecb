"""Adds and reads materials, lots, withdrawals and elected methods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from ooms.agreements.policies import Inventory
from ooms.db import Transaction, Window
from ooms.materials import tables
from ooms.materials.model import Election, Kept, Lot, Material, Withdrawal

_t, _code, _lot, _value = tables.material, tables.code, tables.lot, tables.value
_taken, _elected = tables.withdrawal, tables.election


class MaterialRows:
    """Materials within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, material: Material) -> None:
        """Keep a new material with its codes."""
        row = asdict(material)
        codes = row.pop("codes")
        self._transaction.execute(insert(_t).values(**row))
        for edition, hs in codes.items():
            self.state_code(material.id, edition=edition, hs=hs)

    def state_code(self, material_id: str, *, edition: int, hs: str) -> None:
        """Keep a material's code in an edition, in the place of an earlier one."""
        same = (_code.c.material_id == material_id) & (_code.c.edition == edition)
        self._transaction.execute(delete(_code).where(same))
        self._transaction.execute(
            insert(_code).values(material_id=material_id, edition=edition, hs=hs)
        )

    def find(self, material_id: str) -> Material | None:
        """Find a material by its key."""
        return next(iter(self._every(select(_t).where(_t.c.id == material_id))), None)

    def of_parts(self, exporter_id: str, parts: Iterable[str]) -> tuple[Material, ...]:
        """Find a company's materials by their part numbers."""
        mine = (_t.c.exporter_id == exporter_id) & _t.c.part_number.in_(sorted(set(parts)))
        return self._every(select(_t).where(mine).order_by(_t.c.id))

    def page(self, window: Window, *, company: str | None) -> tuple[Material, ...]:
        """Return the newest materials; `company` narrows to one exporter's."""
        wanted = window.of(select(_t), by=_t.c.id)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        return self._every(wanted)

    def kept(self, material: Material) -> Kept:
        """Return everything that is kept of a material, without what was voided."""
        return Kept(
            material,
            tuple(one for one in self.lots(material.id) if one.voided_at is None),
            tuple(one for one in self.withdrawals(material.id) if one.voided_at is None),
            self.elections(material.id),
        )

    # Lots

    def add_lot(self, lot: Lot) -> None:
        """Keep a new lot."""
        row = asdict(lot)
        del row["values"]
        self._transaction.execute(insert(_lot).values(**row))

    def lots(self, material_id: str) -> tuple[Lot, ...]:
        """Return the lots of a material in the order in which they came in."""
        wanted = select(_lot).where(_lot.c.material_id == material_id)
        rows = self._transaction.execute(wanted.order_by(_lot.c.received_on, _lot.c.id))
        found = rows.mappings().all()
        values = self._values([row["id"] for row in found])
        return tuple(Lot(**row, values=values.get(row["id"], {})) for row in found)

    def state_value(self, lot_id: str, *, currency: str, amount: Decimal) -> None:
        """Keep what a unit of a lot is worth in a currency, in the place of an earlier value."""
        same = (_value.c.lot_id == lot_id) & (_value.c.currency == currency)
        self._transaction.execute(delete(_value).where(same))
        self._transaction.execute(
            insert(_value).values(lot_id=lot_id, currency=currency, amount=amount)
        )

    def void_lot(self, lot_id: str, *, now: datetime) -> bool:
        """Let a lot count no more; False when it counted no more already."""
        return self._void(_lot, lot_id, now)

    # Withdrawals

    def add_withdrawal(self, one: Withdrawal) -> None:
        """Keep a new withdrawal."""
        self._transaction.execute(insert(_taken).values(**asdict(one)))

    def withdrawals(self, material_id: str) -> tuple[Withdrawal, ...]:
        """Return what was taken of a material, in the order of days and of records."""
        wanted = select(_taken).where(_taken.c.material_id == material_id)
        rows = self._transaction.execute(wanted.order_by(_taken.c.taken_on, _taken.c.id))
        return tuple(Withdrawal(**row) for row in rows.mappings())

    def void_withdrawal(self, withdrawal_id: str, *, now: datetime) -> bool:
        """Let a withdrawal count no more; False when it counted no more already."""
        return self._void(_taken, withdrawal_id, now)

    # Methods

    def elections(self, material_id: str) -> tuple[Election, ...]:
        """Return the methods elected for a material, the first year first."""
        wanted = select(_elected).where(_elected.c.material_id == material_id)
        rows = self._transaction.execute(wanted.order_by(_elected.c.starts_on)).mappings()
        return tuple(Election(**{**row, "method": Inventory(row["method"])}) for row in rows)

    def elect(self, one: Election) -> bool:
        """Keep a method, over one of the same year that nothing used; False when one is used."""
        same = _of_year(one.material_id, one.starts_on)
        self._transaction.execute(delete(_elected).where(same, _elected.c.used_at.is_(None)))
        if self._transaction.execute(select(_elected.c.method).where(same)).first():
            return False
        row = asdict(one) | {"method": one.method.value}
        self._transaction.execute(insert(_elected).values(**row))
        return True

    def use(self, one: Election, *, now: datetime) -> None:
        """Fix a method: a determination rests on it."""
        same = _of_year(one.material_id, one.starts_on)
        self._transaction.execute(
            update(_elected).where(same, _elected.c.used_at.is_(None)).values(used_at=now)
        )

    def _void(self, table: Table, key: str, now: datetime) -> bool:
        done = self._transaction.execute(
            update(table)
            .where(table.c.id == key, table.c.voided_at.is_(None))
            .values(voided_at=now)
        )
        return done.rowcount == 1

    def _values(self, lot_ids: list[str]) -> Mapping[str, Mapping[str, Decimal]]:
        found: dict[str, dict[str, Decimal]] = defaultdict(dict)
        for row in self._transaction.execute(select(_value).where(_value.c.lot_id.in_(lot_ids))):
            found[row.lot_id][row.currency] = row.amount
        return found

    def _every(self, wanted: Any) -> tuple[Material, ...]:
        rows = self._transaction.execute(wanted).mappings().all()
        codes: dict[str, dict[int, str]] = defaultdict(dict)
        of_these = _code.c.material_id.in_([row["id"] for row in rows])
        for one in self._transaction.execute(select(_code).where(of_these)):
            codes[one.material_id][one.edition] = one.hs
        return tuple(Material(**row, codes=codes.get(row["id"], {})) for row in rows)


def _of_year(material_id: str, starts_on: date) -> Any:
    return (_elected.c.material_id == material_id) & (_elected.c.starts_on == starts_on)
