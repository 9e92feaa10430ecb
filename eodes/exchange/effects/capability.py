"""CAPABILITY: what the partner can take, kept for people and for the conformance kit."""

from __future__ import annotations

from eodes.domain import record
from eodes.exchange.effects.case import Case
from eodes.messages.capability import Capability


def settle(case: Case[Capability]) -> None:
    """Keep what the partner declared; the profile, not the declaration, decides what we send."""
    said = record.write(case.body)
    case.unit.trust_register.note_capability(case.message.partner, said)
    case.tell("partner.capable", {"capability": said})
