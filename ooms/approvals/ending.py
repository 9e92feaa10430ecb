"""End approvals: a cancellation that two persons and a hearing stand behind, lapse, expiry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum

from ooms.access.model import User
from ooms.approvals.applying import is_renewal_open
from ooms.approvals.model import (
    Approval,
    Decision,
    Hearing,
    State,
    Statement,
    advance,
)
from ooms.approvals.repository import ApprovalRows
from ooms.approvals.scheme import Code, SpanKind, find
from ooms.approvals.service import Approvals
from ooms.approvals.terms import is_expired, reminder_day
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, NotAllowedError, UnfitError
from ooms.kernel.period import add_months

_CLERK = "office-clocks"
_AT_ONCE = 200
_MONTHS_AHEAD = 3


class Outcome(StrEnum):
    """How a hearing ends: with the approval, because nothing was proven, or by discretion."""

    CANCELLED = "CANCELLED"
    NOT_PROVEN = "NOT_PROVEN"
    KEPT = "KEPT"


class Ending:
    """How approvals end."""

    def __init__(self, approvals: Approvals) -> None:
        """End the approvals of that desk."""
        self.desk = approvals

    def propose(self, work: Work, approval_id: str, *, hearing: Hearing, by: User) -> Approval:
        """Propose to cancel an approval, and call the holder to a hearing.

        1. The law has the ground, at this level; one that follows an order waits for its end.
        2. The notice of the hearing is long enough.

        Raises:
            UnfitError: the ground or the day is not the law's.
            ConflictError: a hearing is under way, or the order may still be followed.

        """
        current = self.desk.live(work, approval_id, wanted="ended", by=by)
        state = advance(current.state, State.HEARING)
        ground = self._ground(current, hearing.ground)  # 1
        if ground.after_order and not _is_order_missed(current, on=work.today):
            raise ConflictError(what="order", current="not missed", wanted=ground.code)
        self._require_notice(work, hearing.hearing_on)  # 2
        called = replace(hearing, proposed_by=by.id, proposed_on=work.today)
        changed = replace(current, state=state, hearing=called)
        return self.desk.act(
            work, current, changed, what="hearing_called", by=by, reason_code=ground.code
        )

    def state(self, work: Work, approval_id: str, *, statement: Statement, by: User) -> Approval:
        """Keep what the company says: in writing until the day, or the gist of what was said.

        Raises:
            ConflictError: there is no hearing.
            UnfitError: nobody of the company confirmed what was said.

        """
        current = self.desk.live(work, approval_id, wanted="ended", by=by)
        hearing = self._hearing(current)
        if statement.is_oral and not statement.confirmed_by:
            raise UnfitError(Flaw("/confirmed_by", "name who of the company read it and agreed"))
        said = replace(statement, by=by.id, at=work.now)
        changed = replace(current, hearing=replace(hearing, statements=(*hearing.statements, said)))
        return self.desk.act(work, current, changed, what="heard", by=by)

    def move(self, work: Work, approval_id: str, *, to: date, reason: str, by: User) -> Approval:
        """Move the hearing to a later day that the company asked for.

        Raises:
            ConflictError: there is no hearing.
            UnfitError: the day is not later.

        """
        current = self.desk.live(work, approval_id, wanted="ended", by=by)
        hearing = self._hearing(current)
        if to <= hearing.hearing_on:
            detail = f"the hearing is on {hearing.hearing_on} already"
            raise UnfitError(Flaw("/to", detail, code="RUL-SPAN"))
        changed = replace(current, hearing=replace(hearing, hearing_on=to))
        facts = {"to": to.isoformat(), "reason": reason}
        return self.desk.act(work, current, changed, what="hearing_moved", by=by, facts=facts)

    def decide(
        self, work: Work, approval_id: str, *, outcome: Outcome, reason: str, by: User
    ) -> Approval:
        """Decide after the hearing, by another person than the one who proposed.

        Where the law orders the cancellation, a proven ground leaves no choice.

        Raises:
            NotAllowedError: the same person proposed it.
            ConflictError: the day of the hearing has not come, and the company has not waived it.
            UnfitError: the law leaves no discretion.

        """
        current = self.desk.live(work, approval_id, wanted="ended", by=by)
        hearing = self._hearing(current)
        if hearing.proposed_by == by.id:
            raise NotAllowedError(role=by.role, action="decide what the same person proposed")
        if not hearing.may_be_decided(work.today):
            raise ConflictError(
                what="hearing", current=f"on {hearing.hearing_on}", wanted="decided"
            )
        if outcome is Outcome.KEPT and self._ground(current, hearing.ground).mandatory:
            raise UnfitError(Flaw("/outcome", f"{hearing.ground}, once proven, must be cancelled"))
        if outcome is Outcome.CANCELLED:
            changed = _ended(
                work, current, State.CANCELLED, why=(hearing.ground, reason), who=by.id
            )
        else:
            changed = replace(
                current, state=advance(current.state, State.APPROVED), order=None, hearing=None
            )
        return self.desk.act(
            work,
            current,
            changed,
            what=outcome.lower(),
            by=by,
            reason_code=hearing.ground,
            facts={"reason": reason, "proposed_by": hearing.proposed_by},
        )

    def lapse(self, work: Work, approval_id: str, *, why: tuple[str, str], by: User) -> Approval:
        """Record that an approval has lost its effect.

        Raises:
            UnfitError: nothing lapses for such a reason.

        """
        current = self.desk.live(work, approval_id, wanted="ended", by=by)
        find(self.desk.scheme.lapses, why[0], level=None, pointer="/reason_code")
        changed = _ended(work, current, State.LAPSED, why=why, who=by.id)
        return self.desk.act(work, current, changed, what="lapsed", by=by, reason_code=why[0])

    def turn(self, work: Work, *, after: str = "") -> tuple[int, str]:
        """Let approvals expire and remind their holders; a group, and where the next begins.

        Raises:
            NoSchemeError: there is nothing to turn where there is no scheme.

        """
        far = add_months(work.today, _MONTHS_AHEAD)
        group = ApprovalRows(work.transaction).ending_by(far, after=after, most=_AT_ONCE)
        turned = sum(self._turned(work, one) for one in group)
        return turned, group[-1].id if len(group) == _AT_ONCE else ""

    def _turned(self, work: Work, current: Approval) -> bool:
        pending = is_renewal_open(work, current)
        if is_expired(current, on=work.today, renewal_pending=pending):
            why = ("EXPIRED", f"valid until {current.valid_until}")
            ended = _ended(work, current, State.EXPIRED, why=why, who=_CLERK)
            self._keep(work, current, ended, what="expired")
            return True
        due = reminder_day(self.desk.scheme, current.valid_until)
        is_due = due <= work.today <= current.valid_until
        if is_due and current.reminded_on is None and not pending:
            reminded = replace(current, reminded_on=work.today)
            self._keep(work, current, reminded, what="reminded")
            return True
        return False

    def _keep(self, work: Work, since: Approval, changed: Approval, *, what: str) -> None:
        try:
            kept = self.desk.change(work, since, changed)
        except ConflictError:
            return  # somebody was quicker; the next turn sees what is left
        self.desk.note(work, kept, what=what, who=_CLERK)

    def _hearing(self, current: Approval) -> Hearing:
        if current.state is not State.HEARING or current.hearing is None:
            raise ConflictError(what="hearing", current=current.state, wanted="held")
        return current.hearing

    def _ground(self, current: Approval, code: str) -> Code:
        grounds = self.desk.scheme.cancellations
        return find(grounds, code, level=current.scope.level, pointer="/ground")

    def _require_notice(self, work: Work, hearing_on: date) -> None:
        span = self.desk.scheme.span(SpanKind.HEARING_NOTICE)
        earliest = span.after(work.today)
        if hearing_on < earliest:
            detail = f"the hearing is on {earliest} or later ({span.source})"
            raise UnfitError(Flaw("/hearing_on", detail, code="RUL-SPAN"))


def _is_order_missed(current: Approval, *, on: date) -> bool:
    order = current.order
    return current.state is State.CORRECTIVE_ORDER and order is not None and order.due_on < on


def _ended(
    work: Work, current: Approval, state: State, *, why: tuple[str, str], who: str
) -> Approval:
    ended_on = work.today
    return replace(
        current,
        state=advance(current.state, state),
        ended_on=ended_on,
        ended=Decision(why[0], why[1], who, work.now),
    )
