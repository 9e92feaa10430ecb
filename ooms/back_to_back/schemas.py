"""First certificates on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from ooms.access.schemas import Body, Exact
from ooms.back_to_back.service import Balance


class LeftOut(Body):
    """What an item holds on one scale, and what of it is left."""

    item_no: int
    kind: str
    unit: str
    certified: Exact
    left: Exact


class EntryOut(Body):
    """One line of the ledger; the amount is an exact fraction, negative when given back."""

    item_no: int
    kind: str
    unit: str
    amount: str
    certificate_id: str
    direction: str
    at: datetime
    by: str


class BalanceOut(Body):
    """A first certificate, what is left of it, and every entry, the oldest first."""

    number: str
    country: str
    agreement: str
    issued_on: date
    valid_until: date
    is_received: bool
    left: tuple[LeftOut, ...]
    entries: tuple[EntryOut, ...]

    @classmethod
    def of(cls, balance: Balance) -> Self:
        """Show a balance."""
        first = balance.first
        return cls(
            number=first.number,
            country=first.key.country,
            agreement=first.key.agreement,
            issued_on=first.issued_on,
            valid_until=first.valid_until,
            is_received=first.is_received,
            left=tuple(
                LeftOut(
                    item_no=one.item_no,
                    kind=one.scale.kind,
                    unit=one.scale.unit,
                    certified=one.certified,
                    left=one.left,
                )
                for one in balance.left
            ),
            entries=tuple(
                EntryOut(
                    item_no=one.item_no,
                    kind=one.scale.kind,
                    unit=one.scale.unit,
                    amount=str(one.amount),
                    certificate_id=one.certificate_id,
                    direction=one.direction.value,
                    at=one.at,
                    by=one.by,
                )
                for one in balance.entries
            ),
        )


class BalancesOut(Body):
    """The first certificates of a number."""

    items: tuple[BalanceOut, ...]
