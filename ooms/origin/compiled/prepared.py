"""A case prepared once, to be held against the rules of many agreements.

Lines of the bill that share kind and origin form a group: its codes are one set of bits for
each edition, its values and weights are summed once. What origin a group has under an
agreement is then one look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import reduce
from operator import attrgetter, or_

from ooms.agreements.editions import Editions
from ooms.agreements.nomenclature import Nomenclature
from ooms.agreements.policies import Kind
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import SUBHEADING_DIGITS, HsCode
from ooms.origin.compiled.code_sets import Span, spans_of
from ooms.origin.facts import Case, Material, SupplierProof
from ooms.origin.hearing import Span as Total

NO_BIT = -1

# What the compiled path reads of a line; a line that says more goes to the traced engine.
_READ = frozenset(
    {
        *("codes", "component", "kind", "name", "origin", "originating", "path"),
        *("proof", "value", "weight"),
    }
)
_unread = attrgetter("made_from", *(f.name for f in fields(Material) if f.name not in _READ))
# Answers that the compiled tests look up, or that no rule of a plain bill asks for.
_ANSWERS = (
    *("bom_complete", "cumulation:", "from:", "good:", "macro:", "note:", "phase:", "price:"),
    *("process:", "process_order:", "quota:", "statement:", "volume:", "vom", "when:"),
    *("product_rule_listed:", "wholly_obtained"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line's code stands in an edition: one bit, or several candidates, or nowhere."""

    bit: int
    spans: tuple[Span, ...]
    codes: tuple[HsCode, ...]


