"""Lines of a bill of materials whose origin is settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ooms.agreements.policies import RuleType
from ooms.origin.facts import Material
from ooms.origin.trace import Question, Reason, SettledOrigin

EVERY_TEST = frozenset(RuleType)


@dataclass(frozen=True, slots=True)
class Line:
    """A material with its settled origin and the reason for it.

    `counted_under` holds the kinds of test that see the line: where a supplier's statement or
    an undesignated intermediate is involved, value and tariff shift look at different lines.
    """

    material: Material
    originating: bool
    own: bool
    because: Reason
    counted_under: frozenset[RuleType] = EVERY_TEST


@dataclass(frozen=True, slots=True)
class Bill:
    """The settled lines; `undecided` names the lines whose origin awaits answers.

    `origins` says of every line, also of those replaced by what they contain, what was found.
    `accumulated` names lines whose making in the Parties counts as making of the good.
    """

    lines: tuple[Line, ...] = ()
    undecided: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    origins: tuple[SettledOrigin, ...] = ()
    accumulated: tuple[str, ...] = ()

    def seen_by(self, rule_type: RuleType) -> Bill:
        """Give the bill with its lines kept for one kind of test."""
        kept = ((line, line.counted_under & {rule_type}) for line in self.lines)
        return replace(self, lines=tuple(replace(ln, counted_under=u) for ln, u in kept if u))


def joined(bills: Iterable[Bill]) -> Bill:
    """Put bills together, in their order."""
    parts = tuple(bills)
    return Bill(
        lines=tuple(line for part in parts for line in part.lines),
        undecided=tuple(path for part in parts for path in part.undecided),
        questions=tuple(question for part in parts for question in part.questions),
        origins=tuple(origin for part in parts for origin in part.origins),
        accumulated=tuple(path for part in parts for path in part.accumulated),
    )


def foreign(material: Material, because: Reason) -> Line:
    """Count a material as non-originating."""
    return Line(material, originating=False, own=False, because=because)


def own(material: Material, because: Reason) -> Line:
    """Count a material as originating in the exporting Party."""
    return Line(material, originating=True, own=True, because=because)
