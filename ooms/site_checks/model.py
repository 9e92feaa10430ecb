"""An on-site check: on which ground, when, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """Where an on-site check stands."""

    SCHEDULED = "SCHEDULED"
    POSTPONEMENT_ASKED = "POSTPONEMENT_ASKED"
    DONE = "DONE"


class Outcome(StrEnum):
    """What the visitors found."""

    CONFORM = "CONFORM"
    NOT_CONFORM = "NOT_CONFORM"
    VISIT_REFUSED = "VISIT_REFUSED"


@dataclass(frozen=True, slots=True)
class Postponement:
    """What the applicant wishes, and until when the office answers."""

    to: date
    reason: str
    decide_by: date


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and who says so."""

    outcome: Outcome
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """A check as it stands; `due_on` binds customs where a chamber asked for the visit."""

    id: str
    application_id: str
    ground: str
    scope: str
    asked_by: str
    notified_on: date
    visit_on: date
    due_on: date | None
    state: State = State.SCHEDULED
    postponement: Postponement | None = None
    report: Report | None = None