@dataclass(frozen=True, slots=True)
class CodeBook:
    """Leads codes into editions; each code is looked up once."""

    editions: Editions
    _places: dict[tuple[HsCode, int, int], Place | None] = field(default_factory=dict, repr=False)

    def place(self, code: HsCode, source: int, target: Nomenclature) -> Place | None:
        """Give a code's place in an edition, or None when no table leads there."""
        key = (code, source, target.edition)
        if key not in self._places:
            self._places[key] = self._find(code, source, target)
        return self._places[key]

    def _find(self, code: HsCode, source: int, target: Nomenclature) -> Place | None:
        found = self.editions.candidates(code, source, target.edition)
        if found is None:
            return None
        codes = found if isinstance(found, tuple) else ()
        bit = NO_BIT
        if len(codes) == 1 and len(codes[0].digits) >= SUBHEADING_DIGITS and target.has(codes[0]):
            bit = target.index_of(codes[0].subheading)
        return Place(bit, spans_of(codes), codes)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind and one declared origin: their numbers, and their totals."""

    kind: Kind
    is_shown: bool
    origin: CountryCode | None
    proof: SupplierProof | None
    numbers: tuple[int, ...]
    value: Total
    weight: Total


@dataclass(frozen=True, slots=True)
class Pool:
    """Groups taken together in one edition: single codes as bits, the other lines by number."""

    numbers: tuple[int, ...]
    bits: int
    unsure: tuple[int, ...]
    value: Total
    weight: Total


@dataclass(frozen=True, slots=True)
class View:
    """A prepared bill in one edition."""

    places: tuple[Place, ...]
    good: tuple[HsCode, ...]
    groups: tuple[Group, ...]
    edition: int
    _pools: dict[tuple[int, ...], Pool] = field(default_factory=dict, repr=False)
    _cases: dict[HsCode, Case] = field(default_factory=dict, repr=False)

    def concorded(self, case: Case, good: HsCode) -> Case:
        """Give the case with its codes in this edition, for one code of the good."""
        if good not in self._cases:
            lines = zip(case.materials, self.places, strict=True)
            self._cases[good] = replace(
                case,
                product=replace(case.product, codes=(good,)),
                materials=tuple(
                    line if line.codes == place.codes else replace(line, codes=place.codes)
                    for line, place in lines
                ),
                hs_edition=self.edition,
            )
        return self._cases[good]

    def pool(self, chosen: tuple[int, ...]) -> Pool:
        """Take the groups of these numbers together."""
        if chosen not in self._pools:
            self._pools[chosen] = self._join(chosen)
        return self._pools[chosen]

    def _join(self, chosen: tuple[int, ...]) -> Pool:
        groups = [self.groups[index] for index in chosen]
        numbers = tuple(sorted(n for group in groups for n in group.numbers))
        bits = [self.places[n].bit for n in numbers]
        return Pool(
            numbers,
            reduce(or_, (1 << bit for bit in set(bits) if bit != NO_BIT), 0),
            tuple(n for n, bit in zip(numbers, bits, strict=True) if bit == NO_BIT),
            total_of(group.value for group in groups),
            total_of(group.weight for group in groups),
        )


@dataclass(frozen=True, slots=True)
class PreparedBill:
    """A case with its lines grouped; `is_plain` False sends it to the traced engine."""

    case: Case
    groups: tuple[Group, ...]
    is_plain: bool
    book: CodeBook
    _views: dict[int, View | None] = field(default_factory=dict, repr=False)

    def view(self, nomenclature: Nomenclature) -> View | None:
        """Give the bill in an edition, or None when a code has no table that leads there."""
        edition = nomenclature.edition
        if edition not in self._views:
            self._views[edition] = self._in_edition(nomenclature)
        return self._views[edition]

    def _in_edition(self, target: Nomenclature) -> View | None:
        source, edition = self.case.hs_edition, target.edition
        good = self.book.place(self.case.product.code, source, target)
        places: list[Place] = []
        for material in self.case.materials:
            place = _UNCODED
            if material.codes:
                found = self.book.place(material.codes[0], source, target)
                if found is None:
                    return None
                place = found
            places.append(place)
        return View(tuple(places), good.codes, self.groups, edition) if good else None


_Shared = tuple[Kind, bool, CountryCode | None, SupplierProof | None]
_UNCODED = Place(NO_BIT, (), ())


def prepare(case: Case, *, book: CodeBook) -> PreparedBill:
    """Group the lines of a case; the result serves every rule set of every agreement."""
    home = case.exporting_party
    grouped: dict[_Shared, list[int]] = {}
    for number, line in enumerate(case.materials):
        is_shown = bool(line.originating)
        origin = line.origin if is_shown and line.origin != home else None
        proof = line.proof if is_shown else None
        grouped.setdefault((line.kind, is_shown, origin, proof), []).append(number)
    groups = tuple(
        Group(
            *(*shared, tuple(numbers)),
            _sum([case.materials[n].value for n in numbers]),
            _sum([case.materials[n].weight for n in numbers]),
        )
        for shared, numbers in grouped.items()
    )
    return PreparedBill(
        case=case,
        groups=groups,
        is_plain=_is_plain(case),
        book=book,
    )


def total_of(totals: Iterable[Total]) -> Total:
    """Add totals up; one without an upper bound leaves the sum without one."""
    low, high = Decimal(0), Decimal(0)
    bounded = True
    for total in totals:
        low += total.low
        bounded = bounded and total.high is not None
        high += total.high or 0
    return Total(low, high if bounded else None)


def _sum(amounts: list[Decimal | None]) -> Total:
    stated = [amount for amount in amounts if amount is not None]
    low = sum(stated, Decimal(0))
    return Total(low, low if len(stated) == len(amounts) else None)


def _is_plain(case: Case) -> bool:
    """Tell whether the case says nothing that the compiled path does not read."""
    if case.rule is not None or len(case.product.codes) != 1 or case.product.inventory:
        return False
    if not _are_read(case.answers) or _may_be_untouched(case):
        return False
    lines = case.materials
    return all(len(line.codes) <= 1 and not any(_unread(line)) for line in lines)


def _may_be_untouched(case: Case) -> bool:
    """Tell whether no operation is declared and every line is of the good's own chapter."""
    chapter = case.product.code.chapter
    lines = (line for line in case.materials if line.kind is Kind.MATERIAL)
    codes = (code for line in lines for code in line.codes)
    return not case.processes and all(code.chapter == chapter for code in codes)


def _are_read(answers: Mapping[str, object]) -> bool:
    return all(key.startswith(_ANSWERS) for key in answers)
