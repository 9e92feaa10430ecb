"""What a determination leaves behind: findings, reasons, questions, and the verdict.

A reason is a key and the facts that fill it, so that it can be told in any language; the
English words are in `ooms.origin.explain`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ooms.origin.truth import Truth

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a criterion is met or not: a key of the catalogue and the facts that decided."""

    key: str
    facts: Facts = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What must be known to decide; one answer under a key serves every agreement.

    `decides` says whether it belongs to the cheapest set of questions whose answers can decide;
    None means that nobody has worked that out.
    """

    key: str
    reason: Reason
    decides: bool | None = None


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that are enough together, and the verdicts that their answers can bring."""

    keys: tuple[str, ...]
    could_become: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class ValueTest:
    """A percentage against its threshold, exact; rounding is left to display."""

    method: str
    basis: str
    content: Decimal
    threshold: Decimal
    at_least: bool
    price: Decimal
    counted: Decimal
    minimum_price: Decimal | None

    @property
    def slack(self) -> Decimal:
        """How far the content is on the right side of the threshold; negative when it is not."""
        gap = self.content - self.threshold
        return gap if self.at_least else -gap


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion judged, with the facts that decided it."""

    criterion: str
    met: Truth
    because: Reason
    materials: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    value: ValueTest | None = None
    parts: tuple[Finding, ...] = ()

    def walk(self) -> Iterator[Finding]:
        """Give this finding and every finding inside it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to originate: the rule, whether it is met, and every criterion of it."""

    rule: str
    met: Truth
    findings: tuple[Finding, ...]


class Change(StrEnum):
    """The kinds of change that can make a good qualify."""

    ANSWER = "answer"
    CARRY_OUT = "carry_out"
    LIMIT_FOREIGN = "limit_foreign"
    RAISE_PRICE = "raise_price"
    SOURCE_ORIGINATING = "source_originating"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change: these materials from a Party, this price, this process, or this answer.

    `paths` names the lines of the bill, `parties` from where they may come, and `at_most` how
    much of a material may stay non-originating.
    """

    change: Change
    reason: Reason
    materials: tuple[str, ...] = ()
    price: Decimal | None = None
    paths: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    at_most: str = ""


@dataclass(frozen=True, slots=True)
class WayOut:
    """The changes that would meet one alternative: of each step, any one remedy is enough."""

    rule: str
    steps: tuple[tuple[Remedy, ...], ...]


@dataclass(frozen=True, slots=True)
class SettledOrigin:
    """What was found of the origin of one line of the bill, and why."""

    path: str
    name: str
    originating: Truth
    because: Reason


class Verdict(StrEnum):
    """What the determination says about the good."""

    ORIGINATING = "originating"
    NON_ORIGINATING = "non_originating"
    NEEDS_FACT = "needs_fact"


@dataclass(frozen=True, slots=True)
class RuleSetVerdict:
    """What one of several rule sets in force says, and the marker that its proof must bear."""

    rule_set: str
    marker: str
    verdict: Verdict
    criterion: str


@dataclass(frozen=True, slots=True)
class Determination:
    """The verdict with everything that led to it; the same inputs give the same value."""

    verdict: Verdict
    criterion: str
    rule: str
    rule_source: str
    rule_verified: bool
    alternatives: tuple[Alternative, ...]
    value: ValueTest | None
    questions: tuple[Question, ...]
    ways_out: tuple[WayOut, ...]
    rule_pack: str
    engine: str
    inputs_hash: str
    currency: str
    deciding: tuple[QuestionSet, ...] = ()
    rule_set: str = ""
    marker: str = ""
    rule_sets: tuple[RuleSetVerdict, ...] = ()
    origins: tuple[SettledOrigin, ...] = ()
