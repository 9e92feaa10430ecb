"""Reads and writes notices of denials, and reads what partners told us of theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, exists, select

from ooms.certificates.tables import certificate, news
from ooms.db import Transaction, Window
from ooms.decisions.repository import KeptRows
from ooms.denials import tables
from ooms.denials.model import DenialNotice
from ooms.partner_refusals.tables import refusal

_USED = "certificate.used"


def notices(transaction: Transaction) -> KeptRows[DenialNotice]:
    """Open the notices of denials."""
    return KeptRows(transaction, tables.notice, DenialNotice)


@dataclass(frozen=True, slots=True)
class Told:
    """A message about the use of a certificate of ours."""

    id: str
    partner: str
    certificate_id: str
    number: str
    agreement: str
    at: datetime
    ordinal: int
    declaration: str
    decisions: tuple[Mapping[str, Any], ...]

    def outcomes(self) -> Iterator[tuple[int, str]]:
        """Yield what it says of each item."""
        yield from ((int(one["item_no"]), str(one.get("outcome"))) for one in self.decisions)


class ToldRows:
    """What partners told of the use of our certificates, within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def page(self, window: Window, *, company: str | None) -> tuple[Told, ...]:
        """Return the newest messages that refuse something; of one company's certificates."""
        refuses = exists().where(
            and_(refusal.c.partner == news.c.partner, refusal.c.message_id == news.c.message_id)
        )
        wanted = window.of(_all().where(refuses), by=news.c.message_id)
        if company is not None:
            wanted = wanted.where(certificate.c.exporter_id == company)
        return self._read(wanted)

    def of_certificates(self, ids: Collection[str]) -> tuple[Told, ...]:
        """Return every message about certificates, the oldest first."""
        wanted = _all().where(news.c.certificate_id.in_(sorted(ids))).order_by(news.c.ordinal)
        return self._read(wanted) if ids else ()

    def _read(self, wanted: Select[Any]) -> tuple[Told, ...]:
        return tuple(_told(row) for row in self._transaction.execute(wanted))


def _all() -> Select[Any]:
    shown = (certificate.c.number, certificate.c.agreement)
    joined = select(news, *shown).join(certificate, certificate.c.id == news.c.certificate_id)
    return joined.where(news.c.kind == _USED)


def _told(row: Row[Any]) -> Told:
    return Told(
        id=row.message_id,
        partner=row.partner,
        certificate_id=row.certificate_id,
        number=row.number,
        agreement=row.agreement,
        at=row.at,
        ordinal=row.ordinal,
        declaration=str(row.facts.get("declaration_number", "")),
        decisions=tuple(row.facts.get("decisions") or ()),
    )
