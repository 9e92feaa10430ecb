"""Words for the boxes of a paper form, from the canonical fields that each box shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from eodes.domain.certificate import (
    Certificate,
    CertificateItem,
    CertificateReference,
    Disclosure,
    Invoice,
    InvoiceIssuer,
    MarkCode,
    Party,
    PartyRole,
    Quantity,
    QuantityKind,
    Relation,
    RemarkCode,
    Transport,
)
from eodes.domain.form import Box
from ooms.documents.layouts import Names

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MARKS = {MarkCode.NO_MARKS: "N/M", MarkCode.IN_SHIPMENT: "I/S"}
_WITHHELD = {
    Disclosure.SAME_AS_EXPORTER: "SAME",
    Disclosure.AVAILABLE_UPON_REQUEST: "AVAILABLE UPON REQUEST",
    Disclosure.CONFIDENTIAL: "CONFIDENTIAL",
}
_MEASURES = {
    QuantityKind.GROSS_WEIGHT: "gross",
    QuantityKind.NET_WEIGHT: "net",
}
_REACHED_BY = ("telephone", "fax", "email")
_LEADS = {PartyRole.EXHIBITION: "Exhibition: ", PartyRole.NON_PARTY_OPERATOR: "Invoiced by "}
_RELATIONS = {
    Relation.REPLACES: "Replaces",
    Relation.CERTIFIED_COPY_OF: "Original",
    Relation.BACK_TO_BACK_OF: "Back-to-back; original proof of origin",
    Relation.CUMULATES: "Cumulates",
    Relation.ANNULS: "Annuls",
}


@dataclass(frozen=True, slots=True)
class Words:
    """Spells values as people read them; codes by their names."""

    names: Names

    @staticmethod
    def day(on: date) -> str:
        """Write a date that no reader can turn around."""
        return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"

    def country(self, code: str) -> str:
        """Name a country."""
        return self.names.countries.get(code, code)

    def quantity(self, quantity: Quantity) -> str:
        """Write a quantity with its unit and what it measures."""
        measure = _MEASURES.get(quantity.kind, "")
        unit = self.names.units.get(quantity.unit, quantity.unit)
        return f"{plain(quantity.value)} {unit} {measure}".rstrip()

    def party(self, party: Party, *, reached_by: Iterable[str] = ()) -> tuple[str, ...]:
        """Write a party's block; one that withholds its name says only that."""
        if party.disclosure in _WITHHELD:
            return (_WITHHELD[party.disclosure],)
        address = party.address or ""
        city = party.city if party.city and party.city.lower() not in address.lower() else ""
        contacts = (
            f"{name.capitalize()}: {value}"
            for name in reached_by
            if (value := getattr(party, name)) is not None
        )
        place = ", ".join(one for one in (address, city) if one)
        lead = _LEADS.get(party.role, "")
        lines = (f"{lead}{party.name}", place, self.country(party.country), *contacts)
        return tuple(line for line in lines if line)

    def transport(self, transport: Transport) -> tuple[str, ...]:
        """Write how the goods travel, as far as known."""
        loading = transport.port_of_loading_text or transport.port_of_loading
        discharge = transport.port_of_discharge_text or transport.port_of_discharge
        vessel = " ".join(one for one in (transport.conveyance_name, transport.voyage) if one)
        known = (
            ("Departure date", transport.departure_date and self.day(transport.departure_date)),
            ("Vessel / flight / vehicle", vessel),
            ("Port of loading", loading),
            ("Port of discharge", discharge),
            ("Route", transport.route_text),
        )
        return tuple(f"{title}: {value}" for title, value in known if value)

    def reference(self, other: CertificateReference) -> str:
        """Name another certificate that this one rests on or takes the place of."""
        dated = f" dated {self.day(other.issued_on)}" if other.issued_on else ""
        issuer = f", {other.issuer}" if other.issuer else ""
        return f"{_RELATIONS[other.relation]} No. {other.number_raw}{dated}{issuer}"

    def invoice(self, invoice: Invoice) -> str:
        """Write an invoice's number and date."""
        return f"{invoice.number}\n{self.day(invoice.date)}"

    def operator(self, invoice: Invoice) -> str:
        """Name the operator of a third country who issued an invoice."""
        country = f", {self.country(invoice.issuer_country)}" if invoice.issuer_country else ""
        return f"Invoiced by {invoice.issuer_name or ''}{country}"


