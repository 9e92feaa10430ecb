"""What verifications come to: the lines that they were about are decided by it, or announced."""

from __future__ import annotations

from ooms.claims.declaration import bare
from ooms.claims.model import CheckedLine
from ooms.claims.service import Claims
from ooms.db import Work
from ooms.decisions.forewarning import Forewarning
from ooms.decisions.model import HOLDING, Cause, Entry, Place, Verdict, Wanted, last_of
from ooms.decisions.outcomes import Outcomes
from ooms.decisions.prior_notice import Announced, PriorNoticeState
from ooms.decisions.service import Decisions
from ooms.verifications.correcting import in_doubt
from ooms.verifications.model import Verification
from ooms.verifications.outcomes import ADVERSE, ItemOutcome, Outcome

_ANEW = "determined anew"


class Determined:
    """The ear of the desk of decisions at the desk of verifications."""

    def __init__(
        self,
        claims: Claims,
        decisions: Decisions,
        *,
        forewarning: Forewarning,
        outcomes: Outcomes,
    ) -> None:
        """Decide at that desk on the claims of the other, and tell the selection of risks."""
        self._claims = claims
        self._decisions = decisions
        self._forewarning = forewarning
        self._outcomes = outcomes

    def determined(self, work: Work, outcomes: tuple[ItemOutcome, ...], *, who: str) -> None:
        """Grant or deny what a verification was about; silence alone decides nothing.

        A partner's silence lets an officer deny, it never denies by itself.  Where the importer is
        to be told before a denial he is told now, and an officer decides after his period.
        """
        for outcome in outcomes:
            if outcome.outcome is Outcome.NO_REPLY:
                continue
            for claim_id in outcome.claim_ids:
                self._apply(work, claim_id, outcome, who=who)
        self._outcomes.determined(work, outcomes, who=who)

    def put_right(self, work: Work, case: Verification, *, who: str) -> None:
        """Hear that an importer put his declarations right; nobody looks into them any more.

        1. Let the selection of risks learn that the lines in doubt were wrong.
        2. Check the new version of each again: the verification barred its lines.
        """
        before = [self._claims.get(work, one.instead_of) for one in case.corrections]  # 1
        lines = {one.declaration.number: in_doubt(one, case.subject) for one in before}
        self._outcomes.put_right(work, lines, who=who)
        for correction in case.corrections:  # 2
            self._claims.check_referred(work, correction.claim_id)

    def _apply(self, work: Work, claim_id: str, outcome: ItemOutcome, *, who: str) -> None:
        claim = self._claims.get(work, claim_id)
        if claim.superseded:
            return
        cause = Cause.OBJECTION if outcome.is_revision else Cause.VERIFICATION
        for line in claim.lines:
            if not _is_about(line, outcome):
                continue
            place = Place(claim_id, *line.line.place)
            history = self._decisions.history(work, place)
            if outcome.outcome not in ADVERSE:
                self._drop(work, place, who=who)
            wanted = _wanted(outcome, last_of(history))
            if wanted is None or self._announce(work, place, wanted, history=history, who=who):
                continue
            self._decisions.decide(work, place, wanted, by=who, cause=cause)

    def _announce(
        self, work: Work, place: Place, wanted: Wanted, *, history: tuple[Entry, ...], who: str
    ) -> bool:
        """Tell the importer first of a denial that owes a notice; False where nothing holds it."""
        if wanted.verdict is not Verdict.DENIED:
            return False
        known = self._forewarning.standing(work, place)
        if known is not None and known.ground == wanted.ground:
            return known.is_running(work.today)
        claim, entry = self._decisions.undecided(work, place)
        if not self._forewarning.is_owed(claim, ground=wanted.ground, history=history):
            return False
        self._drop(work, place, who=who)
        said = Announced(wanted.ground, wanted.facts, verification=wanted.verification)
        notice = self._forewarning.draft(work, claim, entry=entry, said=said, by=who)
        self._forewarning.send(work, notice)
        return True

    def _drop(self, work: Work, place: Place, *, who: str) -> None:
        known = self._forewarning.standing(work, place)
        if known is not None:
            dropped = PriorNoticeState.DROPPED
            self._forewarning.close(work, known, state=dropped, because=_ANEW, by=who)


def _wanted(outcome: ItemOutcome, last: Entry | None) -> Wanted | None:
    """Say what follows for a line from a verification; None where nothing does."""
    if outcome.outcome in ADVERSE:
        if last is not None and last.verdict is Verdict.DENIED:
            return None
        return Wanted(
            Verdict.DENIED,
            ground=outcome.ground,
            facts=outcome.facts,
            verification=outcome.verification_id,
        )
    if last is None or last.verdict is Verdict.GRANTED:
        return None
    of_this = last.why is not None and last.why.verification == outcome.verification_id
    if last.verdict in HOLDING or of_this:
        return Wanted(Verdict.GRANTED, facts=outcome.facts, verification=outcome.verification_id)
    return None


def _is_about(line: CheckedLine, outcome: ItemOutcome) -> bool:
    same = bare(line.line.certificate_number) == bare(outcome.certificate_number)
    return same and line.line.item_no == outcome.item_no
