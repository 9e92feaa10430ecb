"""Reads and writes notices of denials."""

from __future__ import annotations

from ooms.db import Transaction
from ooms.decisions.repository import KeptRows
from ooms.denials import tables
from ooms.denials.model import DenialNotice


def notices(transaction: Transaction) -> KeptRows[DenialNotice]:
    """Open the notices of denials."""
    return KeptRows(transaction, tables.notice, DenialNotice)
