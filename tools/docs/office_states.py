"""The state tables of the office's desks: what each state means, and who takes it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ooms.applications import model as applications
from ooms.bill_imports import model as bill_imports
from ooms.certificates import model as certificates
from ooms.decisions import asked as decisions
from ooms.decisions import prior_notice
from ooms.denials import model as denials
from ooms.determinations import model as determinations
from ooms.error_notices import model as error_notices
from ooms.products import model as products
from ooms.risk import model as risk
from ooms.rulings import model as rulings
from ooms.suppliers import model as suppliers
from ooms.verifications import answer as answers
from ooms.verifications import model as verifications
from ooms.verifications import visit as visits
from ooms.watch import model as watch

_A, _B, _C = applications.State, products.BillState, certificates.State
_D, _E, _F = suppliers.State, error_notices.State, determinations.State
_I = bill_imports.State
_R, _M, _T = rulings.State, risk.ModelState, watch.TipState
_Z = denials.State
_V, _W = verifications.State, visits.VisitState
_N, _Q = answers.AnswerState, answers.InquiryState
_H = prior_notice.PriorNoticeState
_L, _O, _S = decisions.CompletionState, decisions.ObjectionState, decisions.SettlementState
_PARTNER = "the partner, else job `verification-days`"


@dataclass(frozen=True, slots=True)
class DeskTable:
    """One table of a desk, with the meaning of each state and who takes it on."""

    name: str
    moves: Mapping[Any, frozenset[Any]]
    meanings: Mapping[StrEnum, tuple[str, str]]


TABLES = (
    DeskTable(
        "application",
        applications.MOVES,
        {
            _A.DRAFT: ("being written", "the exporter"),
            _A.SUBMITTED: ("handed in, waits for an officer", "an officer"),
            _A.UNDER_REVIEW: ("an officer has it", "the officer"),
            _A.COMPLETION_REQUESTED: (
                "something is lacking; the office's clock stands still",
                "the exporter, else job `office-clocks`",
            ),
            _A.ON_SITE_CHECK: ("somebody goes and looks, under a longer clock", "the officer"),
            _A.REFUSAL_PROPOSED: ("refused by one person", "a supervisor"),
            _A.APPROVED: ("to be issued", "an officer"),
            _A.REFUSED: ("refused by two persons; every office is warned", ""),
            _A.RETURNED: ("not completed in time", ""),
            _A.WITHDRAWN: ("taken back before issue", ""),
            _A.ISSUED: ("done as it asked for", ""),
        },
    ),
    DeskTable(
        "import of bills",
        bill_imports.MOVES,
        {
            _I.RECEIVED: ("waits for a worker", "job `bill-imports`"),
            _I.READING: ("its rows are read", "its worker, else job `bill-imports`"),
            _I.WRITING: ("its bills are written", "its worker, else job `bill-imports`"),
            _I.DONE: ("its bills are written, all of them", ""),
            _I.REFUSED: ("nothing of it is written; its flaws are kept", ""),
        },
    ),
    DeskTable(
        "advance ruling",
        rulings.MOVES,
        {
            _R.RECEIVED: ("applied for; the period for the decision runs", "an officer"),
            _R.COMPLETION_REQUESTED: ("something is lacking; the clock stands still", "applicant"),
            _R.RETURNED: ("returned on a ground of the list", ""),
            _R.WITHDRAWN: ("taken back before it was decided", ""),
            _R.IN_FORCE: ("binds while the facts are the same", "a change of facts or law"),
            _R.REVOKED: ("binds nobody from the day after", ""),
        },
    ),
    DeskTable(
        "table of risk points",
        risk.MODEL_MOVES,
        {
            _M.CANDIDATE: ("brought, and routes nothing", "a supervisor"),
            _M.CHALLENGER: ("scored in silence beside the champion", "a supervisor"),
            _M.CHAMPION: ("routes claims", "the next champion"),
            _M.RETIRED: ("routes nothing any more", ""),
        },
    ),
    DeskTable(
        "tip",
        watch.TIP_MOVES,
        {
            _T.OPEN: ("sends goods to be looked at", "an officer at import, within 30 days"),
            _T.PLANNED: ("an investigation is planned; it still routes", "an officer at import"),
            _T.TRANSFERRED: ("handed to whom it concerns", ""),
            _T.CLOSED: ("nothing in it, or done", ""),
        },
    ),
    DeskTable(
        "bill of materials",
        products.BILL_MOVES,
        {
            _B.DRAFT: ("may still be written", "the exporter"),
            _B.FROZEN: ("written no more", "the first determination"),
            _B.IN_USE: ("determinations were made with it", "the exporter"),
            _B.RETIRED: ("used for no new determination; what it carries is stale", ""),
        },
    ),
    DeskTable(
        "certificate",
        certificates.MOVES,
        {
            _C.ISSUED: ("stands", "the partner's word, or an application about it"),
            _C.REPLACED: ("another certificate took its place", ""),
            _C.CANCELLED: ("taken back unused, or annulled", ""),
        },
    ),
    DeskTable(
        "determination",
        determinations.MOVES,
        {
            _F.CURRENT: ("stands as it was made", "whatever it rests on, when that changes"),
            _F.STALE: (
                "the bill, the code, the price, a proof or the rules have changed",
                "the exporter; it is current again when the reason goes away",
            ),
        },
    ),
    DeskTable(
        "notice of error",
        error_notices.MOVES,
        {
            _E.DRAFT: ("being written; customs does not see it", "the exporter"),
            _E.FILED: ("customs was told, in time or late", "an officer"),
            _E.ACKNOWLEDGED: ("customs has it", "an officer"),
            _E.PASSED_ON: ("the partners were told, by message or letter", "an officer"),
            _E.CLOSED: ("everything that follows from it is done", ""),
            _E.WITHDRAWN: ("taken back as a draft", ""),
        },
    ),
    DeskTable(
        "supplier's declaration",
        suppliers.MOVES,
        {
            _D.REQUESTED: ("the supplier was asked", "the supplier"),
            _D.REMINDED: ("he was asked again", "the supplier, else job `supplier-reminders`"),
            _D.RECEIVED: ("stated, and the lint holds something against it", "the supplier"),
            _D.CHECKED: (
                "in order; its days have not begun, or customs checks",
                "job `supplier-days`",
            ),
            _D.VALID: ("counts for its days", "job `supplier-days`"),
            _D.EXPIRING: ("ends within 60 days", "job `supplier-days`"),
            _D.EXPIRED: ("counts for days gone by only", ""),
            _D.REVOKED: ("taken out of use; what rests on it is looked at again", ""),
        },
    ),
    DeskTable(
        "verification that we ask for",
        verifications.MOVES,
        {
            _V.SELECTED: ("a claim to be looked into", "an import officer"),
            _V.SELF_CHECK: ("the importer looks at his claim himself", "the importer"),
            _V.IMPORTER_INQUIRY: ("the importer is asked first", "the importer"),
            _V.UNRESOLVED: ("his papers do not do", "an import officer"),
            _V.CLOSED_OK: ("his papers did", ""),
            _V.CORRECTED: ("he looked himself, and handed his declaration in anew", ""),
            _V.CORRECTED_BY_IMPORTER: ("asked for papers, he handed it in anew", ""),
            _V.DRAFT: ("the request is written", "a supervisor"),
            _V.HQ_APPROVED: ("approved by another person", "an import officer"),
            _V.REQUESTED: ("on its way", _PARTNER),
            _V.ACKED: ("the partner has it", _PARTNER),
            _V.IN_PROGRESS: ("the partner has begun", _PARTNER),
            _V.EXTENDED: ("the partner has more time", _PARTNER),
            _V.NO_REPLY: (
                "the period ended; a denial is allowed, never automatic",
                "an import officer",
            ),
            _V.RESULT_RECEIVED: ("the partner answered", "an import officer"),
            _V.MORE_INFO: ("asked further", _PARTNER),
            _V.STOPPED: ("the period stands still", "an import officer"),
            _V.PRELIMINARY: ("open for comments", "the importer"),
            _V.DETERMINED: ("decided, item by item", "the importer"),
            _V.OBJECTED: ("the importer objects", "a supervisor"),
            _V.CLOSED: ("nobody can object any more", ""),
        },
    ),
    DeskTable(
        "notice of a denial to the issuing authority",
        denials.MOVES,
        {
            _Z.DUE: ("to be told by letter until its last day", "an import officer"),
            _Z.TOLD: ("told, by message or by letter", "the issuing authority"),
            _Z.EXPLAINED: ("the authority explained", "an import officer"),
            _Z.ACCEPTED: ("accepted: preference is granted after all", ""),
            _Z.DISMISSED: ("the denial stands", ""),
            _Z.DROPPED: ("the line was decided anew; the denial does not count any more", ""),
        },
    ),
    DeskTable(
        "visit of a verification",
        visits.VISIT_MOVES,
        {
            _W.PROPOSED: ("asked for", _PARTNER),
            _W.CONSENTED: ("agreed to", "an import officer"),
            _W.REFUSED: ("refused", "an import officer"),
            _W.NO_ANSWER: ("not answered in time", "an import officer"),
            _W.POSTPONED: ("on other days, once", "an import officer"),
            _W.HELD: ("was held", "an import officer"),
            _W.DRAFT_DETERMINATION: ("drafted, open for comments", "the partner"),
            _W.COMMENTS: ("commented on", "an import officer"),
            _W.FINAL: ("decided", ""),
        },
    ),
    DeskTable(
        "verification that a partner asks for",
        answers.ANSWER_MOVES,
        {
            _N.RECEIVED: ("registered and acknowledged", "an officer"),
            _N.ASSIGNED: ("an officer has it", "the officer"),
            _N.EXPORTER_INQUIRY: ("companies are asked", "the company"),
            _N.VISIT: ("an officer goes and looks", "the officer"),
            _N.RESULT_DRAFTED: ("the result is written", "the officer"),
            _N.CONSENT_FILTERED: ("papers are sorted by consent", "a supervisor"),
            _N.HQ_APPROVED: ("approved by another person", "the officer"),
            _N.REPLIED: ("the reply has gone", "the partner"),
            _N.ACKED: ("the partner has the reply", "the partner"),
            _N.CLOSED: ("the partner has decided", ""),
        },
    ),
    DeskTable(
        "inquiry at a company",
        answers.INQUIRY_MOVES,
        {
            _Q.NOTICED: ("told and asked", "the company"),
            _Q.PROLONGED: ("given more time, once", "the company"),
            _Q.ANSWERED: ("answered", ""),
            _Q.LAPSED: ("not answered in time; still taken", "the company"),
        },
    ),
    DeskTable(
        "request to complete a proof of origin",
        decisions.COMPLETION_MOVES,
        {
            _L.OPEN: ("asked for", "the importer, else `claim-completions`"),
            _L.ANSWERED: ("handed over", "an import officer"),
            _L.ACCEPTED: ("it does", ""),
            _L.REFUSED: ("it does not do", ""),
            _L.LAPSED: ("not handed over in time", ""),
        },
    ),
    DeskTable(
        "notice before a denial",
        prior_notice.PRIOR_NOTICE_MOVES,
        {
            _H.SENT: (
                "the importer may answer until its last day",
                "the importer, then an officer",
            ),
            _H.ANSWERED: ("the answer is kept; its last day still counts", "an officer"),
            _H.FOLLOWED: ("the denial that it announced was decided", ""),
            _H.DROPPED: ("decided otherwise, withdrawn, or the declaration changed", ""),
        },
    ),
    DeskTable(
        "objection against a decision on a claim",
        decisions.OBJECTION_MOVES,
        {
            _O.RECEIVED: ("to be decided", "another officer than decided"),
            _O.UPHELD: ("the decision stands", ""),
            _O.REVERSED: ("decided anew", ""),
            _O.INADMISSIBLE: ("came after its last day", ""),
        },
    ),
    DeskTable(
        "amount for the clearance system",
        decisions.SETTLEMENT_MOVES,
        {
            _S.DUE: ("to be told", "the clearance system"),
            _S.TOLD: ("told", "the clearance system"),
            _S.CONFIRMED: ("done there", ""),
        },
    ),
)
