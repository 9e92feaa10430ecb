"""Hear what partners say in verifications, as the desks of both sides take it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import structlog

from ooms.db import Work
from ooms.errors import ConflictError
from ooms.verifications.answer import Answer, Asked, JointVisit, PartnerDecision
from ooms.verifications.model import ExtensionAsk, Reply
from ooms.verifications.registering import AnswerKeeping, Registering
from ooms.verifications.repository import AnswerRows
from ooms.verifications.visiting import Visiting, VisitReply
from ooms.verifications.waiting import Receipt, Waiting

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Extension:
    """More time: the day, the reason; with a word on it, it answers what we asked."""

    until: date
    reason_code: str
    reason: str
    granted: bool | None = None


class Hearing:
    """The ear of the desk of verifications; the case is named as in the messages.

    What cannot follow any more (a case that was closed meanwhile) is logged and changes nothing:
    the gateway holds the message, and refused what could never belong.
    """

    def __init__(self, waiting: Waiting, visiting: Visiting, registering: Registering) -> None:
        """Tell the news to these parts of the desk."""
        self._waiting = waiting
        self._visiting = visiting
        self._registering = registering
        self._kept: AnswerKeeping = registering.kept

    def requested(self, work: Work, asked: Asked) -> None:
        """Hear that a partner asks."""
        self._heard(
            asked.case_id, lambda: self._registering.register(work, asked, who=asked.partner)
        )

    def received(self, work: Work, case_id: str, *, receipt: Receipt, partner: str) -> None:
        """Hear that a partner has our request."""
        self._heard(
            case_id, lambda: self._waiting.receive(work, case_id, receipt=receipt, who=partner)
        )

    def extension(
        self, work: Work, case_id: str, *, said: Extension, on: date, partner: str
    ) -> None:
        """Hear that a partner asks for more time, or what it says to our asking."""
        if said.granted is None:
            ask = ExtensionAsk(on, said.until, said.reason_code, said.reason, is_late=False)
            self._heard(
                case_id, lambda: self._waiting.ask_extension(work, case_id, ask=ask, who=partner)
            )
            return
        granted = said.granted
        self._answered(
            work,
            case_id,
            partner=partner,
            step=lambda answer: self._registering.hear_extension(
                work, answer.id, granted=granted, until=said.until, who=partner
            ),
        )

    def result(self, work: Work, case_id: str, *, reply: Reply, partner: str) -> None:
        """Hear a partner's result."""
        self._heard(
            case_id, lambda: self._waiting.take_result(work, case_id, reply=reply, who=partner)
        )

    def determined(
        self, work: Work, case_id: str, *, decisions: tuple[PartnerDecision, ...], partner: str
    ) -> None:
        """Hear what a partner decided in the end."""
        self._answered(
            work,
            case_id,
            partner=partner,
            step=lambda answer: self._registering.determined(
                work, answer.id, decisions=decisions, who=partner
            ),
        )

    def visit_proposed(self, work: Work, case_id: str, *, visit: JointVisit, partner: str) -> None:
        """Hear that a partner wants to visit."""
        self._joint(
            work, case_id, partner, what="visit_proposed", change=lambda visits: (*visits, visit)
        )

    def visit_answered(self, work: Work, case_id: str, *, reply: VisitReply, partner: str) -> None:
        """Hear what a partner says to a visit that we proposed."""
        self._heard(case_id, lambda: self._visiting.hear(work, case_id, reply=reply, who=partner))

    def visit_found(
        self, work: Work, case_id: str, *, facts: str, comments_by: date, partner: str
    ) -> None:
        """Hear what a partner found and drafts."""
        self._joint(
            work,
            case_id,
            partner,
            what="visit_findings_heard",
            change=lambda visits: (
                *visits[:-1],
                replace(visits[-1], findings=facts, comments_by=comments_by),
            ),
        )

    def visit_commented(
        self, work: Work, case_id: str, *, words: str, on: date, partner: str
    ) -> None:
        """Hear what who was visited says to our draft."""
        self._heard(
            case_id,
            lambda: self._visiting.comment(
                work, case_id, words=words, commented_on=on, who=partner
            ),
        )

    def _joint(
        self,
        work: Work,
        case_id: str,
        partner: str,
        *,
        what: str,
        change: Callable[[tuple[JointVisit, ...]], tuple[JointVisit, ...]],
    ) -> None:
        def step(answer: Answer) -> object:
            changed = replace(answer, joint_visits=change(answer.joint_visits))
            return self._kept.change(work, answer, changed, what=what, who=partner)

        self._answered(work, case_id, partner=partner, step=step)

    def _answered(
        self, work: Work, case_id: str, *, partner: str, step: Callable[[Answer], object]
    ) -> None:
        answer = AnswerRows(work.transaction).named(partner=partner, case_id=case_id)
        if answer is None:
            log.warning("verification.hear.unknown", case_id=case_id, partner=partner)
            return
        self._heard(case_id, lambda: step(answer))

    def _heard(self, case_id: str, step: Callable[[], object]) -> None:
        try:
            step()
        except ConflictError as error:
            log.warning("verification.hear.too_late", case_id=case_id, because=str(error))
