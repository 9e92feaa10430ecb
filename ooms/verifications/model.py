"""A verification that we ask for: what is asked, where it stands, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from ooms.errors import ConflictError
from ooms.verifications.importer import Correction, ImporterInquiry, SelfCheck
from ooms.verifications.outcomes import ADVERSE, Outcome
from ooms.verifications.parts import Certificate, Doubt, Letter, Question, Spoken, Telling
from ooms.verifications.terms import RunningTerm
from ooms.verifications.visit import Visit

AnyState = TypeVar("AnyState", bound=StrEnum)


class State(StrEnum):
    """Where a verification stands that we ask for."""

    SELECTED = "SELECTED"
    SELF_CHECK = "SELF_CHECK"
    IMPORTER_INQUIRY = "IMPORTER_INQUIRY"
    UNRESOLVED = "UNRESOLVED"
    CLOSED_OK = "CLOSED_OK"
    CORRECTED = "CORRECTED"
    CORRECTED_BY_IMPORTER = "CORRECTED_BY_IMPORTER"
    DRAFT = "DRAFT"
    HQ_APPROVED = "HQ_APPROVED"
    REQUESTED = "REQUESTED"
    ACKED = "ACKED"
    IN_PROGRESS = "IN_PROGRESS"
    EXTENDED = "EXTENDED"
    NO_REPLY = "NO_REPLY"
    RESULT_RECEIVED = "RESULT_RECEIVED"
    MORE_INFO = "MORE_INFO"
    STOPPED = "STOPPED"
    PRELIMINARY = "PRELIMINARY"
    DETERMINED = "DETERMINED"
    OBJECTED = "OBJECTED"
    CLOSED = "CLOSED"


_S = State

#: The partner has the turn, and his period runs.
WAITING = frozenset({_S.REQUESTED, _S.ACKED, _S.IN_PROGRESS, _S.EXTENDED, _S.MORE_INFO})
_ANSWERED = frozenset({_S.RESULT_RECEIVED, _S.NO_REPLY, _S.STOPPED})

#: From each state, the states it may move to.  The end of a period only leads to NO_REPLY: what
#: follows from it is an officer's to determine, and a late result is still taken.
MOVES: Mapping[State, frozenset[State]] = {
    _S.SELECTED: frozenset({_S.SELF_CHECK, _S.IMPORTER_INQUIRY, _S.DRAFT}),
    _S.SELF_CHECK: frozenset({_S.CLOSED_OK, _S.CORRECTED, _S.IMPORTER_INQUIRY}),
    _S.IMPORTER_INQUIRY: frozenset({_S.CLOSED_OK, _S.CORRECTED_BY_IMPORTER, _S.UNRESOLVED}),
    _S.UNRESOLVED: frozenset({_S.DRAFT}),
    _S.CLOSED_OK: frozenset(),
    _S.CORRECTED: frozenset(),
    _S.CORRECTED_BY_IMPORTER: frozenset(),
    _S.DRAFT: frozenset({_S.HQ_APPROVED}),
    _S.HQ_APPROVED: frozenset({_S.DRAFT, _S.REQUESTED, _S.MORE_INFO}),
    _S.REQUESTED: _ANSWERED | {_S.ACKED, _S.IN_PROGRESS, _S.EXTENDED},
    _S.ACKED: _ANSWERED | {_S.IN_PROGRESS, _S.EXTENDED},
    _S.IN_PROGRESS: _ANSWERED | {_S.EXTENDED},
    _S.EXTENDED: _ANSWERED | {_S.IN_PROGRESS},
    _S.MORE_INFO: _ANSWERED | {_S.IN_PROGRESS, _S.EXTENDED},
    _S.NO_REPLY: frozenset({_S.RESULT_RECEIVED, _S.PRELIMINARY, _S.DETERMINED}),
    # What is asked further goes the way of the first request: drafted by one, approved by another.
    _S.RESULT_RECEIVED: frozenset({_S.DRAFT, _S.PRELIMINARY, _S.DETERMINED}),
    _S.STOPPED: frozenset(WAITING | {_S.RESULT_RECEIVED}),
    _S.PRELIMINARY: frozenset({_S.DETERMINED}),
    _S.DETERMINED: frozenset({_S.OBJECTED, _S.CLOSED}),
    _S.OBJECTED: frozenset({_S.DETERMINED}),
    _S.CLOSED: frozenset(),
}

#: The importer put his declaration right before anybody abroad was asked.
PUT_RIGHT = frozenset({_S.CORRECTED, _S.CORRECTED_BY_IMPORTER})
#: A case in these states is no open verification any more.
OVER = PUT_RIGHT | {_S.CLOSED_OK, _S.DETERMINED, _S.OBJECTED, _S.CLOSED}
#: Something was determined.
JUDGED = frozenset({_S.DETERMINED, _S.OBJECTED, _S.CLOSED})


def advance(
    current: AnyState, wanted: AnyState, *, moves: Mapping[AnyState, frozenset[AnyState]]
) -> AnyState:
    """Return the wanted state if the table allows the move.

    Raises:
        ConflictError: the table has no such row.

    """
    if wanted not in moves[current]:
        raise ConflictError(what="verification", current=current, wanted=wanted)
    return wanted


class Reason(StrEnum):
    """Why a claim was selected."""

    MODEL = "MODEL"
    RANDOM = "RANDOM"
    TIP = "TIP"
    PARTNER = "PARTNER"
    CLAIM_CHECK = "CLAIM_CHECK"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose import of whose goods is looked into, under which agreement, and who is asked."""

    partner: str
    agreement: str
    importer: str
    exporter: str
    certificates: tuple[Certificate, ...]
    producer: str = ""
    claim_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The letter and the questions, with who wrote and who approved them."""

    letter: str
    doubts: tuple[Doubt, ...]
    questions: tuple[Question, ...]
    drafted_by: str
    approved_by: str | None = None
    approved_at: datetime | None = None
    #: What headquarters changed, in words; empty when nothing.
    changed: str = ""


@dataclass(frozen=True, slots=True)
class ExtensionAsk:
    """The partner asks for more time; headquarters says yes or no to it."""

    asked_on: date
    until: date
    reason_code: str
    reason: str
    #: It came after the last day of the period.
    is_late: bool
    granted: bool | None = None
    decided_by: str | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReplyFinding:
    """What the partner found of an item, or of the certificate where no item is named."""

    certificate_number: str
    item_no: int | None
    authentic: str
    originating: str
    facts: str
    basis: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A result as it came: when, on which round, its findings, answers, and papers by digest."""

    received_on: date
    round: int
    findings: tuple[ReplyFinding, ...]
    answers: tuple[Question, ...] = ()
    papers: tuple[str, ...] = ()
    is_late: bool = False
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class ItemFinding:
    """What is determined of an item: the outcome, the ground if adverse, facts and basis."""

    certificate_number: str
    item_no: int
    outcome: Outcome
    facts: str
    basis: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Determination:
    """A finding an item, by whom and when; preliminary until the comments were heard."""

    findings: tuple[ItemFinding, ...]
    by: str
    on: date
    comments: str = ""
    comments_by: RunningTerm | None = None

    @property
    def is_adverse(self) -> bool:
        """Tell whether it takes preference from any item."""
        return any(one.outcome in ADVERSE for one in self.findings)


