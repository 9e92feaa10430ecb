"""The tariff shift on bits: every foreign code lies in the allowed ones, or not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ooms.agreements.model import RuleSet
from ooms.agreements.policies import Differs, Measure, ShareOf, Tolerance, ToleranceTest
from ooms.agreements.rule import Base, Codes, Level, Relief, Shift
from ooms.kernel.hs import HsCode, HsRange
from ooms.origin.compiled.code_sets import DIGITS, Bits, BitSet, Sieve, Span, same_as
from ooms.origin.compiled.prepared import NO_BIT, Pool
from ooms.origin.compiled.sitting import Sitting, ask, found
from ooms.origin.hearing import price_question, share
from ooms.origin.trace import Finding, Question
from ooms.origin.truth import Truth, all_of, any_of, negation

MATERIALS = (ask("materials"),)
WEIGHT = ask("product_weight")
Members = list[tuple[int, Truth]]


@dataclass(frozen=True, slots=True)
class Allowed:
    """The codes that foreign materials may have; `changed` None allows every one to begin with."""

    bits: BitSet
    same: Sieve | None
    only: Sieve | None
    group: Sieve | None
    is_group_blind: bool
    barred: Sieve
    admitted: Sieve

    def holds(self, spans: tuple[Span, ...]) -> Truth:
        """Tell whether a material whose code is no single bit is allowed."""
        base = self.only.holds(spans) if self.only else self._changes(spans)
        if self.group is not None:
            outside = negation(self.group.holds(spans))
            if self.is_group_blind and outside is Truth.YES:
                outside = Truth.UNKNOWN
            base = all_of([base, outside])
        clear = all_of([base, negation(self.barred.holds(spans))])
        return any_of([clear, self.admitted.holds(spans)])

    def _changes(self, spans: tuple[Span, ...]) -> Truth:
        return Truth.YES if self.same is None else negation(self.same.holds(spans))


@dataclass(frozen=True, slots=True)
class Suspects:
    """The lines that did not change classification, and those that may not have."""

    unchanged: tuple[int, ...]
    unclear: tuple[int, ...]

    @property
    def members(self) -> Members:
        """Count the unchanged for sure and the unclear perhaps."""
        sure = [(number, Truth.YES) for number in self.unchanged]
        return [*sure, *((number, Truth.UNKNOWN) for number in self.unclear)]


@dataclass(frozen=True, slots=True)
class CompiledTolerance:
    """One tolerance: what it leaves out, and the tests of which one is enough."""

    left_out: Sieve
    tests: tuple[ToleranceTest, ...]
    base: Base

    def try_one(self, test: ToleranceTest, suspects: Suspects, sitting: Sitting) -> Finding:
        """Judge whether the suspects stay within one of the tests."""
        whole, asked = self._whole(test, sitting)
        if whole is None:
            return found(Truth.UNKNOWN, questions=(asked,))
        met = sitting.total(suspects.members, test.measure).at_most(share(test.percent, whole))
        return found(met, questions=sitting.missing(suspects.members, test.measure))

    def _whole(self, test: ToleranceTest, sitting: Sitting) -> tuple[Decimal | None, Question]:
        if test.measure is Measure.WEIGHT:
            return sitting.weight_of_good(), WEIGHT
        return sitting.price_on(self.base), price_question(self.base)


@dataclass(frozen=True, slots=True)
class CompiledShift:
    """A tariff shift with what may excuse it."""

    allowed: Allowed
    relief: Relief | None
    relieved: Sieve
    tolerances: tuple[CompiledTolerance | None, ...]

    def hear(self, sitting: Sitting) -> Finding | None:
        """Judge: no bit outside the allowed ones, or an excuse for those that are."""
        if sitting.is_bare:
            return found(Truth.UNKNOWN, questions=MATERIALS)
        foreign = sitting.foreign
        if not foreign.bits & ~self.allowed.bits.surely and not foreign.unsure:
            return found(Truth.YES)
        suspects = self._suspects(foreign, sitting)
        if not suspects.members:
            return found(Truth.YES)
        if self.relief:
            return _excused(self._relieve(self.relief, suspects, sitting), suspects, sitting)
        return self._tolerated(suspects, sitting)

    def _suspects(self, foreign: Pool, sitting: Sitting) -> Suspects:
        barred = foreign.bits & ~self.allowed.bits.possibly
        open_bits = foreign.bits & ~self.allowed.bits.surely & ~barred
        unchanged: list[int] = []
        unclear: list[int] = []
        for number in foreign.numbers:
            place = sitting.view.places[number]
            if place.bit == NO_BIT:
                truth = self.allowed.holds(place.spans)
                if truth is not Truth.YES:
                    (unchanged if truth is Truth.NO else unclear).append(number)
            elif barred >> place.bit & 1:
                unchanged.append(number)
            elif open_bits >> place.bit & 1:
                unclear.append(number)
        return Suspects(tuple(unchanged), tuple(unclear))

    def _tolerated(self, suspects: Suspects, sitting: Sitting) -> Finding | None:
        if not self.tolerances:
            return _excused(found(Truth.NO), suspects, sitting)
        tolerance = self.tolerances[0]
        if tolerance is None or len(self.tolerances) > 1:
            return None
        return _excused(_tolerate(tolerance, suspects, sitting), suspects, sitting)

    def _relieve(self, relief: Relief, suspects: Suspects, sitting: Sitting) -> Finding:
        relieved = self.relieved
        if any(sitting.member(n, relieved) is Truth.NO for n in suspects.unchanged):
            return found(Truth.NO)
        price = sitting.price_on(relief.base)
        if price is None:
            return found(Truth.UNKNOWN, questions=(price_question(relief.base),))
        members = [(n, sitting.member(n, relieved)) for n, _ in suspects.members]
        known: Members = [(n, member) for n, member in members if member is not Truth.NO]
        met = sitting.total(known, "value").at_most(share(relief.percent, price))
        if met is Truth.YES and any(member is not Truth.YES for _, member in members):
            met = Truth.UNKNOWN
        return found(met, questions=sitting.missing(members, "value"))


def _excused(excuse: Finding, suspects: Suspects, sitting: Sitting) -> Finding:
    if excuse.met is Truth.YES or (excuse.met is Truth.NO and suspects.unchanged):
        return found(excuse.met)
    codes = tuple(ask(f"hs:{sitting.line(n).path}") for n in suspects.unclear)
    return found(Truth.UNKNOWN, questions=codes + excuse.questions)


def _tolerate(tolerance: CompiledTolerance, suspects: Suspects, sitting: Sitting) -> Finding:
    bars = [sitting.member(n, tolerance.left_out) for n in suspects.unchanged]
    if Truth.YES in bars:
        return found(Truth.NO)
    parts = [tolerance.try_one(test, suspects, sitting) for test in tolerance.tests]
    met = any_of(part.met for part in parts)
    doubtful = bars + [sitting.member(n, tolerance.left_out) for n in suspects.unclear]
    if met is Truth.YES and any(bar is not Truth.NO for bar in doubtful):
        return found(Truth.UNKNOWN)
    return next((part for part in parts if part.met is met), parts[0])


def compile_shift(
    rule: Shift, good: HsCode, *, bits: Bits, group: HsRange | None, rule_set: RuleSet
) -> CompiledShift:
    """Make the bits of a shift for one good."""
    return CompiledShift(
        allowed=_allowed(rule, good, bits, group=group),
        relief=rule.relief,
        relieved=bits.sieve(rule.relief.items if rule.relief else (), good),
        tolerances=tuple(
            _tolerance(tolerance, good, bits, rule_set=rule_set)
            for tolerance in rule_set.tolerances_for(good)
        ),
    )


def _allowed(rule: Shift, good: HsCode, bits: Bits, *, group: HsRange | None) -> Allowed:
    everything = BitSet(bits.everything, bits.everything)
    same = None
    if rule.level is not Level.ANY:
        same = bits.sieve_of([same_as(good, DIGITS[rule.level])])
    only = bits.sieve(rule.only, good) if rule.only else None
    base = everything if same is None else same.bits.outside(bits.everything)
    base = only.bits if only else base
    family = _family(rule, good, bits, group=group)
    if family is not None:
        outside = family.bits.outside(bits.everything)
        base = base.both(outside if group else BitSet(0, outside.possibly))
    barred, admitted = bits.sieve(rule.exceptions, good), bits.sieve(rule.readmitted, good)
    allowed = base.both(barred.bits.outside(bits.everything)).either(admitted.bits)
    return Allowed(bits.keep(allowed), same, only, family, group is None, barred, admitted)


def _family(rule: Shift, good: HsCode, bits: Bits, *, group: HsRange | None) -> Sieve | None:
    """Give the codes that share the good's rule; without one, those of its subheading."""
    if not rule.outside_group:
        return None
    return bits.sieve((Codes(group),), good) if group else bits.sieve_of([same_as(good, 6)])


def _tolerance(
    tolerance: Tolerance, good: HsCode, bits: Bits, *, rule_set: RuleSet
) -> CompiledTolerance | None:
    """Make a tolerance ready, or give None for one that asks for more than codes and amounts."""
    more = (
        *(tolerance.materials, tolerance.excluded_words, tolerance.within, tolerance.asks),
        any(test.of is not ShareOf.GOOD for test in tolerance.any_of),
    )
    if any(more):
        return None
    left_out = list(bits.sieve(tuple(map(Codes, tolerance.excluded_materials)), good).stretches)
    if tolerance.differs is not Differs.NOT_ASKED:
        left_out.append(same_as(good, 4 if tolerance.differs is Differs.HEADING else 6))
    return CompiledTolerance(bits.sieve_of(left_out), tolerance.any_of, rule_set.value.base)
