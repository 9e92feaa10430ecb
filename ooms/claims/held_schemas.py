"""Certificates as they were received, on the wire: what an officer holds a claim against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Self

from ooms.access.schemas import Body, Exact
from ooms.claims.held import Held, HeldItem, Invoiced
from ooms.claims.ports import Place


class NamedOut(Body):
    """A party of a certificate."""

    name: str
    country: str
    identifier: str


class InvoicedOut(Body):
    """An invoice that the certificate names for an item, with its total where it stands there."""

    number: str
    dated: date
    total: Exact | None
    currency: str

    @classmethod
    def of(cls, invoice: Invoiced) -> Self:
        """Show an invoice."""
        total = invoice.total
        return cls(
            number=invoice.number,
            dated=invoice.dated,
            total=total.amount if total else None,
            currency=total.currency if total else "",
        )


class HeldItemOut(Body):
    """An item of a received certificate; its quantities by unit all measure the same goods."""

    item_no: int
    hs: str
    hs_edition: int | None
    description: str
    quantities: dict[str, Exact]
    invoices: tuple[str, ...]
    dated_invoices: tuple[InvoicedOut, ...]
    #: The free-on-board value, where the form shows one.
    fob: Exact | None
    fob_currency: str
    criterion: str
    model: str
    marks: str
    packages: int | None
    origin: str

    @classmethod
    def of(cls, item: HeldItem) -> Self:
        """Show an item, its criterion as it is printed."""
        same = {name: getattr(item, name) for name in set(cls.model_fields) & set(item.__slots__)}
        told = {
            "criterion": item.criterion.printed if item.criterion else "",
            "invoices": tuple(one.number for one in item.invoices),
            "dated_invoices": tuple(map(InvoicedOut.of, item.invoices)),
            "fob": item.fob.amount if item.fob else None,
            "fob_currency": item.fob.currency if item.fob else "",
        }
        return cls(**same | told)


class PlaceOut(Body):
    """A line of a claim, or a specification inside one."""

    line_no: int
    spec_no: int


class HeldOut(Body):
    """A certificate as it was received from a partner and stands now."""

    issuing_country: str
    agreement: str
    number: str
    number_key: str
    partner: str
    state: str
    form_type: str
    issued_on: date
    valid_from: date
    valid_until: date
    shipped_on: date | None
    issuer: NamedOut | None
    exporter: str
    exporter_party: NamedOut | None
    producers: tuple[NamedOut, ...]
    producer_masked: bool
    consignee: NamedOut | None
    origin_country: str
    import_country: str
    third_country_invoice: bool
    marked_retroactive: bool
    is_back_to_back: bool
    superseded_by: str | None
    warning: str
    items: tuple[HeldItemOut, ...]
    #: The lines of the claim that may mean it, when a claim was asked for.
    meant_by: tuple[PlaceOut, ...] = ()

    @classmethod
    def of(cls, held: Held, *, meant_by: tuple[Place, ...] = ()) -> Self:
        """Show a certificate."""
        names = set(cls.model_fields) - {"items", "meant_by"}
        same = {name: getattr(held, name) for name in names}
        return cls.model_validate(
            same
            | {
                "items": tuple(HeldItemOut.of(one) for one in held.items),
                "meant_by": tuple(PlaceOut(line_no=at, spec_no=spec) for at, spec in meant_by),
            },
            from_attributes=True,
        )


class HeldsOut(Body):
    """Certificates as they were received."""

    items: tuple[HeldOut, ...]

    @classmethod
    def meant(cls, found: Mapping[Place, tuple[Held, ...]]) -> Self:
        """Show each certificate once, with the lines that may mean it."""
        every = {_key(held): held for helds in found.values() for held in helds}
        return cls(
            items=tuple(
                HeldOut.of(
                    held,
                    meant_by=tuple(
                        place for place, helds in found.items() if key in map(_key, helds)
                    ),
                )
                for key, held in every.items()
            )
        )


def _key(held: Held) -> tuple[str, str, str]:
    return held.issuing_country, held.agreement, held.number_key
