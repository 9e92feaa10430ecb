"""Which tolerance covers which material: by code, by words, by what a person confirms."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from ooms.agreements.policies import Differs, Tolerance
from ooms.agreements.rule import Codes, CodeSet, Described, Level
from ooms.origin.classification import (
    changes,
    code_question,
    is_described,
    member_of,
    membership_questions,
)
from ooms.origin.facts import Case, Material
from ooms.origin.trace import Question, Reason
from ooms.origin.truth import Truth, all_of, any_of, negation, truth_of

_LEVELS = {Differs.HEADING: Level.HEADING, Differs.SUBHEADING: Level.SUBHEADING}

# Materials that fail a test, and those of which it is not known (they may fail).
Failing = tuple[tuple[Material, Truth], ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Under which tolerance a failing material falls, and whether none covers it."""

    under: tuple[Truth, ...]
    uncovered: Truth


def joined_failing(failing: Failing, others: Failing) -> Failing:
    """Put materials that fail one test and those that fail another together, each once."""
    if not others:
        return failing
    truths: dict[str, tuple[Material, Truth]] = {}
    for material, truth in (*failing, *others):
        known = truths.get(material.path, (material, Truth.NO))[1]
        truths[material.path] = (material, any_of([known, truth]))
    return tuple(truths.values())


def place(material: Material, tolerances: tuple[Tolerance, ...], case: Case) -> Placed:
    """Find the first tolerance that covers a material.

    Where only one may cover it, it counts there in full: either it does, or nothing helps.
    """
    under: list[Truth] = []
    earlier = Truth.NO
    for tolerance in tolerances:
        covering = covers(material, tolerance, case)
        under.append(all_of([covering, negation(earlier)]))
        earlier = any_of([earlier, covering])
    possible = [truth for truth in under if truth is not Truth.NO]
    if len(possible) == 1:
        under = [Truth.NO if truth is Truth.NO else Truth.YES for truth in under]
    return Placed(tuple(under), negation(earlier))


def covers(material: Material, tolerance: Tolerance, case: Case) -> Truth:
    """Tell whether a tolerance is for this material, and for this good."""
    conditions = [negation(member_of(material, _ranges(tolerance), case))]
    if tolerance.materials:
        conditions.append(member_of(material, tuple(map(Codes, tolerance.materials)), case))
    if tolerance.differs is not Differs.NOT_ASKED:
        conditions.append(changes(material, case, _LEVELS[tolerance.differs]))
    if tolerance.asks:
        conditions.append(truth_of(case.answer(tolerance.asks)))
    conditions += [
        negation(is_described(words, material, case)) for words in tolerance.excluded_words
    ]
    return all_of(conditions)


def _ranges(tolerance: Tolerance) -> CodeSet:
    return tuple(map(Codes, tolerance.excluded_materials))


def cover_questions(
    material: Material, tolerances: tuple[Tolerance, ...], case: Case
) -> tuple[Question, ...]:
    """Ask what would tell whether a tolerance covers a material."""
    unclear = (t for t in tolerances if covers(material, t, case) is Truth.UNKNOWN)
    return tuple(chain(*(_asked_of(material, tolerance, case) for tolerance in unclear)))


def _asked_of(material: Material, tolerance: Tolerance, case: Case) -> tuple[Question, ...]:
    asked: list[Question] = []
    if tolerance.asks and case.answer(tolerance.asks) is None:
        facts = (("what", tolerance.asks.replace("_", " ")),)
        asked.append(Question(tolerance.asks, Reason("ask.confirm", facts)))
    open_words = tuple(
        Described(words)
        for words in tolerance.excluded_words
        if is_described(words, material, case) is Truth.UNKNOWN
    )
    asked += membership_questions(material, open_words) if open_words else ()
    return tuple(asked) or (code_question(material),)
