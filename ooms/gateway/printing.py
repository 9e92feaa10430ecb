"""Printing: what the desk of documents needs to know of a certificate and of its issuer's seal."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from eodes.api import Copies, Gateway, pin_issuer, read_copy
from eodes.domain.certificate import Certificate, PartyRole, QuantityKind
from eodes.domain.verdict import Refusal
from ooms.certificates.model import Document
from ooms.documents.layouts import layout_of, names
from ooms.documents.model import Attached, Printable, Summary, SummaryItem
from ooms.documents.trust import Trust
from ooms.gateway.documents import read_document, write_document
from ooms.gateway.sheets import sheet_of

XML_FILE = "certificate.xml"
JSON_FILE = "certificate.json"


@dataclass(frozen=True, slots=True)
class Printing:
    """Makes certificates of this office printable."""

    gateway: Gateway
    copies: Copies

    def printable(self, document: Document, *, sealed_at: datetime) -> Printable:
        """Fill the form of a certificate, seal its XML, and sum it up.

        1. Take what may be disclosed; nothing else gets into the document.
        2. Fill the boxes of the form edition that was in use on the day of issue.
        3. Seal the XML, and sum the certificate up with the digest of that XML.

        Raises:
            NoLayoutError: the form has no paper layout.

        """
        whole = read_document(document)
        public = self.copies.public(whole)  # 1
        used = self.gateway.form(
            agreement=public.agreement,
            form_type=public.form_type,
            on=public.issuance.certification_date,
        )
        layout = layout_of(public.agreement, public.form_type)
        sheet = sheet_of(public, used, layout=layout, names=names())  # 2
        sealed = self.copies.seal(whole)  # 3
        return Printable(
            sheet=sheet,
            summary=summary_of(
                public, authority=self.gateway.authority, sealed_at=sealed_at, xml=sealed
            ),
            attachments=(
                Attached(
                    XML_FILE,
                    sealed.decode(),
                    "application/xml",
                    "data",
                    "The certificate, signed by its issuer",
                ),
                Attached(
                    JSON_FILE,
                    json.dumps(write_document(public), ensure_ascii=False, sort_keys=True),
                    "application/json",
                    "alternative",
                    "The certificate as JSON, for programs",
                ),
            ),
        )


class SealedXml:
    """Reads sealed XML by pinned certificates; needs neither node nor network."""

    def read(self, raw: bytes, *, trust: Trust, at: datetime) -> Summary | str:
        """Return what a copy says, judged as of an instant, or the reason for disbelief."""
        pins = [pin_issuer(one.certificate_der, authority=one.authority) for one in trust.issuers]
        found = read_copy(raw, trust={pin.sha256: pin for pin in pins}, at=at)
        if isinstance(found, Refusal):
            return f"{found.code}: {found.detail}"
        return summary_of(found.certificate, authority=found.authority, sealed_at=at, xml=raw)


def summary_of(
    certificate: Certificate, *, authority: str, sealed_at: datetime, xml: bytes
) -> Summary:
    """Sum a certificate up, with all its items."""
    buyer = certificate.party(PartyRole.IMPORTER) or certificate.party(PartyRole.CONSIGNEE)
    exporter = certificate.party(PartyRole.EXPORTER)
    return Summary(
        authority=authority,
        agreement=certificate.agreement,
        form_type=certificate.form_type,
        number=certificate.number_raw,
        issuer=certificate.issuance.body.code,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        import_country=certificate.import_country,
        sealed_at=sealed_at,
        xml_sha256=hashlib.sha256(xml).digest(),
        exporter=exporter.name if exporter else "",
        buyer=buyer.name if buyer else "",
        invoice=certificate.invoices[0].number,
        item_count=len(certificate.items),
        items=tuple(_item(certificate, place) for place in range(len(certificate.items))),
    )


def _item(certificate: Certificate, place: int) -> SummaryItem:
    item = certificate.items[place]
    weights = [one for one in item.quantities if one.kind is QuantityKind.GROSS_WEIGHT]
    shown = (weights or list(item.quantities))[0]
    return SummaryItem(item.hs, item.criterion.printed, shown.value, shown.unit)
