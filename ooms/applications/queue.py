"""The queue of the office: what waits for it, oldest first, with who applies and who has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ooms.access.model import User
from ooms.applications.model import Application, State
from ooms.applications.repository import QueueRows
from ooms.db import Window, Work


class Whose(StrEnum):
    """Whose applications are wanted."""

    MINE = "MINE"
    UNASSIGNED = "UNASSIGNED"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the queue is wanted; nothing said means all of it."""

    state: State | None = None
    agreement: str | None = None
    whose: Whose | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Queued:
    """An application in the queue: its applicant, its officer, and the days that are left."""

    application: Application
    exporter: str
    officer: str | None
    #: Calendar days until the last day; negative when it has passed, None while the clock stands.
    days_left: int | None

    @property
    def id(self) -> str:
        """The key that the list runs by."""
        return self.application.id


class Queue:
    """Reads the queue; what stands in it changes at the desk of applications."""

    def page(self, work: Work, window: Window, *, wanted: Wanted, by: User) -> tuple[Queued, ...]:
        """Return the applications that the office owes an answer, the oldest first.

        A company's people see their company's own.
        """
        rows = QueueRows(work.transaction, on=work.today)
        found = rows.page(
            window,
            state=wanted.state,
            agreement=wanted.agreement,
            officer=_officer(wanted, by=by),
            overdue=wanted.overdue,
            company=by.company,
        )
        return tuple(
            Queued(application, exporter, officer, _days_left(application, on=work.today))
            for application, exporter, officer in found
        )


def _officer(wanted: Wanted, *, by: User) -> str | None:
    """Return the officer whose part is wanted; an empty key is nobody's."""
    if wanted.whose is None:
        return None
    return by.id if wanted.whose is Whose.MINE else ""


def _days_left(application: Application, *, on: date) -> int | None:
    due_on = application.clock.due_on if application.clock else None
    return (due_on - on).days if due_on else None
