"""Finds whom to write to and what about; keeps letters, each once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, time, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select

from ooms.certificates.tables import certificate
from ooms.company_letters import tables
from ooms.company_letters.model import CompanyLetter, Ending, Period, Seen, Stale, Ungiven
from ooms.db import Transaction, Window, upsert
from ooms.determinations.tables import determination, staleness
from ooms.error_notices.model import State as NoticeState
from ooms.error_notices.tables import notice
from ooms.exporters.tables import exporter
from ooms.products.tables import product
from ooms.suppliers.model import State as ProofState
from ooms.suppliers.tables import declaration

_t = tables.letter
_ENDING = (ProofState.EXPIRING.value, ProofState.EXPIRED.value)


class CompanyLetterRows:
    """Letters of compliance within one transaction."""

    def __init__(self, transaction: Transaction, *, zone: tzinfo) -> None:
        """Work inside an open transaction; days begin in this zone."""
        self._transaction = transaction
        self._zone = zone

    def due(self, period: Period, *, after: str, most: int) -> tuple[tuple[str, str], ...]:
        """Find the companies, by key and name, that have no letter yet and something in it."""
        wanted = (
            select(exporter.c.id, exporter.c.name)
            .where(
                exporter.c.id > after,
                ~exists().where(_t.c.exporter_id == exporter.c.id, _t.c.period == period.name),
                or_(*(one.exists() for one in self._kinds(period, of=exporter.c.id))),
            )
            .order_by(exporter.c.id)
            .limit(most)
        )
        return tuple((row.id, row.name) for row in self._transaction.execute(wanted))

    def seen(self, period: Period, company: str) -> Seen:
        """Gather what the office sees of a company."""
        numbers, stale, ending, ungiven = (
            self._transaction.execute(one).all() for one in self._kinds(period, of=company)
        )
        return Seen(
            certificates=tuple(row.number for row in numbers),
            stale=tuple(Stale(row.description, row.agreement, row.judged_on) for row in stale),
            ending=tuple(
                Ending(row.supplier.get("name", ""), row.goods["description"], row.valid_until)
                for row in ending
            ),
            ungiven=tuple(Ungiven(row.number, row.drafted_at) for row in ungiven),
        )

    def add(self, letter: CompanyLetter, *, pdf: bytes) -> bool:
        """Keep a letter; False when the company has one of the period already."""
        done = self._transaction.execute(
            upsert(self._transaction, _t)
            .values(**asdict(letter), pdf=pdf)
            .on_conflict_do_nothing()
            .returning(_t.c.id)
        )
        return done.first() is not None

    def page(self, window: Window, *, company: str) -> tuple[CompanyLetter, ...]:
        """Return the newest letters to a company."""
        wanted = window.of(select(*_LETTER), by=_t.c.id).where(_t.c.exporter_id == company)
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())

    def pdf(self, letter_id: str, *, company: str) -> bytes | None:
        """Return the exact bytes of a letter to a company."""
        wanted = select(_t.c.pdf).where(_t.c.id == letter_id, _t.c.exporter_id == company)
        found = self._transaction.execute(wanted).scalar()
        return None if found is None else bytes(found)

    def _kinds(
        self, period: Period, *, of: ColumnElement[str] | str
    ) -> tuple[Select[Any], Select[Any], Select[Any], Select[Any]]:
        """Select what a letter tells of a company: each kind of thing, the oldest first.

        What came after the period belongs into the next letter.
        """
        ended = datetime.combine(period.until, time(), self._zone)
        issued = (
            select(certificate.c.number)
            .where(
                certificate.c.exporter_id == of,
                certificate.c.issued_on >= period.first,
                certificate.c.issued_on < period.until,
            )
            .order_by(certificate.c.id)
        )
        stale = (
            select(product.c.description, determination.c.agreement, determination.c.judged_on)
            .join(product, product.c.id == determination.c.product_id)
            .where(
                determination.c.exporter_id == of,
                exists().where(
                    staleness.c.determination_id == determination.c.id, staleness.c.since < ended
                ),
            )
            .order_by(determination.c.id)
        )
        ending = (
            select(declaration.c.supplier, declaration.c.goods, declaration.c.valid_until)
            .where(
                declaration.c.exporter_id == of,
                declaration.c.state.in_(_ENDING),
                declaration.c.valid_until >= period.first,
                declaration.c.valid_until < period.next_until,
            )
            .order_by(declaration.c.id)
        )
        ungiven = (
            select(notice.c.number, notice.c.drafted_at)
            .where(
                notice.c.exporter_id == of,
                notice.c.state == NoticeState.DRAFT.value,
                notice.c.drafted_at < ended,
            )
            .order_by(notice.c.id)
        )
        return issued, stale, ending, ungiven


def _read(row: Mapping[Any, Any]) -> CompanyLetter:
    return CompanyLetter(**{str(name): value for name, value in row.items()})


_LETTER = tuple(one for one in _t.c if one is not _t.c.pdf)
