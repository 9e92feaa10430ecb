"""The queue, and what a completion changed, on the wire."""

from __future__ import annotations

from datetime import date
from typing import Self

from ooms.access.schemas import Body
from ooms.applications.changes import Change
from ooms.applications.queue import Queued


class QueuedOut(Body):
    """An application in the queue; `days_left` is null while the clock stands still."""

    id: str
    state: str
    kind: str
    agreement: str
    import_country: str
    exporter_id: str
    exporter: str
    #: The first kind of goods, and how many kinds there are.
    goods: str
    lines: int
    submitted_on: date | None
    due_on: date | None
    days_left: int | None
    is_paused: bool
    officer_id: str | None
    officer: str | None
    office: str | None

    @classmethod
    def of(cls, queued: Queued) -> Self:
        """Show an application of the queue."""
        application = queued.application
        content, clock = application.content, application.clock
        return cls(
            id=application.id,
            state=application.state,
            kind=content.kind,
            agreement=content.agreement,
            import_country=content.import_country,
            exporter_id=application.exporter_id,
            exporter=queued.exporter,
            goods=content.lines[0].description if content.lines else "",
            lines=len(content.lines),
            submitted_on=application.submitted_on,
            due_on=clock.due_on if clock else None,
            days_left=queued.days_left,
            is_paused=clock.is_paused if clock else False,
            officer_id=application.officer_id,
            officer=queued.officer,
            office=application.office,
        )


class ChangeOut(Body):
    """One thing that is said otherwise: where (a JSON pointer), before and now."""

    pointer: str
    before: str
    now: str

    @classmethod
    def of(cls, change: Change) -> Self:
        """Show a change."""
        return cls.model_validate(change, from_attributes=True)


class ChangesOut(Body):
    """Everything that a completion changed; nothing where none was asked."""

    items: tuple[ChangeOut, ...]
