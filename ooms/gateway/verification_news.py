"""What partners say in verifications, told to the desk in its own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, TypeAlias

from eodes.domain import record
from eodes.domain.verification import CaseDocument, ReceivedBy
from eodes.messages.verif_ack import VerificationReceipt
from eodes.messages.verif_determine import VerificationDetermination
from eodes.messages.verif_extend import ExtensionDecision, VerificationExtension
from eodes.messages.verif_request import VerificationRequest
from eodes.messages.verif_result import VerificationResult
from eodes.messages.visit_answer import VisitAnswer
from eodes.messages.visit_comments import VisitComments
from eodes.messages.visit_final import VisitFinal
from eodes.messages.visit_findings import VisitFindings
from eodes.messages.visit_proposal import VisitProposal
from ooms.certificates.model import Note
from ooms.db import Work
from ooms.verifications.answer import Asked, JointVisit, PartnerDecision
from ooms.verifications.hearing import Extension, Hearing
from ooms.verifications.model import Reply, ReplyFinding
from ooms.verifications.parts import Certificate, Doubt, Item, Paper, Question
from ooms.verifications.visit import VisitState
from ooms.verifications.visiting import VisitReply
from ooms.verifications.waiting import Receipt

#: Tells one kind of news: the work, the note, the body that was said.
Teller: TypeAlias = Callable[[Work, Note, Any], None]


class VerificationNews:
    """Tells the desk of verifications what it hears at the gateway."""

    def __init__(self, hearing: Hearing, *, zone: tzinfo) -> None:
        """Tell it to this ear; days are those of the office."""
        self._hearing = hearing
        self._zone = zone
        self._told: Mapping[str, tuple[type, Teller]] = {
            "verif.ack": (VerificationReceipt, self._received),
            "verif.determine": (VerificationDetermination, self._determined),
            "verif.extend": (VerificationExtension, self._extension),
            "verif.request": (VerificationRequest, self._requested),
            "verif.result": (VerificationResult, self._result),
            "visit.answer": (VisitAnswer, self._visit_answered),
            "visit.comments": (VisitComments, self._visit_commented),
            "visit.final": (VisitFinal, self._determined),
            "visit.findings": (VisitFindings, self._visit_found),
            "visit.proposal": (VisitProposal, self._visit_proposed),
        }

    def hear(self, work: Work, note: Note) -> None:
        """Tell one piece of news, if it is about a verification."""
        known = self._told.get(note.kind)
        if known is not None:
            body, tell = known
            tell(work, note, record.read(body, note.facts["said"]))

    def _requested(self, work: Work, note: Note, said: VerificationRequest) -> None:
        came = self._day(note, work)
        asked = Asked(
            partner=note.partner,
            case_id=said.case_id,
            case_number=said.case_number,
            agreement=said.certificates[0].certificate.agreement,
            asked_on=min(said.asked_on, came),
            received_on=came,
            round=said.round,
            certificates=tuple(
                Certificate(
                    number=one.certificate.number_raw,
                    issuing_country=one.certificate.issuing_country,
                    issued_on=one.certificate.issued_on or said.asked_on,
                    by_message=one.received_by is ReceivedBy.MESSAGE,
                    items=tuple(Item(number, "", "", one.criterion or "") for number in one.items),
                )
                for one in said.certificates
            ),
            doubts=tuple(Doubt(one.kind.value, one.text or "") for one in said.doubts),
            questions=tuple(Question(one.question_id, one.text) for one in said.questions),
            basis=said.legal_basis,
            partner_due_on=said.clock.due_on,
            papers=tuple(_paper(one) for one in said.documents),
        )
        self._hearing.requested(work, asked)

    def _received(self, work: Work, note: Note, said: VerificationReceipt) -> None:
        receipt = Receipt(
            min(said.received_on, work.today), note.message_id, said.round, said.case_number or ""
        )
        self._hearing.received(work, said.case_id, receipt=receipt, partner=note.partner)

    def _extension(self, work: Work, note: Note, said: VerificationExtension) -> None:
        granted = None if said.decision is None else said.decision is ExtensionDecision.GRANTED
        extension = Extension(said.until, said.reason_code.value, said.reason, granted)
        self._hearing.extension(
            work, said.case_id, said=extension, on=self._day(note, work), partner=note.partner
        )

    def _result(self, work: Work, note: Note, said: VerificationResult) -> None:
        reply = Reply(
            received_on=self._day(note, work),
            round=said.round,
            findings=tuple(
                ReplyFinding(
                    certificate_number=one.certificate.number_raw,
                    item_no=one.item_no,
                    authentic=one.authentic.value,
                    originating=one.originating.value,
                    facts=one.facts,
                    basis=one.legal_basis,
                )
                for one in said.findings
            ),
            answers=tuple(Question(one.question_id, one.text) for one in said.answers),
            papers=tuple(one.sha256 for one in said.documents),
            message_id=note.message_id,
        )
        self._hearing.result(work, said.case_id, reply=reply, partner=note.partner)

    def _determined(
        self, work: Work, note: Note, said: VerificationDetermination | VisitFinal
    ) -> None:
        decisions = tuple(
            PartnerDecision(
                certificate_number=one.certificate.number_raw,
                item_no=one.item_no,
                outcome=one.outcome.value,
                facts=one.facts,
                basis=one.legal_basis,
                ground=one.ground.value if one.ground else "",
                decided_on=said.determined_on,
                is_revision=isinstance(said, VerificationDetermination) and said.is_revision,
            )
            for one in said.decisions
        )
        self._hearing.determined(work, said.case_id, decisions=decisions, partner=note.partner)

    def _visit_proposed(self, work: Work, note: Note, said: VisitProposal) -> None:
        visit = JointVisit(
            number=said.visit_no,
            proposed_on=said.proposed_on,
            from_date=said.from_date,
            to_date=said.to_date,
            person=said.premises.person,
            role=said.premises.role.value,
            address=said.premises.address,
            coverage=said.coverage,
            officials=tuple(one.name for one in said.officials),
            due_on=said.clock.due_on,
        )
        self._hearing.visit_proposed(work, said.case_id, visit=visit, partner=note.partner)

    def _visit_answered(self, work: Work, note: Note, said: VisitAnswer) -> None:
        reply = VisitReply(
            VisitState(said.answer.value), said.answered_on, said.reason or "", said.from_date
        )
        self._hearing.visit_answered(work, said.case_id, reply=reply, partner=note.partner)

    def _visit_found(self, work: Work, note: Note, said: VisitFindings) -> None:
        self._hearing.visit_found(
            work,
            said.case_id,
            facts=said.facts,
            comments_by=said.clock.due_on,
            partner=note.partner,
        )

    def _visit_commented(self, work: Work, note: Note, said: VisitComments) -> None:
        self._hearing.visit_commented(
            work, said.case_id, words=said.text, on=said.commented_on, partner=note.partner
        )

    def _day(self, note: Note, work: Work) -> date:
        """Give the day on which the message came, at this office."""
        at = note.facts.get("received_at")
        came = datetime.fromisoformat(at) if isinstance(at, str) else note.at
        return min(came.astimezone(self._zone).date(), work.today)


def _paper(one: CaseDocument) -> Paper:
    classes = tuple(each.value for each in one.confidentiality)
    return Paper(one.sha256, one.size, one.media_type, one.title, one.kind.value, classes)
