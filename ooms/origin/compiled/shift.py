"""The tariff shift on bits: every foreign code lies in the allowed ones, or not."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.agreements.policies import Lifted
from ooms.agreements.rule import Codes, Level, Shift
from ooms.kernel.hs import HsCode, HsRange
from ooms.origin.compiled.code_sets import DIGITS, Bits, BitSet, Sieve, same_as
from ooms.origin.compiled.prepared import Pool
from ooms.origin.compiled.sitting import MATERIALS, Sitting, found
from ooms.origin.compiled.words import ByTrace
from ooms.origin.tolerance import excused, tolerate
from ooms.origin.trace import Finding
from ooms.origin.truth import Truth


@dataclass(frozen=True, slots=True)
class CompiledShift:
    """A tariff shift as bits; `by_trace` judges what bits and tolerance leave open."""

    allowed: BitSet
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
        failing = tuple((sitting.material(n), Truth.YES) for n in unchanged)
        excuse = tolerate(sitting.hearing(self.group), failing, Lifted.SHIFT)
        return excused("", excuse, failing, prefix="shift", questions=())


def compile_shift(rule: Shift, good: HsCode, *, bits: Bits, group: HsRange | None) -> CompiledShift:
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
    has_relief = rule.relief is not None
    return CompiledShift(bits.keep(allowed), has_relief, group, ByTrace(rule, group))


def _family(rule: Shift, good: HsCode, bits: Bits, *, group: HsRange | None) -> Sieve | None:
    """Give the codes that share the good's rule; without one, those of its subheading."""
    if not rule.outside_group:
        return None
    return bits.sieve((Codes(group),), good) if group else bits.sieve_of([same_as(good, 6)])
