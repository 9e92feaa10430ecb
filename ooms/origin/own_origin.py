"""Wholly obtained goods, and materials that must originate."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import chain

from ooms.agreements.policies import Lifted, RuleType
from ooms.agreements.rule import Codes, Described, Item, Originating, WhollyObtained
from ooms.agreements.rule_text import percent_text, text_of
from ooms.kernel.hs import HsCode, HsRange
from ooms.origin.classification import member_of, membership_questions
from ooms.origin.coverage import Failing
from ooms.origin.facts import Material
from ooms.origin.hearing import HUNDRED, MATERIALS_QUESTION, Hearing, amount_questions, span_of
from ooms.origin.processes import WHOLLY_OBTAINED_KEY
from ooms.origin.settled import Line
from ooms.origin.tolerance import excused, tolerate
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth, all_of, negation, truth_of

_OF_NATURE = HsRange.parse("01", "14")


def wholly_obtained(rule: WhollyObtained, hearing: Hearing) -> Finding:
    """WO: the good is wholly obtained or produced entirely in a Party.

    Interpreted meaning: a foreign material used rules it out; that nothing foreign is listed
    does not prove it, so somebody says so.
    """
    foreign = hearing.foreign(RuleType.SHIFT)
    if foreign:
        facts = (("materials", ", ".join(m.name for m in foreign)),)
        names = tuple(m.name for m in foreign)
        return Finding(text_of(rule), Truth.NO, Reason("wholly.foreign_used", facts), names)
    return _good_itself(text_of(rule), hearing)


def _good_itself(criterion: str, hearing: Hearing) -> Finding:
    """Ask whether the good itself is wholly obtained."""
    said = truth_of(hearing.case.answer(WHOLLY_OBTAINED_KEY))
    key = {Truth.YES: "wholly.said", Truth.NO: "wholly.denied", Truth.UNKNOWN: "wholly.open"}
    asked = (Question(WHOLLY_OBTAINED_KEY, Reason("ask.wholly_obtained")),)
    questions = asked if said is Truth.UNKNOWN else ()
    return Finding(criterion, said, Reason(key[said]), questions=questions)


def _is_about_the_good(rule: WhollyObtained | Originating, hearing: Hearing) -> bool:
    """Tell whether the set may be the good itself, for want of any material of it.

    Interpreted meaning: `all the animals of chapter 1 are wholly obtained` says of a live animal
    that it is, also where nothing but its feed is listed.
    """
    good = hearing.case.product.code
    if not isinstance(rule, WhollyObtained) or not any(_may_be(i, good) for i in rule.items):
        return False
    listed = (line.material for line in hearing.counted(RuleType.SHIFT))
    return not any(member_of(m, rule.items, hearing.case) is Truth.YES for m in listed)


def _may_be(item: Item, good: HsCode) -> bool:
    """Tell whether an item may be the good; words alone may be any product of nature."""
    match item:
        case Codes(range=codes) | Described(within=HsRange() as codes):
            return codes.overlaps(good)
        case Described(within=None):
            return _OF_NATURE.contains(good)
        case _:
            return True


def materials_of_origin(rule: WhollyObtained | Originating, hearing: Hearing) -> Finding:
    """WO{set} and ORIG{set}: every material of the set is wholly obtained, or originating.

    Some agreements grant their tolerance here too.
    """
    if hearing.is_bare:
        because = Reason("materials.none_listed")
        asked = (MATERIALS_QUESTION,)
        return Finding(text_of(rule), Truth.UNKNOWN, because, questions=asked)
    failing = lacking(rule, hearing)
    if not failing and _is_about_the_good(rule, hearing):
        return _good_itself(text_of(rule), hearing)
    if not failing:
        return Finding(text_of(rule), Truth.YES, Reason("set.met"))
    unsure = (m for m, truth in failing if truth is Truth.UNKNOWN)
    questions = tuple(chain(*(_origin_questions(m, rule, hearing) for m in unsure)))
    excuse = tolerate(hearing, failing, Lifted.ORIGIN)
    return excused(text_of(rule), excuse, failing, prefix="set", questions=questions)


def lacking(rule: WhollyObtained | Originating, hearing: Hearing) -> Failing:
    """Give the materials of the set without the required origin, or perhaps without."""
    judged: list[tuple[Material, Truth]] = []
    for line in hearing.counted(RuleType.SHIFT):
        member = member_of(line.material, rule.items, hearing.case)
        judged.append((line.material, all_of([member, negation(_is_own(line, rule, hearing))])))
    return tuple((m, truth) for m, truth in judged if truth is not Truth.NO)


def _is_own(line: Line, rule: WhollyObtained | Originating, hearing: Hearing) -> Truth:
    if isinstance(rule, WhollyObtained) and line.originating:
        return truth_of(hearing.case.answer(f"{WHOLLY_OBTAINED_KEY}:{line.material.path}"))
    return truth_of(line.originating)


def _origin_questions(
    material: Material, rule: WhollyObtained | Originating, hearing: Hearing
) -> tuple[Question, ...]:
    if member_of(material, rule.items, hearing.case) is Truth.UNKNOWN:
        return membership_questions(material, rule.items)
    key = f"{WHOLLY_OBTAINED_KEY}:{material.path}"
    facts = (("material", material.name),)
    return (Question(key, Reason("ask.material_wholly_obtained", facts)),)


def originating_share(rule: WhollyObtained | Originating, hearing: Hearing) -> Finding:
    """ORIG{set}>=n%, WO{set}>=n%: at least this share of the set's weight is of this origin.

    Compared without division: own weight against the share of own and foreign weight.
    """
    criterion = text_of(rule)
    if hearing.is_bare:
        because = Reason("materials.none_listed")
        return Finding(criterion, Truth.UNKNOWN, because, questions=(MATERIALS_QUESTION,))
    seen = (line for line in hearing.lines if RuleType.SHIFT in line.counted_under)
    lines = [(line, member_of(line.material, rule.items, hearing.case)) for line in seen]
    members = [(line, member) for line, member in lines if member is not Truth.NO]
    owned = [(line, member, _is_own(line, rule, hearing)) for line, member in members]
    own = span_of(_counting((ln, all_of([t, is_own])) for ln, t, is_own in owned), _weight)
    others = ((ln, all_of([t, negation(is_own)])) for ln, t, is_own in owned)
    foreign = span_of(_counting(others), _weight)
    percent = rule.percent or HUNDRED
    met = Truth.UNKNOWN
    if foreign.high is not None and _reaches(own.low, foreign.high, percent):
        met = Truth.YES
    elif own.high is not None and not _reaches(own.high, foreign.low, percent):
        met = Truth.NO
    facts = (("counted", f"{own.low}"), ("percent", percent_text(percent)))
    key = {Truth.YES: "share.met", Truth.NO: "share.missed", Truth.UNKNOWN: "share.open"}[met]
    unsure = (
        _origin_questions(ln.material, rule, hearing)
        for ln, t, is_own in owned
        if Truth.UNKNOWN in {t, is_own}
    )
    missing = amount_questions((ln.material for ln, _ in members), "weight")
    names = tuple(ln.material.name for ln, _ in members)
    return Finding(criterion, met, Reason(key, facts), names, tuple(chain(*unsure, missing)))


def _counting(lines: Iterable[tuple[Line, Truth]]) -> list[tuple[Material, Truth]]:
    return [(line.material, truth) for line, truth in lines if truth is not Truth.NO]


def _reaches(own: Decimal, foreign: Decimal, percent: Decimal) -> bool:
    return own * HUNDRED >= percent * (own + foreign)


def _weight(material: Material) -> Decimal | None:
    return material.weight
