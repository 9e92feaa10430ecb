"""Let importers put right what an objection lacks; meanwhile the period for it stands still.

Korea: Enforcement Decree 15(4) to 15(6): the office names what, why and until when, within 20 days;
these days are not counted in the 30 days for the decision.
"""

from __future__ import annotations

from dataclasses import replace

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Work
from ooms.decisions.asked import Objection, ObjectionState, Supplement
from ooms.decisions.law import ClockKind, Due, Law
from ooms.decisions.model import Entry
from ooms.decisions.objections import Objections
from ooms.decisions.repository import objections
from ooms.decisions.service import Decisions
from ooms.errors import ConflictError, PeriodEndedError
from ooms.languages.catalogues import LANGUAGES, catalogue


class Supplementing:
    """What objections lack."""

    def __init__(self, decisions: Decisions, desk: Objections) -> None:
        """Ask about the objections of that desk, against the decisions of the other."""
        self._decisions = decisions
        self._objections = desk

    @property
    def _law(self) -> Law:
        return self._decisions.reasons.law

    def ask(
        self, work: Work, objection_id: str, *, words: str, days: int | None, by: User
    ) -> Objection:
        """Ask the importer to put an objection right.

        Raises:
            MissingError: there is no such objection.
            UnfitError: the period lies outside its bounds.
            ConflictError: it is decided, or something is asked already.

        """
        current = self._open(work, objection_id)
        if any(one.is_open(work.today) for one in current.supplements):
            raise ConflictError(what="objection", current="asked about", wanted="asked about")
        entry = self._decisions.find(work, current.decision_id)
        clock = self._law.clock(ClockKind.OBJECTION_COMPLETION, agreement=entry.about.agreement)
        due = self._law.due(
            ClockKind.OBJECTION_COMPLETION,
            work.today,
            agreement=entry.about.agreement,
            length=clock.chosen(days),
        )
        asked = Supplement(
            words=words,
            asked_by=by.login,
            asked_on=work.today,
            due_on=due.on,
            source=due.source,
            texts=_notice(entry, words, due=due),
        )
        changed = replace(current, supplements=(*current.supplements, asked))
        return self._change(work, current, changed, entry=entry, what="asked_about", by=by)

    def answer(self, work: Work, objection_id: str, *, words: str, by: User) -> Objection:
        """Keep what the importer puts right, on the last day too.

        Raises:
            MissingError: there is no such objection.
            PeriodEndedError: its period has ended.
            ConflictError: nothing is asked, or it is decided.

        """
        current = self._open(work, objection_id)
        last = current.supplements[-1] if current.supplements else None
        if last is None or last.answered_on is not None:
            raise ConflictError(what="objection", current="not asked about", wanted="answered")
        if not last.is_open(work.today):
            raise PeriodEndedError(what="completion", ended_on=last.due_on.isoformat())
        answered = replace(last, answer=words, answered_on=work.today)
        changed = replace(current, supplements=(*current.supplements[:-1], answered))
        entry = self._decisions.find(work, current.decision_id)
        return self._change(work, current, changed, entry=entry, what="put_right", by=by)

    def _open(self, work: Work, objection_id: str) -> Objection:
        current = self._objections.get(work, objection_id)
        if current.state is not ObjectionState.RECEIVED:
            raise ConflictError(what="objection", current=current.state, wanted="put right")
        return current

    def _change(  # noqa: PLR0913  # the facts of one change, each by its name
        self,
        work: Work,
        since: Objection,
        changed: Objection,
        *,
        entry: Entry,
        what: str,
        by: User,
    ) -> Objection:
        """Write a change, with the last day for the decision counted anew."""
        due = self._law.due(
            ClockKind.OBJECTION_DECISION,
            changed.received_on,
            agreement=entry.about.agreement,
            pauses=tuple(one.pause for one in changed.supplements),
        )
        counted = replace(changed, due_on=due.on)
        if not objections(work.transaction).change(counted, since=since.state):
            raise ConflictError(what="objection", current="decided meanwhile", wanted=what)
        record(
            work,
            who=by.login,
            what=f"objection.{what}",
            subject=f"claim/{changed.place.claim_id}",
            facts={"line": str(changed.place.line_no), "due_on": due.on.isoformat()},
        )
        return counted


def _notice(entry: Entry, words: str, *, due: Due) -> dict[str, str]:
    facts = {
        "line": str(entry.place.line_no),
        "declaration": entry.about.declaration_number,
        "words": words,
        "until": due.on.isoformat(),
        "source": due.source,
    }
    return {one: catalogue(one)["objection.supplement"].format(**facts) for one in LANGUAGES}
