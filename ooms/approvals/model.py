"""An application for approval and the approval: what they say, and the states they pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ooms.errors import ConflictError
from ooms.kernel.workdays import Pause, due_day

HS6 = 6


class Level(StrEnum):
    """What is approved: the whole of a company's exports, or one item under one agreement."""

    COMPANY = "COMPANY"
    ITEM = "ITEM"


class RequestKind(StrEnum):
    """Why approval is applied for; the papers follow from it."""

    FIRST = "FIRST"
    SECOND_AGREEMENT = "SECOND_AGREEMENT"
    RENEWAL = "RENEWAL"
    LIGHT_RENEWAL = "LIGHT_RENEWAL"


class RequestState(StrEnum):
    """Where an application for approval stands."""

    APPLIED = "APPLIED"
    COMPLETION = "COMPLETION"
    ON_SITE = "ON_SITE"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"


_R = RequestState

#: From each state of an application, the states it may move to.
REQUEST_MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    _R.APPLIED: frozenset(
        {_R.COMPLETION, _R.ON_SITE, _R.APPROVED, _R.REFUSED, _R.RETURNED, _R.WITHDRAWN}
    ),
    # Asked again, an application stays where it is.
    _R.COMPLETION: frozenset({_R.APPLIED, _R.COMPLETION, _R.RETURNED, _R.WITHDRAWN}),
    _R.ON_SITE: frozenset({_R.APPLIED, _R.WITHDRAWN}),
    _R.APPROVED: frozenset(),
    _R.REFUSED: frozenset(),
    _R.RETURNED: frozenset(),
    _R.WITHDRAWN: frozenset(),
}

#: The states in which the office owes an answer.
OPEN = frozenset({_R.APPLIED, _R.COMPLETION, _R.ON_SITE})


class State(StrEnum):
    """Where an approval stands; until it has ended it holds, whatever is under way."""

    APPROVED = "APPROVED"
    CORRECTIVE_ORDER = "CORRECTIVE_ORDER"
    HEARING = "HEARING"
    CANCELLED = "CANCELLED"
    LAPSED = "LAPSED"
    EXPIRED = "EXPIRED"


_S = State

#: From each state of an approval, the states it may move to.  The law knows no suspension.
MOVES: Mapping[State, frozenset[State]] = {
    _S.APPROVED: frozenset({_S.CORRECTIVE_ORDER, _S.HEARING, _S.LAPSED, _S.EXPIRED}),
    _S.CORRECTIVE_ORDER: frozenset({_S.APPROVED, _S.HEARING, _S.LAPSED, _S.EXPIRED}),
    _S.HEARING: frozenset({_S.APPROVED, _S.CANCELLED, _S.LAPSED, _S.EXPIRED}),
    _S.CANCELLED: frozenset(),
    _S.LAPSED: frozenset(),
    _S.EXPIRED: frozenset(),
}

#: The states of an approval that has not ended.
LIVE = frozenset({_S.APPROVED, _S.CORRECTIVE_ORDER, _S.HEARING})


def advance_request(current: RequestState, wanted: RequestState) -> RequestState:
    """Return the wanted state if the table of applications allows the move.

    Raises:
        ConflictError: the table has no such row.

    """
    if wanted not in REQUEST_MOVES[current]:
        raise ConflictError(what="application for approval", current=current, wanted=wanted)
    return wanted


def advance(current: State, wanted: State) -> State:
    """Return the wanted state if the table of approvals allows the move.

    Raises:
        ConflictError: the table has no such row.

    """
    if wanted not in MOVES[current]:
        raise ConflictError(what="approval", current=current, wanted=wanted)
    return wanted


@dataclass(frozen=True, slots=True)
class Scope:
    """What is approved: for the entity or one of its sites; for all goods or for one item."""

    level: Level
    site_id: str | None = None
    agreement: str | None = None
    hs6: str | None = None

    def covers(self, agreement: str, hs: str, *, site_id: str | None = None) -> bool:
        """Tell whether goods under an agreement, from a site if one is named, lie within."""
        if self.site_id not in (None, site_id):
            return False
        if self.level is Level.COMPANY:
            return True
        return self.agreement == agreement and self.hs6 == hs[:HS6]


@dataclass(frozen=True, slots=True)
class Manager:
    """Who manages origin in the company, by which qualification, and for how long."""

    name: str
    qualification: str
    own_staff: bool
    valid_from: date
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether the person is in post on a day, its last included."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was handed in, and where it is to be found."""

    code: str
    reference: str


