"""One received message whose consequences are being drawn, with everything that may be needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from eodes.domain.message import Header
from eodes.domain.partner import Profile
from eodes.exchange.prepare import Preparing
from eodes.store.records import CertificateKey, Facts, IncomingMessage
from eodes.store.unit import Unit
from eodes.trust.registry import Partner

Body = TypeVar("Body")


@dataclass(frozen=True, slots=True)
class Case(Generic[Body]):
    """A message, its body, and the transaction in which it takes effect."""

    unit: Unit
    message: IncomingMessage
    header: Header
    body: Body
    partner: Partner
    own: Profile
    preparing: Preparing
    now: datetime

    def answer(self, body: object) -> str:
        """Prepare a message that answers this one, in the same transaction; returns its id."""
        prepared = self.preparing.prepare(
            self.unit, body, to=self.partner, now=self.now, answers=self.header
        )
        return prepared.message_id

    def tell(self, kind: str, facts: Facts) -> None:
        """Keep a piece of news for the office."""
        self.unit.newsstand.add(
            kind,
            partner=self.message.partner,
            message_id=self.message.message_id,
            facts={name: value for name, value in facts.items() if value is not None},
            now=self.now,
        )


def name_of(key: CertificateKey) -> Facts:
    """Return the facts that name a certificate in a piece of news."""
    return {
        "issuing_country": key.issuing_country,
        "agreement": key.agreement,
        "number_key": key.number_key,
    }
