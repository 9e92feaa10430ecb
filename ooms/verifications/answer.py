"""A verification that a partner asks for: what we are asked, whom we ask, what we answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from ooms.verifications.parts import Certificate, Doubt, Letter, Paper, Question, Spoken
from ooms.verifications.terms import RunningTerm


class AnswerState(StrEnum):
    """Where a verification stands that a partner asks for."""

    RECEIVED = "RECEIVED"
    ASSIGNED = "ASSIGNED"
    EXPORTER_INQUIRY = "EXPORTER_INQUIRY"
    VISIT = "VISIT"
    RESULT_DRAFTED = "RESULT_DRAFTED"
    CONSENT_FILTERED = "CONSENT_FILTERED"
    HQ_APPROVED = "HQ_APPROVED"
    REPLIED = "REPLIED"
    ACKED = "ACKED"
    CLOSED = "CLOSED"


_A = AnswerState

#: From each state, the states it may move to.  A further round leads from the reply back to the
#: assignment; a visit may come before any paper is asked for (Korea: Directive 36(1)).
ANSWER_MOVES: Mapping[AnswerState, frozenset[AnswerState]] = {
    _A.RECEIVED: frozenset({_A.ASSIGNED}),
    _A.ASSIGNED: frozenset({_A.EXPORTER_INQUIRY, _A.VISIT, _A.RESULT_DRAFTED}),
    _A.EXPORTER_INQUIRY: frozenset({_A.VISIT, _A.RESULT_DRAFTED}),
    _A.VISIT: frozenset({_A.EXPORTER_INQUIRY, _A.RESULT_DRAFTED}),
    _A.RESULT_DRAFTED: frozenset({_A.CONSENT_FILTERED, _A.EXPORTER_INQUIRY}),
    _A.CONSENT_FILTERED: frozenset({_A.RESULT_DRAFTED, _A.HQ_APPROVED}),
    _A.HQ_APPROVED: frozenset({_A.RESULT_DRAFTED, _A.REPLIED}),
    _A.REPLIED: frozenset({_A.ACKED, _A.ASSIGNED, _A.CLOSED}),
    _A.ACKED: frozenset({_A.ASSIGNED, _A.CLOSED}),
    _A.CLOSED: frozenset(),
}

#: The reply is still owed.
OWED = frozenset(_A) - {_A.REPLIED, _A.ACKED, _A.CLOSED}


class InquiryState(StrEnum):
    """Where a question to a company stands."""

    NOTICED = "NOTICED"
    PROLONGED = "PROLONGED"
    ANSWERED = "ANSWERED"
    LAPSED = "LAPSED"


_I = InquiryState

INQUIRY_MOVES: Mapping[InquiryState, frozenset[InquiryState]] = {
    _I.NOTICED: frozenset({_I.PROLONGED, _I.ANSWERED, _I.LAPSED}),
    _I.PROLONGED: frozenset({_I.ANSWERED, _I.LAPSED}),
    # What comes late is taken: the reply to the partner is what counts.
    _I.LAPSED: frozenset({_I.ANSWERED}),
    _I.ANSWERED: frozenset(),
}


class InquiryRole(StrEnum):
    """As what a company is asked."""

    EXPORTER = "EXPORTER"
    PRODUCER = "PRODUCER"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a company is asked about its goods, until when, and what it answered."""

    id: str
    received_id: str
    company_id: str
    role: InquiryRole
    state: InquiryState
    version: int
    certificate_number: str
    items: tuple[int, ...]
    words: str
    questions: tuple[Question, ...]
    noticed_on: date
    #: The first day of the investigation; the notice came ahead of it.
    starts_on: date
    clock: RunningTerm
    answered_on: date | None = None
    answer: str = ""
    answers: tuple[Question, ...] = ()
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What we found of an item, or of the certificate where no item is named."""

    certificate_number: str
    authentic: str
    originating: str
    facts: str
    basis: str
    item_no: int | None = None
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A paper that stays here, whose it is, and in which classes no consent covers it."""

    title: str
    company_id: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """A paper that goes along, and the consents under which it leaves."""

    paper: Paper
    company_id: str
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What is to be answered: findings, answers, and the papers sorted by consent."""

    findings: tuple[Finding, ...]
    answers: tuple[Question, ...]
    method: str
    person: str
    from_date: date
    to_date: date
    basis: str
    drafted_by: str
    drafted_on: date
    leaving: tuple[Leaving, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    approved_by: str | None = None
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class OwnExtension:
    """More time that we asked the partner for, and what he said."""

    asked_on: date
    until: date
    reason_code: str
    reason: str
    granted: bool | None = None


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """A visit of ours to a company, told ahead."""

    company_id: str
    noticed_on: date
    from_date: date
    to_date: date
    facts: str = ""


@dataclass(frozen=True, slots=True)
class JointVisit:
    """A visit that the partner proposes: its days, what we answered, and what came of it."""

    number: int
    proposed_on: date
    from_date: date
    to_date: date
    person: str
    role: str
    address: str
    coverage: str
    officials: tuple[str, ...]
    due_on: date
    answer: str = ""
    answered_on: date | None = None
    reason: str = ""
    findings: str = ""
    comments_by: date | None = None
    comments: str = ""
    commented_on: date | None = None


@dataclass(frozen=True, slots=True)
class PartnerDecision:
    """What the partner decided of an item in the end."""

    certificate_number: str
    item_no: int | None
    outcome: str
    facts: str
    basis: str
    ground: str
    decided_on: date
    is_revision: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a partner asks: the case as he names it, the certificates, doubts and questions."""

    partner: str
    case_id: str
    case_number: str
    agreement: str
    asked_on: date
    received_on: date
    round: int
    certificates: tuple[Certificate, ...]
    doubts: tuple[Doubt, ...]
    questions: tuple[Question, ...]
    basis: str
    #: The day that the partner takes the reply to be due, and how he asked.
    partner_due_on: date | None = None
    by_message: bool = True
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A verification that a partner asks for, as it stands."""

    id: str
    asked: Asked
    state: AnswerState
    version: int
    registered_at: datetime
    clock: RunningTerm
    internal_due_on: date | None
    officer_id: str | None = None
    rounds: tuple[Asked, ...] = ()
    visits: tuple[SiteVisit, ...] = ()
    joint_visits: tuple[JointVisit, ...] = ()
    extensions: tuple[OwnExtension, ...] = ()
    result: Result | None = None
    replied_on: date | None = None
    acked_on: date | None = None
    decisions: tuple[PartnerDecision, ...] = ()
    letters: tuple[Letter, ...] = ()
    #: What we said by message, the oldest first.
    messages: tuple[Spoken, ...] = ()
    #: The companies whose goods are asked about: exporter, and producers known to us.
    companies: tuple[str, ...] = ()

    def having_said(self, said: Spoken) -> Answer:
        """Keep that a message went to the partner."""
        return replace(self, messages=(*self.messages, said))
