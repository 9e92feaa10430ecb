"""Requests for completion: the officer asks, box by box; the exporter answers, or time runs out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ooms.access.model import User
from ooms.applications.changes import Change, changes_between
from ooms.applications.model import (
    Application,
    CompletionRequest,
    Decision,
    Lack,
    Outcome,
    State,
    advance,
)
from ooms.applications.repository import ApplicationRows, CompletionRows
from ooms.applications.service import Applications
from ooms.audit.service import record
from ooms.db import Work
from ooms.errors import ConflictError
from ooms.procedures.model import ClockKind

LAPSED = "COMPLETION_LAPSED"
_AT_ONCE = 100
_CLERK = "office-clocks"


class Completions:
    """Asks for completion and returns what was not completed."""

    def __init__(self, applications: Applications) -> None:
        """Work on the applications of that desk."""
        self._applications = applications

    def ask(
        self,
        work: Work,
        application_id: str,
        *,
        lacks: tuple[Lack, ...],
        days: int | None,
        by: User,
    ) -> Application:
        """Ask the exporter to complete an application, within a period that the law bounds.

        1. Every reason stands in the procedure, and the period lies within its bounds.
        2. The office's clock stands still from tomorrow on.
        3. Keep the request with its last day, and with what the application says until now.

        Raises:
            NotAllowedError: another officer has the application.
            ConflictError: it is not under review.
            UnfitError: a reason code or the number of days is not the procedure's.

        """
        current = self._applications.held(work, application_id, by=by)
        state = advance(current.state, State.COMPLETION_REQUESTED)
        clocks = self._applications.clocks
        for place, lack in enumerate(lacks):  # 1
            clocks.procedure.require_completion_reason(
                lack.reason_code, pointer=f"/lacks/{place}/reason_code"
            )
        length = clocks.procedure.clocks[ClockKind.COMPLETION].chosen(days)
        clock = current.clock and clocks.stop(  # 2
            current.clock, work.today, reason=State.COMPLETION_REQUESTED.value
        )
        changed = self._applications.change(
            work, current, replace(current, state=state, clock=clock)
        )
        request = CompletionRequest(  # 3
            id=work.new_id(),
            application_id=current.id,
            lacks=lacks,
            asked_by=by.id,
            asked_at=work.now,
            due_on=work.today + timedelta(days=length),
            stated=current.content,
        )
        CompletionRows(work.transaction).add(request)
        self._applications.note(
            work,
            changed,
            what="application.completion_requested",
            by=by,
            reason_code=lacks[0].reason_code,
        )
        return changed

    def of(self, work: Work, application_id: str, *, by: User) -> tuple[CompletionRequest, ...]:
        """Return what was asked for an application that the caller may see."""
        application = self._applications.get(work, application_id, by=by)
        return CompletionRows(work.transaction).of(application.id)

    def changes(self, work: Work, application_id: str, *, by: User) -> tuple[Change, ...]:
        """Name what the application says otherwise than when its completion was asked last."""
        application = self._applications.get(work, application_id, by=by)
        kept = [one.stated for one in CompletionRows(work.transaction).of(application.id)]
        before = kept[-1] if kept else None
        return changes_between(before, application.content) if before else ()

    def return_lapsed(self, work: Work) -> int:
        """Return the applications whose period for completion has ended; tell how many.

        Two processes that do this at once return each application once.
        """
        rows = CompletionRows(work.transaction)
        late = rows.ended_before(work.today, most=_AT_ONCE)
        return sum(self._return(work, one) for one in late)

    def _return(self, work: Work, request: CompletionRequest) -> bool:
        current = ApplicationRows(work.transaction).find(request.application_id)
        assert current is not None  # a request is kept with its application
        ended = CompletionRows(work.transaction).end(
            request.id, outcome=Outcome.LAPSED, answer="", now=work.now
        )
        if not ended:
            return False
        reason = f"not completed by {request.due_on.isoformat()}"
        returned = replace(
            current,
            state=advance(current.state, State.RETURNED),
            decision=Decision(LAPSED, reason, decided_at=work.now),
        )
        try:
            self._applications.change(work, current, returned)
        except ConflictError:
            return False  # the exporter was quicker
        record(
            work,
            who=_CLERK,
            what="application.returned",
            subject=f"application/{current.id}",
            reason_code=LAPSED,
        )
        return True
