"""A preference claim: what was declared, what was received, what the checks say, what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ooms.claims.declaration import Declaration, Line, Particulars, Proof, ProofType
from ooms.claims.facts import Facts
from ooms.claims.held import Held, HeldItem
from ooms.claims.terms import Terms
from ooms.kernel.money import Money
from ooms.ledger.model import NOTHING, ItemKey

__all__ = [
    "Case",
    "Checked",
    "CheckedLine",
    "Claim",
    "Decision",
    "Declaration",
    "Feedback",
    "Held",
    "HeldItem",
    "ItemKey",
    "Line",
    "Outcome",
    "Report",
    "Sought",
    "decide",
    "open_questions",
    "passes",
    "telling",
]


class Outcome(StrEnum):
    """What a check says."""

    PASS = "PASS"  # noqa: S105  # no password
    QUERY = "QUERY"
    FAIL = "FAIL"
    #: Somebody is to look, whatever the other checks say.
    ROUTE = "ROUTE"
    #: Decided before, which settles questions of other checks.
    ACCEPT = "ACCEPT"
    #: What is checked has not come yet.
    WAIT = "WAIT"


class Decision(StrEnum):
    """What is decided on a line; what the checks leave open is referred to an officer."""

    GRANTED = "GRANTED"
    DENIED = "DENIED"
    REFERRED = "REFERRED"
    AWAITING = "AWAITING"
    #: What only the desk of decisions decides.
    PARTLY = "PARTLY"
    SUSPENDED = "SUSPENDED"
    SECURED = "SECURED"


#: By what is decided so the ledger holds goods: they are drawn, or set aside.
HOLDING = frozenset({Decision.GRANTED, Decision.PARTLY, Decision.SUSPENDED, Decision.SECURED})


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check says of a line, with the facts that decided.

    `settles` names the checks whose questions are answered by this one; `until` is the last day
    of a wait.
    """

    check: str
    outcome: Outcome
    detail: str
    facts: dict[str, str] = field(default_factory=dict)
    code: str = ""
    source: str = ""
    settles: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that a check may look at."""

    line: Line
    declared_on: date
    found: tuple[Held, ...]
    used_share: Fraction
    terms: Terms
    about: Particulars = field(default_factory=Particulars)
    facts: Facts = field(default_factory=Facts)
    #: Which share of the item the lines before this one take, of the same declaration.
    taken_before: Fraction = NOTHING
    #: What those lines are declared to be worth, as far as they say.
    worth_before: tuple[Money, ...] = ()

    @property
    def held(self) -> Held | None:
        """The one certificate that the line means, if it is clear which."""
        return self.found[0] if len(self.found) == 1 else None

    @property
    def item(self) -> HeldItem | None:
        """The item that the line means, if it is there."""
        return self.held.item(self.line.item_no) if self.held else None

    @property
    def agreement(self) -> str:
        """Under which agreement preference is claimed, as far as it is known."""
        return self.line.agreement or (self.held.agreement if self.held else "")

    @property
    def proof(self) -> Proof | None:
        """What the importer states of the certificate."""
        return self.about.proof_of(self.line.certificate_number)

    @property
    def is_unproved(self) -> bool:
        """Whether the line rests on no proof of origin."""
        stated = self.proof is not None and self.proof.kind is ProofType.WAIVED
        return stated or not self.line.certificate_number

    def differs(self, code: str, *, detail: str, facts: Mapping[str, str]) -> Checked:
        """Say what a difference means under the agreement, and where that stands."""
        severity = self.terms.severity(code, agreement=self.agreement)
        return Checked(
            severity.check,
            Outcome(severity.outcome),
            detail,
            dict(facts),
            code=code,
            source=severity.cited.source_in(self.facts.country),
        )


def passes(check: str, detail: str, facts: Mapping[str, str]) -> Checked:
    """Say that a check found nothing to ask."""
    return Checked(check, Outcome.PASS, detail, dict(facts))


#: Why a line is left to an officer until its certificate comes, or the one that it replaces.
NOT_THERE = frozenset({"LIN-AWAITED", "LIN-HELD"})


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line with its checks and what was decided; `key` says which item was meant."""

    line: Line
    checks: tuple[Checked, ...]
    decision: Decision
    key: ItemKey | None
    reason_code: str = ""
    reason: str = ""
    until: date | None = None
    #: How much is granted, where it is not all that is claimed.
    granted: Decimal | None = None

    @property
    def lacks_certificate(self) -> bool:
        """Tell whether all that is known is that its certificate is not there, or not yet whole."""
        is_left_open = self.decision is Decision.REFERRED and self.reason_code in NOT_THERE
        return self.decision is Decision.AWAITING or is_left_open

    @property
    def given(self) -> Decimal:
        """How much is granted of a line that is granted at all."""
        return self.line.quantity if self.granted is None else self.granted


@dataclass(frozen=True, slots=True)
class Claim:
    """A declaration with everything that was decided on it."""

    id: str
    declaration: Declaration
    lines: tuple[CheckedLine, ...]
    made_at: datetime
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """Which claims a list shows: of a declaration or certificate, decided so, sent to a channel."""

    number: str | None = None
    #: A certificate's number, however it is spelled.
    certificate: str | None = None
    #: Claims that a later version took the place of are not among these.
    decision: Decision | None = None
    channel: str | None = None
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What the partner is told about one item."""

    item_no: int
    outcome: str
    quantity: Decimal | None = None
    unit: str | None = None
    line_no: int | None = None
    hs: str | None = None
    reason_code: str | None = None
    reason: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the partner is told about one certificate."""

    declaration_number: str
    decided_on: date
    reports: tuple[Report, ...]


def open_questions(checks: tuple[Checked, ...]) -> tuple[Checked, ...]:
    """Return what stands in the way: all but what passed, and what another check settled."""
    settled = {name for one in checks if one.outcome is Outcome.ACCEPT for name in one.settles}
    return tuple(
        one
        for one in checks
        if one.outcome not in (Outcome.PASS, Outcome.ACCEPT)
        and not (one.outcome is Outcome.QUERY and one.check in settled)
    )


def decide(checks: tuple[Checked, ...]) -> Decision:
    """Deny when a check fails, wait for what has not come, grant when nothing is open.

    Everything else is left to an officer.
    """
    outcomes = {one.outcome for one in open_questions(checks)}
    if Outcome.FAIL in outcomes:
        return Decision.DENIED
    if Outcome.WAIT in outcomes:
        return Decision.AWAITING
    return Decision.REFERRED if outcomes else Decision.GRANTED


def telling(checks: tuple[Checked, ...]) -> Checked | None:
    """Return the check that decided: the first that fails, waits, or asks."""
    ranked = (Outcome.FAIL, Outcome.WAIT, Outcome.QUERY, Outcome.ROUTE)
    standing = open_questions(checks)
    return min(standing, key=lambda one: ranked.index(one.outcome), default=None)
