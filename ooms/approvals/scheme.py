"""A scheme of approved exporters as one administration's law has it: periods, papers, grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from ooms.approvals.model import Level, RequestKind
from ooms.errors import Flaw, MissingError, UnfitError, WrongFileError
from ooms.kernel.period import add_months

MONTHS_IN_YEAR = 12
BOTH = (Level.COMPANY, Level.ITEM)


class Unit(StrEnum):
    """What a span counts."""

    DAYS = "DAYS"
    MONTHS = "MONTHS"
    YEARS = "YEARS"


class SpanKind(StrEnum):
    """The spans of an approval's life."""

    DECISION = "DECISION"
    COMPLETION = "COMPLETION"
    COMPLETION_EXTENSION = "COMPLETION_EXTENSION"
    COMPLETION_AGAIN = "COMPLETION_AGAIN"
    ON_SITE_NOTICE = "ON_SITE_NOTICE"
    POSTPONEMENT_REQUEST = "POSTPONEMENT_REQUEST"
    VALIDITY = "VALIDITY"
    RENEWAL_OPENS = "RENEWAL_OPENS"
    RENEWAL_CLOSES = "RENEWAL_CLOSES"
    REMINDER = "REMINDER"
    REMINDED_AHEAD = "REMINDED_AHEAD"
    SECOND_AGREEMENT = "SECOND_AGREEMENT"
    INSPECTION_REPLY = "INSPECTION_REPLY"
    FOLLOW_UP_PAPERS = "FOLLOW_UP_PAPERS"
    FOLLOW_UP_RESULT = "FOLLOW_UP_RESULT"
    CORRECTION = "CORRECTION"
    HEARING_NOTICE = "HEARING_NOTICE"


@dataclass(frozen=True, slots=True)
class Span:
    """A period: how long, in what, where that stands; the day it starts on is not counted."""

    length: int
    unit: Unit
    source: str
    verified: bool

    def after(self, day: date) -> date:
        """Give the last day of the span that starts on a day."""
        return self._moved(day, self.length)

    def before(self, day: date) -> date:
        """Give the day that lies the span before another."""
        return self._moved(day, -self.length)

    def _moved(self, day: date, length: int) -> date:
        if self.unit is Unit.DAYS:
            return day + timedelta(days=length)
        return add_months(day, length * (MONTHS_IN_YEAR if self.unit is Unit.YEARS else 1))


@dataclass(frozen=True, slots=True)
class Code:
    """A code that may be given, in words, at the levels it is for, with its source."""

    code: str
    title: str
    source: str
    verified: bool
    levels: tuple[Level, ...] = BOTH
    #: A cancellation that the law leaves no choice about.
    mandatory: bool = False
    #: A cancellation that follows a corrective order only.
    after_order: bool = False


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A paper that belongs to an application for approval."""

    code: str
    title: str
    levels: tuple[Level, ...]
    kinds: tuple[RequestKind, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Qualification:
    """What makes somebody fit to be an origin manager."""

    code: str
    title: str
    own_staff: bool
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the self-inspection: why it is asked, and what shows the answer."""

    code: str
    question: str
    why: str
    evidence: str
    levels: tuple[Level, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class InspectionRound:
    """When a self-inspection may be held, in months after the approval."""

    opens_months: int
    closes_months: int
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A provision that needs no figure, with what it is about."""

    source: str
    verified: bool
    words: str = ""
    levels: tuple[Level, ...] = BOTH
    pattern: str = ""
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts as an error of an application."""

    what: tuple[str, ...]
    #: The reason codes of a correction that say: by the exporter's fault.
    faults: tuple[str, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ErrorRule:
    """Above which share of errors an applicant is listed."""

    above_percent: Decimal
    counted: Counted
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ConvictionRule:
    """After how many convictions, under which laws, an applicant is listed."""

    least: int
    laws: tuple[str, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """Which share of the certificates issued without review is looked at later."""

    percent: Decimal
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class WaiverRule:
    """Whose review is waived, and for how long."""

    months: int
    grades: tuple[str, ...]
    verified_within_months: int
    sample: Sample
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ListRules:
    """The published rules of both lists."""

    fixed_by: str
    fixed_source: str
    verified: bool
    errors: ErrorRule
    convictions: ConvictionRule
    judgment: Rule
    removals: tuple[Code, ...]
    waiver: WaiverRule

    def due(self, year: int) -> date:
        """Give the day by which the lists of a year are fixed."""
        return date.fromisoformat(f"{year}-{self.fixed_by}")


class NoSchemeError(MissingError):
    """This administration has no scheme of approved exporters; none can be applied for."""

    code = "RUL-NO-SCHEME"

    def __init__(self, *, country: str) -> None:
        super().__init__(what="scheme of approved exporters in", id=country)


class SchemeError(WrongFileError):
    """A file of a scheme is wrong; names the file and what is missing."""

    code = "SYS-SCHEME"


class UnknownSchemeCodeError(UnfitError):
    """A code stands in no list of the scheme; the lists are shown at /approved-exporters/scheme."""

    code = "REF-SCHEME-CODE"


@dataclass(frozen=True, slots=True)
class Scheme:
    """How one administration approves exporters, and whom it lists."""

    name: str
    number: Rule
    spans: Mapping[SpanKind, Span]
    inspections: tuple[InspectionRound, ...]
    shorter: Rule
    completion: Rule
    benefits: Mapping[str, Rule]
    papers: tuple[PaperKind, ...]
    qualifications: tuple[Qualification, ...]
    refusals: tuple[Code, ...]
    returns: tuple[Code, ...]
    triggers: tuple[Code, ...]
    orders: tuple[Code, ...]
    cancellations: tuple[Code, ...]
    lapses: tuple[Code, ...]
    checklist: tuple[Question, ...]
    lists: ListRules

    def span(self, kind: SpanKind) -> Span:
        """Return a span of the scheme."""
        return self.spans[kind]

    def missing_papers(
        self, level: Level, kind: RequestKind, *, given: frozenset[str]
    ) -> tuple[str, ...]:
        """Name the papers that belong to such an application and were not given."""
        wanted = (one.code for one in self.papers if level in one.levels and kind in one.kinds)
        return tuple(code for code in wanted if code not in given)

    def questions(self, level: Level) -> tuple[Question, ...]:
        """Return the checklist of a level."""
        return tuple(one for one in self.checklist if level in one.levels)


def find(codes: tuple[Code, ...], code: str, *, level: Level | None, pointer: str) -> Code:
    """Find a code that may be given at a level.

    Raises:
        UnknownSchemeCodeError: the list lacks it, or has it for another level only.

    """
    for one in codes:
        if one.code == code and (level is None or level in one.levels):
            return one
    where = f" for {level}" if level else ""
    detail = f"{code} is in no list{where}; see /approved-exporters/scheme"
    raise UnknownSchemeCodeError(Flaw(pointer, detail))
