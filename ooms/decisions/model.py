"""A decision on a claim: what was decided, why, by whom; each one an entry, none ever changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """What is decided on an item of a certificate."""

    GRANTED = "GRANTED"
    PARTLY = "PARTLY"
    DENIED = "DENIED"
    SUSPENDED = "SUSPENDED"
    SECURED = "SECURED"
    WITHDRAWN = "WITHDRAWN"


#: What keeps its quantity in the ledger: what is open must not be used by others meanwhile.
HOLDING = frozenset({Verdict.GRANTED, Verdict.PARTLY, Verdict.SUSPENDED, Verdict.SECURED})
#: What ends a claim's period: nothing is left open.
FINAL = frozenset({Verdict.GRANTED, Verdict.PARTLY, Verdict.DENIED})
#: What gave preference, if only for the time being: the goods went in without the full duty.
GIVING = frozenset({Verdict.GRANTED, Verdict.PARTLY, Verdict.SECURED})
#: What takes preference away, so that ground, basis, remedy and deadline are told.
REFUSING = frozenset({Verdict.DENIED, Verdict.PARTLY})


class Cause(StrEnum):
    """How a decision came about."""

    RULE = "RULE"
    OFFICER = "OFFICER"
    VERIFICATION = "VERIFICATION"
    OBJECTION = "OBJECTION"
    NEW_VERSION = "NEW_VERSION"


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a claim; `spec_no` is 0 where a line has no specifications."""

    claim_id: str
    line_no: int
    spec_no: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """Whose goods a decision is about, as statistics and partners count them."""

    declaration_number: str
    certificate_number: str
    number_key: str
    agreement: str
    issuing_country: str
    item_no: int
    hs: str


@dataclass(frozen=True, slots=True)
class RemedyTold:
    """A remedy as it was told: of which kind, until when, by which rule."""

    kind: str
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why preference was not granted: ground, reason class, facts, basis and remedies."""

    ground: str
    reason_class: str
    facts: str
    basis: tuple[str, ...] = ()
    remedies: tuple[RemedyTold, ...] = ()
    verification: str = ""


@dataclass(frozen=True, slots=True)
class Security:
    """What was given so that the goods are released: how much, and under which reference."""

    amount: Decimal
    currency: str
    reference: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision on one line; the one with the highest `seq` counts."""

    id: str
    place: Place
    seq: int
    about: About
    verdict: Verdict
    cause: Cause
    quantity: Decimal
    unit: str
    decided_by: str
    decided_on: date
    decided_at: datetime
    why: Why | None = None
    security: Security | None = None
    #: The notice to the importer, as it was told, by language.
    texts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody decides: the outcome, and whatever it needs."""

    verdict: Verdict
    quantity: Decimal | None = None
    ground: str = ""
    facts: str = ""
    verification: str = ""
    security: Security | None = None
    #: What the clearance system is to pay back, when preference is granted after payment.
    refund: Decimal | None = None
    currency: str = ""
    #: Why the importer is not told beforehand: one of the exceptions of the law.
    without_notice: str = ""


def last_of(entries: Iterable[Entry]) -> Entry | None:
    """Return the decision that counts."""
    return max(entries, key=lambda one: one.seq, default=None)


def was_given(entries: Iterable[Entry]) -> bool:
    """Tell whether preference was given on a line and not taken away since."""
    given = False
    for one in sorted(entries, key=lambda entry: entry.seq):
        if one.verdict in GIVING:
            given = True
        elif one.verdict in {Verdict.DENIED, Verdict.WITHDRAWN}:
            given = False
    return given
