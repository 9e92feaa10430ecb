"""Hear objections against decisions; another officer than who decided decides on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.decisions.asked import (
    OBJECTION_MOVES,
    Objection,
    ObjectionState,
    Texts,
    advance,
)
from ooms.decisions.law import ClockKind, Due, Law
from ooms.decisions.model import Cause, Entry, Verdict, Wanted, last_of
from ooms.decisions.repository import objections
from ooms.decisions.service import Decisions
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.languages.catalogues import LANGUAGES, catalogue

_FAVORABLE = frozenset({Verdict.GRANTED, Verdict.WITHDRAWN})


class SameOfficerError(UnfitError):
    """An objection is decided by another officer than who made the decision."""

    code = "AUT-SECOND-EYES"


class Objections:
    """Objections of importers."""

    def __init__(self, decisions: Decisions) -> None:
        """Hear objections against the decisions of that desk."""
        self._decisions = decisions

    @property
    def _law(self) -> Law:
        return self._decisions.reasons.law

    def file(
        self, work: Work, decision_id: str, *, words: str, received_on: date, by: User
    ) -> Objection:
        """Take an objection; one that comes too late is kept, and answered as inadmissible.

        Raises:
            MissingError: there is no such decision.
            UnfitError: it is said to have come before the decision, or to come yet.
            ConflictError: the decision counts no more, denies nothing, or was objected to.

        """
        entry = self._decisions.find(work, decision_id)
        if not entry.decided_on <= received_on <= work.today:
            detail = f"between the decision on {entry.decided_on} and today, {work.today}"
            raise UnfitError(Flaw("/received_on", detail, code="RUL-PERIOD"))
        self._require_open(work, entry)
        agreement = entry.about.agreement
        last = self._law.due(ClockKind.OBJECTION, entry.decided_on, agreement=agreement)
        decide_by = self._law.due(ClockKind.OBJECTION_DECISION, received_on, agreement=agreement)
        is_late = received_on > last.on
        objection = Objection(
            id=work.new_id(),
            place=entry.place,
            decision_id=entry.id,
            state=ObjectionState.INADMISSIBLE if is_late else ObjectionState.RECEIVED,
            words=words,
            received_on=received_on,
            due_on=decide_by.on,
            source=decide_by.source,
            texts=_receipt(entry, received_on, due=last if is_late else decide_by, late=is_late),
        )
        objections(work.transaction).add(objection)
        _record(work, objection, by=by.login)
        return objection

    def uphold(self, work: Work, objection_id: str, *, words: str, by: User) -> Objection:
        """Let the decision stand.

        Raises:
            MissingError: there is no such objection.
            ConflictError: it is decided.
            SameOfficerError: the caller made the decision.

        """
        current, entry = self._mine(work, objection_id, ObjectionState.UPHELD, by=by)
        new = replace(current, state=ObjectionState.UPHELD)
        return self._decide(work, current, new, entry=entry, words=words, by=by)

    def reverse(
        self, work: Work, objection_id: str, *, wanted: Wanted, words: str, by: User
    ) -> Objection:
        """Decide the line anew: ledger, claim, issuing side and amounts follow.

        Raises:
            MissingError: there is no such objection.
            ConflictError: it is decided, or the new decision is the old one.
            SameOfficerError: the caller made the decision.

        """
        current, entry = self._mine(work, objection_id, ObjectionState.REVERSED, by=by)
        if wanted.verdict is entry.verdict:
            raise ConflictError(what="decision", current=entry.verdict, wanted=wanted.verdict)
        made = self._decisions.decide(work, entry.place, wanted, by=by.login, cause=Cause.OBJECTION)
        new = replace(current, state=ObjectionState.REVERSED, new_decision_id=made.id)
        return self._decide(work, current, new, entry=entry, words=words, by=by)

    def get(self, work: Work, objection_id: str) -> Objection:
        """Return an objection.

        Raises:
            MissingError: there is none.

        """
        found = objections(work.transaction).find(objection_id)
        if found is None:
            raise MissingError(what="objection", id=objection_id)
        return found

    def page(
        self, work: Work, window: Window, *, state: ObjectionState | None, overdue: bool
    ) -> tuple[Objection, ...]:
        """Return the objections, the newest first; those whose last day has passed."""
        before = work.today if overdue else None
        wanted = ObjectionState.RECEIVED if overdue else state
        return objections(work.transaction).page(window, state=wanted, before=before)

    def _require_open(self, work: Work, entry: Entry) -> None:
        last = last_of(self._decisions.history(work, entry.place))
        if last is None or last.id != entry.id or entry.verdict in _FAVORABLE:
            current = "decided anew" if last and last.id != entry.id else entry.verdict.value
            raise ConflictError(what="decision", current=current, wanted="objected to")
        known = objections(work.transaction).of_claim(entry.place.claim_id)
        if any(one.decision_id == entry.id for one in known):
            raise ConflictError(what="decision", current="objected to", wanted="objected to")

    def _mine(
        self, work: Work, objection_id: str, wanted: ObjectionState, *, by: User
    ) -> tuple[Objection, Entry]:
        current = self.get(work, objection_id)
        advance(current.state, wanted, moves=OBJECTION_MOVES, what="objection")
        if any(one.is_open(work.today) for one in current.supplements):
            raise ConflictError(what="objection", current="being put right", wanted=wanted)
        entry = self._decisions.find(work, current.decision_id)
        if entry.decided_by == by.login:
            raise SameOfficerError(Flaw("", "another officer than who decided decides on it"))
        return current, entry

    def _decide(  # noqa: PLR0913  # the facts of one answer, each by its name
        self,
        work: Work,
        current: Objection,
        new: Objection,
        *,
        entry: Entry,
        words: str,
        by: User,
    ) -> Objection:
        key = f"objection.{new.state.value.lower()}"
        facts = {
            "line": str(entry.place.line_no),
            "declaration": entry.about.declaration_number,
            "words": words,
        }
        answered = replace(
            new,
            answer=words,
            decided_by=by.login,
            decided_on=work.today,
            texts={one: catalogue(one)[key].format(**facts) for one in LANGUAGES},
        )
        if not objections(work.transaction).change(answered, since=current.state):
            raise ConflictError(what="objection", current="decided meanwhile", wanted=new.state)
        _record(work, answered, by=by.login)
        return answered


def _receipt(entry: Entry, received_on: date, *, due: Due, late: bool) -> Texts:
    facts = {
        "line": str(entry.place.line_no),
        "declaration": entry.about.declaration_number,
        "on": received_on.isoformat(),
        "until": due.on.isoformat(),
        "source": due.source,
    }
    key = "objection.late" if late else "objection.received"
    return {one: catalogue(one)[key].format(**facts) for one in LANGUAGES}


def _record(work: Work, one: Objection, *, by: str) -> None:
    record(
        work,
        who=by,
        what=f"objection.{one.state.value.lower()}",
        subject=f"claim/{one.place.claim_id}",
        facts={"line": str(one.place.line_no), "decision": one.decision_id},
    )
