"""A preference claim: what was declared, what was received, what the checks say, what is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from fractions import Fraction

from ooms.ledger.model import ItemKey

_SHOWN = Decimal("0.0001")  # quantities on certificates have four decimals at most


class Outcome(StrEnum):
    """What a check says."""

    PASS = "PASS"  # noqa: S105  # no password
    QUERY = "QUERY"
    FAIL = "FAIL"


class Decision(StrEnum):
    """What is decided on a line; what the checks leave open is referred to an officer."""

    GRANTED = "GRANTED"
    DENIED = "DENIED"
    REFERRED = "REFERRED"


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item of a received certificate; its quantities by unit all measure the same goods."""

    item_no: int
    hs: str
    description: str
    quantities: dict[str, Decimal]
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate as it was received and stands now."""

    issuing_country: str
    agreement: str
    number: str
    number_key: str
    partner: str
    state: str
    issued_on: date
    valid_from: date
    valid_until: date
    exporter: str
    items: tuple[HeldItem, ...]
    warning: str = ""
    is_lookalike: bool = False
    superseded_by: str | None = None

    def item(self, item_no: int) -> HeldItem | None:
        """Return an item by its number."""
        return next((one for one in self.items if one.item_no == item_no), None)

    def key(self, item_no: int) -> ItemKey:
        """Return the key of an item in the ledger."""
        return ItemKey(self.issuing_country, self.agreement, self.number_key, item_no)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an import declaration that claims preference."""

    line_no: int
    certificate_number: str
    item_no: int
    hs: str
    quantity: Decimal
    unit: str
    exporter: str | None = None
    invoice: str | None = None
    agreement: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """An import declaration, in one of its versions."""

    number: str
    version: int
    declared_on: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check says of a line, with the facts that decided."""

    check: str
    outcome: Outcome
    detail: str
    facts: dict[str, str] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that a check may look at."""

    line: Line
    declared_on: date
    found: tuple[Held, ...]
    used_share: Fraction

    @property
    def held(self) -> Held | None:
        """The one certificate that the line means, if it is clear which."""
        return self.found[0] if len(self.found) == 1 else None

    @property
    def item(self) -> HeldItem | None:
        """The item that the line means, if it is there."""
        return self.held.item(self.line.item_no) if self.held else None


def share_of(item: HeldItem, *, quantity: Decimal, unit: str) -> Fraction | None:
    """Say which share of an item a quantity is; None when the item is not measured so.

    An item measured in pieces and in kilograms is one lot of goods: drawing all of its pieces
    leaves no kilograms.
    """
    whole = item.quantities.get(unit)
    return Fraction(quantity) / Fraction(whole) if whole else None


def left_of(item: HeldItem, *, used_share: Fraction, unit: str) -> Decimal:
    """Say how much is left in a unit, cut to what a certificate can show."""
    left = Fraction(item.quantities.get(unit, Decimal(0))) * (1 - used_share)
    exact = Decimal(left.numerator) / Decimal(left.denominator)
    return exact.quantize(_SHOWN, rounding=ROUND_DOWN).normalize()


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line with its checks and what was decided; `key` says which item was meant."""

    line: Line
    checks: tuple[Checked, ...]
    decision: Decision
    key: ItemKey | None
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A declaration with everything that was decided on it."""

    id: str
    declaration: Declaration
    lines: tuple[CheckedLine, ...]
    made_at: datetime
    superseded: bool = False


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


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the partner is told about one certificate."""

    declaration_number: str
    decided_on: date
    reports: tuple[Report, ...]


def decide(checks: tuple[Checked, ...]) -> Decision:
    """Grant when every check passes, deny when one fails, else leave it to an officer."""
    outcomes = {one.outcome for one in checks}
    if Outcome.FAIL in outcomes:
        return Decision.DENIED
    return Decision.REFERRED if Outcome.QUERY in outcomes else Decision.GRANTED
