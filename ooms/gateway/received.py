"""What the desk of claims answers partners of the certificates that they sent."""

from __future__ import annotations

from eodes.api import Gateway
from eodes.domain.message import CertificateId
from eodes.messages.co_use import CertificateUse, UseDecision, UsedQuantity, UseOutcome
from ooms.claims.model import Feedback, Held, Report
from ooms.db import Transaction
from ooms.gateway.saying import say


class FeedbackSender:
    """Tells issuing sides what was decided."""

    def __init__(self, gateway: Gateway, *, office: str) -> None:
        """Speak in the name of an office, through the gateway of this node."""
        self._gateway = gateway
        self._office = office[:70]

    def send(self, held: Held, *, feedback: Feedback, within: Transaction) -> str:
        """Queue the decisions on a certificate's items; returns the message's id.

        Raises:
            NotSendableError: the partner could not take the message, or is none of ours any more.

        """
        body = CertificateUse(
            certificate=CertificateId(
                issuing_country=held.issuing_country,
                agreement=held.agreement,
                number_raw=held.number,
                issued_on=held.issued_on,
            ),
            declaration_number=feedback.declaration_number,
            decided_on=feedback.decided_on,
            office=self._office,
            decisions=tuple(_decision(one) for one in feedback.reports),
        )
        return say(self._gateway, body, to=held.partner, within=within)


def _decision(report: Report) -> UseDecision:
    quantity = None
    if report.quantity is not None and report.unit is not None:
        quantity = UsedQuantity(report.quantity, report.unit)
    return UseDecision(
        item_no=report.item_no,
        outcome=UseOutcome(report.outcome),
        quantity=quantity,
        declaration_line=str(report.line_no) if report.line_no else None,
        hs_applied=report.hs,
        reason_code=report.reason_code.replace("-", "_") if report.reason_code else None,
        text=report.reason,
        legal_basis=report.basis,
    )
