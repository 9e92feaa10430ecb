"""Reads and writes first certificates and the ledger; entries are added, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, Select, insert, select, update

from ooms.applications.model import FirstItem
from ooms.back_to_back import tables
from ooms.back_to_back.model import Direction, Entry, First, FirstKey, Scale
from ooms.db import Transaction, upsert

_first, _draw = tables.first, tables.draw
_ITEMS = TypeAdapter(tuple[FirstItem, ...])


class FirstRows:
    """First certificates and their ledger within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def lock(self, first: First, *, new_id: str, now: datetime) -> tuple[str, First]:
        """Hold a first certificate until the transaction ends; return its key and what it says.

        What was stated before stands, unless the issuer has sent the certificate since.
        """
        self._transaction.execute(
            upsert(self._transaction, _first)
            .values(id=new_id, since=now, **_values(first))
            .on_conflict_do_nothing()
        )
        row = self._transaction.execute(_keyed(first.key).with_for_update()).one()
        known = _read(row)
        if first.is_received and known != first:
            self._transaction.execute(
                update(_first).where(_first.c.id == row.id).values(**_values(first))
            )
            known = first
        return row.id, known

    def find(self, key: FirstKey) -> tuple[str, First] | None:
        """Find a first certificate that something was taken from."""
        row = self._transaction.execute(_keyed(key)).first()
        return (row.id, _read(row)) if row else None

    def numbered(self, number_key: str) -> tuple[tuple[str, First], ...]:
        """Find first certificates by the key of their number."""
        wanted = select(_first).where(_first.c.number_key == number_key).order_by(_first.c.id)
        return tuple((row.id, _read(row)) for row in self._transaction.execute(wanted))

    def add(self, first_id: str, entries: Iterable[tuple[str, Entry]]) -> None:
        """Write entries, each under its own key."""
        rows = [
            {
                "id": key,
                "first_id": first_id,
                "item_no": one.item_no,
                "kind": one.scale.kind,
                "unit": one.scale.unit,
                "amount": str(one.amount),
                "certificate_id": one.certificate_id,
                "direction": one.direction.value,
                "at": one.at,
                "by": one.by,
            }
            for key, one in entries
        ]
        if rows:
            self._transaction.execute(insert(_draw), rows)

    def entries(self, first_id: str) -> tuple[Entry, ...]:
        """Return what was taken from a first certificate and given back, the oldest first."""
        wanted = select(_draw).where(_draw.c.first_id == first_id).order_by(_draw.c.id)
        return tuple(_entry(row) for row in self._transaction.execute(wanted))

    def taken_by(self, certificate_id: str) -> tuple[FirstKey, ...]:
        """Return the first certificates that a certificate has entries at, in one order."""
        wanted = (
            select(_first.c.country, _first.c.agreement, _first.c.number_key)
            .where(
                _first.c.id.in_(
                    select(_draw.c.first_id).where(_draw.c.certificate_id == certificate_id)
                )
            )
            .order_by(_first.c.country, _first.c.agreement, _first.c.number_key)
        )
        return tuple(FirstKey(*row) for row in self._transaction.execute(wanted))

    def hold(self, key: FirstKey) -> tuple[str, First]:
        """Hold a first certificate that has entries; return its key and what it says."""
        row = self._transaction.execute(_keyed(key).with_for_update()).one()
        return row.id, _read(row)


def _keyed(key: FirstKey) -> Select[Any]:
    return select(_first).where(
        _first.c.country == key.country,
        _first.c.agreement == key.agreement,
        _first.c.number_key == key.number_key,
    )


def _values(first: First) -> dict[str, Any]:
    return {
        "country": first.key.country,
        "agreement": first.key.agreement,
        "number_key": first.key.number_key,
        "number": first.number,
        "origin_country": first.origin_country,
        "issued_on": first.issued_on,
        "valid_until": first.valid_until,
        "issuer": first.issuer,
        "exporter": first.exporter,
        "items": _ITEMS.dump_python(first.items, mode="json"),
        "is_received": first.is_received,
    }


def _read(row: Row[Any]) -> First:
    return First(
        key=FirstKey(row.country, row.agreement, row.number_key),
        number=row.number,
        origin_country=row.origin_country,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        issuer=row.issuer,
        exporter=row.exporter,
        items=_ITEMS.validate_python(row.items),
        is_received=row.is_received,
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        item_no=row.item_no,
        scale=Scale(row.kind, row.unit),
        amount=Fraction(row.amount),
        certificate_id=row.certificate_id,
        direction=Direction(row.direction),
        at=row.at,
        by=row.by,
    )
