"""Preference suspended during a verification: for identical goods of the same two parties only.

Korea: FTA Customs Special Act 21(1): further imports of the same kind and quality by the importer
who is looked into, from the same exporter or producer; 21(3): lifted against security.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ooms.verifications.parts import plain


@dataclass(frozen=True, slots=True)
class Security:
    """What the importer gave so that the suspension is lifted."""

    amount: Decimal
    currency: str
    reference: str
    given_on: date


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods by what makes others identical to them: who sends them to whom, and what they are."""

    importer: str
    exporter: str
    hs6: str
    description: str = ""

    @property
    def keys(self) -> tuple[str, str, str]:
        """Importer, exporter and code, as they are compared."""
        return plain(self.importer), plain(self.exporter), self.hs6

    @property
    def description_key(self) -> str:
        """The description as it is compared."""
        return plain(self.description)

    def is_identical(self, other: Goods) -> bool:
        """Tell whether others' goods are the same; a description that is not known is no bar."""
        words = {self.description_key, other.description_key} - {""}
        return self.keys == other.keys and len(words) <= 1


@dataclass(frozen=True, slots=True)
class Suspension:
    """Preference suspended for goods, since when, why, and how it ended if it did."""

    id: str
    verification_id: str
    goods: Goods
    since: date
    reason: str
    ordered_by: str
    security: Security | None = None
    released_on: date | None = None
    lifted_on: date | None = None
    lifted_because: str = ""

    def holds(self, on: date) -> bool:
        """Tell whether preference is withheld on a day."""
        ends = [day for day in (self.released_on, self.lifted_on) if day is not None]
        return self.since <= on and not any(day <= on for day in ends)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a claim meets: a verification of such goods, preference suspended, security."""

    verification_id: str | None = None
    is_suspended: bool = False
    is_released: bool = False
    #: The verification is over, and took preference away.
    is_adverse: bool = False
    #: Why, in words that a claimant may read.
    because: str = ""
