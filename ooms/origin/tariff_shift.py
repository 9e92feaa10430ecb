"""The tariff shift: every non-originating material comes from the allowed classifications."""

from __future__ import annotations

from itertools import chain

from ooms.agreements.policies import Lifted, RuleType
from ooms.agreements.rule import Codes, Described, Item, Level, Relief, SameAsGood, Shift
from ooms.agreements.rule_text import percent_text, text_of
from ooms.origin import components
from ooms.origin.classification import (
    changes,
    member_of,
    membership_questions,
)
from ooms.origin.coverage import Failing
from ooms.origin.facts import Material
from ooms.origin.hearing import (
    MATERIALS_QUESTION,
    Hearing,
    amount_questions,
    price_question,
    share,
    span_of,
)
from ooms.origin.tolerance import excused, tolerate
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth, all_of, any_of, negation

UNASSEMBLED_KEY = "gri2a_unassembled"


def tariff_shift(rule: Shift, hearing: Hearing) -> Finding:
    """CC, CTH, CTSH: every non-originating material changes classification as the rule asks.

    1. A bill of materials without a line proves nothing.
    2. Parts that came as the unassembled good are classified as the good: nothing changes.
    3. Each material lies in the allowed classifications, or does not, or may; where the
       agreement looks at one component, only that component's materials.
    4. Relief that the rule itself grants comes first; it takes the place of the general one.
    5. Otherwise the agreement's tolerance may disregard what did not change.
    """
    criterion = text_of(rule)
    if hearing.is_bare:  # 1
        because = Reason("materials.none_listed")
        return Finding(criterion, Truth.UNKNOWN, because, questions=(MATERIALS_QUESTION,))
    foreign = hearing.foreign(RuleType.SHIFT)
    if foreign and hearing.case.answer(UNASSEMBLED_KEY):  # 2
        names = tuple(m.name for m in foreign)
        facts = (("materials", ", ".join(names)),)
        return Finding(criterion, Truth.NO, Reason("shift.unassembled", facts), names)
    failing = unchanged(rule, hearing)  # 3
    if not failing:
        return Finding(criterion, Truth.YES, _all_changed(foreign))
    if components.is_by_component(hearing) and components.named(hearing) is None:
        return _by_some_component(criterion, failing, hearing)
    excuse = (
        _relieve(rule.relief, failing, hearing)  # 4
        if rule.relief
        else tolerate(hearing, failing, Lifted.SHIFT)  # 5
    )
    questions = _questions(failing, rule, hearing)
    return excused(criterion, excuse, failing, prefix="shift", questions=questions)


def unchanged(rule: Shift, hearing: Hearing) -> Failing:
    """Give the materials that do not change as the rule asks, or may not."""
    failing = [
        (m, negation(_is_allowed(m, rule, hearing))) for m in hearing.foreign(RuleType.SHIFT)
    ]
    if components.is_by_component(hearing) and components.named(hearing) is not None:
        failing = [(m, all_of([t, components.belongs(m, hearing)])) for m, t in failing]
    return tuple((m, truth) for m, truth in failing if truth is not Truth.NO)


def _by_some_component(criterion: str, failing: Failing, hearing: Hearing) -> Finding:
    """Say what holds whichever component it is: nothing, unless every line fails."""
    lines = hearing.counted(RuleType.SHIFT)
    sure = {m.path for m, truth in failing if truth is Truth.YES}
    names = tuple(m.name for m, _ in failing)
    facts = (("materials", ", ".join(names)),)
    tolerable = any(
        Lifted.SHIFT in t.lifts for t in hearing.rule_set.tolerances_for(hearing.case.product.code)
    )
    if all(line.material.path in sure for line in lines) and not tolerable:
        return Finding(criterion, Truth.NO, Reason("shift.unchanged", facts), names)
    asked = (components.COMPONENT_QUESTION,)
    return Finding(criterion, Truth.UNKNOWN, Reason("component.open"), names, asked)


def _questions(failing: Failing, rule: Shift, hearing: Hearing) -> tuple[Question, ...]:
    asked: list[Question] = []
    for material, truth in failing:
        if truth is not Truth.UNKNOWN:
            continue
        if _is_allowed(material, rule, hearing) is not Truth.UNKNOWN:
            asked.append(components.question(material))
            continue
        sets = (*rule.only, *rule.exceptions, *rule.readmitted)
        worded = tuple(item for item in sets if _hangs_on_words(material, item, hearing))
        asked += membership_questions(material, worded)
    return tuple(asked)


def _hangs_on_words(material: Material, item: Item, hearing: Hearing) -> bool:
    """Tell whether only a person can say if a material is what an item of a set describes."""
    if not isinstance(item, Described) or member_of(material, (item,), hearing.case) is not (
        Truth.UNKNOWN
    ):
        return False
    match item.within:
        case None:
            return True
        case SameAsGood() as near:
            return member_of(material, (near,), hearing.case) is Truth.YES
        case codes:
            return member_of(material, (Codes(codes),), hearing.case) is Truth.YES


def _is_allowed(material: Material, rule: Shift, hearing: Hearing) -> Truth:
    case = hearing.case
    base = (
        member_of(material, rule.only, case) if rule.only else changes(material, case, rule.level)
    )
    if rule.outside_group:
        base = all_of([base, _outside_group(material, hearing)])
    barred = member_of(material, rule.exceptions, case)
    admitted = member_of(material, rule.readmitted, case)
    return any_of([all_of([base, negation(barred)]), admitted])


def _outside_group(material: Material, hearing: Hearing) -> Truth:
    """Tell whether the material lies outside the codes that share the good's rule."""
    if hearing.group is None:
        changed = changes(material, hearing.case, Level.SUBHEADING)
        return Truth.NO if changed is Truth.NO else Truth.UNKNOWN
    return negation(member_of(material, (Codes(hearing.group),), hearing.case))


def _relieve(relief: Relief, failing: Failing, hearing: Hearing) -> Finding:
    """Judge the rule's own relief: these materials may stay up to a share of the value."""
    criterion = f"relief <= {percent_text(relief.percent)}{relief.base}"
    spared = [(m, fails, member_of(m, relief.items, hearing.case)) for m, fails in failing]
    outside = any_of(all_of([fails, negation(member)]) for _, fails, member in spared)
    if outside is Truth.YES:
        return Finding(criterion, Truth.NO, Reason("relief.outside"))
    price = hearing.price_on(relief.base)
    if price is None:
        asked = (price_question(relief.base),)
        return Finding(criterion, Truth.UNKNOWN, Reason("value.no_price"), questions=asked)
    counted = span_of(((m, all_of([f, t])) for m, f, t in spared), lambda m: m.value)
    met = all_of([counted.at_most(share(relief.percent, price)), negation(outside)])
    because = Reason("relief.judged", (("percent", percent_text(relief.percent)),))
    missing = amount_questions((m for m, _ in failing), "value")
    unsure = (membership_questions(m, relief.items) for m, _, t in spared if t is Truth.UNKNOWN)
    return Finding(criterion, met, because, questions=(*missing, *chain(*unsure)))


def _all_changed(foreign: tuple[Material, ...]) -> Reason:
    if not foreign:
        return Reason("shift.nothing_foreign")
    return Reason("shift.all_changed", (("count", str(len(foreign))),))
