"""What the ledger keeps: items of received certificates and what is drawn of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class ItemKey:
    """One item of one received certificate."""

    issuing_country: str
    agreement: str
    number_key: str
    item_no: int
