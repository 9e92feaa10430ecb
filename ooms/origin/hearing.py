"""What every criterion looks at: the case, the rule set, and the settled bill of materials."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from ooms.agreements.model import RuleSet
from ooms.agreements.policies import Kind, RuleType
from ooms.agreements.rule import Base
from ooms.kernel.hs import HsRange
from ooms.origin.facts import Case, Material
from ooms.origin.settled import Line
from ooms.origin.trace import Question, Reason
from ooms.origin.truth import Truth

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Span:
    """An amount known to lie between two bounds; no upper bound means it may be anything."""

    low: Decimal
    high: Decimal | None

    def more_by(self, amount: Decimal) -> Span:
        """Add a known amount to both bounds."""
        if not amount:
            return self
        return Span(self.low + amount, None if self.high is None else self.high + amount)

    def at_most(self, limit: Decimal) -> Truth:
        """Tell whether the amount stays within an inclusive limit."""
        if self.low > limit:
            return Truth.NO
        return Truth.YES if self.high is not None and self.high <= limit else Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class Hearing:
    """The facts and policies under which one rule is judged.

    `group` is the codes that share the product's rule. `also_failing` are materials that fail
    another test of the same alternative: one tolerance must hold for all of them together.
    `added_abroad` counts as foreign value. `naming` are the named rules being judged.
    """

    case: Case
    rule_set: RuleSet
    lines: tuple[Line, ...]
    group: HsRange | None = None
    also_failing: tuple[tuple[Material, Truth], ...] = ()
    grants_tolerance: bool = True
    added_abroad: Decimal = Decimal(0)
    naming: frozenset[str] = frozenset()

    @property
    def is_bare(self) -> bool:
        """Tell whether no material is listed and nobody said that there is none."""
        listed = any(line.material.kind is Kind.MATERIAL for line in self.lines)
        return not listed and not self.case.answer("bom_complete")

    def counted(self, rule_type: RuleType) -> tuple[Line, ...]:
        """Give the lines that count under a type of rule."""
        seen = (ln for ln in self.lines if rule_type in ln.counted_under)
        return tuple(ln for ln in seen if self._counts(ln.material, rule_type))

    def foreign(self, rule_type: RuleType) -> tuple[Material, ...]:
        """Give the non-originating materials that count under a type of rule."""
        return tuple(ln.material for ln in self.counted(rule_type) if not ln.originating)

    def own(self, rule_type: RuleType) -> tuple[Material, ...]:
        """Give the originating materials that count under a type of rule."""
        return tuple(ln.material for ln in self.counted(rule_type) if ln.originating)

    def _counts(self, material: Material, rule_type: RuleType) -> bool:
        """Tell whether a line counts; packing that is no part of the good is a material."""
        if material.kind is Kind.MATERIAL:
            return True
        if self.case.answers and self.case.answer(f"classified_with_good:{material.path}") is False:
            return True
        return self.rule_set.counts(material.kind, rule_type)

    def price_on(self, base: Base) -> Decimal | None:
        """Give the value of the good on a basis, when the case states it.

        The cost of materials is what the lines that count under value add up to.
        """
        if base is Base.MATERIALS:
            return sum_known(ln.material.value for ln in self.counted(RuleType.VALUE)) or None
        return self.case.price_on(base)

    def weight_of_good(self) -> Decimal | None:
        """Give the weight of the good, or of all its materials when only those are stated."""
        if self.case.product.weight:
            return self.case.product.weight
        weights = [m.weight for m in (ln.material for ln in self.counted(RuleType.SHIFT))]
        return sum_known(weights) or None


def sum_known(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Add amounts up; one unknown amount makes the sum unknown."""
    total = Decimal(0)
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def span_of(
    materials: Iterable[tuple[Material, Truth]], amount: Callable[[Material], Decimal | None]
) -> Span:
    """Bound the total of a set when some memberships or amounts are not known."""
    low, high = Decimal(0), Decimal(0)
    bounded = True
    for material, member in materials:
        stated = amount(material)
        if member is Truth.YES:
            low += stated or Decimal(0)
        if member is not Truth.NO:
            high += stated or Decimal(0)
            bounded = bounded and stated is not None
    return Span(low, high if bounded else None)


def share(percent: Decimal, whole: Decimal) -> Decimal:
    """Give a percentage of a whole, exactly."""
    return (percent * whole).scaleb(-2)


def price_question(base: Base) -> Question:
    """Ask for the value of the good on a basis."""
    return Question(f"price:{base}", Reason("ask.price", (("base", base.value),)))


def amount_questions(materials: Iterable[Material], what: str) -> tuple[Question, ...]:
    """Ask for the values or weights that are missing."""
    return tuple(
        Question(f"{what}:{m.path}", Reason(f"ask.{what}", (("material", m.name),)))
        for m in materials
        if getattr(m, what) is None
    )


MATERIALS_QUESTION = Question("materials", Reason("ask.materials"))
