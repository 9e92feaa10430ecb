"""Keeps and counts what partners refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, select

from ooms.db import Transaction
from ooms.partner_refusals import tables
from ooms.partner_refusals.model import Count, Reason, Refusal

_t = tables.refusal


class PartnerRefusalRows:
    """Refusals of partners within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def keep(self, refusals: Iterable[Refusal]) -> None:
        """Keep refusals that were not heard before."""
        rows = [
            {
                "partner": one.partner,
                "message_id": one.message_id,
                "code": one.reason.code[:40],
                "box": one.reason.box[:40],
                "certificate_id": one.certificate_id,
                "agreement": one.agreement,
                "at": one.at,
            }
            for one in refusals
        ]
        if rows:
            self._transaction.execute(insert(_t), rows)

    def counts(self, partner: str, *, agreement: str, since: datetime) -> tuple[Count, ...]:
        """Count the refused certificates by reason, the commonest first."""
        number = func.count(_t.c.certificate_id.distinct())
        wanted = (
            select(_t.c.code, _t.c.box, number)
            .where(_of(partner, agreement, since))
            .group_by(_t.c.code, _t.c.box)
            .order_by(number.desc(), _t.c.code, _t.c.box)
        )
        found = self._transaction.execute(wanted)
        return tuple(Count(Reason(code, box), refused) for code, box, refused in found)

    def refused(self, partner: str, *, agreement: str, since: datetime) -> int:
        """Count the refused certificates, each once."""
        wanted = select(func.count(_t.c.certificate_id.distinct()))
        found = self._transaction.execute(wanted.where(_of(partner, agreement, since)))
        return int(found.scalar_one())


def _of(partner: str, agreement: str, since: datetime) -> ColumnElement[bool]:
    return (_t.c.partner == partner) & (_t.c.agreement == agreement) & (_t.c.at >= since)
