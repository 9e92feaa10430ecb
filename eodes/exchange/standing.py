"""What the gateway says of a certificate, a form's clocks and a partner, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from eodes.domain.lifecycle import Exchange
from eodes.store.records import UseRow
from eodes.trust.registry import Partner


@dataclass(frozen=True, slots=True)
class Move:
    """One step of an exchange, and what caused it."""

    state: Exchange
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a certificate of ours has come with a partner."""

    partner: str
    number_raw: str
    state: Exchange
    message_id: str | None
    code: str | None
    detail: str | None
    moves: tuple[Move, ...]
    use: tuple[UseRow, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """What a form's clocks say of an issue: is it late, and until when is it valid."""

    is_retroactive: bool
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class PartnerState:
    """A partner as a person looks at it."""

    authority: str
    name: str
    country: str
    endpoint: str
    is_suspended: bool
    #: False: verifications go by letter (point 24 of the profile).
    verifies_by_message: bool
    #: The largest paper that may travel inside a message, in bytes.
    annex_bytes: int

    @classmethod
    def of(cls, partner: Partner, *, now: datetime) -> Self:
        """Show a partner as it is at a moment."""
        profile = partner.profile
        return cls(
            authority=partner.authority,
            name=profile.name,
            country=profile.country,
            endpoint=partner.endpoint,
            is_suspended=partner.is_suspended(now=now),
            verifies_by_message=profile.verifies_by_message,
            annex_bytes=profile.border.annex_bytes,
        )