def plain(value: Decimal) -> str:
    """Write a number with all its digits and no idle zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def hs_code(digits: str) -> str:
    """Write a tariff code with its points: 8504.40.90."""
    parts = (digits[:4], *(digits[place : place + 2] for place in range(4, len(digits), 2)))
    return ".".join(part for part in parts if part)


def paths_of(box: Box) -> tuple[str, ...]:
    """Return every canonical field that a box shows, alternatives one by one."""
    return tuple(path for paths in (*box.fields, *box.also) for path in paths.split("|"))


def is_column(box: Box) -> bool:
    """Tell whether a box is a column of the table of items."""
    return any(path.startswith(("items[]", "invoices[].number")) for path in paths_of(box))


def block_lines(box: Box, certificate: Certificate, *, words: Words) -> tuple[str, ...]:
    """Write what a box outside the table shows, each thing once."""
    paths = paths_of(box)
    lines: list[str] = []
    for party in certificate.parties:
        if f"parties[{party.role}].name" in paths:
            reached_by = [one for one in _REACHED_BY if f"parties[{party.role}].{one}" in paths]
            lines += words.party(party, reached_by=reached_by)
    if certificate.transport and any(path.startswith("transport.") for path in paths):
        lines += words.transport(certificate.transport)
    lines += _operators(paths, certificate, words)
    if "remarks[]" in paths:
        said = (one for one in certificate.remarks if one.code is RemarkCode.OTHER)
        lines += [one.text for one in said if one.text]
    if "references[]" in paths:
        lines += [words.reference(one) for one in _firsts(certificate)]
    return tuple(lines)


def cell_lines(
    box: Box, item: CertificateItem, certificate: Certificate, *, words: Words
) -> tuple[str, ...]:
    """Write what a column shows of an item."""
    paths = paths_of(box)
    lines: list[str] = []
    for path in sorted(paths, key=lambda one: _ORDER.get(one, len(_ORDER))):
        lines += _ITEM_WORDS.get(path, _nothing)(item, words)
    lines += _measured(paths, item, words)
    if "items[].hs" in paths:
        lines.append(("HS " if len(lines) > 1 else "") + hs_code(item.hs))
    if "invoices[].number" in paths:
        lines += [words.invoice(certificate.invoices[one - 1]) for one in item.invoice_refs]
    elif certificate.items[0] is item:
        lines += _operators(paths, certificate, words)
    if "references[]" in paths:
        lines += _references(item, certificate, words)
    return tuple(lines)


def _operators(paths: tuple[str, ...], certificate: Certificate, words: Words) -> list[str]:
    """Name third-country operators where the box is for them: as a party, else by the invoice."""
    named = {one.name for one in certificate.parties if one.role is PartyRole.NON_PARTY_OPERATOR}
    lines: list[str] = []
    if "items[].description" in paths and f"parties[{PartyRole.NON_PARTY_OPERATOR}].name" in paths:
        parties = (one for one in certificate.parties if one.name in named)
        lines += [", ".join(words.party(one)) for one in parties]
    if "invoices[].issuer_name" in paths:
        lines += [
            words.operator(one)
            for one in certificate.invoices
            if one.issuer_role is InvoiceIssuer.NON_PARTY
            and not (one.issuer_name in named and _names_operators(paths))
        ]
    return list(dict.fromkeys(lines))


def _names_operators(paths: tuple[str, ...]) -> bool:
    return f"parties[{PartyRole.NON_PARTY_OPERATOR}].name" in paths


def _references(item: CertificateItem, certificate: Certificate, words: Words) -> list[str]:
    """Name the originals of a back-to-back certificate beside the items that they cover."""
    return [
        words.reference(one)
        for one in _firsts(certificate)
        if any(taken.item_no == item.item_no for taken in one.quantities_taken)
        or (not one.quantities_taken and certificate.items[0] is item)
    ]


def _firsts(certificate: Certificate) -> list[CertificateReference]:
    return [one for one in certificate.references if one.relation is Relation.BACK_TO_BACK_OF]


def _measured(paths: tuple[str, ...], item: CertificateItem, words: Words) -> list[str]:
    """Write quantities; a column of values without quantities shows the gross weights."""
    has_value, shows_all = "items[].fob" in paths, "items[].quantities" in paths
    shown = [
        words.quantity(one)
        for one in item.quantities
        if shows_all or (has_value and one.kind is QuantityKind.GROSS_WEIGHT)
    ]
    if item.fob and "items[].fob" in paths:
        shown.append(f"FOB {item.fob.currency} {item.fob.amount:,.2f}")
    return shown


def _nothing(_item: CertificateItem, _words: Words) -> list[str]:
    return []


def _packages(item: CertificateItem, words: Words) -> list[str]:
    return [
        f"{one.count} x {words.names.packages.get(one.kind, one.kind)}" for one in item.packages
    ]


_ITEM_WORDS: Mapping[str, Callable[[CertificateItem, Words], list[str]]] = {
    "items[].item_no": lambda item, _: [str(item.item_no)],
    "items[].marks": lambda item, _: [item.marks] if item.marks else [],
    "items[].marks_code": lambda item, _: [_MARKS[item.marks_code]] if item.marks_code else [],
    "items[].packages": _packages,
    "items[].in_bulk": lambda item, _: ["IN BULK"] if item.in_bulk else [],
    "items[].description": lambda item, _: [item.description],
    "items[].trademark": lambda item, _: (
        [f"Trade mark: {item.trademark}"] if item.trademark else []
    ),
    "items[].model": lambda item, _: (
        [f"Model: {item.model}"] if item.model and item.model not in item.description else []
    ),
    "items[].criterion": lambda item, _: [item.criterion.printed],
    "items[].origin_country": lambda item, words: (
        [words.country(item.origin_country)] if item.origin_country else []
    ),
}
_ORDER = {path: place for place, path in enumerate(_ITEM_WORDS)}