@dataclass(frozen=True, slots=True)
class Objection:
    """The importer objects: in which words, until when it is decided, by whom, and how."""

    lodged_on: date
    words: str
    clock: RunningTerm
    decided_by: str | None = None
    decided_on: date | None = None
    reversed: bool | None = None
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many verifications of an agreement and partner stand somewhere, or ended there."""

    agreement: str
    partner: str
    state: State
    count: int


@dataclass(frozen=True, slots=True)
class Verification:
    """A verification that we ask for, as it stands."""

    id: str
    number: str
    subject: Subject
    reason: Reason
    state: State
    version: int
    selected_by: str
    selected_at: datetime
    because: str = ""
    self_check: SelfCheck | None = None
    inquiry: ImporterInquiry | None = None
    #: What the importer handed in anew, where that closed the case.
    corrections: tuple[Correction, ...] = ()
    draft: Draft | None = None
    round: int = 1
    asked_on: date | None = None
    by_message: bool | None = None
    clock: RunningTerm | None = None
    received_on: date | None = None
    partner_number: str = ""
    #: Every reminder that is due or was sent.
    reminded_on: tuple[date, ...] = ()
    extensions: tuple[ExtensionAsk, ...] = ()
    stopped_in: State | None = None
    replies: tuple[Reply, ...] = ()
    visits: tuple[Visit, ...] = ()
    preliminary: Determination | None = None
    determination: Determination | None = None
    revised: Determination | None = None
    objection_until: date | None = None
    objections: tuple[Objection, ...] = ()
    tellings: tuple[Telling, ...] = ()
    letters: tuple[Letter, ...] = ()
    #: What we said by message, the oldest first; whole at the gateway, under these ids.
    messages: tuple[Spoken, ...] = ()

    def having_said(self, said: Spoken) -> Verification:
        """Keep that a message went to the partner."""
        return replace(self, messages=(*self.messages, said))

    @property
    def is_open(self) -> bool:
        """Tell whether it is still looked into."""
        return self.state not in OVER

    @property
    def holding(self) -> Determination | None:
        """The determination that holds: the revised one, if an objection changed it."""
        return self.revised or self.determination

    @property
    def running(self) -> RunningTerm | None:
        """The period that runs now: of the importer, of the partner, or of ours."""
        if self.state is State.SELF_CHECK and self.self_check:
            return self.self_check.running
        if self.state is State.IMPORTER_INQUIRY and self.inquiry:
            return self.inquiry.clock
        if self.state is State.OBJECTED:
            return self.objections[-1].clock
        if self.state is State.PRELIMINARY and self.preliminary:
            return self.preliminary.comments_by
        return self.clock if self.state in WAITING else None

    @property
    def due_on(self) -> date | None:
        """The day that whoever has the turn is to act by."""
        return self.running.due_on if self.running else None

    @property
    def internal_due_on(self) -> date | None:
        """The office's own last day, at 70 % of the period that runs."""
        return self.running.internal() if self.running else None
