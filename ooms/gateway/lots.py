"""What partners' certificates certify, item by item, as the ledger sees it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from eodes.api import Gateway
from eodes.domain.certificate import CertificateItem, QuantityKind
from eodes.domain.number import number_key
from ooms.db import Transaction
from ooms.ledger.model import CertificateKey, Lot


class ReceivedLots:
    """The gateway's register of received certificates; what only looks alike is not found."""

    def __init__(self, gateway: Gateway) -> None:
        """Use the gateway of this node."""
        self._gateway = gateway

    def number_key(self, number: str) -> str:
        """Reduce a number to the key that survives its spelling."""
        return number_key(number)

    def of(self, certificate: CertificateKey, *, within: Transaction) -> Mapping[int, Lot]:
        """Say what a certificate certifies, by item; nothing when it was not received."""
        for one in self._gateway.find_received(certificate.number_key, within=within):
            found = one.certificate
            key = CertificateKey(found.export_country, found.agreement, found.number_key)
            if key == certificate:
                return {item.item_no: lot_of(item) for item in found.items}
        return {}


def lot_of(item: CertificateItem) -> dict[str, Decimal]:
    """Take one quantity a unit; the net weight before the gross one, for duty is on the goods."""
    net_last = sorted(item.quantities, key=lambda one: one.kind is QuantityKind.NET_WEIGHT)
    return {one.unit: one.value for one in net_last}
