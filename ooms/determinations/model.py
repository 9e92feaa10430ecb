"""A determination as it was found; nothing of it changes afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """Whether a determination still stands as it was made."""

    CURRENT = "CURRENT"
    STALE = "STALE"


#: A determination is stale while a reason holds, and current again when none does.
MOVES: Mapping[State, frozenset[State]] = {
    State.CURRENT: frozenset({State.STALE}),
    State.STALE: frozenset({State.CURRENT}),
}


class Stale(StrEnum):
    """Why a determination no longer stands as it was made."""

    BILL = "BILL"  # the bill of materials has a newer version
    EDITION = "EDITION"  # the product is classified in another code or edition
    PRICE = "PRICE"  # the product is sold below the lowest price at which the rule is met
    PERIOD = "PERIOD"  # the period of the producer's cost statement has ended
    PROOF = "PROOF"  # a supplier's declaration expired or was revoked
    RULES = "RULES"  # the pack of rules has changed
    WITHDRAWN = "WITHDRAWN"  # the producer took his cost statement back


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
    #: Why it no longer stands as it was made, each with its detail; empty while it is current.
    stale_reasons: Mapping[str, str] = field(default_factory=dict)
    #: The other company that a producer's statement was made for: it may cite it.
    made_for: str | None = None
    #: The lines whose supplier's amounts are for the office alone.
    sealed: tuple[str, ...] = ()

    def on_case(self, case: dict[str, object]) -> Determined:
        """Return it as if it had been made on another case; for comparing, never for keeping."""
        return replace(self, case=case)

    @property
    def state(self) -> State:
        """Tell whether it still stands as it was made."""
        return State.STALE if self.stale_reasons else State.CURRENT

    @property
    def confers_origin(self) -> bool:
        """Tell whether a certificate may cite it."""
        return self.verdict == "originating"


@dataclass(frozen=True, slots=True)
class ComparedProduct:
    """A product under every agreement between two countries; nothing of it is kept."""

    exporter_id: str
    product_id: str
    exporting_party: str
    importing_party: str
    judged_on: date
    rows: tuple[dict[str, object], ...]
    #: The lines whose supplier's amounts are for the office alone.
    sealed: tuple[str, ...] = ()
