"""Annulling: declare a certificate void to a partner, because its exporter found it wrong."""

from __future__ import annotations

from datetime import date

from eodes.api import Gateway, identify
from eodes.messages.co_annul import AnnulmentReason, CertificateAnnulment
from ooms.certificates.model import Document
from ooms.db import Transaction
from ooms.gateway.documents import read_document
from ooms.gateway.saying import say


class Annulling:
    """Speaks to partners for the desk of notices of error."""

    def __init__(self, gateway: Gateway) -> None:
        """Use the gateway of this node."""
        self._gateway = gateway

    def annul(
        self, document: Document, *, reason: str, on: date, to: str, within: Transaction
    ) -> str:
        """Queue an annulment; returns the message's id.

        Raises:
            NotSendableError: the partner takes no such message, or is none of ours any more.

        """
        body = CertificateAnnulment(
            certificate=identify(read_document(document)),
            reason_code=AnnulmentReason.ERROR_NOTICE,
            reason=reason,
            effective_on=on,
        )
        return say(self._gateway, body, to=to, within=within)
