"""What partners sent, as the desk of claims sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eodes.api import Gateway, Received
from eodes.domain.certificate import (
    Certificate,
    CertificateItem,
    CertificateReference,
    Disclosure,
    Invoice,
    InvoiceIssuer,
    Party,
    PartyRole,
    Relation,
    RemarkCode,
)
from eodes.domain.number import number_key
from ooms.claims.held import (
    Certified,
    FirstReference,
    Held,
    HeldItem,
    Invoiced,
    Leg,
    Named,
    Taken,
)
from ooms.db import Transaction
from ooms.gateway.lots import lot_of
from ooms.kernel.money import Money

_MASKED = frozenset({Disclosure.AVAILABLE_UPON_REQUEST, Disclosure.CONFIDENTIAL})


class Register:
    """The gateway's register of received certificates."""

    def __init__(self, gateway: Gateway) -> None:
        """Use the gateway of this node."""
        self._gateway = gateway

    def find_all(
        self, numbers: Iterable[str], *, within: Transaction
    ) -> Mapping[str, tuple[Held, ...]]:
        """Find certificates by number, however it is spelled; each number as it was asked."""
        found = self._gateway.find_all_received(numbers, within=within)
        return {
            number: tuple(self._held(one, asked=number) for one in received)
            for number, received in found.items()
        }

    def _held(self, received: Received, *, asked: str) -> Held:
        certificate = received.certificate
        exporter, consignee = certificate.party(PartyRole.EXPORTER), _consignee(certificate)
        producers = tuple(one for one in certificate.parties if one.role is PartyRole.PRODUCER)
        transport, foreign = certificate.transport, _foreign_issuers(certificate)
        invoices = tuple(map(_invoiced, certificate.invoices))
        return Held(
            issuing_country=certificate.export_country,
            agreement=certificate.agreement,
            number=certificate.number_raw,
            number_key=certificate.number_key,
            partner=received.partner,
            state=received.state.value,
            issued_on=certificate.issued_on,
            valid_from=certificate.valid_from,
            valid_until=certificate.valid_until,
            exporter=exporter.name if exporter else "",
            items=tuple(_item(one, invoices) for one in certificate.items),
            warning=received.warning,
            is_lookalike=certificate.number_key != number_key(asked),
            superseded_by=received.superseded_by,
            form_type=certificate.form_type,
            origin_country=certificate.origin_country,
            import_country=certificate.import_country,
            issuer=Named(certificate.issuance.body.name, certificate.issuance.body.country),
            exporter_party=_named(exporter) if exporter else None,
            producers=tuple(map(_named, producers)),
            producer_masked=any(one.disclosure in _MASKED for one in producers),
            consignee=_named(consignee) if consignee else None,
            shipped_on=certificate.shipped_on,
            departed_on=transport.departure_date if transport else None,
            marked_retroactive=_is_marked(certificate, RemarkCode.ISSUED_RETROACTIVELY),
            third_country_invoice=bool(foreign)
            or _is_marked(certificate, RemarkCode.THIRD_COUNTRY_INVOICING),
            third_countries=foreign,
            legs=tuple(Leg(one.country, one.transit.value) for one in transport.legs)
            if transport
            else (),
            is_back_to_back=_is_marked(certificate, RemarkCode.BACK_TO_BACK),
            firsts=tuple(map(_first, _references(certificate))),
            zone=self._gateway.zone_of(received.partner) or "",
        )


def _invoiced(invoice: Invoice) -> Invoiced:
    total, currency = invoice.total, invoice.currency
    worth = Money(total, currency) if total is not None and currency is not None else None
    return Invoiced(invoice.number, invoice.date, worth)


def _item(item: CertificateItem, invoices: tuple[Invoiced, ...]) -> HeldItem:
    criterion, fob = item.criterion, item.fob
    return HeldItem(
        item_no=item.item_no,
        hs=item.hs,
        description=item.description,
        quantities=lot_of(item),
        invoices=tuple(
            invoices[place - 1] for place in item.invoice_refs if place <= len(invoices)
        ),
        hs_edition=item.hs_edition,
        criterion=Certified(
            criterion.printed,
            criterion.kind.value,
            level=criterion.level.value if criterion.level else "",
            percent=criterion.percent,
        ),
        model=item.model or "",
        marks=item.marks or "",
        packages=sum(one.count for one in item.packages) if item.packages else None,
        origin=item.origin_country or "",
        fob=Money(fob.amount, fob.currency) if fob else None,
    )


def _named(party: Party) -> Named:
    return Named(party.name, party.country, party.tax_id or "")


def _consignee(certificate: Certificate) -> Party | None:
    return certificate.party(PartyRole.IMPORTER) or certificate.party(PartyRole.CONSIGNEE)


def _foreign_issuers(certificate: Certificate) -> tuple[str, ...]:
    foreign = (one for one in certificate.invoices if one.issuer_role is InvoiceIssuer.NON_PARTY)
    return tuple(dict.fromkeys(one.issuer_country for one in foreign if one.issuer_country))


def _is_marked(certificate: Certificate, code: RemarkCode) -> bool:
    if code is RemarkCode.ISSUED_RETROACTIVELY and certificate.retroactive:
        return True
    if code is RemarkCode.BACK_TO_BACK and _references(certificate):
        return True
    return certificate.has_remark(code)


def _references(certificate: Certificate) -> tuple[CertificateReference, ...]:
    first = Relation.BACK_TO_BACK_OF
    return tuple(one for one in certificate.references if one.relation is first)


def _first(reference: CertificateReference) -> FirstReference:
    return FirstReference(
        number=reference.number_raw,
        number_key=reference.number_key,
        country=reference.country,
        valid_until=reference.valid_until,
        taken=tuple(
            Taken(one.item_no, one.original_item_no, one.quantity.value, one.quantity.unit)
            for one in reference.quantities_taken
        ),
    )
