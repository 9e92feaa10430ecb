"""The bill of materials as the agreement counts it: origin settled line by line.

Absorption works both ways.
An intermediate that qualifies by itself counts as originating in full, whatever it contains.
One that does not counts by the foreign inputs it contains, or whole, as the agreement says.
What nobody has shown to originate is foreign.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ooms.agreements.model import Agreement, RuleSet
from ooms.agreements.policies import Designation, FailedIntermediate, RuleType
from ooms.origin.cumulation import Joint, Standing, Zones, joint_share
from ooms.origin.facts import AccumulationStatement, Case, Material
from ooms.origin.fungible import admits, parts_of, untold
from ooms.origin.inventory import Stock
from ooms.origin.settled import Bill, Line, foreign, joined, own
from ooms.origin.supplier_statements import gap_in_proof, stated_lines
from ooms.origin.trace import Question, Reason, SettledOrigin
from ooms.origin.truth import Truth, truth_of

MAX_DEPTH = 12  # a deeper bill of materials is a mistake, or an attack


class BillTooDeepError(ValueError):
    """A bill of materials nests too deeply; flatten the lowest levels."""

    def __init__(self, *, path: str) -> None:
        self.path = path
        super().__init__(f"{path} is nested more than {MAX_DEPTH} levels deep")


def require_shallow(materials: tuple[Material, ...], *, level: int = 1) -> None:
    """Refuse a bill of materials that nests too deeply.

    Raises:
        BillTooDeepError: A line lies below the deepest level.
    """
    for material in materials:
        if level > MAX_DEPTH:
            raise BillTooDeepError(path=material.path)
        require_shallow(material.made_from, level=level + 1)


JudgeIntermediate = Callable[[Material], tuple[Truth, tuple[Question, ...]]]


@dataclass(frozen=True, slots=True)
class Settling:
    """What settles the origin of lines: the agreement, its rules, and the judge of parts.

    `assumed_originating` names open lines that are settled as if every answer were favorable.
    `joint` says how the zones stand that ask for a joint share of the Parties.
    """

    case: Case
    agreement: Agreement
    rule_set: RuleSet
    judge: JudgeIntermediate
    assumed_originating: frozenset[str] = frozenset()
    joint: Joint | None = None

    @property
    def zones(self) -> Zones:
        """The cumulation zones, as this settling sees them."""
        return Zones(self.case, self.agreement, self.rule_set, self.joint)

    def settle(self, materials: tuple[Material, ...]) -> Bill:
        """Settle every line.

        1. Settle as if every joint share of the Parties were reached.
        2. Where a zone asks for one, see whether it is, and settle by that.
        """
        bill = joined(self._line(material) for material in materials)  # 1
        if not self.zones.aggregates or self.joint is not None:
            return bill
        judged = replace(self, joint=joint_share(self.zones, bill))  # 2
        return judged.settle(materials)

    def _line(self, material: Material) -> Bill:
        """Settle one line, by the first of these that speaks of it.

        1. A stock is told apart by its method, and each part settled.
        2. What is declared originating is, when its proof holds and its country cumulates.
        3. A supplier's statement, or work in a full zone, lets only the foreign inputs count.
        4. An intermediate made by the producer is judged as a good of its own.
        5. Everything else is foreign.
        """
        if material.inventory is not None:
            return self._stock(material, material.inventory)  # 1
        if material.originating:
            gap = gap_in_proof(material, self.case, self.agreement)
            return self._not_originating(material, gap) if gap else self._declared(material)  # 2
        key = "origin.foreign" if material.originating is False else "origin.not_shown"
        return self._not_originating(material, Reason(key))

    def _not_originating(self, material: Material, because: Reason) -> Bill:
        if material.statement is not None:
            return self._stated(material, material.statement)  # 3
        if material.made_from and self._is_bought(material):
            return self._bought(material, because)
        if material.made_from and material.originating is None:
            return self._intermediate(material)  # 4
        return _one(foreign(material, because))  # 5

    def _declared(self, material: Material) -> Bill:
        origin = material.origin
        if origin is None or origin == self.case.exporting_party:
            return _one(own(material, Reason("origin.own")))
        standing = self.zones.standing(material, origin)
        cumulated = Line(material, originating=True, own=False, because=standing.because)
        return self._by_standing(standing, _one(cumulated), material)

    def _stock(self, material: Material, stock: Stock) -> Bill:
        standing = admits(self.rule_set, stock, self.case)
        parts = joined(self._line(part) for part in parts_of(material, stock))
        originating = truth_of(all(line.originating for line in parts.lines))
        told = _told(material, originating, standing.because)
        parts = replace(parts, origins=(told, *parts.origins))
        return self._by_standing(standing, parts, untold(material, stock))

    def _stated(self, material: Material, statement: AccumulationStatement) -> Bill:
        standing = self.zones.admits_statement(material)
        told = _told(material, Truth.NO, standing.because)
        counted = Bill(
            lines=stated_lines(material, statement),
            origins=(told,),
            accumulated=(material.path,) if statement.made_in_parties else (),
        )
        return self._by_standing(standing, counted, material)

    def _is_bought(self, material: Material) -> bool:
        return material.origin not in {None, self.case.exporting_party}

    def _bought(self, material: Material, because: Reason) -> Bill:
        """Look into an intermediate of another country in full cumulation; else count it whole."""
        if material.origin is None:
            return _one(foreign(material, because))
        standing = self.zones.looks_through(material, material.origin)
        if standing.counts is Truth.NO and material.originating is None:
            standing = replace(standing, because=Reason("origin.bought"))
        inside = joined(self._line(part) for part in material.made_from)
        told = _told(material, Truth.NO, Reason("origin.looked_through", standing.because.facts))
        looked = replace(inside, origins=(told, *inside.origins), accumulated=(material.path,))
        return self._by_standing(standing, looked, material)

    def _by_standing(self, standing: Standing, counted: Bill, material: Material) -> Bill:
        """Take what counts if a policy applies: when it does, or when it is assumed to."""
        hoped = standing.counts is Truth.UNKNOWN and material.path in self.assumed_originating
        if standing.counts is Truth.YES or hoped:
            return counted
        whole = _one(foreign(material, standing.because))
        if standing.counts is Truth.NO:
            return whole
        origins = (_told(material, Truth.UNKNOWN, standing.because),)
        asked = standing.questions
        return replace(whole, undecided=(material.path,), questions=asked, origins=origins)

    def _intermediate(self, material: Material) -> Bill:
        """Judge an intermediate that the producer made, as a good of its own."""
        absorption = self.rule_set.absorption
        met, questions = self.judge(material)
        if material.path in self.assumed_originating and met is Truth.UNKNOWN:
            met = Truth.YES
        if met is Truth.YES and absorption.roll_up:
            return self._absorbed(material)
        failed = self._failed(material, Reason("origin.intermediate_failed"))
        if met is not Truth.UNKNOWN:
            return failed
        told = _told(material, met, Reason("origin.intermediate_open"))
        return replace(
            failed,
            undecided=(material.path, *failed.undecided),
            questions=questions + failed.questions,
            origins=(told, *failed.origins[1:]),
        )

    def _absorbed(self, material: Material) -> Bill:
        """Roll a qualifying intermediate up; for value only where it is designated, if asked.

        Interpreted meaning: where the producer must designate, designation is about value; the
        tariff shift may be tested at a self-made material without it.
        """
        whole = _one(own(material, Reason("origin.absorbed")))
        asked = self.rule_set.absorption.designation is Designation.BY_PRODUCER
        if not asked or (material.designated and not material.is_nested):
            return whole
        key = "origin.nested_designation" if material.is_nested else "origin.not_designated"
        inputs = self._failed(material, Reason(key)).seen_by(RuleType.VALUE)
        return joined((replace(whole, origins=()).seen_by(RuleType.SHIFT), inputs))

    def _failed(self, material: Material, because: Reason) -> Bill:
        """Count an intermediate by its inputs, or whole, as the agreement says."""
        if self.rule_set.absorption.otherwise is FailedIntermediate.WHOLE:
            return _one(foreign(material, because))
        inputs = joined(self._line(part) for part in material.made_from)
        return replace(inputs, origins=(_told(material, Truth.NO, because), *inputs.origins))


def _one(line: Line) -> Bill:
    told = _told(line.material, truth_of(line.originating), line.because)
    return Bill((line,), origins=(told,))


def _told(material: Material, originating: Truth, because: Reason) -> SettledOrigin:
    return SettledOrigin(material.path, material.name, originating, because)
