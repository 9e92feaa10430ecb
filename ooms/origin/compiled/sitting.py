"""One prepared bill before one rule set: whose lines count as foreign, and as originating."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ooms.agreements.rule import Base
from ooms.origin.compiled.code_sets import Sieve
from ooms.origin.compiled.prepared import NO_BIT, Pool, View
from ooms.origin.facts import Case, Material
from ooms.origin.hearing import Span as Total
from ooms.origin.trace import Finding, Question, Reason, ValueTest
from ooms.origin.truth import Truth

UNSAID = Reason("")


@dataclass(frozen=True, slots=True)
class Sitting:
    """What the compiled tests look at."""

    case: Case
    view: View
    counted: Pool  # every line that counts under a tariff shift
    foreign: Pool  # the non-originating ones of these
    foreign_value: Pool  # the non-originating lines that count in values
    own_value: Pool
    is_bare: bool

    def price_on(self, base: Base) -> Decimal | None:
        """Give the value of the good on a basis, when the case states it."""
        price = self.case.price
        if price is not None and price.basis is base and price.amount > 0:
            return price.amount
        return self.case.amount(f"price:{base}") or None

    def weight_of_good(self) -> Decimal | None:
        """Give the weight of the good, or of all its materials when only those are stated."""
        return self.case.product.weight or self.counted.weight.high or None

    def line(self, number: int) -> Material:
        """Give a line of the bill."""
        return self.case.materials[number]

    def member(self, number: int, sieve: Sieve) -> Truth:
        """Tell whether a line belongs to a set."""
        place = self.view.places[number]
        if place.bit == NO_BIT:
            return sieve.holds(place.spans)
        if sieve.bits.surely >> place.bit & 1:
            return Truth.YES
        return Truth.UNKNOWN if sieve.bits.possibly >> place.bit & 1 else Truth.NO

    def members(self, pool: Pool, sieve: Sieve) -> list[tuple[int, Truth]]:
        """Give the lines of a pool that belong, or may belong, to a set."""
        if not pool.unsure and not pool.bits & sieve.bits.possibly:
            return []
        judged = ((number, self.member(number, sieve)) for number in pool.numbers)
        return [(number, member) for number, member in judged if member is not Truth.NO]

    def total(self, members: list[tuple[int, Truth]], measure: str) -> Total:
        """Bound the total of lines when some memberships or amounts are not known."""
        low, high = Decimal(0), Decimal(0)
        bounded = True
        for number, member in members:
            stated: Decimal | None = getattr(self.line(number), measure)
            if member is Truth.YES:
                low += stated or 0
            high += stated or 0
            bounded = bounded and stated is not None
        return Total(low, high if bounded else None)

    def missing(self, members: list[tuple[int, Truth]], measure: str) -> tuple[Question, ...]:
        """Ask for the values or weights that are missing."""
        lines = (self.line(number) for number, _ in members)
        return tuple(ask(f"{measure}:{m.path}") for m in lines if getattr(m, measure) is None)


def ask(key: str) -> Question:
    """Ask a question by its key alone."""
    return Question(key, UNSAID)


def found(
    met: Truth,
    *,
    questions: tuple[Question, ...] = (),
    value: ValueTest | None = None,
    parts: tuple[Finding, ...] = (),
) -> Finding:
    """Give a finding without words."""
    return Finding("", met, UNSAID, (), questions, value, parts)
