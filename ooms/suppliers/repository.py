"""Reads and writes suppliers' declarations; every change compares the version before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, or_, select, update

from ooms.db import Transaction, Window
from ooms.suppliers import tables
from ooms.suppliers.model import Declaration, Finding, Goods, Kind, Link, State, Statement, Supplier

_t, _link = tables.declaration, tables.link
_STATEMENT = TypeAdapter(Statement)
_SUPPLIER = TypeAdapter(Supplier)
_GOODS = TypeAdapter(Goods)
_FINDINGS = TypeAdapter(tuple[Finding, ...])


class DeclarationRows:
    """Declarations within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, declaration: Declaration) -> None:
        """Keep a new declaration."""
        row = _written(declaration) | {
            "id": declaration.id,
            "exporter_id": declaration.exporter_id,
            "kind": declaration.kind.value,
            "agreement": declaration.agreement,
            "supplier": _SUPPLIER.dump_python(declaration.supplier, mode="json"),
            "goods": _GOODS.dump_python(declaration.goods, mode="json"),
            "requested_at": declaration.requested_at,
            "answer_by": declaration.answer_by,
        }
        self._transaction.execute(insert(_t).values(**row))

    def change(self, declaration: Declaration, *, since: Declaration) -> bool:
        """Write a declaration that stands as the caller believes; False when it does not."""
        done = self._transaction.execute(
            update(_t)
            .where(_t.c.id == since.id, _t.c.version == since.version)
            .values(**_written(declaration))
        )
        return done.rowcount == 1

    def find(self, declaration_id: str) -> Declaration | None:
        """Find a declaration by its key."""
        return next(iter(self.these([declaration_id])), None)

    def these(self, ids: Iterable[str]) -> tuple[Declaration, ...]:
        """Find declarations by their keys."""
        return self._every(select(_t).where(_t.c.id.in_(sorted(set(ids)))))

    def page(
        self, window: Window, *, company: str | None, state: State | None
    ) -> tuple[Declaration, ...]:
        """Return the newest declarations; `company` narrows to one exporter's."""
        wanted = window.of(select(_t), by=_t.c.id)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        if state is not None:
            wanted = wanted.where(_t.c.state == state.value)
        return self._every(wanted)

    def to_remind(self, *, on: date, most: int) -> tuple[Declaration, ...]:
        """Find unanswered requests whose reminder is due."""
        asked = (State.REQUESTED.value, State.REMINDED.value)
        wanted = select(_t).where(_t.c.state.in_(asked), _t.c.remind_on <= on)
        return self._every(wanted.order_by(_t.c.id).limit(most))

    def to_move(self, *, on: date, warned_until: date, most: int) -> tuple[Declaration, ...]:
        """Find declarations whose day has come: to begin, to be warned of, or to end."""
        states = _t.c.state
        begins = (states == State.CHECKED.value) & (_t.c.valid_from <= on)
        warned = (states == State.VALID.value) & (_t.c.valid_until <= warned_until)
        ends = (states == State.EXPIRING.value) & (_t.c.valid_until <= on)
        wanted = select(_t).where(or_(begins, warned, ends))
        return self._every(wanted.order_by(_t.c.id).limit(most))

    def add_link(self, link: Link) -> None:
        """Keep a fresh link; the unused ones before it end with it."""
        self._transaction.execute(
            delete(_link).where(
                _link.c.declaration_id == link.declaration_id, _link.c.spent_at.is_(None)
            )
        )
        self._transaction.execute(
            insert(_link).values(
                token_sha256=link.token_sha256,
                declaration_id=link.declaration_id,
                expires_at=link.expires_at,
                spent_at=link.spent_at,
            )
        )

    def link(self, token_sha256: str) -> Link | None:
        """Find a link by the digest of its token."""
        wanted = select(_link).where(_link.c.token_sha256 == token_sha256)
        row = self._transaction.execute(wanted).mappings().first()
        return Link(**{str(name): value for name, value in row.items()}) if row else None

    def spend(self, link: Link, *, now: datetime) -> None:
        """Say that a link was used for its statement."""
        self._transaction.execute(
            update(_link)
            .where(_link.c.token_sha256 == link.token_sha256, _link.c.spent_at.is_(None))
            .values(spent_at=now)
        )

    def _every(self, wanted: Any) -> tuple[Declaration, ...]:
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())


def _written(declaration: Declaration) -> dict[str, Any]:
    statement = declaration.statement
    return {
        "state": declaration.state.value,
        "remind_on": declaration.remind_on,
        "reminders": declaration.reminders,
        "version": declaration.version,
        "statement": _STATEMENT.dump_python(statement, mode="json") if statement else None,
        "valid_from": statement.valid_from if statement else None,
        "valid_until": statement.valid_until if statement else None,
        "findings": _FINDINGS.dump_python(declaration.findings, mode="json"),
        "customs_reference": declaration.customs_reference,
        "reason": declaration.reason,
    }


def _read(row: Mapping[Any, Any]) -> Declaration:
    stated = row["statement"]
    return Declaration(
        id=row["id"],
        exporter_id=row["exporter_id"],
        kind=Kind(row["kind"]),
        agreement=row["agreement"],
        supplier=_SUPPLIER.validate_python(row["supplier"]),
        goods=_GOODS.validate_python(row["goods"]),
        state=State(row["state"]),
        requested_at=row["requested_at"],
        answer_by=row["answer_by"],
        remind_on=row["remind_on"],
        reminders=row["reminders"],
        version=row["version"],
        statement=_STATEMENT.validate_python(stated) if stated else None,
        findings=_FINDINGS.validate_python(row["findings"]),
        customs_reference=row["customs_reference"],
        reason=row["reason"],
    )
