"""A prior notice: what an importer is told before preference is taken away, and what he answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ooms.decisions.model import About, Place, Verdict
from ooms.errors import ConflictError, UnfitError

Texts = Mapping[str, str]
Words = Mapping[str, str]


class PriorNoticeState(StrEnum):
    """Where a prior notice stands."""

    SENT = "SENT"
    ANSWERED = "ANSWERED"
    FOLLOWED = "FOLLOWED"
    DROPPED = "DROPPED"


_P = PriorNoticeState

#: From each state, the states it may move to.
PRIOR_NOTICE_MOVES: Mapping[PriorNoticeState, frozenset[PriorNoticeState]] = {
    _P.SENT: frozenset({_P.ANSWERED, _P.FOLLOWED, _P.DROPPED}),
    _P.ANSWERED: frozenset({_P.FOLLOWED, _P.DROPPED}),
    _P.FOLLOWED: frozenset(),
    _P.DROPPED: frozenset(),
}
#: How often an officer is reminded of what is to follow; a choice, no law says it.
REMIND_AGAIN = timedelta(days=7)
#: Something is still to follow from it.
OPEN = frozenset({_P.SENT, _P.ANSWERED})


class PriorNoticeError(UnfitError):
    """The importer is to be told beforehand; send him a prior notice on this ground."""

    code = "RUL-PRIOR-NOTICE"


class NoticeRunningError(ConflictError):
    """The importer may still answer the prior notice; decide after its last day."""

    code = "RUL-NOTICE-RUNNING"
    then = "decide after that day, or when the importer has nothing more to say"

    def __init__(self, *, until: date, wanted: Verdict) -> None:
        self.until = until
        super().__init__(what="prior notice", current=f"open until {until}", wanted=wanted)


@dataclass(frozen=True, slots=True)
class Announced:
    """What is to be decided: the ground, the facts, and what may be handed in against it."""

    ground: str
    facts: str
    submit: str = ""
    days: int | None = None
    verification: str = ""


@dataclass(frozen=True, slots=True)
class PriorNotice:
    """A notice that preference is to be taken away, and the importer's answer."""

    id: str
    place: Place
    state: PriorNoticeState
    ground: str
    facts: str
    basis: tuple[str, ...]
    submit: str
    sent_by: str
    sent_on: date
    due_on: date
    source: str
    texts: Texts
    verification: str = ""
    answer: str = ""
    answered_on: date | None = None
    #: The importer said that nothing more will come: the rest of the period is not waited for.
    nothing_more: bool = False
    closed_on: date | None = None
    closed_because: str = ""
    decision_id: str = ""
    declaration_number: str = ""
    certificate_number: str = ""
    #: The days on which whoever sent it was reminded that something is to follow.
    reminders: tuple[date, ...] = ()

    def is_running(self, on: date) -> bool:
        """Tell whether the importer may still answer on a day, its last day too."""
        return self.state in OPEN and not self.nothing_more and on <= self.due_on

    def is_ripe(self, on: date) -> bool:
        """Tell whether it is to be decided now: nobody waits for the importer any more."""
        return self.state in OPEN and not self.is_running(on)

    def wants_reminder(self, on: date) -> bool:
        """Tell whether a day is one to remind on: the first after the period, then each week."""
        is_time = not self.reminders or on - self.reminders[-1] >= REMIND_AGAIN
        return self.is_ripe(on) and is_time


def told(notice: PriorNotice, about: About, *, words: Words) -> str:
    """Write a notice, a paragraph for each thing that it has to say."""
    line_no, spec_no = notice.place.line_no, notice.place.spec_no
    ground = words[f"ground.{notice.ground.lower().replace('-', '_')}"]
    paragraphs = [
        words["prior_notice.intended"].format(
            line=f"{line_no}-{spec_no}" if spec_no else str(line_no),
            declaration=about.declaration_number,
            item=about.item_no,
            certificate=about.certificate_number,
            agreement=about.agreement,
        ),
        words["decision.ground"].format(ground=ground),
        words["decision.facts"].format(facts=notice.facts),
        words["decision.basis"].format(basis="; ".join(notice.basis)),
    ]
    if notice.verification:
        paragraphs.append(words["decision.verification"].format(case=notice.verification))
    if notice.submit:
        paragraphs.append(words["prior_notice.submit"].format(submit=notice.submit))
    paragraphs.append(words["prior_notice.until"].format(until=notice.due_on, source=notice.source))
    return "\n".join(paragraphs)
