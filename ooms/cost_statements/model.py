"""A producer's statement of origin with its costs, filed with the office for one exporter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ooms.determinations.model import Determined, Stale
from ooms.products.model import Product


class State(StrEnum):
    """Whether a statement may still be cited."""

    FILED = "FILED"
    ENDED = "ENDED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Named:
    """The exporter that a producer names: where it is registered, and under which number."""

    country: str
    tax_id: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Who stated, for whom, and in which days; who may see it never changes.

    Its key is that of the determination made on it, so that a line cites both as one.
    """

    id: str
    producer_id: str
    exporter_id: str
    product_id: str
    filed_by: str
    filed_at: datetime
    valid_from: date
    #: The first day on which it holds no more.
    valid_until: date | None = None
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""

    def is_for(self, company: str | None) -> bool:
        """Tell whether a company is one of the two that it concerns; the office is always."""
        return company is None or company in (self.producer_id, self.exporter_id)

    def state(self, on: date) -> State:
        """Tell whether it may be cited on a day."""
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        ends = self.valid_until
        return State.ENDED if ends is not None and ends <= on else State.FILED

    def why_ended(self, on: date) -> Mapping[str, str]:
        """Say why what was determined on it stands no more, without the producer's own words."""
        match self.state(on):
            case State.WITHDRAWN:
                return {Stale.WITHDRAWN.value: "the producer took his cost statement back"}
            case State.ENDED:
                told = f"the producer's cost statement was valid until {self.valid_until}"
                return {Stale.PERIOD.value: told}
            case State.FILED:
                return {}


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement with its product and what was determined on it."""

    statement: Statement
    product: Product
    determined: Determined
