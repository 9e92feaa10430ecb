"""Tell importers before preference is taken away, and hear what they answer.

Korea: Enforcement Decree 44(1), by the Customs Act 118(1); other administrations as their data say.
"""

from __future__ import annotations

from dataclasses import replace

from ooms.access.model import User
from ooms.db import Window, Work
from ooms.decisions.asked import advance
from ooms.decisions.forewarning import Forewarning
from ooms.decisions.model import Place
from ooms.decisions.prior_notice import (
    PRIOR_NOTICE_MOVES,
    Announced,
    PriorNotice,
    PriorNoticeState,
)
from ooms.decisions.repository import prior_notices
from ooms.decisions.service import Decisions
from ooms.errors import MissingError, PeriodEndedError

_REMINDED_AT_ONCE = 200
_ITSELF = "prior-notice-days"


class PriorNotices:
    """The desk of notices before denials."""

    def __init__(self, decisions: Decisions, forewarning: Forewarning) -> None:
        """Announce what is to be decided at that desk."""
        self._decisions = decisions
        self._forewarning = forewarning

    def preview(self, work: Work, place: Place, *, said: Announced, by: User) -> PriorNotice:
        """Write a notice without sending it.

        Raises:
            MissingError: there is no such claim or line.
            UnfitError: the ground is none here, facts are missing, or the period is out of bounds.

        """
        claim, entry = self._decisions.undecided(work, place)
        return self._forewarning.draft(work, claim, entry=entry, said=said, by=by.login)

    def send(self, work: Work, place: Place, *, said: Announced, by: User) -> PriorNotice:
        """Tell the importer that preference is to be taken away, and until when he may answer.

        Raises:
            MissingError: there is no such claim or line.
            UnfitError: the ground is none here, facts are missing, or the period is out of bounds.
            ConflictError: a notice is open on the line.

        """
        return self._forewarning.send(work, self.preview(work, place, said=said, by=by))

    def answer(
        self, work: Work, notice_id: str, *, words: str, nothing_more: bool, by: User
    ) -> PriorNotice:
        """Keep what the importer says, on the last day too.

        Raises:
            MissingError: there is no such notice.
            PeriodEndedError: its period has ended.
            ConflictError: it is answered, or nothing follows from it any more.

        """
        current = self._find(work, notice_id)
        answered = PriorNoticeState.ANSWERED
        state = advance(current.state, answered, moves=PRIOR_NOTICE_MOVES, what="prior notice")
        if work.today > current.due_on:
            raise PeriodEndedError(what="prior notice", ended_on=current.due_on.isoformat())
        new = replace(
            current,
            state=state,
            answer=words,
            answered_on=work.today,
            nothing_more=nothing_more,
        )
        return self._forewarning.change(work, current, new, by=by.login)

    def drop(self, work: Work, notice_id: str, *, words: str, by: User) -> PriorNotice:
        """Say that what was announced will not be decided.

        Raises:
            MissingError: there is no such notice.
            ConflictError: nothing follows from it any more.

        """
        current = self._find(work, notice_id)
        state = PriorNoticeState.DROPPED
        return self._forewarning.close(work, current, state=state, because=words, by=by.login)

    def page(
        self, work: Work, window: Window, *, state: PriorNoticeState | None, ended: bool
    ) -> tuple[PriorNotice, ...]:
        """Return the notices, the newest first; those in a state, or whose period has passed."""
        before = work.today if ended else None
        return prior_notices(work.transaction).page(window, state=state, before=before)

    def ripe(self, work: Work, window: Window) -> tuple[PriorNotice, ...]:
        """Return the notices that are to be decided now: their period has passed, or is waived."""
        return prior_notices(work.transaction).ripe(window, on=work.today)

    def remind(self, work: Work, *, after: str = "") -> tuple[int, str]:
        """Remind of a group of notices that are to be decided; count, and say where it ended.

        Whoever sent a notice is reminded on the first day after its period and each week after.
        """
        window = Window(_REMINDED_AT_ONCE, after or None)
        found = self.ripe(work, window)
        due = [one for one in found if one.wants_reminder(work.today)]
        reminded = sum(self._forewarning.remind(work, one, by=_ITSELF) for one in due)
        return reminded, window.next(found) or ""

    def _find(self, work: Work, notice_id: str) -> PriorNotice:
        found = prior_notices(work.transaction).find(notice_id)
        if found is None:
            raise MissingError(what="prior notice", id=notice_id)
        return found
