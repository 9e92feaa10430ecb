"""An advance ruling from its application to its end: what it is about, and what holds on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ooms.errors import ConflictError
from ooms.kernel.workdays import Pause


class State(StrEnum):
    """Where a ruling stands."""

    RECEIVED = "RECEIVED"
    COMPLETION_REQUESTED = "COMPLETION_REQUESTED"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"
    IN_FORCE = "IN_FORCE"
    REVOKED = "REVOKED"


MOVES: Mapping[State, frozenset[State]] = {
    State.RECEIVED: frozenset(
        {State.COMPLETION_REQUESTED, State.RETURNED, State.WITHDRAWN, State.IN_FORCE}
    ),
    State.COMPLETION_REQUESTED: frozenset({State.RECEIVED, State.RETURNED, State.WITHDRAWN}),
    State.IN_FORCE: frozenset({State.REVOKED}),
    State.RETURNED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.REVOKED: frozenset(),
}


class Standing(StrEnum):
    """As what somebody applies; exporters and producers of partner countries may."""

    IMPORTER = "IMPORTER"
    EXPORTER = "EXPORTER"
    PRODUCER = "PRODUCER"
    AGENT = "AGENT"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies, as what, and from where."""

    name: str
    country: str
    standing: Standing
    address: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """A material that the goods are made of."""

    hs: str
    origin: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """The facts that a ruling rests on; it binds while they are the same.

    `holder` is the exporter or producer whose goods are ruled on, as a key without spelling.
    """

    holder: str
    agreement: str
    hs6: str
    description: str
    partner: str
    hs_edition: int | None = None
    processes: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was ruled, and why."""

    origin: str
    criterion: str
    text: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Grace:
    """Who may rely on the answer before a change, until when."""

    holder: str
    asked_on: date
    until: date


@dataclass(frozen=True, slots=True)
class Change:
    """A later answer, or none when the ruling was revoked; it applies to what is declared after.

    A change that the applicant caused by false or missing facts reaches back.
    """

    changed_on: date
    ground: str
    reason: str
    answer: Answer | None
    reaches_back: bool = False
    graces: tuple[Grace, ...] = ()

    def applies(self, on: date, *, relying: str) -> bool:
        """Tell whether it governs what somebody declares on a day."""
        if self.reaches_back:
            return True
        if on <= self.changed_on:
            return False
        return not any(one.holder == relying and on <= one.until for one in self.graces)


class ObjectionEnd(StrEnum):
    """How an objection ends."""

    UPHELD = "UPHELD"  # the ruling stays
    CHANGED = "CHANGED"


@dataclass(frozen=True, slots=True)
class Objection:
    """What the applicant objects, until when it is decided, and how it ended."""

    filed_on: date
    text: str
    due_on: date
    end: ObjectionEnd | None = None
    decided_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What anybody may read: words that a person cleared of what is confidential."""

    published_on: date
    description: str
    text: str
    processes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """The answer with its days."""

    number: str
    answer: Answer
    decided_on: date
    decided_by: str
    object_by: date
    publish_by: date


@dataclass(frozen=True, slots=True)
class Request:
    """What was applied for: by whom, about what, and the question."""

    applicant: Applicant
    subject: str
    goods: Goods
    question: str
    received_on: date
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """What is to be completed, until when, and what was answered."""

    text: str
    asked_on: date
    answer_by: date
    answered_on: date | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A ruling in the register; `due_on` is None while the clock stands still."""

    id: str
    request: Request
    due_on: date | None
    exporter_id: str | None = None
    state: State = State.RECEIVED
    completions: tuple[Completion, ...] = ()
    ended_reason: str = ""
    decided: Decided | None = None
    published: Published | None = None
    objection: Objection | None = None
    changes: tuple[Change, ...] = ()
    version: int = 1

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The days of completion, which are not counted."""
        return tuple(Pause(one.asked_on, one.answered_on, "completion") for one in self.completions)

    def require(self, wanted: State) -> None:
        """Refuse a move that the table of states does not know.

        Raises:
            ConflictError: it stands elsewhere.

        """
        if wanted not in MOVES[self.state]:
            raise ConflictError(what="advance ruling", current=self.state, wanted=wanted)

    def answer_on(self, on: date, *, relying: str = "") -> Answer | None:
        """Return what holds for what is declared on a day; None before, or once revoked."""
        if self.decided is None or on < self.decided.decided_on:
            return None
        for change in reversed(self.changes):
            if change.applies(on, relying=relying):
                return change.answer
        return self.decided.answer


class Grade(StrEnum):
    """How far goods are those of a ruling."""

    SAME = "SAME"
    SIMILAR = "SIMILAR"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact compared: the same, another, or not known on one side (None)."""

    fact: str
    same: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    """How far goods are those of a ruling, with every fact compared."""

    grade: Grade
    compared: tuple[Compared, ...]

    @property
    def words(self) -> str:
        """Say what differs, or that nothing does."""
        others = [one.words for one in self.compared if one.same is False]
        return "; ".join(others) or "the same in all that is known"


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for among published rulings; empty means whatever."""

    hs: str = ""
    agreement: str = ""
    words: tuple[str, ...] = field(default=())
    process: str = ""
