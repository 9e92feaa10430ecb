"""The bill of materials as the agreement counts it: origin settled line by line.

Absorption works both ways.
An intermediate that qualifies by itself counts as originating in full, whatever it contains.
One that does not counts by the foreign inputs it contains, or whole, as the agreement says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ooms.agreements.model import Agreement, RuleSet
from ooms.agreements.policies import FailedIntermediate
from ooms.origin.facts import Case, Material
from ooms.origin.trace import Question, Reason
from ooms.origin.truth import Truth

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


@dataclass(frozen=True, slots=True)
class Line:
    """A material with its settled origin and the reason for it."""

    material: Material
    originating: bool
    own: bool
    because: Reason


@dataclass(frozen=True, slots=True)
class Bill:
    """The settled lines; `undecided` names intermediates whose origin awaits answers."""

    lines: tuple[Line, ...]
    undecided: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


JudgeIntermediate = Callable[[Material], tuple[Truth, tuple[Question, ...]]]


@dataclass(frozen=True, slots=True)
class Settling:
    """What settles the origin of lines: the agreement, its rules, and the judge of parts."""

    case: Case
    agreement: Agreement
    rule_set: RuleSet
    judge: JudgeIntermediate
    assumed_originating: frozenset[str] = frozenset()

    def settle(self, materials: tuple[Material, ...]) -> Bill:
        """Settle every line."""
        lines: list[Line] = []
        undecided: list[str] = []
        questions: list[Question] = []
        for material in materials:
            bill = self._settle_one(material)
            lines += bill.lines
            undecided += bill.undecided
            questions += bill.questions
        return Bill(tuple(lines), tuple(undecided), tuple(questions))

    def _settle_one(self, material: Material) -> Bill:
        if material.originating:
            return Bill((self._declared(material),))
        if material.originating is None and material.made_from:
            return self._intermediate(material)
        key = "origin.foreign" if material.originating is False else "origin.not_shown"
        return Bill((_foreign(material, key),))

    def _declared(self, material: Material) -> Line:
        origin, home = material.origin, self.case.exporting_party
        if origin is None or origin == home:
            return Line(material, originating=True, own=True, because=Reason("origin.own"))
        where = (("origin", origin.letters),)
        if origin not in self.agreement.parties:
            return Line(
                material, originating=False, own=False, because=Reason("origin.no_party", where)
            )
        if not self.rule_set.cumulations:
            return Line(
                material,
                originating=False,
                own=False,
                because=Reason("origin.not_cumulated", where),
            )
        return Line(
            material, originating=True, own=False, because=Reason("origin.cumulated", where)
        )

    def _intermediate(self, material: Material) -> Bill:
        if material.path in self.assumed_originating:
            return Bill((_absorbed(material),))
        met, questions = self.judge(material)
        absorption = self.rule_set.absorption
        if met is Truth.YES and absorption.roll_up:
            return Bill((_absorbed(material),))
        undecided = (material.path,) if met is Truth.UNKNOWN else ()
        if absorption.otherwise is FailedIntermediate.WHOLE:
            return Bill((_foreign(material, "origin.intermediate_failed"),), undecided, questions)
        inputs = self.settle(material.made_from)
        return Bill(inputs.lines, undecided + inputs.undecided, questions + inputs.questions)


def _absorbed(material: Material) -> Line:
    return Line(material, originating=True, own=True, because=Reason("origin.absorbed"))


def _foreign(material: Material, key: str) -> Line:
    return Line(material, originating=False, own=False, because=Reason(key))
