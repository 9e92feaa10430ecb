"""Holds denials until the importer was told and could answer, where the law wants that."""

from __future__ import annotations

from dataclasses import replace

from ooms.audit.service import record
from ooms.claims.declaration import ClaimType
from ooms.claims.model import Claim
from ooms.db import Work
from ooms.decisions.asked import advance
from ooms.decisions.law import ClockKind
from ooms.decisions.model import REFUSING, Entry, Place, Verdict, Wanted, was_given
from ooms.decisions.prior_notice import (
    OPEN,
    PRIOR_NOTICE_MOVES,
    Announced,
    NoticeRunningError,
    PriorNotice,
    PriorNoticeError,
    PriorNoticeState,
    told,
)
from ooms.decisions.reasons import Reasons
from ooms.decisions.repository import prior_notices
from ooms.errors import ConflictError, Flaw, UnfitError
from ooms.languages.catalogues import LANGUAGES, catalogue

_NEW_VERSION = "a later version of the declaration"
_DECIDED_OTHERWISE = "decided otherwise"


class Forewarning:
    """The notices before denials."""

    def __init__(self, reasons: Reasons) -> None:
        """Know the grounds, and on which of them the law wants a notice."""
        self._reasons = reasons

    def is_owed(self, claim: Claim, *, ground: str, history: tuple[Entry, ...]) -> bool:
        """Tell whether a denial takes away what was given, on a ground that owes a notice.

        A line that nobody decided counts as given once its goods were released.
        """
        if ground not in self._reasons.law.prior_notice.grounds:
            return False
        about = claim.declaration.about
        is_released = about.claim_type is ClaimType.AT_IMPORT and about.released_on is not None
        return was_given(history) or (not history and is_released)

    def require(
        self,
        work: Work,
        claim: Claim,
        *,
        entry: Entry,
        wanted: Wanted,
        history: tuple[Entry, ...],
    ) -> None:
        """See that the importer was told of a denial, and that his period has passed.

        A notice promises that nothing is decided before, so it holds a denial on any ground.

        Raises:
            PriorNoticeError: a notice is owed and was not sent on this ground.
            NoticeRunningError: the importer may still answer.

        """
        if entry.verdict not in REFUSING or wanted.without_notice:
            return
        sent = self.standing(work, entry.place)
        if sent is not None and sent.is_running(work.today):
            raise NoticeRunningError(until=sent.due_on, wanted=entry.verdict)
        is_told = sent is not None and sent.ground == wanted.ground
        if not is_told and self.is_owed(claim, ground=wanted.ground, history=history):
            source = self._reasons.law.prior_notice.source
            detail = f"the importer is told before a denial on {wanted.ground} ({source})"
            raise PriorNoticeError(Flaw("/ground", detail, code=PriorNoticeError.code))

    def standing(self, work: Work, place: Place) -> PriorNotice | None:
        """Find the notice on a line from which something is still to follow."""
        of_claim = prior_notices(work.transaction).of_claim(place.claim_id)
        return next((one for one in of_claim if one.place == place and one.state in OPEN), None)

    def draft(
        self, work: Work, claim: Claim, *, entry: Entry, said: Announced, by: str
    ) -> PriorNotice:
        """Write a notice without sending it.

        Raises:
            UnknownGroundError: the ground is in no list here.
            UnfitError: the facts are missing, or the period lies outside its bounds.
            ConflictError: a later version of the declaration took the place of the claim.

        """
        if claim.superseded:
            raise ConflictError(what="claim", current="superseded", wanted="announced as denied")
        law, agreement = self._reasons.law, entry.about.agreement
        ground = self._reasons.grounds.find(said.ground, agreement=agreement, country=law.country)
        if not said.facts.strip():
            raise UnfitError(Flaw("/facts", "say which facts the decision would rest on"))
        length = law.clock(ClockKind.PRIOR_NOTICE, agreement=agreement).chosen(said.days)
        due = law.due(ClockKind.PRIOR_NOTICE, work.today, agreement=agreement, length=length)
        bases = ground.based_on(agreement=agreement, country=law.country)
        notice = PriorNotice(
            id=work.new_id(),
            place=entry.place,
            state=PriorNoticeState.SENT,
            ground=ground.code,
            facts=said.facts,
            basis=(*(one.source for one in bases), law.prior_notice.source),
            submit=said.submit,
            sent_by=by,
            sent_on=work.today,
            due_on=due.on,
            source=due.source,
            texts={},
            verification=said.verification,
            declaration_number=entry.about.declaration_number,
            certificate_number=entry.about.certificate_number,
        )
        texts = {one: told(notice, entry.about, words=catalogue(one)) for one in LANGUAGES}
        return replace(notice, texts=texts)

    def send(self, work: Work, notice: PriorNotice) -> PriorNotice:
        """Send a notice to the importer.

        Raises:
            ConflictError: one is open on the line.

        """
        if self.standing(work, notice.place) is not None:
            raise ConflictError(what="prior notice", current="sent", wanted="sent")
        prior_notices(work.transaction).add(notice)
        self._record(work, notice, by=notice.sent_by)
        return notice

    def follow(self, work: Work, entry: Entry) -> None:
        """Close the notice that a decision followed, or that it made void."""
        notice = self.standing(work, entry.place)
        if notice is None or entry.verdict in {Verdict.SUSPENDED, Verdict.SECURED}:
            return
        why = entry.why
        is_announced = entry.verdict in REFUSING and why is not None and why.ground == notice.ground
        self.close(
            work,
            notice,
            state=PriorNoticeState.FOLLOWED if is_announced else PriorNoticeState.DROPPED,
            because="" if is_announced else _DECIDED_OTHERWISE,
            by=entry.decided_by,
            decision_id=entry.id,
        )

    def drop_all(self, work: Work, claim: Claim, *, by: str) -> None:
        """Drop what was announced on a claim that a later version takes the place of."""
        for one in prior_notices(work.transaction).of_claim(claim.id):
            if one.state in OPEN:
                dropped = PriorNoticeState.DROPPED
                self.close(work, one, state=dropped, because=_NEW_VERSION, by=by)

    def close(  # noqa: PLR0913  # the facts of one end, each by its name
        self,
        work: Work,
        notice: PriorNotice,
        *,
        state: PriorNoticeState,
        because: str,
        by: str,
        decision_id: str = "",
    ) -> PriorNotice:
        """End a notice.

        Raises:
            ConflictError: it is over, or somebody moved it meanwhile.

        """
        moved = advance(notice.state, state, moves=PRIOR_NOTICE_MOVES, what="prior notice")
        ended = replace(
            notice,
            state=moved,
            closed_on=work.today,
            closed_because=because,
            decision_id=decision_id,
        )
        return self.change(work, notice, ended, by=by)

    def change(
        self, work: Work, since: PriorNotice, changed: PriorNotice, *, by: str
    ) -> PriorNotice:
        """Write what changed of a notice.

        Raises:
            ConflictError: somebody moved it meanwhile.

        """
        if not prior_notices(work.transaction).change(changed, since=since.state):
            wanted = changed.state
            raise ConflictError(what="prior notice", current="moved meanwhile", wanted=wanted)
        self._record(work, changed, by=by)
        return changed

    def remind(self, work: Work, notice: PriorNotice, *, by: str) -> bool:
        """Remind whoever sent a notice that something is to follow; False when it moved."""
        reminded = replace(notice, reminders=(*notice.reminders, work.today))
        if not prior_notices(work.transaction).change(reminded, since=notice.state):
            return False
        self._record(work, reminded, by=by, what="reminded")
        return True

    def _record(self, work: Work, one: PriorNotice, *, by: str, what: str = "") -> None:
        facts = {"line": str(one.place.line_no), "due_on": one.due_on.isoformat()}
        record(
            work,
            who=by,
            what=f"prior_notice.{what or one.state.value.lower()}",
            subject=f"claim/{one.place.claim_id}",
            reason_code=one.ground,
            facts=facts | ({"sent_by": one.sent_by} if what else {}),
        )
