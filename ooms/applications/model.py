"""An application for a certificate: what it says, and the states it may pass through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ooms.errors import ConflictError, Flaw, UnfitError
from ooms.procedures.running import RunningClock


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    UNDER_REVIEW = "UNDER_REVIEW"
    COMPLETION_REQUESTED = "COMPLETION_REQUESTED"
    ON_SITE_CHECK = "ON_SITE_CHECK"
    REFUSAL_PROPOSED = "REFUSAL_PROPOSED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"
    ISSUED = "ISSUED"


_S = State

#: From each state, the states it may move to.  Withdrawal ends with the issue (Notice 36); a
#: refusal is proposed by one person and confirmed by another; what is not completed in time is
#: returned.
MOVES: Mapping[State, frozenset[State]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED, _S.WITHDRAWN}),
    _S.SUBMITTED: frozenset({_S.UNDER_REVIEW, _S.WITHDRAWN}),
    _S.UNDER_REVIEW: frozenset(
        {
            _S.APPROVED,
            _S.REFUSAL_PROPOSED,
            _S.COMPLETION_REQUESTED,
            _S.ON_SITE_CHECK,
            _S.SUBMITTED,
            _S.WITHDRAWN,
        }
    ),
    _S.COMPLETION_REQUESTED: frozenset({_S.UNDER_REVIEW, _S.RETURNED, _S.WITHDRAWN}),
    _S.ON_SITE_CHECK: frozenset({_S.UNDER_REVIEW, _S.WITHDRAWN}),
    _S.REFUSAL_PROPOSED: frozenset({_S.REFUSED, _S.UNDER_REVIEW, _S.WITHDRAWN}),
    _S.APPROVED: frozenset({_S.ISSUED, _S.UNDER_REVIEW, _S.WITHDRAWN}),
    _S.REFUSED: frozenset(),
    _S.RETURNED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.ISSUED: frozenset(),
}

#: The states in which the exporter may still write in the application.
OPEN = frozenset({State.DRAFT, State.COMPLETION_REQUESTED})

#: The states in which the office owes the exporter an answer, whatever its clock says.
PENDING = frozenset(
    {
        State.SUBMITTED,
        State.UNDER_REVIEW,
        State.COMPLETION_REQUESTED,
        State.ON_SITE_CHECK,
        State.REFUSAL_PROPOSED,
        State.APPROVED,
    }
)

#: The states in which the officer who has an application reads what it rests on: he decides on
#: it, or answers for what he decided.
HELD_IN = PENDING | {State.ISSUED, State.REFUSED}


def advance(current: State, wanted: State) -> State:
    """Return the wanted state if the table allows the move.

    Raises:
        ConflictError: the table has no such row.

    """
    if wanted not in MOVES[current]:
        raise ConflictError(what="application", current=current, wanted=wanted)
    return wanted


@dataclass(frozen=True, slots=True)
class Buyer:
    """To whom the goods go."""

    name: str
    country: str
    address: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Producer:
    """Who made the goods, when that is not the exporter; may be kept from the paper."""

    name: str
    country: str
    address: str | None = None
    disclosure: str = "DISCLOSED"


@dataclass(frozen=True, slots=True)
class Operator:
    """Who invoices from a country outside the agreement."""

    name: str
    country: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Exhibition:
    """Where the goods are shown abroad before they are sold there."""

    name: str
    country: str
    address: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice; lines refer to it by its place, from 1."""

    number: str
    dated: date
    currency: str | None = None
    total: Decimal | None = None
    operator: Operator | None = None