@dataclass(frozen=True, slots=True)
class Completion:
    """What is to be completed until when; asked for longer, answered, or neither."""

    text: str
    asked_on: date
    due_on: date
    extended_because: str = ""
    answered_on: date | None = None
    answer: str = ""

    @property
    def pause(self) -> Pause:
        """The days on which the office's clock stands still: until the answer or the last day."""
        return Pause(self.asked_on, self.answered_on or self.due_on, "COMPLETION")


@dataclass(frozen=True, slots=True)
class Postponement:
    """The day that the company wishes for a visit, and why; not granted until it is."""

    to: date
    reason: str
    asked_on: date
    granted: bool | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit before the decision: why, where to, when, and what was found."""

    reason: str
    scope: str
    notified_on: date
    visit_on: date
    postponement: Postponement | None = None
    outcome: str | None = None
    report: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, why, and by whom."""

    reason_code: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Request:
    """An application for approval, or for its renewal, as it stands."""

    id: str
    exporter_id: str
    kind: RequestKind
    scope: Scope
    managers: tuple[Manager, ...]
    papers: tuple[Paper, ...]
    submitted_on: date
    decide_by: date
    state: RequestState = RequestState.APPLIED
    version: int = 1
    #: The approvals that are to be renewed together.
    renews: tuple[str, ...] = ()
    completions: tuple[Completion, ...] = ()
    visit: Visit | None = None
    decision: Decision | None = None
    #: What it led to.
    granted: tuple[str, ...] = ()


def decide_by(submitted_on: date, days: int, completions: tuple[Completion, ...]) -> date:
    """Give the last day for the decision: the periods of completion do not count."""
    due = due_day(submitted_on, days, pauses=[one.pause for one in completions])
    assert due is not None  # every such period has a last day
    return due


class Reply(StrEnum):
    """What the office says to a self-inspection."""

    CLEAN = "CLEAN"
    COMPLETION = "COMPLETION"
    LOOK_AGAIN = "LOOK_AGAIN"


@dataclass(frozen=True, slots=True)
class Answer:
    """The company's answer to one question of the checklist."""

    code: str
    holds: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A self-inspection: which round, when held, what was found, what the office replied."""

    round: int
    held_on: date
    handed_in_on: date
    reply_by: date
    answers: tuple[Answer, ...]
    reply: Reply | None = None
    words: str = ""
    replied_by: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A check after the approval: on which trigger, what is asked, and what came of it."""

    trigger: str
    text: str
    begun_on: date
    begun_by: str
    papers_by: date | None = None
    visit_on: date | None = None
    ended_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """An order to set something right until a day."""

    ground: str
    text: str
    ordered_on: date
    due_on: date
    answer: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What the company says at the hearing, or that it waives being heard."""

    text: str
    by: str
    at: datetime
    is_oral: bool = False
    #: Who of the company read the gist of what was said, and agreed.
    confirmed_by: str = ""
    is_waiver: bool = False


@dataclass(frozen=True, slots=True)
class Hearing:
    """A cancellation that one person proposed: on which ground, and when the company is heard."""

    ground: str
    text: str
    proposed_by: str
    proposed_on: date
    hearing_on: date
    statements: tuple[Statement, ...] = ()

    def may_be_decided(self, on: date) -> bool:
        """Tell whether the company was heard, had its day, or waived it."""
        return on >= self.hearing_on or any(one.is_waiver for one in self.statements)


@dataclass(frozen=True, slots=True)
class Approval:
    """An approval as it stands; its last day is `valid_until`, unless it ended before."""

    id: str
    number: str
    exporter_id: str
    scope: Scope
    managers: tuple[Manager, ...]
    approved_on: date
    #: From when the self-inspections of this term are counted.
    term_from: date
    valid_until: date
    state: State = State.APPROVED
    version: int = 1
    shorter_because: str = ""
    ended_on: date | None = None
    ended: Decision | None = None
    reminded_on: date | None = None
    order: Order | None = None
    hearing: Hearing | None = None
    inspections: tuple[Inspection, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    def holds(self, on: date) -> bool:
        """Tell whether the approval is good on a day."""
        within = self.approved_on <= on <= self.valid_until
        return within and (self.ended_on is None or on < self.ended_on)

    def is_clean(self, rounds: int) -> bool:
        """Tell whether every self-inspection of the term was handed in and found clean."""
        of_term = [one for one in self.inspections if one.held_on >= self.term_from]
        clean = {one.round for one in of_term if one.reply is Reply.CLEAN}
        return clean == set(range(1, rounds + 1)) and rounds > 0
