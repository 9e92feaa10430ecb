"""What is known around a line when it is checked: gathered for all lines at once, never here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ooms.claims.held import Held
from ooms.claims.quotas import RuleQuotas
from ooms.kernel.money import Money


@dataclass(frozen=True, slots=True)
class OtherUse:
    """A line of another claim that uses the same item, or names the same invoice."""

    declaration_number: str
    line_no: int
    certificate_number: str
    agreement: str
    item_no: int
    hs6: str
    office: str = ""
    importer: str = ""
    decision: str = ""
    declared_on: date | None = None
    #: What was drawn or set aside is declared to be worth; None where nothing was, or none said.
    worth: Money | None = None


@dataclass(frozen=True, slots=True)
class WaivedBefore:
    """A small consignment of the same persons that was let in without a proof."""

    declaration_number: str
    declared_on: date
    value: Decimal
    currency: str


class Role(StrEnum):
    """As whom somebody is restricted."""

    EXPORTER = "EXPORTER"
    PRODUCER = "PRODUCER"
    IMPORTER = "IMPORTER"


@dataclass(frozen=True, slots=True)
class Restriction:
    """Somebody whose goods are looked at before release: all, or some under one agreement."""

    id: str
    role: Role
    name: str
    since: date
    ground: str
    made_by: str
    agreement: str | None = None
    hs6: str | None = None
    until: date | None = None
    ended_by: str | None = None

    def covers(self, *, agreement: str, hs: str) -> bool:
        """Tell whether goods under an agreement lie within."""
        return self.agreement in (None, agreement) and hs.startswith(self.hs6 or "")


class LimitKind(StrEnum):
    """Why somebody's goods are looked at."""

    RESTRICTED = "RESTRICTED"
    NEGATIVE_RESULT = "NEGATIVE_RESULT"
    OPEN_VERIFICATION = "OPEN_VERIFICATION"
    SUSPENDED = "SUSPENDED"
    #: The certificate itself is doubted, whoever's goods it is for.
    DOUBTED_CERTIFICATE = "DOUBTED_CERTIFICATE"


@dataclass(frozen=True, slots=True)
class Limit:
    """An entry of a register that says to look at somebody's goods."""

    kind: LimitKind
    about: str
    reference: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Routed:
    """Where the selection of risks sends a line, and why; it routes, it never denies."""

    channel: str
    reasons: tuple[str, ...]
    is_picked: bool


@dataclass(frozen=True, slots=True)
class Ruling:
    """An advance ruling on the same goods."""

    number: str
    authority: str
    origin: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved exporter as the register shows him on the day."""

    number: str
    name: str
    holds: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Admissible:
    """Which criteria the rules of an agreement admit for the goods; `parts` names the kinds."""

    parts: frozenset[str]
    rule: str
    source: str
    least_percent: Decimal | None = None
    is_complete: bool = True
    quotas: RuleQuotas = field(default_factory=RuleQuotas)


@dataclass(frozen=True, slots=True)
class Correlated:
    """The certified subheading in the edition of the declaration; None when no table is here."""

    source: int
    target: int
    candidates: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Storage:
    """How many months goods may stay in a country outside, and how many if they were held up."""

    months: int
    delayed_months: int | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """What the form's clocks say of the issue: late from when, and until when at all."""

    late: bool | None
    last_day: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything around a line that is not on it nor on its certificate."""

    country: str = ""
    parties: tuple[str, ...] = ()
    same_item: tuple[OtherUse, ...] = ()
    same_invoice: tuple[OtherUse, ...] = ()
    waived_before: tuple[WaivedBefore, ...] = ()
    limits: tuple[Limit, ...] = ()
    routed: Routed | None = None
    ruling: Ruling | None = None
    approved: Approved | None = None
    admissible: Admissible | None = None
    correlated: Correlated | None = None
    firsts: tuple[Held, ...] = ()
    elsewhere: tuple[str, ...] = ()
    storage: Storage | None = None
    #: What the form's clocks say of the declared departure, where the certificate names none.
    timing: Timing | None = None
    tolerance: Fraction = Fraction(0)
    #: How far the partner's calendar runs ahead before the day of declaration is over here.
    days_ahead: int = 0
