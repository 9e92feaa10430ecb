"""One prepared bill before one rule set: whose lines count as foreign, and as originating."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from ooms.agreements.model import RuleSet
from ooms.agreements.rule import Base
from ooms.kernel.hs import HsCode, HsRange
from ooms.origin.compiled.code_sets import Sieve
from ooms.origin.compiled.prepared import NO_BIT, Pool, View
from ooms.origin.facts import Case, Material
from ooms.origin.hearing import Hearing
from ooms.origin.hearing import Span as Total
from ooms.origin.settled import Line
from ooms.origin.trace import Finding, Question, Reason, ValueTest
from ooms.origin.truth import Truth

UNSAID = Reason("")
MATERIALS = (Question("materials", UNSAID),)

Members = list[tuple[int, Truth]]


@dataclass(frozen=True, slots=True)
class Sitting:
    """What the compiled tests look at; `own` tells of each group whether it originates."""

    case: Case
    good: HsCode
    view: View
    rule_set: RuleSet
    own: tuple[bool, ...]
    foreign: Pool  # the non-originating lines that count under a tariff shift
    foreign_value: Pool  # those that count in values
    own_value: Pool
    is_bare: bool
    _hearings: list[Hearing] = field(default_factory=list, repr=False)

    def hearing(self, group: HsRange | None) -> Hearing:
        """Give the facts as the traced criteria take them; made when one first asks."""
        if not self._hearings:
            case = self.view.concorded(self.case, self.good)
            self._hearings.append(Hearing(case, self.rule_set, self._lines(case)))
        hearing = self._hearings[0]
        return hearing if hearing.group == group else replace(hearing, group=group)

    def material(self, number: int) -> Material:
        """Give a line of the bill, its codes in the edition of the rules."""
        return self.view.concorded(self.case, self.good).materials[number]

    def line(self, number: int) -> Material:
        """Give a line of the bill as the case has it."""
        return self.case.materials[number]

    def members(self, pool: Pool, sieve: Sieve) -> Members:
        """Give the lines of a pool that belong, or may belong, to a set."""
        if not pool.unsure and not pool.bits & sieve.bits.possibly:
            return []
        judged = ((number, self._member(number, sieve)) for number in pool.numbers)
        return [(number, member) for number, member in judged if member is not Truth.NO]

    def total(self, members: Members) -> Total:
        """Bound the value of lines when some memberships or values are not known."""
        low, high = Decimal(0), Decimal(0)
        bounded = True
        for number, member in members:
            stated = self.line(number).value
            if member is Truth.YES:
                low += stated or 0
            high += stated or 0
            bounded = bounded and stated is not None
        return Total(low, high if bounded else None)

    def missing(self, members: Members) -> tuple[Question, ...]:
        """Ask for doubtful memberships, then for the values that are not stated."""
        lines = [(self.line(number), member) for number, member in members]
        unsure = [f"hs:{m.path}" for m, member in lines if member is Truth.UNKNOWN]
        values = [f"value:{m.path}" for m, _ in lines if m.value is None]
        return tuple(map(ask, unsure + values))

    def price_on(self, base: Base) -> Decimal | None:
        """Give the value of the good on a basis, when the case states it."""
        return self.case.price_on(base)

    def _member(self, number: int, sieve: Sieve) -> Truth:
        place = self.view.places[number]
        if place.bit == NO_BIT:
            return sieve.holds(place.spans)
        if sieve.bits.surely >> place.bit & 1:
            return Truth.YES
        return Truth.UNKNOWN if sieve.bits.possibly >> place.bit & 1 else Truth.NO

    def _lines(self, case: Case) -> tuple[Line, ...]:
        settled: dict[int, tuple[bool, bool]] = {}
        for group, originates in zip(self.view.groups, self.own, strict=True):
            is_home = originates and group.origin is None
            settled |= dict.fromkeys(group.numbers, (originates, is_home))
        return tuple(
            Line(material, originating=settled[n][0], own=settled[n][1], because=UNSAID)
            for n, material in enumerate(case.materials)
        )


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
