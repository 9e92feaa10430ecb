"""Where a material is classified: against the good, and against the sets that rules name.

A code may be known to four digits only, or have several candidates in the rule's edition.
So every question here is answered yes, no, or not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ooms.agreements.rule import Codes, CodeSet, Described, Everything, Item, Level, SameAsGood
from ooms.kernel.hs import HsCode, HsRange
from ooms.origin.commodities import is_named
from ooms.origin.facts import Case, Material
from ooms.origin.trace import Question, Reason
from ooms.origin.truth import Truth, all_of, any_of, negation, truth_of

# HS 2022 gathers electrical and electronic waste of every heading in this one.
ELECTRICAL_WASTE = "8549"
WASTE_QUESTION = Question("electrical_waste", Reason("ask.electrical_waste"))
_DIGITS = {Level.CHAPTER: 2, Level.HEADING: 4, Level.SUBHEADING: 6}


def changes(material: Material, case: Case, level: Level) -> Truth:
    """Tell whether the material lies in another chapter, heading or subheading than the good."""
    if level is Level.ANY:
        return Truth.YES
    good, digits = case.product.code, _DIGITS[level]
    return _for_candidates(material, lambda code: negation(_shares(good, code, digits)))


def member_of(material: Material, items: CodeSet, case: Case) -> Truth:
    """Tell whether the material belongs to a set."""
    return any_of(_is_item(material, item, case) for item in items)


def described_key(words: str, path: str) -> str:
    """Name the question whether a material is what the words describe."""
    return f"is:{slug(words)}:{path}"


def is_described(words: str, material: Material, case: Case) -> Truth:
    """Tell whether a material is what words describe: by its code, or by a person's answer."""
    named = is_named(words, material.codes)
    if named is not Truth.UNKNOWN:
        return named
    return truth_of(case.answer(described_key(words, material.path)))


def membership_questions(material: Material, items: CodeSet) -> tuple[Question, ...]:
    """Ask what would tell whether a material belongs to a set."""
    named = tuple(item.words for item in items if isinstance(item, Described))
    if not named:
        return (code_question(material),)
    return tuple(
        Question(
            described_key(words, material.path),
            Reason("ask.described", (("material", material.name), ("words", words))),
        )
        for words in named
    )


def code_question(material: Material) -> Question:
    """Ask for the material's code in the edition and length that the rule needs."""
    if waste_alone_leaves_open(material.codes):
        return WASTE_QUESTION
    return Question(f"hs:{material.path}", Reason("ask.code", (("material", material.name),)))


def waste_alone_leaves_open(codes: tuple[HsCode, ...]) -> bool:
    """Tell whether a code would be certain if the good or material is no electrical waste."""
    return len(codes) > 1 and len(without_waste(codes)) == 1


def without_waste(codes: tuple[HsCode, ...]) -> tuple[HsCode, ...]:
    """Leave out the candidates that only electrical waste is classified under."""
    return tuple(code for code in codes if code.heading != ELECTRICAL_WASTE)


def slug(words: str) -> str:
    """Turn words into the stable part of a question's key."""
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def _is_item(material: Material, item: Item, case: Case) -> Truth:
    match item:
        case Everything():
            return Truth.YES
        case Codes(range=codes):
            return _for_candidates(material, lambda code: _within(code, codes))
        case SameAsGood(digits=digits):
            return _is_near(material, digits, case)
        case Described(words=words, within=within):
            said = is_described(words, material, case)
            if within is None:
                return said
            if isinstance(within, SameAsGood):
                return all_of([_is_near(material, within.digits, case), said])
            inside = _for_candidates(material, lambda code: _within(code, within))
            return all_of([inside, said])


def _is_near(material: Material, digits: int, case: Case) -> Truth:
    good = case.product.code
    return _for_candidates(material, lambda code: _shares(good, code, digits))


def _for_candidates(material: Material, test: Callable[[HsCode], Truth]) -> Truth:
    """Agree on one answer for all candidate codes, or say that it is not known."""
    answers = {test(code) for code in material.codes}
    return answers.pop() if len(answers) == 1 else Truth.UNKNOWN


def _shares(good: HsCode, code: HsCode, digits: int) -> Truth:
    known = min(digits, len(good.digits), len(code.digits))
    if good.digits[:known] != code.digits[:known]:
        return Truth.NO
    return Truth.YES if known == digits else Truth.UNKNOWN


def _within(code: HsCode, codes: HsRange) -> Truth:
    if codes.contains(code):
        return Truth.YES
    return Truth.UNKNOWN if codes.overlaps(code) else Truth.NO
