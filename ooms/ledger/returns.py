"""What takes an entry of the ledger back: an entry of its own that names it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ooms.kernel.quantity import Quantity
from ooms.ledger.model import REVERSAL, Draft, Entry
from ooms.ledger.units import shown


def reversal(entry: Entry, share: Fraction, *, quantity: Quantity, by: str, reason: str) -> Draft:
    """Return the entry that takes another back, by a share of it."""
    what = entry.what
    return replace(
        what,
        kind=REVERSAL[what.kind],
        share=-share,
        quantity=quantity,
        by=by,
        reason=reason,
        reverses=entry.id,
    )


def part(entry: Entry, share: Fraction) -> Quantity:
    """Say in the entry's own unit how much a part of it is."""
    stated = entry.what.quantity
    if share == entry.what.share:
        return stated
    return Quantity(shown(Fraction(stated.amount) * share / entry.what.share), stated.unit)
