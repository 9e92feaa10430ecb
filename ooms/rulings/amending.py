"""What happens to a ruling after it was given: objections, changes, grace, revocation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ooms.access.model import User
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, PeriodEndedError, UnfitError
from ooms.kernel.workdays import due_day
from ooms.rulings.model import (
    Answer,
    Change,
    Grace,
    Objection,
    ObjectionEnd,
    Ruling,
    State,
)
from ooms.rulings.service import Rulings
from ooms.rulings.terms import ClockKind

_OBJECTION = "OBJECTION"


class Amending:
    """Changes rulings forward, decides objections, and grants grace to who relied on them."""

    def __init__(self, rulings: Rulings) -> None:
        """Amend the rulings of a desk."""
        self._rulings = rulings

    def amend(  # noqa: PLR0913  # the facts of one change, each by its name
        self,
        work: Work,
        ruling_id: str,
        *,
        ground: str,
        reason: str,
        answer: Answer | None,
        by: User,
    ) -> Ruling:
        """Change a ruling for what is declared from tomorrow on, or revoke it: no answer.

        On grounds that the applicant answers for, the change reaches back.

        Raises:
            UnfitError: the list lacks the ground.
            ConflictError: the ruling is not in force.

        """
        terms = self._rulings.terms
        known = self._in_force(work, ruling_id, by=by)
        terms.changes.require(ground, pointer="/ground")
        is_back = ground in terms.reaching_back
        change = Change(work.today, ground, reason, answer, reaches_back=is_back)
        state = State.REVOKED if answer is None else State.IN_FORCE
        changed = replace(known, state=state, changes=(*known.changes, change))
        what = "revoked" if answer is None else "changed"
        return self._rulings.change(work, known, changed, what=what, by=by, reason_code=ground)

    def grant_grace(  # noqa: PLR0913  # the facts of one grace, each by its name
        self, work: Work, ruling_id: str, *, holder: str, asked_on: date, until: date, by: User
    ) -> Ruling:
        """Leave somebody who relied on a ruling in good faith under its former answer for a while.

        Raises:
            ConflictError: the last change leaves no room for it.
            UnfitError: the partner's agreement knows no grace, or the last day is too late.
            PeriodEndedError: it was asked for too late.

        """
        known = self._rulings.get(work, ruling_id, by=by)
        if not known.changes or known.changes[-1].reaches_back:
            raise ConflictError(what="advance ruling", current=known.state, wanted="GRACE")
        last, terms = known.changes[-1], self._rulings.terms
        asked_by = terms.clocks[ClockKind.GRACE_REQUEST].last_day(last.changed_on)
        if asked_on > asked_by:
            raise PeriodEndedError(what="request for grace", ended_on=asked_by.isoformat())
        days = terms.grace_days.get(known.request.goods.partner, 0)
        latest = due_day(last.changed_on, days)
        if not days or latest is None or until > latest:
            detail = f"at most {days} days after the change ({terms.grace_source})"
            raise UnfitError(Flaw("/until", detail, code="RUL-PERIOD"))
        grace = Grace(holder, asked_on, until)
        change = replace(last, graces=(*last.graces, grace))
        changed = replace(known, changes=(*known.changes[:-1], change))
        facts = {"holder": holder, "until": until.isoformat()}
        return self._rulings.change(work, known, changed, what="grace-granted", by=by, facts=facts)

    def object_to(self, work: Work, ruling_id: str, *, text: str, by: User) -> Ruling:
        """Object to a ruling, or to its last change, within the period.

        Raises:
            ConflictError: nothing was ruled, or an objection is open.
            PeriodEndedError: the period has ended.

        """
        known = self._rulings.get(work, ruling_id, by=by)
        clocks = self._rulings.terms.clocks
        is_open = known.objection is not None and known.objection.end is None
        if known.decided is None or is_open:
            raise ConflictError(what="advance ruling", current=known.state, wanted="OBJECTED")
        told = known.changes[-1].changed_on if known.changes else known.decided.decided_on
        last = clocks[ClockKind.OBJECTION].last_day(told)
        if work.today > last:
            raise PeriodEndedError(what="objection", ended_on=last.isoformat())
        due = clocks[ClockKind.OBJECTION_DECISION].last_day(work.today)
        changed = replace(known, objection=Objection(work.today, text, due))
        return self._rulings.change(work, known, changed, what="objected", by=by)

    def decide_objection(
        self, work: Work, ruling_id: str, *, answer: Answer | None, reason: str, by: User
    ) -> Ruling:
        """Decide an objection: with an answer the ruling changes, else it stays.

        Raises:
            ConflictError: no objection is open.
            UnfitError: the same person ruled.

        """
        known = self._rulings.get(work, ruling_id, by=by)
        objection, decided = known.objection, known.decided
        if objection is None or objection.end is not None or decided is None:
            raise ConflictError(what="objection", current="not open", wanted="decided")
        if decided.decided_by == by.login:
            raise UnfitError(Flaw("", "who ruled does not decide the objection to it"))
        end = ObjectionEnd.UPHELD if answer is None else ObjectionEnd.CHANGED
        ended = replace(objection, end=end, decided_on=work.today, reason=reason)
        changed = replace(known, objection=ended)
        if answer is not None:
            instead = _instead(known, answer, reason=reason, on=work.today)
            changed = replace(changed, state=State.IN_FORCE, changes=(*known.changes, instead))
        facts = {"end": end.value, "late": str(work.today > objection.due_on).lower()}
        return self._rulings.change(
            work, known, changed, what="objection-decided", by=by, facts=facts
        )

    def _in_force(self, work: Work, ruling_id: str, *, by: User) -> Ruling:
        known = self._rulings.get(work, ruling_id, by=by)
        if known.state is not State.IN_FORCE:
            raise ConflictError(what="advance ruling", current=known.state, wanted="CHANGED")
        return known


def _instead(known: Ruling, answer: Answer, *, reason: str, on: date) -> Change:
    """Put an answer in the place of what was objected to: it was never final."""
    if not known.changes:
        return Change(on, _OBJECTION, reason, answer, reaches_back=True)
    last = known.changes[-1]
    return Change(last.changed_on, _OBJECTION, reason, answer, reaches_back=last.reaches_back)
