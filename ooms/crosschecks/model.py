"""What is asked of another register before a certificate is issued, and what it answered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

#: Another's clock may be ahead of ours by so much.
CLOCKS_DIFFER = timedelta(minutes=5)


class Kind(StrEnum):
    """The register that is asked."""

    APPROVED_EXPORTER = "APPROVED_EXPORTER"
    BUSINESS_REGISTRY = "BUSINESS_REGISTRY"
    EXPORT_DECLARATION = "EXPORT_DECLARATION"
    RECALLED_GOODS = "RECALLED_GOODS"
    RESTRICTED_PARTIES = "RESTRICTED_PARTIES"
    STRATEGIC_GOODS = "STRATEGIC_GOODS"

    @property
    def words(self) -> str:
        """Name the register as people read it."""
        return self.value.lower().replace("_", " ")


class Policy(StrEnum):
    """What an answer that is not clear does to the issue."""

    OFF = "OFF"
    SOFT = "SOFT"
    HARD = "HARD"


class Source(StrEnum):
    """Where a register is asked: a list in a folder, or a service."""

    FILE = "FILE"
    HTTP = "HTTP"


class Verdict(StrEnum):
    """What a register says; unknown is what it cannot say."""

    CLEAR = "CLEAR"
    HIT = "HIT"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Rule:
    """How one register counts at this office."""

    kind: Kind
    policy: Policy = Policy.OFF
    source: Source = Source.FILE
    #: An answer carries an issue for so long.
    valid_for: timedelta = timedelta(hours=24)
    #: A list that is older answers nothing.
    list_lasts: timedelta = timedelta(days=7)
    #: A supervisor may release what stops the issue, with a reason.
    releasable: bool = False


class Role(StrEnum):
    """What a party is on the application."""

    BUYER = "BUYER"
    EXPORTER = "EXPORTER"
    OPERATOR = "OPERATOR"
    PRODUCER = "PRODUCER"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody whom the application names."""

    role: Role
    name: str
    country: str
    identifier: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """How much, in which unit (Recommendation 20)."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Goods:
    """One line of the application."""

    item_no: int
    hs: str
    description: str
    trademark: str | None = None
    model: str | None = None
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What the officer was shown and the application has no box for."""

    permits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """The facts of one application that registers are asked about."""

    agreement: str
    import_country: str
    exporter: Party
    others: tuple[Party, ...]
    goods: tuple[Goods, ...]
    declarations: tuple[str, ...] = ()
    shipped_on: date | None = None
    stated: Stated = Stated()

    @property
    def parties(self) -> tuple[Party, ...]:
        """Everybody who is named, the exporter first."""
        return (self.exporter, *self.others)

    @property
    def digest(self) -> str:
        """Tell one question from another."""
        text = json.dumps(asdict(self), default=str, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding: the facts compared, and in words why they matched."""

    rule: str
    ours: str
    theirs: str
    because: str
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What the entries of a list say of a question."""

    verdict: Verdict
    why: str
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a register said, and which version of its data said it."""

    source: Source
    judged: Judged
    version: str = ""
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """One question on its way to one register."""

    kind: Kind
    application_id: str
    request_id: str
    question: Question
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Release:
    """Who let an answer pass that is not clear, and why."""

    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is kept: never changed, never forgotten."""

    id: str
    application_id: str
    kind: Kind
    source: Source
    version: str
    as_of: datetime | None
    question_digest: str
    stated: Stated
    verdict: Verdict
    why: str
    hits: tuple[Hit, ...]
    asked_by: str
    asked_at: datetime
    valid_until: datetime
    release: Release | None = None

    @property
    def is_clear(self) -> bool:
        """Tell whether nothing is left to decide."""
        return self.verdict is Verdict.CLEAR or self.release is not None


def judged(hits: Iterable[Hit], gaps: Iterable[str], *, otherwise: str) -> Judged:
    """Make one verdict of findings and of what could not be found."""
    found, unknown = tuple(hits), tuple(gaps)
    if found:
        return Judged(Verdict.HIT, "; ".join((*(one.because for one in found), *unknown)), found)
    if unknown:
        return Judged(Verdict.UNKNOWN, "; ".join(unknown))
    return Judged(Verdict.CLEAR, otherwise)


def obstacle(rule: Rule, answer: Answer | None, *, question: Question, now: datetime) -> str | None:
    """Say why a register stands in the way of the issue, and what to do; None when it does not.

    The answer counts for the question that it answered, and for its time.
    """
    if rule.policy is Policy.OFF:
        return None
    if answer is None:
        return "was not asked; run the cross-checks"
    if answer.question_digest != question.digest:
        return "answered before the application changed; run the cross-checks again"
    if answer.valid_until <= now:
        return (
            f"answered too long ago ({answer.asked_at:%Y-%m-%d %H:%M}); run the cross-checks again"
        )
    if answer.is_clear:
        return None
    return f"says {answer.verdict}: {answer.why}; {_next_step(rule)}"


def _next_step(rule: Rule) -> str:
    if rule.policy is Policy.SOFT:
        return "override it with a reason, or have the application corrected"
    if rule.releasable:
        return "have the cause removed and ask again, or ask a supervisor to release it"
    return "have the cause removed and ask again"
