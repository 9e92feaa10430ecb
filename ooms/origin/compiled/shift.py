"""The tariff shift on bits: every foreign code lies in the allowed ones, or not."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.agreements.model import RuleSet
from ooms.agreements.policies import (
    Differs,
    Lifted,
    Measure,
    ShareOf,
    Tolerance,
    ToleranceTest,
)
from ooms.agreements.rule import Base, Codes, Level, Shift
from ooms.kernel.hs import HsCode, HsRange
from ooms.origin.compiled.code_sets import DIGITS, Bits, BitSet, Sieve, same_as, stretch_of
from ooms.origin.compiled.prepared import Pool
from ooms.origin.compiled.sitting import MATERIALS, Sitting, found
from ooms.origin.compiled.words import ByTrace
from ooms.origin.facts import Material
from ooms.origin.hearing import share
from ooms.origin.tolerance import excused, tolerate
from ooms.origin.trace import Finding
from ooms.origin.truth import Truth, any_of, truth_of


@dataclass(frozen=True, slots=True)
class CompiledTolerance:
    """The one tolerance of a good, when it asks for nothing but codes and amounts."""

    left_out: BitSet
    tests: tuple[ToleranceTest, ...]
    base: Base

    def excuses(self, unchanged: list[int], sitting: Sitting) -> Truth:
        """Tell whether unchanged lines are few enough; unknown where amounts are missing."""
        places = sitting.view.places
        if any(self.left_out.surely >> places[n].bit & 1 for n in unchanged):
            return Truth.NO
        lines = [sitting.line(n) for n in unchanged]
        return any_of(self._within(test, lines, sitting) for test in self.tests)

    def _within(self, test: ToleranceTest, lines: list[Material], sitting: Sitting) -> Truth:
        if test.measure is Measure.VALUE:
            whole = sitting.price_on(self.base)
            stated = [line.value for line in lines if line.value is not None]
        else:
            whole = sitting.case.product.weight
            stated = [line.weight for line in lines if line.weight is not None]
        if not whole or len(stated) < len(lines):
            return Truth.UNKNOWN
        return truth_of(sum(stated) <= share(test.percent, whole))


@dataclass(frozen=True, slots=True)
class CompiledShift:
    """A tariff shift as bits; `by_trace` judges what bits and tolerance leave open."""

    allowed: BitSet
    tolerance: CompiledTolerance | None
    has_relief: bool
    group: HsRange | None
    by_trace: ByTrace

    def hear(self, sitting: Sitting) -> Finding:
        """Judge: no bit outside the allowed ones, or an excuse for those that are.

        Codes that are no single bit, and codes that only may be allowed, are left to the
        traced criteria, and so is the relief that a rule itself grants.
        """
        if sitting.is_bare:
            return found(Truth.UNKNOWN, questions=MATERIALS)
        foreign = sitting.foreign
        if self.holds(sitting):
            return found(Truth.YES)
        outside = foreign.bits & ~self.allowed.surely
        if self.has_relief or foreign.unsure or outside & self.allowed.possibly:
            return self.by_trace.hear(sitting)
        return self._excused(foreign, outside, sitting)

    def holds(self, sitting: Sitting) -> bool:
        """Tell whether every foreign line surely changes classification."""
        foreign = sitting.foreign
        return not foreign.unsure and not foreign.bits & ~self.allowed.surely

    def _excused(self, foreign: Pool, outside: int, sitting: Sitting) -> Finding:
        places = sitting.view.places
        unchanged = [n for n in foreign.numbers if outside >> places[n].bit & 1]
        if self.tolerance:
            met = self.tolerance.excuses(unchanged, sitting)
            if met is not Truth.UNKNOWN:
                return found(met)
        failing = tuple((sitting.material(n), Truth.YES) for n in unchanged)
        excuse = tolerate(sitting.hearing(self.group), failing, Lifted.SHIFT)
        return excused("", excuse, failing, prefix="shift", questions=())


def compile_shift(
    rule: Shift, good: HsCode, *, bits: Bits, group: HsRange | None, rule_set: RuleSet
) -> CompiledShift:
    """Make the bits of a shift for one good."""
    everything = BitSet(bits.everything, bits.everything)
    base = everything
    if rule.only:
        base = bits.sieve(rule.only, good).bits
    elif rule.level is not Level.ANY:
        same = bits.sieve_of([same_as(good, DIGITS[rule.level])])
        base = same.bits.outside(bits.everything)
    family = _family(rule, good, bits, group=group)
    if family is not None:
        outside = family.bits.outside(bits.everything)
        base = base.both(outside if group else BitSet(0, outside.possibly))
    barred = bits.sieve(rule.exceptions, good).bits.outside(bits.everything)
    allowed = base.both(barred).either(bits.sieve(rule.readmitted, good).bits)
    return CompiledShift(
        allowed=bits.keep(allowed),
        tolerance=_tolerance(good, bits, rule_set=rule_set),
        has_relief=rule.relief is not None,
        group=group,
        by_trace=ByTrace(rule, group),
    )


def _tolerance(good: HsCode, bits: Bits, *, rule_set: RuleSet) -> CompiledTolerance | None:
    """Make the tolerance of a good ready, where it has one and that one is plain."""
    lifting = [t for t in rule_set.tolerances_for(good) if Lifted.SHIFT in t.lifts]
    if len(lifting) != 1 or not _is_plain(lifting[0]):
        return None
    only = lifting[0]
    left_out = [stretch_of(Codes(codes), good) for codes in only.excluded_materials]
    if only.differs is not Differs.NOT_ASKED:
        left_out.append(same_as(good, 4 if only.differs is Differs.HEADING else 6))
    return CompiledTolerance(bits.sieve_of(left_out).bits, only.any_of, rule_set.value.base)


def _is_plain(tolerance: Tolerance) -> bool:
    asked = (tolerance.materials, tolerance.excluded_words, tolerance.within, tolerance.asks)
    parts = (test for test in tolerance.any_of if test.of is not ShareOf.GOOD)
    return not any(asked) and not any(parts)


def _family(rule: Shift, good: HsCode, bits: Bits, *, group: HsRange | None) -> Sieve | None:
    """Give the codes that share the good's rule; without one, those of its subheading."""
    if not rule.outside_group:
        return None
    return bits.sieve((Codes(group),), good) if group else bits.sieve_of([same_as(good, 6)])
