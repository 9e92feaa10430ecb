"""Reads and writes companies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from ooms.db import Transaction, Window
from ooms.exporters import tables
from ooms.exporters.model import Exporter, Signatory

_t = tables.exporter


class ExporterRows:
    """Companies within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, exporter: Exporter) -> None:
        """Keep a new company."""
        signatory = exporter.signatory
        self._transaction.execute(
            insert(_t).values(
                id=exporter.id,
                name=exporter.name,
                address=exporter.address,
                city=exporter.city,
                country=exporter.country,
                tax_id=exporter.tax_id,
                telephone=exporter.telephone,
                fax=exporter.fax,
                email=exporter.email,
                signatory_name=signatory.name,
                signatory_title=signatory.title,
                signatory_place=signatory.place,
                registered_at=exporter.registered_at,
            )
        )

    def find(self, exporter_id: str) -> Exporter | None:
        """Find a company by its key."""
        row = self._transaction.execute(select(_t).where(_t.c.id == exporter_id)).mappings().first()
        return _read(row) if row else None

    def is_registered(self, *, country: str, tax_id: str) -> bool:
        """Tell whether a tax number is registered already."""
        found = select(_t.c.id).where(_t.c.country == country, _t.c.tax_id == tax_id)
        return self._transaction.execute(found).first() is not None

    def page(self, window: Window, *, company: str | None) -> tuple[Exporter, ...]:
        """Return the newest companies; `company` narrows to one."""
        wanted = select(_t).order_by(_t.c.id.desc()).limit(window.limit)
        if window.before is not None:
            wanted = wanted.where(_t.c.id < window.before)
        if company is not None:
            wanted = wanted.where(_t.c.id == company)
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())


def _read(row: Mapping[Any, Any]) -> Exporter:
    return Exporter(
        id=row["id"],
        name=row["name"],
        address=row["address"],
        city=row["city"],
        country=row["country"],
        tax_id=row["tax_id"],
        signatory=Signatory(row["signatory_name"], row["signatory_title"], row["signatory_place"]),
        registered_at=row["registered_at"],
        telephone=row["telephone"],
        fax=row["fax"],
        email=row["email"],
    )
