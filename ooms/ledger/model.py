"""What the ledger keeps: items of received certificates, and every entry that draws on them.

An item that is measured in pieces and in kilograms is one lot of goods.  The ledger therefore
counts in shares of the lot, as exact fractions: drawing all of its pieces leaves no kilograms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from ooms.kernel.quantity import Quantity

#: What a certificate says of an item: quantities by unit, all of the same goods.
Lot: TypeAlias = Mapping[str, Decimal]
NOTHING = Fraction(0)
WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True, order=True)
class CertificateKey:
    """One received certificate: by its issuer, its agreement, its number without spelling."""

    issuing_country: str
    agreement: str
    number_key: str

    def item(self, item_no: int) -> ItemKey:
        """Name one of its items."""
        return ItemKey(self.issuing_country, self.agreement, self.number_key, item_no)


@dataclass(frozen=True, slots=True, order=True)
class ItemKey:
    """One item of one received certificate."""

    issuing_country: str
    agreement: str
    number_key: str
    item_no: int

    @property
    def certificate(self) -> CertificateKey:
        """The certificate whose item it is."""
        return CertificateKey(self.issuing_country, self.agreement, self.number_key)


class EntryKind(StrEnum):
    """What an entry does to an item."""

    DRAWN = "DRAWN"
    RETURNED = "RETURNED"
    RESERVED = "RESERVED"
    RELEASED = "RELEASED"
    ADJUSTED = "ADJUSTED"


#: What takes an entry back, by the kind of the entry.
REVERSAL: Mapping[EntryKind, EntryKind] = {
    EntryKind.DRAWN: EntryKind.RETURNED,
    EntryKind.RESERVED: EntryKind.RELEASED,
    EntryKind.ADJUSTED: EntryKind.ADJUSTED,
}
#: The kinds that change what is set aside.
SETS_ASIDE = frozenset({EntryKind.RESERVED, EntryKind.RELEASED})


class Source(StrEnum):
    """What an entry comes from."""

    CLAIM = "CLAIM"
    CERTIFICATE = "CERTIFICATE"
    OFFICER = "OFFICER"


@dataclass(frozen=True, slots=True)
class Use:
    """Who uses goods of an item: a line of a claim, a certificate of ours, or an officer.

    `reference` is what people call it: the number of the declaration or of our certificate.
    """

    source: Source
    id: str
    line_no: int = 0
    spec_no: int = 0
    reference: str = ""
    office: str | None = None
    importer: str | None = None
    invoice: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that is to be written; a share that is given back is negative."""

    key: ItemKey
    kind: EntryKind
    share: Fraction
    quantity: Quantity
    use: Use
    by: str
    reason: str = ""
    reverses: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger, as it was written; `turn` counts the entries of its item."""

    id: str
    turn: int
    what: Draft
    at: datetime


@dataclass(frozen=True, slots=True)
class Balance:
    """How an item stands: which share is used, which part of that is only set aside."""

    key: ItemKey
    used: Fraction = NOTHING
    reserved: Fraction = NOTHING
    tolerance: Fraction = NOTHING
    entries: int = 0

    @property
    def left(self) -> Fraction:
        """The share of what was certified that nobody has."""
        return max(NOTHING, WHOLE - self.used)

    @property
    def room(self) -> Fraction:
        """The share that may still be drawn, the agreement's tolerance included."""
        return max(NOTHING, WHOLE + self.tolerance - self.used)

    def after(self, draft: Draft) -> Balance | None:
        """Return how the item stands after an entry; None when that is out of bounds.

        A return is never too much because the tolerance has become smaller meanwhile.
        """
        used = self.used + draft.share
        reserved = self.reserved + (draft.share if draft.kind in SETS_ASIDE else NOTHING)
        is_over = draft.share > 0 and used > WHOLE + self.tolerance
        if is_over or used < 0 or not 0 <= reserved <= used:
            return None
        return Balance(self.key, used, reserved, self.tolerance, self.entries + 1)


def balance_of(key: ItemKey, entries: Iterable[Entry], *, tolerance: Fraction) -> Balance:
    """Add up entries: how the item stands after them, from nothing else."""
    counted = [one.what for one in entries]
    return Balance(
        key,
        used=sum((one.share for one in counted), NOTHING),
        reserved=sum((one.share for one in counted if one.kind in SETS_ASIDE), NOTHING),
        tolerance=tolerance,
        entries=len(counted),
    )


def open_share(entry: Entry, entries: Iterable[Entry]) -> Fraction:
    """Say which share of an entry no reversal has taken back."""
    back = sum((one.what.share for one in entries if one.what.reverses == entry.id), NOTHING)
    return entry.what.share + back


@dataclass(frozen=True, slots=True)
class Link:
    """One use of an item in a chain, and the share that it still holds."""

    key: ItemKey
    use: Use
    share: Fraction


@dataclass(frozen=True, slots=True)
class Chain:
    """What a certificate rests on, and what rests on it."""

    rests_on: tuple[Link, ...]
    carries: tuple[Link, ...]


class Twice(StrEnum):
    """What several offices or importers use."""

    ITEM = "ITEM"
    INVOICE = "INVOICE"
    DECLARATION = "DECLARATION"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same item, invoice or declaration, used at several offices or by several importers."""

    what: Twice
    value: str
    links: tuple[Link, ...]


def links_of(entries: Iterable[Entry]) -> tuple[Link, ...]:
    """Add up what each use holds of each item; what was given back in full is left out."""
    sums: dict[tuple[ItemKey, Source, str, int, int], tuple[Use, Fraction]] = {}
    for one in entries:
        use = one.what.use
        name = (one.what.key, use.source, use.id, use.line_no, use.spec_no)
        before = sums.get(name, (use, NOTHING))[1]
        sums[name] = use, before + one.what.share
    return tuple(Link(name[0], use, share) for name, (use, share) in sums.items() if share)


def spread(links: Iterable[Link]) -> bool:
    """Tell whether uses lie at several offices or with several importers."""
    uses = [one.use for one in links]
    offices = {one.office for one in uses if one.office}
    importers = {one.importer for one in uses if one.importer}
    return len(offices) > 1 or len(importers) > 1


def plain(text: str | None) -> str | None:
    """Write a number of an invoice so that blanks and case do not matter."""
    return " ".join(text.split()).upper() if text else None
