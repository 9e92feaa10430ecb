"""A certificate as it was received from a partner and stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ooms.kernel.money import Money
from ooms.ledger.model import ItemKey


@dataclass(frozen=True, slots=True)
class Certified:
    """The origin criterion of an item: as printed, and as it is meant."""

    printed: str
    kind: str
    level: str = ""
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Invoiced:
    """An invoice that the certificate names for an item."""

    number: str
    dated: date
    total: Money | None = None


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item of a received certificate; its quantities by unit all measure the same goods."""

    item_no: int
    hs: str
    description: str
    quantities: dict[str, Decimal]
    invoices: tuple[Invoiced, ...]
    hs_edition: int | None = None
    criterion: Certified | None = None
    model: str = ""
    marks: str = ""
    packages: int | None = None
    origin: str = ""
    #: The free-on-board value, where the form shows one.
    fob: Money | None = None

    @property
    def worth(self) -> Money | None:
        """What the certificate says of its value: free on board, else what its invoices come to."""
        if self.fob is not None:
            return self.fob
        totals = [one.total for one in self.invoices if one.total is not None]
        if len(totals) < len(self.invoices) or len({one.currency for one in totals}) != 1:
            return None
        return Money(sum((one.amount for one in totals), Decimal(0)), totals[0].currency)


@dataclass(frozen=True, slots=True)
class Named:
    """A party of the certificate."""

    name: str
    country: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """A country on the way, as the certificate states it."""

    country: str
    transit: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a back-to-back certificate takes from an item of its first certificate."""

    item_no: int
    first_item_no: int
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class FirstReference:
    """The first certificate that a back-to-back certificate stands upon."""

    number: str
    number_key: str
    country: str
    valid_until: date | None = None
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate as it was received and stands now."""

    issuing_country: str
    agreement: str
    number: str
    number_key: str
    partner: str
    state: str
    issued_on: date
    valid_from: date
    valid_until: date
    exporter: str
    items: tuple[HeldItem, ...]
    warning: str = ""
    is_lookalike: bool = False
    superseded_by: str | None = None
    form_type: str = ""
    origin_country: str = ""
    import_country: str = ""
    issuer: Named | None = None
    exporter_party: Named | None = None
    producers: tuple[Named, ...] = ()
    producer_masked: bool = False
    consignee: Named | None = None
    shipped_on: date | None = None
    departed_on: date | None = None
    marked_retroactive: bool = False
    third_country_invoice: bool = False
    third_countries: tuple[str, ...] = ()
    legs: tuple[Leg, ...] = ()
    is_back_to_back: bool = False
    firsts: tuple[FirstReference, ...] = ()
    #: Name of the time zone by whose calendar its partner dates; empty when it is not known.
    zone: str = ""

    @property
    def shipped(self) -> date | None:
        """When the goods were shipped, or left, as far as the certificate says."""
        return self.shipped_on or self.departed_on

    def item(self, item_no: int) -> HeldItem | None:
        """Return an item by its number."""
        return next((one for one in self.items if one.item_no == item_no), None)

    def key(self, item_no: int) -> ItemKey:
        """Return the key of an item in the ledger."""
        return ItemKey(self.issuing_country, self.agreement, self.number_key, item_no)
