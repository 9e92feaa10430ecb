"""Take applications for advance rulings in, decide them in time, publish them, find them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, PeriodEndedError, UnfitError
from ooms.rulings.matching import match
from ooms.rulings.model import (
    Answer,
    Completion,
    Decided,
    Goods,
    Grade,
    Match,
    Published,
    Request,
    Ruling,
    Search,
    State,
)
from ooms.rulings.repository import RulingRows
from ooms.rulings.terms import ClockKind, RulingTerms

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Found:
    """A ruling that fits goods on a day, with what then holds."""

    ruling: Ruling
    answer: Answer
    match: Match

    @property
    def number(self) -> str:
        """The number of the ruling."""
        return self.ruling.decided.number if self.ruling.decided else ""


class Rulings:
    """The desk of advance rulings."""

    def __init__(self, terms: RulingTerms, *, office: str) -> None:
        """Rule by an administration's terms, in the name of an office."""
        self.terms = terms
        self.office = office

    def apply(self, work: Work, request: Request, *, by: User) -> Ruling:
        """Take an application in; the period for the decision runs from today.

        Raises:
            UnfitError: it is about nothing that is ruled on.

        """
        self.terms.subjects.require(request.subject, pointer="/subject")
        received = replace(request, received_on=work.today)
        ruling = Ruling(
            id=work.new_id(),
            request=received,
            due_on=self._last_day(ClockKind.DECISION, work.today),
            exporter_id=by.company,
        )
        RulingRows(work.transaction).add(ruling)
        self.note(work, ruling, what="received", by=by, facts={"subject": request.subject})
        return ruling

    def ask(self, work: Work, ruling_id: str, *, text: str, days: int | None, by: User) -> Ruling:
        """Ask for completion; the clock stands still until the answer.

        Raises:
            UnfitError: the period is shorter or longer than the law lets it be.
            ConflictError: the application waits for no decision.

        """
        known = self.get(work, ruling_id, by=by)
        known.require(State.COMPLETION_REQUESTED)
        clock = self.terms.clocks[ClockKind.COMPLETION]
        length = clock.days if days is None else days
        if not (clock.least or 1) <= length <= clock.days:
            detail = f"lasts from {clock.least or 1} to {clock.days} days ({clock.source})"
            raise UnfitError(Flaw("/days", detail, code="RUL-PERIOD"))
        answer_by = replace(clock, days=length).last_day(work.today)
        asked = (*known.completions, Completion(text, work.today, answer_by))
        changed = replace(known, state=State.COMPLETION_REQUESTED, completions=asked, due_on=None)
        return self.change(work, known, changed, what="completion-asked", by=by)

    def complete(self, work: Work, ruling_id: str, *, answer: str, by: User) -> Ruling:
        """Take the completion in; the clock goes on.

        Raises:
            ConflictError: none was asked for.
            PeriodEndedError: it comes too late.

        """
        known = self.get(work, ruling_id, by=by)
        known.require(State.RECEIVED)
        last = known.completions[-1]
        if work.today > last.answer_by:
            raise PeriodEndedError(what="completion", ended_on=last.answer_by.isoformat())
        answered = replace(last, answered_on=work.today, answer=answer)
        changed = replace(
            known, state=State.RECEIVED, completions=(*known.completions[:-1], answered)
        )
        due = self.terms.clocks[ClockKind.DECISION].due(
            known.request.received_on, pauses=changed.pauses
        )
        return self.change(work, known, replace(changed, due_on=due), what="completed", by=by)

    def send_back(
        self, work: Work, ruling_id: str, *, ground: str, reason: str, by: User
    ) -> Ruling:
        """Return an application on a ground of the list.

        Raises:
            UnfitError: the list lacks the ground.
            ConflictError: it is decided.

        """
        known = self.get(work, ruling_id, by=by)
        known.require(State.RETURNED)
        self.terms.returns.require(ground, pointer="/ground")
        changed = replace(known, state=State.RETURNED, ended_reason=f"{ground}: {reason}")
        return self.change(work, known, changed, what="returned", by=by, reason_code=ground)

    def withdraw(self, work: Work, ruling_id: str, *, by: User) -> Ruling:
        """Take an application back before it is decided.

        Raises:
            ConflictError: it is decided.

        """
        known = self.get(work, ruling_id, by=by)
        known.require(State.WITHDRAWN)
        return self.change(
            work, known, replace(known, state=State.WITHDRAWN), what="withdrawn", by=by
        )

    def decide(self, work: Work, ruling_id: str, *, answer: Answer, by: User) -> Ruling:
        """Rule: from now on the answer binds while the facts are the same.

        Raises:
            ConflictError: it waits for no decision.

        """
        known = self.get(work, ruling_id, by=by)
        known.require(State.IN_FORCE)
        decided = Decided(
            number=self._number(work),
            answer=answer,
            decided_on=work.today,
            decided_by=by.login,
            object_by=self._last_day(ClockKind.OBJECTION, work.today),
            publish_by=self._last_day(ClockKind.PUBLICATION, work.today),
        )
        is_late = known.due_on is not None and work.today > known.due_on
        changed = replace(known, state=State.IN_FORCE, decided=decided)
        facts = {"number": decided.number, "late": str(is_late).lower()}
        return self.change(work, known, changed, what="decided", by=by, facts=facts)

    def publish(self, work: Work, ruling_id: str, shown: Published, *, by: User) -> Ruling:
        """Publish what a person cleared of what is confidential.

        Raises:
            ConflictError: nothing is decided yet.

        """
        known = self.get(work, ruling_id, by=by)
        if known.decided is None:
            raise ConflictError(what="advance ruling", current=known.state, wanted="PUBLISHED")
        changed = replace(known, published=replace(shown, published_on=work.today))
        is_late = work.today > known.decided.publish_by
        facts = {"late": str(is_late).lower()}
        return self.change(work, known, changed, what="published", by=by, facts=facts)

    def get(self, work: Work, ruling_id: str, *, by: User) -> Ruling:
        """Return a ruling that the caller may see.

        Raises:
            MissingError: there is none.

        """
        found = RulingRows(work.transaction).find(ruling_id)
        if found is None:
            raise MissingError(what="advance ruling", id=ruling_id)
        by.require_sight(found.exporter_id or "", what="advance ruling", id=ruling_id)
        return found

    def page(
        self, work: Work, window: Window, *, state: State | None, by: User
    ) -> tuple[Ruling, ...]:
        """Return the newest rulings that the caller may see."""
        return RulingRows(work.transaction).page(window, company=by.company, state=state)

    def search(self, work: Work, window: Window, *, search: Search) -> tuple[Ruling, ...]:
        """Return published rulings that are searched for."""
        return RulingRows(work.transaction).published(window, search=search)

    def fitting(
        self, work: Work, wanted: Mapping[Key, tuple[Goods, date, str]]
    ) -> Mapping[Key, Found]:
        """Find the ruling that fits each of many goods, in one statement.

        Each comes with the day that counts and with whoever relies on the ruling.  The same goods
        come before similar ones, a later ruling before an earlier one.
        """
        known = RulingRows(work.transaction).about(goods.hs6 for goods, _, _ in wanted.values())
        found = {
            key: _best(known, goods, on=on, relying=relying)
            for key, (goods, on, relying) in wanted.items()
        }
        return {key: one for key, one in found.items() if one is not None}

    def change(  # noqa: PLR0913  # the facts of one act, each by its name
        self,
        work: Work,
        since: Ruling,
        changed: Ruling,
        *,
        what: str,
        by: User,
        reason_code: str = "",
        facts: dict[str, str] | None = None,
    ) -> Ruling:
        """Write a changed ruling and record the act.

        Raises:
            ConflictError: somebody else changed it since it was read.

        """
        kept = replace(changed, version=since.version + 1)
        if not RulingRows(work.transaction).change(kept, since=since):
            raise ConflictError(what="advance ruling", current="changed meanwhile", wanted=what)
        self.note(work, kept, what=what, by=by, reason_code=reason_code, facts=facts)
        return kept

    def note(  # noqa: PLR0913  # the facts of one entry, each by its name
        self,
        work: Work,
        ruling: Ruling,
        *,
        what: str,
        by: User,
        reason_code: str = "",
        facts: dict[str, str] | None = None,
    ) -> None:
        """Record an act on a ruling."""
        record(
            work,
            who=by.login,
            what=f"ruling.{what}",
            subject=f"ruling/{ruling.id}",
            reason_code=reason_code,
            facts=facts or {},
        )

    def _last_day(self, kind: ClockKind, start: date) -> date:
        return self.terms.clocks[kind].last_day(start)

    def _number(self, work: Work) -> str:
        prefix = f"AR-{self.office}-{work.today.year}-"
        return f"{prefix}{RulingRows(work.transaction).numbered(prefix) + 1:05d}"


def _best(known: Iterable[Ruling], goods: Goods, *, on: date, relying: str) -> Found | None:
    best: Found | None = None
    for ruling in known:
        answer = ruling.answer_on(on, relying=relying)
        if answer is None:
            continue
        found = Found(ruling, answer, match(goods, ruling.request.goods))
        if found.match.grade is Grade.SAME or (
            found.match.grade is Grade.SIMILAR and (best is None or not _is_same(best))
        ):
            best = found
    return best


def _is_same(found: Found) -> bool:
    return found.match.grade is Grade.SAME