@dataclass(frozen=True, slots=True)
class Transport:
    """How the goods travel, as far as known; ports by UN/LOCODE and in words."""

    departure_date: date | None = None
    mode: str | None = None
    conveyance: str | None = None
    voyage: str | None = None
    loading: str | None = None
    loading_text: str | None = None
    discharge: str | None = None
    discharge_text: str | None = None
    route: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured quantity: what it measures, how much, in which unit (Recommendation 20)."""

    kind: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Package:
    """Packages of one kind (Recommendation 21)."""

    count: int
    kind: str


@dataclass(frozen=True, slots=True)
class Value:
    """A free-on-board value."""

    amount: Decimal
    currency: str


class Kind(StrEnum):
    """What an application asks for; all of them take the same way through the office."""

    NEW = "NEW"
    REISSUE = "REISSUE"
    CORRECTION = "CORRECTION"
    REPLACEMENT = "REPLACEMENT"
    BACK_TO_BACK = "BACK_TO_BACK"
    CANCELLATION = "CANCELLATION"

    @property
    def is_about_another(self) -> bool:
        """Tell whether it is about a certificate that was issued before."""
        return self not in _FIRST_KINDS

    @property
    def says_anew(self) -> bool:
        """Tell whether a certificate comes of it that says what the application says."""
        return self not in _REPEATING_KINDS


_FIRST_KINDS = frozenset({Kind.NEW, Kind.BACK_TO_BACK})
_REPEATING_KINDS = frozenset({Kind.REISSUE, Kind.CANCELLATION})


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is asked for: a code of the procedure, and words."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class FirstItem:
    """An item of a first certificate, as its paper states it."""

    item_no: int
    hs: str
    hs_edition: int
    criterion: str
    quantities: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class FirstCertificate:
    """A certificate of another party, on which a back-to-back one rests.

    Its items are stated only where it was brought on paper; else the register has them.
    """

    number: str
    country: str
    import_declaration: str
    issued_on: date | None = None
    valid_until: date | None = None
    issuer: str | None = None
    exporter: str | None = None
    paper_items: tuple[FirstItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What a line takes from an item of a first certificate, which is named by its place from 1."""

    first: int
    item_no: int
    quantities: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of goods and the determination that it cites.

    What is re-exported cites none: it takes its origin, with its quantity, from first certificates.
    """

    item_no: int
    determination_id: str
    description: str
    hs: str
    quantities: tuple[Measure, ...]
    invoice_refs: tuple[int, ...] = (1,)
    packages: tuple[Package, ...] = ()
    in_bulk: bool = False
    marks: str | None = None
    trademark: str | None = None
    model: str | None = None
    fob: Value | None = None
    takes: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the exporter states; a draft may have holes, see `wholeness`."""

    agreement: str
    form_type: str
    import_country: str
    buyer: Buyer | None
    invoices: tuple[Invoice, ...]
    lines: tuple[Line, ...]
    shipped_on: date | None = None
    intended_shipment_on: date | None = None
    transport: Transport | None = None
    producer: Producer | None = None
    retroactive_reason: str | None = None
    export_declarations: tuple[str, ...] = ()
    kind: Kind = Kind.NEW
    about_certificate: str | None = None
    cause: Cause | None = None
    first_certificates: tuple[FirstCertificate, ...] = ()
    exhibition: Exhibition | None = None

    def named_buyer(self) -> Buyer:
        """Return to whom the goods go.

        Raises:
            UnfitError: a draft does not say it yet.

        """
        if self.buyer is None:
            raise UnfitError(Flaw("/buyer", "say to whom the goods go"))
        return self.buyer


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decided, and why."""

    reason_code: str
    reason: str
    decided_at: datetime


class Check(StrEnum):
    """What is checked before issue (Notice 32(1) in Korea)."""

    STANDING = "STANDING"
    IN_TIME = "IN_TIME"
    ORIGIN = "ORIGIN"
    FORM = "FORM"
    PAPERS = "PAPERS"


class Finding(StrEnum):
    """What a check found; what no rule decides is open until the officer does."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    OPEN = "OPEN"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found, why, and who says so; nobody when a rule decided."""

    check: Check
    finding: Finding
    detail: str
    decided_by: str | None = None
    decided_at: datetime | None = None


class Outcome(StrEnum):
    """How a request for completion ended."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    LAPSED = "LAPSED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Lack:
    """What is to be completed: the box of the form, the reason code, and words."""

    box: str
    reason_code: str
    text: str


@dataclass(frozen=True, slots=True)
class CompletionRequest:
    """What the officer wants completed, until when, and what the exporter answered."""

    id: str
    application_id: str
    lacks: tuple[Lack, ...]
    asked_by: str
    asked_at: datetime
    due_on: date
    #: What the application said when it was asked; None of requests older than its keeping.
    stated: Content | None = None
    outcome: Outcome = Outcome.OPEN
    answer: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """An application as it stands; `version` grows with every change.

    `clock` is the office's own: until when it has to decide.
    """

    id: str
    exporter_id: str
    state: State
    version: int
    content: Content
    drafted_at: datetime
    submitted_on: date | None = None
    officer_id: str | None = None
    decision: Decision | None = None
    clock: RunningClock | None = None
    office: str | None = None
