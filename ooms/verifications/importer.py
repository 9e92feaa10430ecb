"""What an importer is asked before anybody abroad is, and what he makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ooms.verifications.terms import RunningTerm


class InquiryEnd(StrEnum):
    """What the importer's papers came to."""

    SETTLED = "SETTLED"
    CORRECTED = "CORRECTED"
    UNRESOLVED = "UNRESOLVED"


class SelfCheckEnd(StrEnum):
    """What an importer's look at his own claim came to; what is open needs an inquiry."""

    NOTHING_WRONG = "NOTHING_WRONG"
    CORRECTED = "CORRECTED"


class SelfCheckGround(StrEnum):
    """Why an importer may look himself first (Korea: Directive on investigations 51(1))."""

    AEO = "AEO"
    COMPANY_AUDIT = "COMPANY_AUDIT"
    SMALL_AND_HONEST = "SMALL_AND_HONEST"
    APPROVED_EXPORTER = "APPROVED_EXPORTER"
    CAN_CURE_IT = "CAN_CURE_IT"


@dataclass(frozen=True, slots=True)
class Correction:
    """A declaration that its importer handed in anew: which claim took which one's place."""

    declaration: str
    version: int
    claim_id: str
    instead_of: str


@dataclass(frozen=True, slots=True)
class ImporterInquiry:
    """What the importer was asked first, until when, and what came of it."""

    asked_on: date
    words: str
    clock: RunningTerm
    is_prolonged: bool = False
    answered_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """An importer looks at his own claim: at what mainly, until when, and what he found.

    Once he has answered, `review` is the time in which his answer is looked at.
    """

    offered_on: date
    ground: SelfCheckGround
    points: str
    clock: RunningTerm
    is_prolonged: bool = False
    answered_on: date | None = None
    answer: str = ""
    review: RunningTerm | None = None
    result: str = ""

    @property
    def running(self) -> RunningTerm:
        """The period that runs: the importer's, or ours once he has answered."""
        return self.review or self.clock
