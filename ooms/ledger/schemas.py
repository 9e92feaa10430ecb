"""The ledger on the wire."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body, Exact, Reason
from ooms.ledger.model import Balance, Duplicate, Entry, ItemKey, Link, Lot, Use
from ooms.ledger.service import Page
from ooms.ledger.units import Units, shown

SignedText = Annotated[str, Field(pattern=r"^-?\d{1,15}(\.\d{1,8})?$")]

UnitCode = Annotated[str, Field(pattern="^[0-9A-Z]{2,3}$")]


class AdjustmentIn(Body):
    """What an officer corrects by hand; a negative quantity gives back."""

    quantity: SignedText
    unit: UnitCode
    reason: Reason

    @property
    def amount(self) -> Decimal:
        """The quantity as a number."""
        return Decimal(self.quantity)


class UseOut(Body):
    """Who uses goods of an item."""

    source: str
    id: str
    line_no: int
    spec_no: int
    reference: str
    office: str | None
    importer: str | None
    invoice: str | None

    @classmethod
    def of(cls, use: Use) -> Self:
        """Show a use."""
        return cls(
            source=use.source.value,
            id=use.id,
            line_no=use.line_no,
            spec_no=use.spec_no,
            reference=use.reference,
            office=use.office,
            importer=use.importer,
            invoice=use.invoice,
        )


class EntryOut(Body):
    """A line of the ledger; the share is an exact fraction, negative when given back."""

    id: str
    item_no: int
    turn: int
    kind: str
    share: str
    quantity: Exact
    unit: str
    use: UseOut
    reverses: str | None
    reason: str
    by: str
    at: datetime

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Show an entry."""
        what = entry.what
        return cls(
            id=entry.id,
            item_no=what.key.item_no,
            turn=entry.turn,
            kind=what.kind.value,
            share=str(what.share),
            quantity=what.quantity.amount,
            unit=what.quantity.unit,
            use=UseOut.of(what.use),
            reverses=what.reverses,
            reason=what.reason,
            by=what.by,
            at=entry.at,
        )


class ScaleOut(Body):
    """An item in one of the units it is measured in."""

    unit: str
    certified: Exact
    left: Exact
    reserved: Exact


class ItemOut(Body):
    """How an item stands, in every unit of the certificate."""

    item_no: int
    used_share: str
    used_percent: Exact
    reserved_share: str
    tolerance_percent: Exact
    scales: tuple[ScaleOut, ...]

    @classmethod
    def of(cls, balance: Balance, *, lot: Lot, units: Units) -> Self:
        """Show an item."""

        def amount(share: Fraction, unit: str) -> Decimal:
            return units.amount(lot, share, unit=unit) or Decimal(0)

        return cls(
            item_no=balance.key.item_no,
            used_share=str(balance.used),
            used_percent=shown(balance.used * 100),
            reserved_share=str(balance.reserved),
            tolerance_percent=shown(balance.tolerance * 100),
            scales=tuple(
                ScaleOut(
                    unit=unit,
                    certified=certified,
                    left=amount(balance.left, unit),
                    reserved=amount(balance.reserved, unit),
                )
                for unit, certified in sorted(lot.items())
            ),
        )


class ForeseenOut(Body):
    """How an item stands, and how it would after a correction."""

    before: ItemOut
    after: ItemOut


class LinkOut(Body):
    """One use in a chain, and the share of the item that it holds."""

    issuing_country: str
    agreement: str
    number_key: str
    item_no: int
    share: str
    use: UseOut

    @classmethod
    def of(cls, link: Link) -> Self:
        """Show a link."""
        key: ItemKey = link.key
        return cls(
            issuing_country=key.issuing_country,
            agreement=key.agreement,
            number_key=key.number_key,
            item_no=key.item_no,
            share=str(link.share),
            use=UseOut.of(link.use),
        )


class LedgerOut(Body):
    """The page of a certificate at a moment."""

    issuing_country: str
    agreement: str
    number_key: str
    at: datetime
    items: tuple[ItemOut, ...]
    entries: tuple[EntryOut, ...]
    rests_on: tuple[LinkOut, ...]
    carries: tuple[LinkOut, ...]

    @classmethod
    def of(cls, page: Page, *, units: Units) -> Self:
        """Show a page."""
        return cls(
            issuing_country=page.certificate.issuing_country,
            agreement=page.certificate.agreement,
            number_key=page.certificate.number_key,
            at=page.at,
            items=tuple(
                ItemOut.of(one, lot=page.lots.get(one.key.item_no, {}), units=units)
                for one in page.balances
            ),
            entries=tuple(map(EntryOut.of, page.entries)),
            rests_on=tuple(map(LinkOut.of, page.chain.rests_on)),
            carries=tuple(map(LinkOut.of, page.chain.carries)),
        )


class DuplicateOut(Body):
    """What is used at several offices or by several importers."""

    what: str
    value: str
    uses: tuple[LinkOut, ...]

    @classmethod
    def of(cls, found: Duplicate) -> Self:
        """Show a duplicate."""
        return cls(
            what=found.what.value, value=found.value, uses=tuple(map(LinkOut.of, found.links))
        )


class DuplicatesOut(Body):
    """What was found."""

    items: tuple[DuplicateOut, ...]
