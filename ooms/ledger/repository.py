"""Reads and writes the ledger."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import and_, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ooms.db import Transaction
from ooms.ledger import tables
from ooms.ledger.model import ItemKey

_draw, _balance = tables.draw, tables.balance
DRAWN = "DRAWN"
RETURNED = "RETURNED"


class LedgerRows:
    """The ledger within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction
        is_postgresql = transaction.dialect.name == "postgresql"
        self._insert = postgresql.insert if is_postgresql else sqlite.insert

    def lock(self, key: ItemKey) -> Fraction:
        """Hold an item's balance until the transaction ends; return the share that is drawn."""
        wanted = select(_balance.c.used_share).where(_is(key)).with_for_update()
        found = self._transaction.execute(wanted).scalar()
        if found is None:
            self._transaction.execute(
                self._insert(_balance)
                .values(**asdict(key), used_share="0/1")
                .on_conflict_do_nothing()
            )
            found = self._transaction.execute(wanted).scalar_one()
        return Fraction(found)

    def move(self, key: ItemKey, *, since: Fraction, to: Fraction) -> bool:
        """Write the share that is drawn; False when it is not what it was, or out of bounds."""
        if not 0 <= to <= 1:
            return False
        done = self._transaction.execute(
            update(_balance)
            .where(_is(key), _balance.c.used_share == _text(since))
            .values(used_share=_text(to))
        )
        return done.rowcount == 1

    def note(  # noqa: PLR0913  # the facts of one draw, each by its name
        self,
        key: ItemKey,
        *,
        draw_id: str,
        claim_id: str,
        line_no: int,
        direction: str,
        quantity: tuple[Decimal, str],
        now: datetime,
    ) -> None:
        """Add a draw or a return to the ledger."""
        amount, unit = quantity
        self._transaction.execute(
            insert(_draw).values(
                id=draw_id,
                **asdict(key),
                claim_id=claim_id,
                line_no=line_no,
                direction=direction,
                quantity=amount,
                unit=unit,
                at=now,
            )
        )


def _is(key: ItemKey) -> Any:  # a condition, whose type only the database knows
    return and_(
        _balance.c.issuing_country == key.issuing_country,
        _balance.c.agreement == key.agreement,
        _balance.c.number_key == key.number_key,
        _balance.c.item_no == key.item_no,
    )


def _text(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"
