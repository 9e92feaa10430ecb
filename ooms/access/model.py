"""Users, roles, and the table of rights: every cell of it is tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ooms.errors import MissingError, NotAllowedError


class Role(StrEnum):
    """What a person is in this office."""

    EXPORTER = "EXPORTER"
    BROKER = "BROKER"
    PRODUCER = "PRODUCER"
    OFFICER = "OFFICER"
    SUPERVISOR = "SUPERVISOR"
    IMPORT_OFFICER = "IMPORT_OFFICER"
    PARTNER_DESK = "PARTNER_DESK"
    OPERATOR = "OPERATOR"
    AUDITOR = "AUDITOR"


#: What each role is for, as the reference page of rights says it.
PURPOSES: Mapping[Role, str] = {
    Role.EXPORTER: "a company's own user: describes goods, applies for certificates",
    Role.BROKER: "acts for companies that delegated to him, one company a call (`Acting-For`)",
    Role.PRODUCER: "a user of a company that produces",
    Role.OFFICER: "reviews applications and issues certificates",
    Role.SUPERVISOR: "the second pair of eyes over officers; vets companies",
    Role.IMPORT_OFFICER: "checks and decides claims at import",
    Role.PARTNER_DESK: "answers partners about certificates",
    Role.OPERATOR: "keeps users and the system; decides no case",
    Role.AUDITOR: "reads the audit trail and changes nothing",
}

#: The roles that see one company's things only.
FOR_A_COMPANY = frozenset({Role.EXPORTER, Role.BROKER, Role.PRODUCER})
#: The roles whose users belong to a company; a broker's companies follow from delegations.
OF_A_COMPANY = frozenset({Role.EXPORTER, Role.PRODUCER})


class Action(StrEnum):
    """What a person may want to do; written as it is read in a refusal."""

    REGISTER_EXPORTER = "register exporters"
    SEE_EXPORTER = "see exporters"
    DESCRIBE_PRODUCT = "describe products"
    SEE_PRODUCT = "see products"
    LOOK_UP = "look up codes and agreements"
    SEE_BILL_IMPORT = "see imports of bills"
    KEEP_MATERIAL = "keep materials and lots"
    SEE_MATERIAL = "see materials and lots"
    WITHDRAW_DECLARATION = "take suppliers' declarations out of use"
    DETERMINE = "determine origin"
    SEE_DETERMINATION = "see determinations"
    APPLY = "apply for certificates"
    SEE_APPLICATION = "see applications"
    DECIDE_APPLICATION = "decide applications"
    ISSUE = "issue certificates"
    TAKE_BACK = "correct or take back certificates"
    RESERVE_NUMBERS = "set numbers aside for outages"
    REGISTER_PAPER = "register what was done on paper"
    SEE_REGISTER = "see the register of certificates"
    SEE_EVIDENCE = "have the evidence about certificates"
    HOLD = "hold certificates beyond their period"
    AGREE_TO_DELETION = "agree to what is deleted"
    SEE_RETENTION = "see what is held and deleted"
    SEE_CERTIFICATE = "see certificates"
    TELL_ERROR = "give notice of errors"
    SEE_ERROR_NOTICE = "see notices of errors"
    HANDLE_ERROR = "handle notices of errors"
    CLAIM = "check and decide claims"
    SEE_CLAIM = "see claims"
    VERIFY = "verify claims with partners"
    APPROVE_VERIFICATION = "approve what goes to partners in verifications"
    SEE_VERIFICATION = "see verifications"
    ANSWER_VERIFICATION = "answer verifications of partners"
    SEE_RECEIVED_VERIFICATION = "see verifications of partners"
    ANSWER_INQUIRY = "answer inquiries"
    SEE_INQUIRY = "see inquiries"
    SEE_LEDGER = "see the ledger of certificates"
    ADJUST_LEDGER = "adjust the ledger of certificates"
    SEE_RISK = "see how claims are routed"
    KEEP_RISK_INFORMATION = "keep tips and risk information"
    ADOPT_RISK_MODEL = "adopt tables of risk points"
    APPLY_FOR_RULING = "apply for advance rulings"
    SEE_RULING = "see advance rulings"
    DECIDE_RULING = "decide advance rulings"
    SEE_AUDIT = "see the audit trail"
    MANAGE_USERS = "manage users"
    OWN_ACCOUNT = "keep the own account"
    KEEP_FACTORS = "keep the own second factors"
    VET_COMPANY = "decide on companies"
    KEEP_COMPANY = "keep sites and signatories"
    DELEGATE = "delegate to brokers"
    CONFIRM_REFUSAL = "confirm refusals"
    SEE_REFUSAL = "see refusals"
    ASSIGN_APPLICATION = "assign applications"
    KEEP_OFFICERS = "keep offices, posts and training"
    SEE_OFFICERS = "see offices, posts and training"
    FILE_COST_STATEMENT = "file cost statements"
    SEE_COST_STATEMENT = "see cost statements"
    GIVE_CONSENT = "consent to releases"
    SEE_CONSENT = "see consents and releases"
    READ_CERTIFICATE = "read certificates on paper"
    APPLY_FOR_APPROVAL = "apply for approval as exporter"
    SEE_APPROVAL = "see approved exporters"
    DECIDE_APPROVAL = "decide on approved exporters"
    CANCEL_APPROVAL = "cancel approvals of exporters"
    SEE_OWN_FIGURES = "see and contest figures of an applicant"
    SIGN_SELF_CHECK = "sign self-checks"
    SEE_SELF_CHECK = "see signed self-checks"
    SEE_COMPANY_LETTER = "see letters of compliance"
    STATE_FACTS = "state facts about applicants"
    SEE_LISTS = "see lists of applicants"
    FIX_LISTS = "fix lists of applicants"
    SEE_CHECKS = "see what the checks before issue find"
    SEE_CROSSCHECK = "see what other registers said"
    RELEASE_CROSSCHECK = "release what another register stops"
    SEE_STATISTICS = "see statistics"
    SEE_CROSSCHECK_SOURCES = "see which registers are asked"
    SEE_EXCHANGES = "see messages to and from partners"
    RESEND_MESSAGE = "have messages sent again"
    EXPLAIN_DIFFERENCE = "explain what comparisons find"
    SEE_DIAGNOSTICS = "see how the system stands"


_E, _B, _M = Role.EXPORTER, Role.BROKER, Role.PRODUCER
_O, _S, _I, _D = Role.OFFICER, Role.SUPERVISOR, Role.IMPORT_OFFICER, Role.PARTNER_DESK
_P, _A = Role.OPERATOR, Role.AUDITOR

#: The right to act, by action; what a company's people see is their company's only.
RIGHTS: Mapping[Action, frozenset[Role]] = {
    Action.REGISTER_EXPORTER: frozenset({_O, _P}),
    Action.SEE_EXPORTER: frozenset({_E, _B, _M, _O, _S, _P, _A}),
    Action.DESCRIBE_PRODUCT: frozenset({_E, _B}),
    Action.SEE_PRODUCT: frozenset({_E, _B, _O, _S}),
    Action.LOOK_UP: frozenset({_E, _B, _M, _O, _S, _I}),
    # A sheet of bills is its company's alone; what became of it is read at the products.
    Action.SEE_BILL_IMPORT: frozenset({_E, _B}),
    Action.KEEP_MATERIAL: frozenset({_E, _B}),
    # Officers read the lots that a case was judged by in its determination, as far as they may.
    Action.SEE_MATERIAL: frozenset({_E, _B}),
    Action.WITHDRAW_DECLARATION: frozenset({_E, _B, _O}),
    Action.DETERMINE: frozenset({_E, _B, _O}),
    Action.SEE_DETERMINATION: frozenset({_E, _B, _O, _S}),
    Action.APPLY: frozenset({_E, _B}),
    Action.SEE_APPLICATION: frozenset({_E, _B, _O, _S}),
    Action.DECIDE_APPLICATION: frozenset({_O}),
    Action.ISSUE: frozenset({_O}),
    Action.TAKE_BACK: frozenset({_O}),
    Action.RESERVE_NUMBERS: frozenset({_S}),
    Action.REGISTER_PAPER: frozenset({_O}),
    Action.SEE_REGISTER: frozenset({_O, _S, _P, _A}),
    Action.SEE_EVIDENCE: frozenset({_E, _O, _S, _D}),
    Action.HOLD: frozenset({_S, _D}),
    Action.AGREE_TO_DELETION: frozenset({_S}),
    Action.SEE_RETENTION: frozenset({_S, _D, _A}),
    Action.SEE_CERTIFICATE: frozenset({_E, _B, _O, _S, _D, _P, _A}),
    Action.TELL_ERROR: frozenset({_E, _B}),
    Action.SEE_ERROR_NOTICE: frozenset({_E, _B, _O, _S}),
    Action.HANDLE_ERROR: frozenset({_O}),
    Action.CLAIM: frozenset({_I}),
    Action.SEE_CLAIM: frozenset({_I}),
    Action.VERIFY: frozenset({_I}),
    # Headquarters approve requests and replies, never their own.
    Action.APPROVE_VERIFICATION: frozenset({_S}),
    Action.SEE_VERIFICATION: frozenset({_I, _S}),
    Action.ANSWER_VERIFICATION: frozenset({_O}),
    Action.SEE_RECEIVED_VERIFICATION: frozenset({_O, _S}),
    # What a company answers is its own word: no broker gives it.
    Action.ANSWER_INQUIRY: frozenset({_E, _M}),
    Action.SEE_INQUIRY: frozenset({_E, _M, _O, _S}),
    # Who passes goods on must see what claims have used of them.
    Action.SEE_LEDGER: frozenset({_O, _S, _I}),
    Action.ADJUST_LEDGER: frozenset({_I}),
    # How claims are picked is for those alone who look at them, and for who audits them.
    Action.SEE_RISK: frozenset({_I, _S, _A}),
    Action.KEEP_RISK_INFORMATION: frozenset({_I, _S}),
    Action.ADOPT_RISK_MODEL: frozenset({_S}),
    # An officer takes in what exporters and producers of partner countries apply for.
    Action.APPLY_FOR_RULING: frozenset({_E, _B, _O}),
    Action.SEE_RULING: frozenset({_E, _B, _O, _S, _I, _A}),
    Action.DECIDE_RULING: frozenset({_O}),
    Action.SEE_AUDIT: frozenset({_P, _A}),
    Action.MANAGE_USERS: frozenset({_P}),
    Action.OWN_ACCOUNT: frozenset(Role),
    Action.KEEP_FACTORS: frozenset(Role),
    Action.VET_COMPANY: frozenset({_S, _P}),
    Action.KEEP_COMPANY: frozenset({_E, _M, _O, _P}),
    Action.DELEGATE: frozenset({_E}),
    Action.CONFIRM_REFUSAL: frozenset({_S}),
    Action.SEE_REFUSAL: frozenset({_O, _S, _A}),
    Action.ASSIGN_APPLICATION: frozenset({_S}),
    Action.KEEP_OFFICERS: frozenset({_S, _P}),
    Action.SEE_OFFICERS: frozenset({_O, _S, _P, _A}),
    Action.FILE_COST_STATEMENT: frozenset({_M}),
    Action.SEE_COST_STATEMENT: frozenset({_E, _B, _M, _O, _S}),
    Action.GIVE_CONSENT: frozenset({_E, _M}),
    Action.SEE_CONSENT: frozenset({_E, _M, _O, _S, _A}),
    # Whoever keeps the system or reads the trail learns nothing of buyers and values.
    Action.READ_CERTIFICATE: frozenset({_E, _B, _O, _S, _D}),
    Action.APPLY_FOR_APPROVAL: frozenset({_E, _B}),
    Action.SEE_APPROVAL: frozenset({_E, _B, _O, _S, _A}),
    Action.DECIDE_APPROVAL: frozenset({_O}),
    Action.CANCEL_APPROVAL: frozenset({_S}),
    Action.SEE_OWN_FIGURES: frozenset({_E, _B}),
    Action.SIGN_SELF_CHECK: frozenset({_E, _B}),
    Action.SEE_SELF_CHECK: frozenset({_E, _B, _O, _S, _A}),
    # It gathers what brokers are let to see bit by bit, so it is for the company alone.
    Action.SEE_COMPANY_LETTER: frozenset({_E}),
    Action.STATE_FACTS: frozenset({_O}),
    Action.SEE_LISTS: frozenset({_O, _S, _A}),
    Action.FIX_LISTS: frozenset({_S}),
    # Who confirms a refusal reads what it rests on.
    Action.SEE_CHECKS: frozenset({_O, _S}),
    Action.SEE_CROSSCHECK: frozenset({_O, _S}),
    Action.RELEASE_CROSSCHECK: frozenset({_S}),
    Action.SEE_STATISTICS: frozenset({_O, _S, _I, _D, _P, _A}),
    Action.SEE_CROSSCHECK_SOURCES: frozenset({_O, _S, _P, _A}),
    Action.SEE_EXCHANGES: frozenset({_D, _P}),
    Action.RESEND_MESSAGE: frozenset({_D, _P}),
    Action.EXPLAIN_DIFFERENCE: frozenset({_D, _P}),
    Action.SEE_DIAGNOSTICS: frozenset({_P}),
}


#: What anybody does on his own account, whichever way he was let in.
OWN = frozenset({Action.OWN_ACCOUNT, Action.KEEP_FACTORS})

#: What nobody changes without having shown lately who he is: it can hardly be taken back.
FRESH = frozenset(
    {
        Action.ISSUE,
        Action.TAKE_BACK,
        Action.CANCEL_APPROVAL,
        Action.MANAGE_USERS,
        Action.KEEP_FACTORS,
    }
)

#: What a company's people may do only while the office holds its account active.
NEEDS_STANDING = frozenset(
    {
        Action.DESCRIBE_PRODUCT,
        Action.KEEP_MATERIAL,
        Action.DETERMINE,
        Action.APPLY,
        Action.FILE_COST_STATEMENT,
        Action.APPLY_FOR_APPROVAL,
        Action.APPLY_FOR_RULING,
    }
)


class Scope(StrEnum):
    """What a company lets a broker do for it."""

    GOODS = "GOODS"
    CERTIFICATES = "CERTIFICATES"
    APPROVALS = "APPROVALS"


#: What a broker may do under each scope.
SCOPES: Mapping[Scope, frozenset[Action]] = {
    Scope.GOODS: frozenset(
        {
            Action.SEE_EXPORTER,
            Action.DESCRIBE_PRODUCT,
            Action.SEE_PRODUCT,
            Action.LOOK_UP,
            Action.SEE_BILL_IMPORT,
            Action.KEEP_MATERIAL,
            Action.SEE_MATERIAL,
            Action.WITHDRAW_DECLARATION,
            Action.DETERMINE,
            Action.SEE_DETERMINATION,
            Action.SEE_COST_STATEMENT,
        }
    ),
    Scope.CERTIFICATES: frozenset(
        {
            Action.SEE_EXPORTER,
            Action.LOOK_UP,
            Action.APPLY,
            Action.SEE_APPLICATION,
            Action.SEE_CERTIFICATE,
            Action.READ_CERTIFICATE,
            Action.TELL_ERROR,
            Action.SEE_ERROR_NOTICE,
            Action.APPLY_FOR_RULING,
            Action.SEE_RULING,
        }
    ),
    Scope.APPROVALS: frozenset(
        {
            Action.SEE_EXPORTER,
            Action.LOOK_UP,
            Action.APPLY_FOR_APPROVAL,
            Action.SEE_APPROVAL,
            Action.SEE_OWN_FIGURES,
            Action.SIGN_SELF_CHECK,
            Action.SEE_SELF_CHECK,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """How strictly an office lets people in."""

    #: The roles whose password alone opens no more than their own account.
    second_factor: frozenset[Role] = frozenset()
    failures_allowed: int = 10
    failures_within: timedelta = timedelta(minutes=15)
    session_lasts: timedelta = timedelta(hours=12)
    #: How long a proof of who one is stays fresh.
    fresh_for: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class User:
    """A person who may log in; a company's people, and its broker for a call, act for it."""

    id: str
    login: str
    name: str
    role: Role
    exporter_id: str | None = None
    disabled_at: datetime | None = None

    def require(self, action: Action) -> None:
        """Refuse an action that the role has no right to.

        Raises:
            NotAllowedError: the table of rights says no.

        """
        if self.role not in RIGHTS[action]:
            raise NotAllowedError(role=self.role, action=action)

    def require_sight(self, exporter_id: str, *, what: str, id: str) -> None:  # noqa: A002  # as in the error
        """Refuse to show a company's thing to another company, as if it did not exist.

        Raises:
            MissingError: the thing is another company's.

        """
        if self.role in FOR_A_COMPANY and self.exporter_id != exporter_id:
            raise MissingError(what=what, id=id)

    @property
    def company(self) -> str | None:
        """The company whose things alone this person sees; None is everybody's."""
        return (self.exporter_id or "") if self.role in FOR_A_COMPANY else None

    def looks_at(self, exporter_id: str | None) -> str | None:
        """Return whose things a list shows: the caller's own alone, else those asked for."""
        return exporter_id if self.company is None else self.company


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """The shared secret of one-time codes; it counts once its holder has shown a code.

    The secret lies sealed in the database; no key is named while it is open.
    """

    secret: str
    last_step: int
    confirmed_at: datetime | None = None
    key_id: str = ""

    @property
    def is_set(self) -> bool:
        """Tell whether its holder has shown a code."""
        return self.confirmed_at is not None


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The answer once given under an idempotency key."""

    fingerprint: str
    status: int
    body: str
