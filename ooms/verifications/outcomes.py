"""What a verification finds of an item, and what others make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What is determined of an item."""

    ORIGINATING = "ORIGINATING"
    NOT_ORIGINATING = "NOT_ORIGINATING"
    NOT_VERIFIABLE = "NOT_VERIFIABLE"
    NO_REPLY = "NO_REPLY"


#: What takes preference away.
ADVERSE = frozenset({Outcome.NOT_ORIGINATING, Outcome.NOT_VERIFIABLE, Outcome.NO_REPLY})


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """One item determined: of whose goods, with which outcome and ground, on which day."""

    verification_id: str
    agreement: str
    certificate_number: str
    item_no: int
    importer: str
    exporter: str
    hs6: str
    outcome: Outcome
    ground: str
    facts: str
    basis: str
    determined_on: date
    claim_ids: tuple[str, ...] = ()
    #: True after an objection that was upheld against the determination.
    is_revision: bool = False
