"""A determination as it was found; nothing of it changes afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Request:
    """What a determination is asked for, beside the product and its bill."""

    agreement: str
    importing_party: str
    on: date
    price: dict[str, str] | None
    facts: dict[str, object]
    plant: str | None = None


@dataclass(frozen=True, slots=True)
class Determined:
    """The verdict, what it rests on, and the whole trace in the contract's words."""

    id: str
    exporter_id: str
    product_id: str
    bill_version: int
    agreement: str
    exporting_party: str
    importing_party: str
    judged_on: date
    verdict: str
    criterion: str | None
    rule_pack: str
    engine: str
    inputs_hash: str
    case: dict[str, object]
    answer: dict[str, object]
    determined_at: datetime

    @property
    def confers_origin(self) -> bool:
        """Tell whether a certificate may cite it."""
        return self.verdict == "originating"


@dataclass(frozen=True, slots=True)
class ComparedProduct:
    """A product under every agreement between two countries; nothing of it is kept."""

    product_id: str
    exporting_party: str
    importing_party: str
    judged_on: date
    rows: tuple[dict[str, object], ...]
