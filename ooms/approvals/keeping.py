"""Keep approvals good: self-inspections, checks after the approval, and corrective orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ooms.access.model import User
from ooms.approvals.model import (
    Answer,
    Approval,
    FollowUp,
    Inspection,
    Manager,
    Order,
    Reply,
    State,
    advance,
)
from ooms.approvals.scheme import SpanKind, find
from ooms.approvals.service import Approvals
from ooms.approvals.terms import end_of_month, inspection_round
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, PeriodEndedError, UnfitError

_TO_LOOK_AT = "SELF_INSPECTION"


class Keeping:
    """What holder and office do while an approval lasts."""

    def __init__(self, approvals: Approvals) -> None:
        """Keep the approvals of that desk."""
        self.desk = approvals

    def inspect(
        self,
        work: Work,
        approval_id: str,
        *,
        held_on: date,
        answers: tuple[Answer, ...],
        by: User,
    ) -> Approval:
        """Hand in a self-inspection, in the month in which it was held.

        1. It was held within a round, that is not answered already.
        2. Every question of the checklist has its answer.
        3. The office's period for the reply begins; a completed one begins it anew.

        Raises:
            UnfitError: it was held outside every round, or a question has no answer.
            PeriodEndedError: the month in which it was held has ended.
            ConflictError: the round is done, or the approval has ended.

        """
        current = self.desk.live(work, approval_id, wanted="kept", by=by)
        scheme = self.desk.scheme
        round_no = inspection_round(scheme, current, held_on=held_on)  # 1
        if held_on > work.today:
            raise UnfitError(Flaw("/held_on", "the day has not come yet"))
        if work.today > end_of_month(held_on):
            ended_on = end_of_month(held_on).isoformat()
            raise PeriodEndedError(what="self-inspection", ended_on=ended_on)
        earlier = [one for one in current.inspections if _is_of(current, one, round_no)]
        if earlier and earlier[-1].reply is not Reply.COMPLETION:
            raise ConflictError(what="self-inspection", current="handed in", wanted="handed in")
        self._require_answers(current, answers)  # 2
        inspection = Inspection(
            round=round_no,
            held_on=held_on,
            handed_in_on=work.today,
            reply_by=scheme.span(SpanKind.INSPECTION_REPLY).after(work.today),  # 3
            answers=answers,
        )
        changed = replace(current, inspections=(*current.inspections, inspection))
        facts = {"round": str(round_no)}
        return self.desk.act(work, current, changed, what="inspected", by=by, facts=facts)

    def reply(
        self, work: Work, approval_id: str, *, reply: Reply, words: str, by: User
    ) -> Approval:
        """Reply to the last self-inspection; what has to be looked at opens a check.

        Raises:
            ConflictError: none waits for a reply.

        """
        current = self.desk.live(work, approval_id, wanted="kept", by=by)
        if not current.inspections or current.inspections[-1].reply is not None:
            raise ConflictError(what="self-inspection", current="none", wanted="replied to")
        replied = replace(current.inspections[-1], reply=reply, words=words, replied_by=by.id)
        changed = replace(current, inspections=(*current.inspections[:-1], replied))
        if reply is Reply.LOOK_AGAIN:
            check = FollowUp(_TO_LOOK_AT, words, work.today, by.id)
            changed = replace(changed, follow_ups=(*current.follow_ups, check))
        facts = {"reply": reply.value}
        return self.desk.act(work, current, changed, what="inspection_replied", by=by, facts=facts)

    def follow_up(self, work: Work, approval_id: str, *, check: FollowUp, by: User) -> Approval:
        """Begin a check after the approval, on papers or on site, for a reason the law knows.

        Raises:
            UnfitError: the trigger is unknown, or the notice too short.

        """
        current = self.desk.live(work, approval_id, wanted="kept", by=by)
        scheme = self.desk.scheme
        find(scheme.triggers, check.trigger, level=None, pointer="/trigger")
        for day, kind, pointer in (
            (check.papers_by, SpanKind.FOLLOW_UP_PAPERS, "/papers_by"),
            (check.visit_on, SpanKind.ON_SITE_NOTICE, "/visit_on"),
        ):
            self._require_notice(work, day, kind=kind, pointer=pointer)
        begun = replace(check, begun_on=work.today, begun_by=by.id)
        changed = replace(current, follow_ups=(*current.follow_ups, begun))
        return self.desk.act(
            work, current, changed, what="check_begun", by=by, reason_code=check.trigger
        )

    def end_follow_up(self, work: Work, approval_id: str, *, result: str, by: User) -> Approval:
        """Tell the holder what the oldest open check found.

        Raises:
            ConflictError: no check is open.

        """
        current = self.desk.live(work, approval_id, wanted="kept", by=by)
        places = [no for no, one in enumerate(current.follow_ups) if one.ended_on is None]
        if not places:
            raise ConflictError(what="check", current="none", wanted="ended")
        checks = list(current.follow_ups)
        checks[places[0]] = replace(checks[places[0]], ended_on=work.today, result=result)
        changed = replace(current, follow_ups=tuple(checks))
        return self.desk.act(work, current, changed, what="check_ended", by=by)

    def order(self, work: Work, approval_id: str, *, order: Order, by: User) -> Approval:
        """Order something to be set right, within at least the period of the law.

        Raises:
            UnfitError: nothing is ordered for such a ground, or the period is too short.
            ConflictError: an order or a hearing is under way.

        """
        current = self.desk.live(work, approval_id, wanted="kept", by=by)
        state = advance(current.state, State.CORRECTIVE_ORDER)
        level = current.scope.level
        find(self.desk.scheme.orders, order.ground, level=level, pointer="/ground")
        self._require_notice(work, order.due_on, kind=SpanKind.CORRECTION, pointer="/due_on")
        ordered = replace(order, ordered_on=work.today)
        changed = replace(current, state=state, order=ordered)
        return self.desk.act(
            work, current, changed, what="ordered", by=by, reason_code=order.ground
        )

    def answer_order(self, work: Work, approval_id: str, *, answer: str, by: User) -> Approval:
        """Say what was set right.

        Raises:
            ConflictError: nothing is ordered.
            PeriodEndedError: the period for it has ended.

        """
        current = self.desk.live(work, approval_id, wanted="kept", by=by)
        order = self._ordered(current)
        if work.today > order.due_on:
            raise PeriodEndedError(what="correction", ended_on=order.due_on.isoformat())
        answered = replace(order, answer=answer, answered_on=work.today)
        return self.desk.act(
            work, current, replace(current, order=answered), what="corrected", by=by
        )

    def accept(self, work: Work, approval_id: str, *, words: str, by: User) -> Approval:
        """Accept what was set right; the order is done.

        Raises:
            ConflictError: nothing is ordered.

        """
        current = self.desk.live(work, approval_id, wanted="kept", by=by)
        self._ordered(current)
        changed = replace(current, state=advance(current.state, State.APPROVED), order=None)
        facts = {"words": words}
        return self.desk.act(work, current, changed, what="order_done", by=by, facts=facts)

    def name_managers(
        self, work: Work, approval_id: str, *, managers: tuple[Manager, ...], by: User
    ) -> Approval:
        """Tell who manages origin from now on (Rules 17(5): without delay).

        Raises:
            UnfitError: nobody of them is in post and qualified.

        """
        current = self.desk.live(work, approval_id, wanted="kept", by=by)
        known = {one.code for one in self.desk.scheme.qualifications}
        fit = [one for one in managers if one.holds(work.today) and one.qualification in known]
        if not fit:
            raise UnfitError(Flaw("/managers", "name an origin manager who is in post today"))
        changed = replace(current, managers=managers)
        facts = {"managers": ", ".join(one.name for one in managers)}
        return self.desk.act(work, current, changed, what="managers_named", by=by, facts=facts)

    def _ordered(self, current: Approval) -> Order:
        if current.state is not State.CORRECTIVE_ORDER or current.order is None:
            raise ConflictError(what="order", current=current.state, wanted="answered")
        return current.order

    def _require_notice(
        self, work: Work, day: date | None, *, kind: SpanKind, pointer: str
    ) -> None:
        span = self.desk.scheme.span(kind)
        earliest = span.after(work.today)
        if day is not None and day < earliest:
            detail = f"not before {earliest} ({span.source})"
            raise UnfitError(Flaw(pointer, detail, code="RUL-SPAN"))

    def _require_answers(self, current: Approval, answers: tuple[Answer, ...]) -> None:
        asked = {one.code for one in self.desk.scheme.questions(current.scope.level)}
        given = {one.code for one in answers}
        flaws = [Flaw(f"/answers/{one}", "has no answer") for one in sorted(asked - given)]
        flaws += [Flaw(f"/answers/{one}", "is no question") for one in sorted(given - asked)]
        if flaws:
            raise UnfitError(*flaws)


def _is_of(approval: Approval, inspection: Inspection, round_no: int) -> bool:
    return inspection.held_on >= approval.term_from and inspection.round == round_no
