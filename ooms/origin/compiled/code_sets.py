"""Sets of HS codes as bits of one edition, and as ranges for codes that are no single bit.

A set may be known only in part: an item that words describe holds a code perhaps. So every set
is two sets of bits, what is surely in it and what is possibly in it, and three truths come out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ooms.agreements.nomenclature import Nomenclature
from ooms.agreements.rule import Codes, CodeSet, Described, Everything, Item, Level, SameAsGood
from ooms.kernel.hs import HsCode, HsRange
from ooms.origin.truth import Truth, any_of

DIGITS = {Level.CHAPTER: 2, Level.HEADING: 4, Level.SUBHEADING: 6}
_LAST = 999_999

Span = tuple[int, int]  # the first and the last subheading that a code covers


@dataclass(frozen=True, slots=True)
class Stretch:
    """One item of a set: a run of subheadings, of which all or only some are meant."""

    first: int
    last: int
    is_whole: bool

    def holds(self, spans: tuple[Span, ...]) -> Truth:
        """Tell whether a material of these candidate codes is meant."""
        if self.is_everything:
            return Truth.YES if self.is_whole else Truth.UNKNOWN
        answers = {self._covers(span) for span in spans}
        return answers.pop() if len(answers) == 1 else Truth.UNKNOWN

    @property
    def is_everything(self) -> bool:
        """Tell whether no code lies outside."""
        return self.first == 0 and self.last == _LAST

    def _covers(self, span: Span) -> Truth:
        first, last = span
        if last < self.first or self.last < first:
            return Truth.NO
        inside = self.first <= first and last <= self.last
        return Truth.YES if inside and self.is_whole else Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class BitSet:
    """The codes of an edition that are surely, and that are possibly, in a set."""

    surely: int
    possibly: int

    def both(self, other: BitSet) -> BitSet:
        """Give what is in both sets."""
        return BitSet(self.surely & other.surely, self.possibly & other.possibly)

    def either(self, other: BitSet) -> BitSet:
        """Give what is in one of the sets."""
        return BitSet(self.surely | other.surely, self.possibly | other.possibly)

    def outside(self, everything: int) -> BitSet:
        """Give what is not in the set."""
        return BitSet(everything & ~self.possibly, everything & ~self.surely)


@dataclass(frozen=True, slots=True)
class Sieve:
    """A set of codes that a rule names: bits for single codes, stretches for all others."""

    bits: BitSet
    stretches: tuple[Stretch, ...]

    def holds(self, spans: tuple[Span, ...]) -> Truth:
        """Tell whether a material whose code is no single bit belongs to the set."""
        return any_of(stretch.holds(spans) for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Bits:
    """Makes sets of one edition's codes; equal sets are kept once."""

    nomenclature: Nomenclature
    everything: int
    _kept: dict[int, int] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, nomenclature: Nomenclature) -> Bits:
        """Number the codes of an edition."""
        return cls(nomenclature, (1 << len(nomenclature)) - 1)

    def keep(self, bits: BitSet) -> BitSet:
        """Give the set in the copy that others of the same members share."""
        kept = self._kept
        return BitSet(
            kept.setdefault(bits.surely, bits.surely),
            kept.setdefault(bits.possibly, bits.possibly),
        )

    def sieve(self, items: CodeSet, good: HsCode) -> Sieve:
        """Make the set that a rule for a good names."""
        return self.sieve_of(stretch_of(item, good) for item in items)

    def sieve_of(self, stretches: Iterable[Stretch]) -> Sieve:
        """Make the set of some stretches."""
        listed = tuple(stretches)
        surely = possibly = 0
        for stretch in listed:
            run = self._run(stretch)
            possibly |= run
            if stretch.is_whole:
                surely |= run
        return Sieve(self.keep(BitSet(surely, possibly)), listed)

    def _run(self, stretch: Stretch) -> int:
        if stretch.is_everything:
            return self.everything
        ends = HsCode(f"{stretch.first:06}"), HsCode(f"{stretch.last:06}")
        start, stop = self.nomenclature.run(HsRange(*ends))
        return (1 << stop) - (1 << start)


def stretch_of(item: Item, good: HsCode) -> Stretch:
    """Give the run of subheadings that an item of a rule names."""
    match item:
        case Everything():
            return Stretch(0, _LAST, is_whole=True)
        case Described(within=within):
            whole = _run_of(within, good) if within else Stretch(0, _LAST, is_whole=True)
            return Stretch(whole.first, whole.last, is_whole=False)
        case Codes(range=codes):
            return _run_of(codes, good)
        case SameAsGood():
            return _run_of(item, good)


def _run_of(codes: HsRange | SameAsGood, good: HsCode) -> Stretch:
    if isinstance(codes, SameAsGood):
        return same_as(good, codes.digits)
    return Stretch(codes.start.first, codes.end.last, is_whole=True)


def same_as(good: HsCode, digits: int) -> Stretch:
    """Give the run that shares its first digits with the good."""
    near = HsCode(good.digits[:digits])
    return Stretch(near.first, near.last, is_whole=True)


def spans_of(codes: Iterable[HsCode]) -> tuple[Span, ...]:
    """Give the subheadings that each candidate code covers."""
    return tuple((code.first, code.last) for code in codes)
