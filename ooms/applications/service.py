"""Draft, submit, review and decide applications."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ooms.access.model import User
from ooms.applications.citing import problems_of
from ooms.applications.model import (
    OPEN,
    Application,
    CompletionRequest,
    Content,
    Decision,
    Outcome,
    State,
    advance,
)
from ooms.applications.repository import ApplicationRows, CheckRows, CompletionRows
from ooms.applications.waiving import Waiving
from ooms.applications.wholeness import require_whole
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.determinations.model import Determined
from ooms.determinations.service import Determinations
from ooms.errors import (
    ConflictError,
    Flaw,
    MissingError,
    NotAllowedError,
    PeriodEndedError,
    UnfitError,
)
from ooms.exporters.service import Exporters
from ooms.officers.model import Case
from ooms.officers.service import Officers
from ooms.procedures.model import ClockKind
from ooms.procedures.running import Clocks

CHAPTER = 2
_ASSIGNED_IN = frozenset({State.SUBMITTED, State.UNDER_REVIEW})
_TAKEN_FROM = frozenset({State.SUBMITTED, State.APPROVED})


class Applications:
    """The desk of applications."""

    def __init__(
        self,
        *,
        determinations: Determinations,
        exporters: Exporters,
        officers: Officers,
        clocks: Clocks,
        waiving: Waiving,
    ) -> None:
        """Let lines cite determinations, let that desk assign, and count days by these clocks."""
        self._determinations = determinations
        self._exporters = exporters
        self._officers = officers
        self._waiving = waiving
        self.clocks = clocks

    def draft(self, work: Work, content: Content, *, by: User) -> Application:
        """Keep a draft of the caller's company; it may have holes.

        Raises:
            UnfitError: a line cites what is no determination of the company's.

        """
        if by.exporter_id is None:
            raise UnfitError(Flaw("", "only an exporter applies"))
        if content.cause is not None:
            procedure = self.clocks.procedure
            procedure.require_kind_reason(content.kind, content.cause.code, pointer="/cause/code")
        self._require_known(work, content, by=by)
        application = Application(
            id=work.new_id(),
            exporter_id=by.exporter_id,
            state=State.DRAFT,
            version=1,
            content=content,
            drafted_at=work.now,
        )
        ApplicationRows(work.transaction).add(application)
        return application

    def revise(self, work: Work, application_id: str, *, content: Content, by: User) -> Application:
        """Write a draft anew, or an application that the officer wants completed.

        Raises:
            ConflictError: the application is out of the exporter's hands.
            UnfitError: a line cites what is no determination of the company's, or what was whole
                has holes now.

        """
        current = self.get(work, application_id, by=by)
        if current.state not in OPEN:
            raise ConflictError(what="application", current=current.state, wanted="revised")
        _require_same_kind(current.content, content)
        if current.state is not State.DRAFT:
            require_whole(content)
        self._require_known(work, content, by=by)
        CheckRows(work.transaction).forget(current.id)
        return self.change(work, current, replace(current, content=content))

    def submit(self, work: Work, application_id: str, *, by: User, answer: str = "") -> Application:
        """Hand the application in, or back in after its completion.

        1. Nothing is missing, and every line cites a determination that confers origin on these
           goods.
        2. A completed one goes back to its officer, and its clock goes on.
        3. A draft goes to the office and officer whose it is, and its clock begins; where no
           office is kept, to whoever takes it. Where its review is waived, a rule approves it.

        Raises:
            UnfitError: something is missing, or a line does not stand on its determination.
            ConflictError: the application is not the exporter's to submit.
            PeriodEndedError: the period for completing it has ended.

        """
        current = self.get(work, application_id, by=by)
        require_whole(current.content)  # 1
        flaws = self.unfounded(work, current.content, by=by)
        if flaws:
            raise UnfitError(*flaws)
        if current.state is State.COMPLETION_REQUESTED:  # 2
            submitted = self._completed(work, current, answer=answer)
        else:  # 3
            state = advance(current.state, State.SUBMITTED)
            load = ApplicationRows(work.transaction).load()
            chosen = self._officers.choose(work, self._case(work, current, by=by), load=load)
            handed_in = replace(
                current,
                state=state,
                submitted_on=work.today,
                clock=self.clocks.begin(ClockKind.ISSUE, work.today),
                office=chosen.office if chosen else None,
                officer_id=chosen.officer_id if chosen else None,
            )
            submitted = self._waiving.judged(work, handed_in)
        changed = self.change(work, current, submitted)
        self.note(work, changed, what="application.submitted", by=by)
        return changed

    def take(self, work: Work, application_id: str, *, by: User) -> Application:
        """Take a submitted application for review; of two officers one gets it.

        An approved one that is not issued yet may be taken up again by its officer.

        Raises:
            ConflictError: another officer has it, or there is nothing to review.
            NotCompetentError: it lies outside the officer's post.

        """
        current = self.get(work, application_id, by=by)
        state = advance(current.state, State.UNDER_REVIEW)
        self._officers.require_competence(work, self._case(work, current, by=by), by.id)
        held = current.officer_id not in (None, by.id)
        if held or current.state not in _TAKEN_FROM:
            raise ConflictError(what="application", current=current.state, wanted=state)
        changed = self.change(work, current, replace(current, state=state, officer_id=by.id))
        self.note(work, changed, what="application.taken", by=by)
        return changed

    def release(self, work: Work, application_id: str, *, reason: str, by: User) -> Application:
        """Give an application back, so that another officer may take it; the clock runs on.

        Raises:
            NotAllowedError: another officer has it.
            ConflictError: it is not under review.

        """
        current = self.held(work, application_id, by=by)
        if current.state is not State.UNDER_REVIEW:
            raise ConflictError(what="application", current=current.state, wanted=State.SUBMITTED)
        released = replace(current, state=State.SUBMITTED, officer_id=None)
        changed = self.change(work, current, released)
        self.note(work, changed, what="application.released", by=by, facts={"reason": reason})
        return changed

    def assign(self, work: Work, application_id: str, *, officer_id: str, by: User) -> Application:
        """Give an application that is not decided to another officer, by a supervisor.

        Raises:
            ConflictError: it is neither waiting nor under review.
            NotCompetentError: it lies outside that officer's post.

        """
        current = self.get(work, application_id, by=by)
        if current.state not in _ASSIGNED_IN:
            raise ConflictError(what="application", current=current.state, wanted="assigned")
        self._officers.require_officer(work, officer_id)
        self._officers.require_competence(work, self._case(work, current, by=by), officer_id)
        given = replace(current, state=State.SUBMITTED, officer_id=officer_id)
        changed = self.change(work, current, given)
        self.note(work, changed, what="application.assigned", by=by, facts={"officer": officer_id})
        return changed

    def decide(
        self, work: Work, application_id: str, *, wanted: State, why: tuple[str, str], by: User
    ) -> Application:
        """Approve, or propose to refuse, by the officer who took the application.

        Raises:
            NotAllowedError: another officer has it.
            ConflictError: it is decided already, or nobody took it.
            UnknownCodeError: nothing is refused for such a reason.

        """
        current = self.get(work, application_id, by=by)
        state = advance(current.state, wanted)
        self._require_holder(current, by=by)
        reason_code, reason = why
        if state is State.REFUSAL_PROPOSED:
            self.clocks.procedure.require_refusal_reason(reason_code, pointer="/reason_code")
        decided = replace(
            current, state=state, decision=Decision(reason_code, reason, decided_at=work.now)
        )
        changed = self.change(work, current, decided)
        what = f"application.{state.lower()}"
        self.note(work, changed, what=what, by=by, reason_code=reason_code)
        return changed

    def withdraw(self, work: Work, application_id: str, *, reason: str, by: User) -> Application:
        """Take an application back, before issue only (Notice 36).

        Raises:
            ConflictError: it is issued, refused or withdrawn already.

        """
        current = self.get(work, application_id, by=by)
        withdrawn = replace(
            current,
            state=advance(current.state, State.WITHDRAWN),
            decision=Decision("WITHDRAWN", reason, decided_at=work.now),
        )
        if current.state is State.COMPLETION_REQUESTED:
            self._end_request(work, current, outcome=Outcome.WITHDRAWN, answer=reason)
        changed = self.change(work, current, withdrawn)
        self.note(work, changed, what="application.withdrawn", by=by, reason_code="WITHDRAWN")
        return changed

    def mark_issued(self, work: Work, application: Application) -> Application:
        """Close an approved application with its certificate; of two issues one gets through.

        Raises:
            ConflictError: it is not approved, or issued already.

        """
        issued = replace(application, state=advance(application.state, State.ISSUED))
        self._waiving.issued(work, application)
        return self.change(work, application, issued)

    def get(self, work: Work, application_id: str, *, by: User) -> Application:
        """Return an application that the caller may see; drafts are the exporter's own.

        Raises:
            MissingError: there is none.

        """
        found = ApplicationRows(work.transaction).find(application_id)
        hidden = found and found.state is State.DRAFT and by.company is None
        if found is None or hidden:
            raise MissingError(what="application", id=application_id)
        by.require_sight(found.exporter_id, what="application", id=application_id)
        return found

    def page(
        self, work: Work, window: Window, *, state: State | None, of: str | None = None, by: User
    ) -> tuple[Application, ...]:
        """Return the applications that the caller may see; a draft is its company's own."""
        return ApplicationRows(work.transaction).page(
            window, company=by.looks_at(of), state=state, drafts=by.company is not None
        )

    def overdue(self, work: Work, window: Window) -> tuple[Application, ...]:
        """Return the applications that the office should have decided before today."""
        return ApplicationRows(work.transaction).overdue(window, on=work.today)

    def held(self, work: Work, application_id: str, *, by: User) -> Application:
        """Return an application that the caller reviews.

        Raises:
            NotAllowedError: another officer has it.

        """
        current = self.get(work, application_id, by=by)
        self._require_holder(current, by=by)
        return current

    def change(self, work: Work, since: Application, changed: Application) -> Application:
        """Write a changed application.

        Raises:
            ConflictError: somebody else changed it since it was read.

        """
        changed = replace(changed, version=since.version + 1)
        if not ApplicationRows(work.transaction).change(changed, since=since):
            raise ConflictError(
                what="application", current="changed meanwhile", wanted=changed.state
            )
        return changed

    def note(  # noqa: PLR0913  # the facts of one entry, each by its name
        self,
        work: Work,
        application: Application,
        *,
        what: str,
        by: User,
        reason_code: str = "",
        facts: dict[str, str] | None = None,
    ) -> None:
        """Record an act on an application."""
        record(
            work,
            who=by.login,
            what=what,
            subject=f"application/{application.id}",
            reason_code=reason_code,
            facts=facts,
        )

    def grounds(self, work: Work, content: Content, *, by: User) -> dict[int, Determined]:
        """Return the determination of each line, by item number."""
        return {
            line.item_no: self._determinations.cited(work, line.determination_id, by=by)
            for line in content.lines
            if line.determination_id
        }

    def proofs_ending(self, work: Work, determined: Iterable[Determined]) -> dict[str, date]:
        """Return when the proofs of determinations end, of those that rest on one ending soon."""
        return self._determinations.staleness.proofs_ending(work, determined)

    def unfounded(self, work: Work, content: Content, *, by: User) -> tuple[Flaw, ...]:
        """Name the lines that do not stand on their determinations.

        What only repeats or takes back a certificate determines nothing anew, and what is
        re-exported rests on first certificates.
        """
        if not content.kind.says_anew:
            return ()
        grounds = self.grounds(work, content, by=by)
        return tuple(
            Flaw(f"/lines/{place}/determination_id", problem, code="RUL-DETERMINATION")
            for place, line in enumerate(content.lines)
            if line.item_no in grounds
            for problem in problems_of(line, content, grounds[line.item_no])
        )

    def _case(self, work: Work, application: Application, *, by: User) -> Case:
        exporter = self._exporters.get(work, application.exporter_id, by=by)
        content = application.content
        chapters = frozenset(line.hs[:CHAPTER] for line in content.lines)
        return Case(exporter.city, content.agreement, chapters)

    def _require_known(self, work: Work, content: Content, *, by: User) -> None:
        flaws = []
        for place, line in enumerate(content.lines):
            if not line.determination_id:
                continue
            try:
                self._determinations.cited(work, line.determination_id, by=by)
            except MissingError as missing:
                flaws.append(Flaw(f"/lines/{place}/determination_id", str(missing)))
        if flaws:
            raise UnfitError(*flaws)

    def _completed(self, work: Work, current: Application, *, answer: str) -> Application:
        request = self._end_request(work, current, outcome=Outcome.ANSWERED, answer=answer)
        if request.due_on < work.today:
            raise PeriodEndedError(what="completion", ended_on=request.due_on.isoformat())
        clock = current.clock and self.clocks.go_on(current.clock, work.today)
        return replace(current, state=State.UNDER_REVIEW, clock=clock)

    def _end_request(
        self, work: Work, current: Application, *, outcome: Outcome, answer: str
    ) -> CompletionRequest:
        rows = CompletionRows(work.transaction)
        request = rows.of(current.id)[-1]
        if not rows.end(request.id, outcome=outcome, answer=answer, now=work.now):
            raise ConflictError(what="completion", current=request.outcome, wanted=outcome)
        return request

    def _require_holder(self, application: Application, *, by: User) -> None:
        if application.officer_id != by.id:
            raise NotAllowedError(role=by.role, action="decide what another officer reviews")


def _require_same_kind(before: Content, now: Content) -> None:
    if (before.kind, before.about_certificate) != (now.kind, now.about_certificate):
        detail = f"this is an application of kind {before.kind}; withdraw it and apply anew"
        raise UnfitError(Flaw("/kind", detail, code="RUL-KIND"))
