"""Let an importer look at his own claim before he is investigated: offered, answered in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ooms.access.model import User
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, PeriodEndedError, UnfitError
from ooms.verifications.importer import SelfCheck, SelfCheckGround
from ooms.verifications.keeping import Keeping
from ooms.verifications.model import State, Verification
from ooms.verifications.terms import StepKind


@dataclass(frozen=True, slots=True)
class Offer:
    """Why an importer may look himself, at what mainly, and until when."""

    ground: SelfCheckGround
    points: str
    until: date


class SelfChecking:
    """The importer's look at his own claim."""

    def __init__(self, keeping: Keeping) -> None:
        """Work on the verifications that are kept there."""
        self._keeping = keeping

    def offer(self, work: Work, case_id: str, *, offer: Offer, by: User) -> Verification:
        """Hand the importer the guide; the office says until when, within the law's limits.

        Raises:
            ConflictError: he is investigated already.
            UnfitError: the day lies outside the limits.

        """
        case = self._keeping.get(work, case_id)
        state = self._keeping.move(case, State.SELF_CHECK)
        rules = self._keeping.rules
        first = rules.last_day(StepKind.SELF_CHECK_LEAST, work.today)
        longest = rules.step(StepKind.SELF_CHECK_MOST, work.today)
        assert longest.due_on is not None  # nothing stops it
        if not first <= offer.until <= longest.due_on:
            words = f"lies between {first} and {longest.due_on} ({longest.source})"
            raise UnfitError(Flaw("/until", words, code="RUL-PERIOD"))
        clock = replace(longest, due_on=offer.until, first_due=offer.until)
        check = SelfCheck(work.today, offer.ground, offer.points, clock)
        changed = replace(case, state=state, self_check=check)
        return self._keeping.change(
            work,
            case,
            changed,
            what="self_check_offered",
            who=by.login,
            reason_code=offer.ground.value,
        )

    def prolong(self, work: Work, case_id: str, *, asked_on: date, by: User) -> Verification:
        """Give the importer more time, once, if he asked for it early enough.

        Raises:
            ConflictError: he has more time already, or has answered.
            PeriodEndedError: he asked too late.

        """
        case = self._keeping.get(work, case_id)
        check = unanswered(case)
        if check.is_prolonged:
            raise ConflictError(what="self-check", current="prolonged", wanted="prolonged")
        last = self._keeping.rules.last_day(StepKind.SELF_CHECK_ASK_MORE, check.offered_on)
        if asked_on > last:
            raise PeriodEndedError(what="request for more time", ended_on=str(last))
        assert check.clock.due_on is not None  # nothing stops it
        until = self._keeping.rules.last_day(StepKind.SELF_CHECK_MORE, check.clock.due_on)
        longer = replace(check, clock=check.clock.prolonged(until), is_prolonged=True)
        changed = replace(case, self_check=longer)
        return self._keeping.change(work, case, changed, what="self_check_prolonged", who=by.login)

    def answer(
        self, work: Work, case_id: str, *, words: str, answered_on: date, by: User
    ) -> Verification:
        """Keep what the importer found; our own time to look at it runs from that day.

        Raises:
            ConflictError: nobody waits for it.
            UnfitError: the day lies before the offer, or is still to come.
            PeriodEndedError: it comes too late, so an inquiry begins.

        """
        case = self._keeping.get(work, case_id)
        check = unanswered(case)
        if not check.offered_on <= answered_on <= work.today:
            flaw = f"lies between the offer on {check.offered_on} and today, {work.today}"
            raise UnfitError(Flaw("/answered_on", flaw, code="RUL-PERIOD"))
        if check.clock.is_over(answered_on):
            raise PeriodEndedError(what="self-check", ended_on=str(check.clock.due_on))
        answered = replace(
            check,
            answered_on=answered_on,
            answer=words,
            review=self._keeping.rules.step(StepKind.SELF_CHECK_REVIEW, answered_on),
        )
        changed = replace(case, self_check=answered)
        return self._keeping.change(work, case, changed, what="self_check_answered", who=by.login)


def unanswered(case: Verification) -> SelfCheck:
    """Return the self-check that an importer has not answered yet.

    Raises:
        ConflictError: there is none.

    """
    check = case.self_check
    if case.state is not State.SELF_CHECK or check is None or check.answered_on is not None:
        current = "answered" if check and check.answered_on else case.state
        raise ConflictError(what="self-check", current=current, wanted="answered")
    return check
