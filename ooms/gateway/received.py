"""What partners sent, as the desk of claims sees it, and what it answers them."""

from __future__ import annotations

from decimal import Decimal

from eodes.api import Gateway, Received
from eodes.domain.certificate import CertificateItem, PartyRole, QuantityKind
from eodes.domain.message import CertificateId
from eodes.domain.number import number_key
from eodes.errors import UnpreparableError
from eodes.messages.co_use import CertificateUse, UseDecision, UsedQuantity, UseOutcome
from ooms.claims.model import Feedback, Held, HeldItem, Report
from ooms.db import Transaction
from ooms.errors import Flaw, NotSendableError


class Register:
    """The gateway's register of received certificates."""

    def __init__(self, gateway: Gateway) -> None:
        """Use the gateway of this node."""
        self._gateway = gateway

    def find(self, number: str, *, within: Transaction) -> tuple[Held, ...]:
        """Find certificates by number, however it is spelled."""
        asked = number_key(number)
        found = self._gateway.find_received(number, within=within)
        return tuple(_held(one, is_lookalike=one.certificate.number_key != asked) for one in found)


class FeedbackSender:
    """Tells issuing sides what was decided."""

    def __init__(self, gateway: Gateway, *, office: str) -> None:
        """Speak in the name of an office, through the gateway of this node."""
        self._gateway = gateway
        self._office = office[:70]

    def send(self, held: Held, *, feedback: Feedback, within: Transaction) -> str:
        """Queue the decisions on a certificate's items; returns the message's id.

        Raises:
            NotSendableError: the partner could not take the message.

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
        try:
            return self._gateway.enqueue(body, to=held.partner, within=within).message_id
        except UnpreparableError as error:
            flaws = (Flaw(one.path, one.detail, code=one.code) for one in error.refusals)
            raise NotSendableError(*flaws, partner=held.partner) from error


def _held(received: Received, *, is_lookalike: bool) -> Held:
    certificate = received.certificate
    exporter = certificate.party(PartyRole.EXPORTER)
    invoices = certificate.invoices
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
        items=tuple(
            HeldItem(
                item_no=item.item_no,
                hs=item.hs,
                description=item.description,
                quantities=_by_unit(item),
                invoices=tuple(
                    invoices[place - 1].number
                    for place in item.invoice_refs
                    if place <= len(invoices)
                ),
            )
            for item in certificate.items
        ),
        warning=received.warning,
        is_lookalike=is_lookalike,
        superseded_by=received.superseded_by,
    )


def _by_unit(item: CertificateItem) -> dict[str, Decimal]:
    """Take one quantity a unit; the net weight before the gross one, for duty is on the goods."""
    net_last = sorted(item.quantities, key=lambda one: one.kind is QuantityKind.NET_WEIGHT)
    return {one.unit: one.value for one in net_last}


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
    )
