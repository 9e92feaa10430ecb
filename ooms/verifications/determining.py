"""Determine what a verification comes to, hear the importer's objection, and close the case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ooms.access.model import User
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, PeriodEndedError, UnfitError
from ooms.verifications.deciding import Deciding
from ooms.verifications.grounds import Ground, Grounds
from ooms.verifications.keeping import Keeping, SameEyesError
from ooms.verifications.model import (
    Determination,
    ItemFinding,
    Objection,
    State,
    Verification,
)
from ooms.verifications.outcomes import ADVERSE, ItemOutcome, Outcome
from ooms.verifications.parts import Spoken, TellingKind
from ooms.verifications.suspending import lift
from ooms.verifications.terms import StepKind, TermKind

#: Tells the partner a determination, unless that goes by letter.
Send = Callable[[Verification, Determination], Spoken]


class Determining:
    """What is determined, and what becomes of it."""

    def __init__(
        self, keeping: Keeping, grounds: Grounds, *, deciding: Deciding | None = None
    ) -> None:
        """Work on the verifications that are kept there; tell whoever decides on claims."""
        self._keeping = keeping
        self._grounds = grounds
        self._deciding = deciding

    def connect(self, deciding: Deciding) -> None:
        """Tell outcomes to a desk that is opened after this one."""
        self._deciding = deciding

    def grounds(self, agreement: str) -> tuple[Ground, ...]:
        """Return the grounds on which preference may be denied here under an agreement."""
        return self._grounds.under(agreement=agreement, country=self._keeping.rules.country)

    def propose(
        self, work: Work, case_id: str, *, findings: tuple[ItemFinding, ...], by: User
    ) -> Verification:
        """Make a preliminary determination, for the importer to comment on.

        Raises:
            ConflictError: there is nothing to determine yet.
            NoTermError: the agreement knows none.

        """
        case = self._keeping.get(work, case_id)
        state = self._keeping.move(case, State.PRELIMINARY)
        agreement = case.subject.agreement
        clock = self._keeping.rules.begin(agreement, TermKind.PRELIMINARY_COMMENTS, work.today)
        made = Determination(self.judged(case, findings), by.login, work.today, comments_by=clock)
        words = f"A preliminary determination was made; comments are taken until {clock.due_on}."
        telling = self._keeping.telling(TellingKind.OBJECTION, words, since=work.today)
        changed = replace(case, state=state, preliminary=made, tellings=(*case.tellings, telling))
        return self._keeping.change(work, case, changed, what="preliminary", who=by.login)

    def comment(self, work: Work, case_id: str, *, words: str, by: User) -> Verification:
        """Keep what the importer says to a preliminary determination.

        Raises:
            ConflictError: there is none, or it was commented on.
            PeriodEndedError: it comes too late.

        """
        case = self._keeping.get(work, case_id)
        made = case.preliminary
        if case.state is not State.PRELIMINARY or made is None or made.comments:
            raise ConflictError(what="comments", current=case.state, wanted="kept")
        if made.comments_by is not None and made.comments_by.is_over(work.today):
            ended = str(made.comments_by.due_on)
            raise PeriodEndedError(what="period for comments", ended_on=ended)
        changed = replace(case, preliminary=replace(made, comments=words))
        return self._keeping.change(work, case, changed, what="commented", who=by.login)

    def determine(
        self, work: Work, case_id: str, *, findings: tuple[ItemFinding, ...], by: User
    ) -> Verification:
        """Determine every item; where the agreement wants a draft first, after its comments.

        Raises:
            ConflictError: there is nothing to determine yet.
            UnfitError: an item lacks its finding, its ground, or has one that does not fit.

        """
        case = self._keeping.get(work, case_id)
        speaker = self._keeping.speaker(by)
        return self.conclude(
            work,
            case,
            findings=findings,
            by=by,
            send=lambda changed, made: Spoken(
                "VERIF_DETERMINE",
                self._keeping.voice.determine(
                    changed, made=made, by=speaker, within=work.transaction
                ),
                work.today,
            ),
        )

    def conclude(  # the parts of a determination, each by its name
        self,
        work: Work,
        case: Verification,
        *,
        findings: tuple[ItemFinding, ...],
        by: User,
        send: Send,
    ) -> Verification:
        """Make a determination and let everybody know whom it concerns.

        1. Judge the findings: one an item, each adverse one on a ground of the list.
        2. Tell the partner, by message if it takes them.
        3. Lift suspensions if the origin is confirmed; tell whoever decides on claims.

        Raises:
            ConflictError: there is nothing to determine yet.
            UnfitError: an item lacks its finding, its ground, or has one that does not fit.

        """
        self._require_heard(work, case, findings)
        made = Determination(self.judged(case, findings), by.login, work.today)  # 1
        words = _decision_words(made)
        changed = replace(
            case,
            state=self._keeping.move(case, State.DETERMINED),
            determination=made,
            objection_until=self._keeping.rules.last_day(StepKind.OBJECTION, work.today),
            tellings=(
                *case.tellings,
                self._keeping.telling(TellingKind.DECISION, words, since=work.today),
            ),
        )
        if case.by_message:  # 2
            changed = changed.having_said(send(changed, made))
        return self._told(work, case, changed, made=made, by=by)  # 3

    def object(self, work: Work, case_id: str, *, words: str, by: User) -> Verification:
        """Take the importer's objection.

        Raises:
            ConflictError: nothing adverse was determined, or it was objected to before.
            PeriodEndedError: the period for objections has ended.

        """
        case = self._keeping.get(work, case_id)
        state = self._keeping.move(case, State.OBJECTED)
        holding = case.holding
        if case.objections or holding is None or not holding.is_adverse:
            current = "objected to before" if case.objections else "granted"
            raise ConflictError(what="determination", current=current, wanted=State.OBJECTED)
        if case.objection_until is not None and work.today > case.objection_until:
            raise PeriodEndedError(what="period for objections", ended_on=str(case.objection_until))
        clock = self._keeping.rules.step(StepKind.OBJECTION_DECISION, work.today)
        objection = Objection(work.today, words, clock)
        changed = replace(case, state=state, objections=(*case.objections, objection))
        return self._keeping.change(work, case, changed, what="objected", who=by.login)

    def decide_objection(  # the parts of a decision, each by its name
        self,
        work: Work,
        case_id: str,
        *,
        findings: tuple[ItemFinding, ...] | None,
        reasons: str,
        by: User,
    ) -> Verification:
        """Decide an objection: other findings reverse the determination, none uphold it.

        Raises:
            ConflictError: nobody objected.
            SameEyesError: the caller made the determination.

        """
        case = self._keeping.get(work, case_id)
        first = case.determination
        if case.state is not State.OBJECTED or first is None:
            raise ConflictError(what="objection", current=case.state, wanted="decided")
        if first.by == by.login:
            raise SameEyesError(
                Flaw("", "an objection is decided by another than who made the determination")
            )
        decided = replace(
            case.objections[-1],
            decided_by=by.login,
            decided_on=work.today,
            reversed=findings is not None,
            reasons=reasons,
        )
        word = "reversed" if findings is not None else "upheld"
        telling = self._keeping.telling(
            TellingKind.OBJECTION, f"The determination was {word}: {reasons}", since=work.today
        )
        changed = replace(
            case,
            state=self._keeping.move(case, State.DETERMINED),
            objections=(*case.objections[:-1], decided),
            tellings=(*case.tellings, telling),
        )
        if findings is None:
            return self._keeping.change(work, case, changed, what="objection_upheld", who=by.login)
        return self._reverse(work, case, changed, findings=findings, by=by)

    def close(self, work: Work, case_id: str, *, by: User) -> Verification:
        """Close a case that nobody can object to any more.

        Raises:
            ConflictError: it is not determined, or the importer may still object.

        """
        case = self._keeping.get(work, case_id)
        state = self._keeping.move(case, State.CLOSED)
        holding, until = case.holding, case.objection_until
        may_object = holding is not None and holding.is_adverse and not case.objections
        if may_object and until is not None and work.today <= until:
            raise ConflictError(
                what="verification", current=f"open to objections until {until}", wanted=state
            )
        return self._keeping.change(
            work, case, replace(case, state=state), what="closed", who=by.login
        )

    def outcomes(self, work: Work, case_id: str) -> tuple[ItemOutcome, ...]:
        """Return what a verification came to, item by item; nothing while it is open."""
        case = self._keeping.get(work, case_id)
        holding = case.holding
        return _outcomes(case, holding, is_revision=case.revised is not None) if holding else ()

    def _reverse(
        self,
        work: Work,
        case: Verification,
        changed: Verification,
        *,
        findings: tuple[ItemFinding, ...],
        by: User,
    ) -> Verification:
        made = Determination(self.judged(case, findings), by.login, work.today)
        revised = replace(changed, revised=made)
        if case.by_message:
            speaker = self._keeping.speaker(by)
            sent = self._keeping.voice.determine(
                revised, made=made, by=speaker, within=work.transaction
            )
            revised = revised.having_said(Spoken("VERIF_DETERMINE", sent, work.today))
        return self._told(work, case, revised, made=made, by=by)

    def _told(
        self,
        work: Work,
        case: Verification,
        changed: Verification,
        *,
        made: Determination,
        by: User,
    ) -> Verification:
        if not made.is_adverse:
            lift(work, case.id, because="the origin was confirmed")
        is_revision = changed.revised is made
        if self._deciding is not None:
            found = _outcomes(changed, made, is_revision=is_revision)
            self._deciding.determined(work, found, who=by.login)
        what = "objection_reversed" if is_revision else "determined"
        worst = sorted({one.outcome.value for one in made.findings})
        return self._keeping.change(
            work, case, changed, what=what, who=by.login, facts={"outcomes": " ".join(worst)}
        )

    def _require_heard(
        self, work: Work, case: Verification, findings: tuple[ItemFinding, ...]
    ) -> None:
        """See that an adverse determination was commented on, where the agreement wants that."""
        terms = self._keeping.rules.terms(case.subject.agreement)
        is_adverse = any(one.outcome in ADVERSE for one in findings)
        if not (terms.has_preliminary and is_adverse):
            return
        made = case.preliminary
        may_comment = made is None or not (
            made.comments or (made.comments_by and made.comments_by.is_over(work.today))
        )
        if may_comment:
            current = "open for comments" if made else "not proposed yet"
            raise ConflictError(what="determination", current=current, wanted=State.DETERMINED)

    def judged(
        self, case: Verification, findings: tuple[ItemFinding, ...]
    ) -> tuple[ItemFinding, ...]:
        """Judge findings: one an item, each adverse one on a ground that fits.

        Raises:
            UnfitError: an item lacks its finding, its ground, or has one that does not fit.

        """
        asked = {
            (one.number, item.item_no) for one in case.subject.certificates for item in one.items
        }
        found = [(one.certificate_number, one.item_no) for one in findings]
        if sorted(found) != sorted(asked):
            words = "each item that is asked about has one finding, and nothing else has"
            raise UnfitError(Flaw("/findings", words, code="RUL-FINDING"))
        return tuple(self._fit(case, one, place) for place, one in enumerate(findings))

    def _fit(self, case: Verification, finding: ItemFinding, place: int) -> ItemFinding:
        pointer = f"/findings/{place}"
        silent = case.state in (State.NO_REPLY, State.PRELIMINARY) and not case.replies
        if finding.outcome is Outcome.NO_REPLY and not silent:
            words = f"the partner's period has not ended without a reply: {case.state}"
            raise UnfitError(Flaw(f"{pointer}/outcome", words, code="RUL-FINDING"))
        if finding.outcome not in ADVERSE:
            return replace(finding, ground="")
        ground = self._grounds.find(
            finding.ground,
            agreement=case.subject.agreement,
            country=self._keeping.rules.country,
        )
        if finding.outcome not in ground.outcomes:
            words = f"{ground.code} is no ground for {finding.outcome}"
            raise UnfitError(Flaw(f"{pointer}/ground", words, code="REF-CODE"))
        return replace(finding, basis=finding.basis or ground.source)


def _outcomes(
    case: Verification, made: Determination, *, is_revision: bool
) -> tuple[ItemOutcome, ...]:
    subject = case.subject
    items = {(one.number, item.item_no): item for one in subject.certificates for item in one.items}
    return tuple(
        ItemOutcome(
            verification_id=case.id,
            agreement=subject.agreement,
            certificate_number=one.certificate_number,
            item_no=one.item_no,
            importer=subject.importer,
            exporter=subject.exporter,
            hs6=items[one.certificate_number, one.item_no].hs6,
            outcome=one.outcome,
            ground=one.ground,
            facts=one.facts,
            basis=one.basis,
            determined_on=made.on,
            claim_ids=subject.claim_ids,
            is_revision=is_revision,
        )
        for one in made.findings
    )


def _decision_words(made: Determination) -> str:
    told = (
        f"{one.certificate_number} item {one.item_no}: {one.outcome}. {one.facts} ({one.basis})"
        for one in made.findings
    )
    return " ".join(told)
