"""Value tests on prepared totals: exact, inclusive, by cross-multiplication."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from ooms.agreements.policies import ValuePolicy
from ooms.agreements.rule import Base, ForeignBelowOwn, Method, ValueCap, ValueContent
from ooms.kernel.hs import HsCode
from ooms.origin.compiled.code_sets import Bits, Sieve
from ooms.origin.compiled.sitting import MATERIALS, Sitting, ask, found
from ooms.origin.hearing import HUNDRED, price_question, share
from ooms.origin.hearing import Span as Total
from ooms.origin.trace import Finding, Question, ValueTest
from ooms.origin.truth import Truth, any_of

_NAMES = {
    Method.BUILD_DOWN: "build_down",
    Method.BUILD_UP: "build_up",
    Method.NET_COST: "net_cost",
    Method.FOCUSED: "focused_value",
}
_CAP = "max_non_originating"
_VOM = ask("vom")


@dataclass(frozen=True, slots=True)
class ForeignShare:
    """Foreign value (of a set) against a share of the good's value, or its complement."""

    method: str
    base: Base
    threshold: Decimal
    at_least: bool
    items: Sieve | None

    def hear(self, sitting: Sitting) -> Finding:
        """Judge the total of the foreign materials against the limit."""
        if sitting.is_bare:
            return found(Truth.UNKNOWN, questions=MATERIALS)
        price = sitting.price_on(self.base)
        if price is None:
            return found(Truth.UNKNOWN, questions=(price_question(self.base),))
        counted, questions = self._counted(sitting)
        allowed = HUNDRED - self.threshold if self.at_least else self.threshold
        met = counted.at_most(share(allowed, price))
        return found(met, questions=questions, value=self._value(price, counted, allowed))

    def _counted(self, sitting: Sitting) -> tuple[Total, tuple[Question, ...]]:
        pool = sitting.foreign_value
        if self.items is None:
            if pool.value.high is not None:
                return pool.value, ()
            return pool.value, sitting.missing([(n, Truth.YES) for n in pool.numbers])
        members = sitting.members(pool, self.items)
        return sitting.total(members), sitting.missing(members)

    def _value(self, price: Decimal, foreign: Total, allowed: Decimal) -> ValueTest:
        counted = foreign.low if foreign.high is None else foreign.high
        percent = counted * HUNDRED / price
        return ValueTest(
            method=self.method,
            basis=self.base,
            content=HUNDRED - percent if self.at_least else percent,
            threshold=self.threshold,
            at_least=self.at_least,
            price=price,
            counted=counted,
            minimum_price=counted * HUNDRED / allowed if allowed else None,
        )


@dataclass(frozen=True, slots=True)
class BuildUp:
    """Originating value against a share of the good's value; bounded by what is not foreign."""

    limit: ForeignShare
    counts_all_costs: bool

    def hear(self, sitting: Sitting) -> Finding:
        """Judge the stated originating value, or let build-down rule it out."""
        stated = sitting.case.amount("vom")
        if stated is None and self.counts_all_costs:
            return self._bounded(sitting)
        price = sitting.price_on(self.limit.base)
        if price is None:
            return found(Truth.UNKNOWN, questions=(price_question(self.limit.base),))
        own = sitting.own_value.value.low if stated is None else stated
        if own + sitting.foreign_value.value.low > price:
            return found(Truth.UNKNOWN, questions=(_VOM,))
        met = Truth.YES if own >= share(self.limit.threshold, price) else Truth.NO
        value = ValueTest(
            method=self.limit.method,
            basis=self.limit.base,
            content=own * HUNDRED / price,
            threshold=self.limit.threshold,
            at_least=True,
            price=price,
            counted=own,
            minimum_price=None,
        )
        return found(met, value=value)

    def _bounded(self, sitting: Sitting) -> Finding:
        best = self.limit.hear(sitting)
        if best.met is Truth.NO:
            return best
        return found(Truth.UNKNOWN, questions=(*best.questions, _VOM))


@dataclass(frozen=True, slots=True)
class ByAnyMethod:
    """Value content by any of the agreement's methods."""

    methods: tuple[ForeignShare | BuildUp, ...]

    def hear(self, sitting: Sitting) -> Finding:
        """Judge each method; one that reaches the threshold is enough."""
        parts = tuple(method.hear(sitting) for method in self.methods)
        if len(parts) == 1:
            return parts[0]
        met = any_of(part.met for part in parts)
        telling = next((part for part in parts if part.met is met), None)
        return replace(telling, parts=parts) if telling else found(Truth.UNKNOWN)


@dataclass(frozen=True, slots=True)
class BelowOwn:
    """Foreign value (of a set) at most the originating value."""

    items: Sieve | None

    def hear(self, sitting: Sitting) -> Finding:
        """Judge one total against the other."""
        pool = sitting.foreign_value
        members = [(n, Truth.YES) for n in pool.numbers]
        if self.items is not None:
            members = sitting.members(pool, self.items)
        foreign, own = sitting.total(members), sitting.own_value.value
        met = foreign.at_most(own.low)
        if met is Truth.NO and (own.high is None or foreign.low <= own.high):
            met = Truth.UNKNOWN
        if sitting.is_bare:
            return found(Truth.UNKNOWN, questions=MATERIALS)
        known = [(n, Truth.YES) for n in sitting.own_value.numbers]
        questions = sitting.missing(members) + sitting.missing(known)
        return found(met, questions=questions)


def compile_content(
    rule: ValueContent, good: HsCode, *, bits: Bits, policy: ValuePolicy
) -> ByAnyMethod:
    """Make value content ready, by its method or by those of the agreement."""
    items = bits.sieve(rule.focused_on, good) if rule.focused_on else None
    methods: list[ForeignShare | BuildUp] = []
    for method in (rule.method,) if rule.method else policy.methods:
        base = rule.base or (Base.NET_COST if method is Method.NET_COST else policy.base)
        limit = ForeignShare(_NAMES[method], base, rule.percent, at_least=True, items=items)
        if method is Method.BUILD_UP:
            plain = replace(limit, items=None)
            methods.append(BuildUp(plain, policy.build_up_counts_all_costs))
        else:
            methods.append(limit)
    return ByAnyMethod(tuple(methods))


def compile_cap(rule: ValueCap, good: HsCode, *, bits: Bits, base: Base) -> ForeignShare:
    """Make a cap on foreign value ready."""
    return ForeignShare(
        _CAP,
        rule.base or base,
        rule.percent,
        at_least=False,
        items=bits.sieve(rule.items, good) if rule.items else None,
    )


def compile_below_own(rule: ForeignBelowOwn, good: HsCode, *, bits: Bits) -> BelowOwn:
    """Make foreign against originating value ready."""
    items = bits.sieve(rule.items, good) if rule.items else None
    return BelowOwn(items)
