"""Exchanged: the exact bytes about a certificate, as a bundle of evidence wants them."""

from __future__ import annotations

from collections.abc import Sequence

from eodes.api import Gateway
from eodes.domain.message import CertificateId
from ooms.certificates.model import Certificate, Note
from ooms.db import Transaction
from ooms.registers.evidence import Sent


class ExactBytes:
    """Finds what went to and fro."""

    def __init__(self, gateway: Gateway) -> None:
        """Ask the gateway of this node."""
        self._gateway = gateway

    def of(
        self, certificate: Certificate, notes: Sequence[Note], *, within: Transaction
    ) -> tuple[Sent, ...]:
        """Return every document about a certificate, as exact bytes."""
        about = CertificateId(
            issuing_country=certificate.export_country,
            agreement=certificate.agreement,
            number_raw=certificate.number,
            issued_on=certificate.issued_on,
        )
        heard = [(note.partner, note.message_id) for note in notes]
        found = self._gateway.exchanged(about, heard=heard, within=within)
        return tuple(
            Sent(one.way.value, one.message_id, one.type, one.partner, one.document)
            for one in found
        )
