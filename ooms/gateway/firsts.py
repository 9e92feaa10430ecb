"""First certificates that partners sent us, as the desk of back-to-back certificates sees them."""

from __future__ import annotations

from eodes.api import Gateway, Received
from eodes.domain.certificate import CertificateItem, PartyRole
from eodes.domain.lifecycle import Registered
from eodes.domain.number import number_key
from ooms.applications.model import FirstItem, Measure
from ooms.back_to_back.model import First, FirstKey
from ooms.db import Transaction

#: The states in which something may be issued on a received certificate.
_STANDING = frozenset({Registered.AVAILABLE})


class ReceivedFirsts:
    """The gateway's register of received certificates; what only looks alike is not found."""

    def __init__(self, gateway: Gateway) -> None:
        """Use the gateway of this node."""
        self._gateway = gateway

    def number_key(self, number: str) -> str:
        """Reduce a number to the key that survives its spelling."""
        return number_key(number)

    def received(self, key: FirstKey, *, within: Transaction) -> First | None:
        """Find a certificate that its issuer sent us."""
        for one in self._gateway.find_received(key.number_key, within=within):
            certificate = one.certificate
            found = FirstKey(
                certificate.export_country, certificate.agreement, certificate.number_key
            )
            if found == key:
                return _first(one, key)
        return None


def _first(received: Received, key: FirstKey) -> First:
    certificate = received.certificate
    exporter = certificate.party(PartyRole.EXPORTER)
    return First(
        key=key,
        number=certificate.number_raw,
        origin_country=certificate.origin_country,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        issuer=certificate.issuance.body.name,
        exporter=exporter.name if exporter else "",
        items=tuple(_item(one) for one in certificate.items),
        is_received=True,
        stands=received.state in _STANDING,
    )


def _item(item: CertificateItem) -> FirstItem:
    return FirstItem(
        item_no=item.item_no,
        hs=item.hs,
        hs_edition=item.hs_edition,
        criterion=item.criterion.printed,
        quantities=tuple(Measure(one.kind.value, one.value, one.unit) for one in item.quantities),
    )
