"""Origin criteria: which function judges which node of a rule, and how nodes join.

Each criterion is a function named as the agreements name it, in the module of its kind.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from ooms.agreements.policies import RuleType
from ooms.agreements.rule import (
    AllOf,
    AnyOf,
    Fallback,
    ForCodes,
    ForeignBelowOwn,
    Macro,
    MadeFrom,
    NoRule,
    Note,
    Noted,
    Originating,
    Phased,
    Pointer,
    Process,
    Rule,
    Selected,
    SetRule,
    Shift,
    Statement,
    Term,
    ValueCap,
    ValueContent,
    WeightCap,
    WhollyObtained,
)
from ooms.agreements.rule_text import text_of
from ooms.origin.classification import slug
from ooms.origin.coverage import Failing
from ooms.origin.good_codes import good_within
from ooms.origin.hearing import Hearing
from ooms.origin.joining import joined
from ooms.origin.own_origin import (
    lacking,
    materials_of_origin,
    originating_share,
    wholly_obtained,
)
from ooms.origin.sets import articles_of_a_set
from ooms.origin.statements import asked, later_stages, made_from, pointed, process
from ooms.origin.tariff_shift import tariff_shift, unchanged
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth, all_of, any_of, negation, truth_of
from ooms.origin.value_content import foreign_below_own, value_cap, value_content
from ooms.origin.weights import weight_cap

_LEAVES = (Shift, WhollyObtained, Originating)

# What a tolerance may relieve, alone or inside; several of these share one tolerance.
_TOLERABLE = (
    Shift,
    MadeFrom,
    WhollyObtained,
    Originating,
    Process,
    Macro,
    AllOf,
    AnyOf,
    Fallback,
    Phased,
    Selected,
    ForCodes,
    Noted,
)


def judge(rule: Rule, hearing: Hearing) -> Finding:
    """Judge a rule and everything in it."""
    match rule:
        case AllOf(members=members):
            parts = _judge_together(members, hearing)
            return joined(rule, all_of(p.met for p in parts), parts, key="group.all")
        case AnyOf(members=members):
            parts = tuple(judge(member, hearing) for member in members)
            return joined(rule, any_of(p.met for p in parts), parts, key="group.any")
        case Fallback(first=first, then=then):
            parts = (judge(first, hearing), judge(then, hearing))
            return joined(rule, any_of(p.met for p in parts), parts, key="group.fallback")
        case _:
            return _conditional(rule, hearing)


def _judge_together(members: tuple[Rule, ...], hearing: Hearing) -> tuple[Finding, ...]:
    """Judge what must hold together: what fails one member weighs on the tolerance of all."""
    if not shares_tolerance(members):
        return tuple(judge(member, hearing) for member in members)
    failing = [_failing(member, hearing) for member in members]
    found: list[Finding] = []
    for number, member in enumerate(members):
        others = chain(hearing.also_failing, *failing[:number], *failing[number + 1 :])
        found.append(judge(member, replace(hearing, also_failing=tuple(others))))
    return tuple(found)


def shares_tolerance(members: tuple[Rule, ...]) -> bool:
    """Tell whether several members of a conjunction may need the agreement's tolerance."""
    return sum(isinstance(member, _TOLERABLE) for member in members) > 1


def _failing(rule: Rule, hearing: Hearing) -> Failing:
    """Give the materials for which a rule needs the tolerance, or perhaps needs it."""
    match rule:
        case Shift(relief=None):
            return unchanged(rule, hearing)
        case MadeFrom():
            return later_stages(rule, hearing)
        case WhollyObtained(items=(_, *_), percent=None) | Originating(percent=None):
            return lacking(rule, hearing)
        case AllOf(members=members):
            return tuple(chain(*(_failing(member, hearing) for member in members)))
        case Noted(rule=inner):
            return _failing(inner, hearing)
        case _:
            return _perhaps_failing(rule, hearing)


def _perhaps_failing(rule: Rule, hearing: Hearing) -> Failing:
    """Say that any foreign material may need the tolerance, unless the rule holds without it."""
    if not isinstance(rule, _TOLERABLE) or isinstance(rule, _LEAVES):
        return ()
    if judge(rule, replace(hearing, grants_tolerance=False)).met is Truth.YES:
        return ()
    return tuple((m, Truth.UNKNOWN) for m in hearing.foreign(RuleType.SHIFT))


def _conditional(rule: Rule, hearing: Hearing) -> Finding:
    match rule:
        case Selected():
            return selected(rule, hearing)
        case ForCodes():
            return for_codes(rule, hearing)
        case Phased():
            return phased(rule, hearing)
        case Noted():
            return noted(rule, hearing)
        case AllOf() | AnyOf() | Fallback():
            return judge(rule, hearing)
        case _:
            return _term(rule, hearing)


def _term(term: Term, hearing: Hearing) -> Finding:
    match term:
        case Shift():
            return tariff_shift(term, hearing)
        case ValueContent():
            return value_content(term, hearing)
        case ValueCap():
            return value_cap(term, hearing)
        case ForeignBelowOwn():
            return foreign_below_own(term, hearing)
        case WeightCap():
            return weight_cap(term, hearing)
        case _:
            return _by_statement(term, hearing)


def _by_statement(
    term: WhollyObtained | Originating | Process | Statement | MadeFrom | Macro | SetRule | NoRule,
    hearing: Hearing,
) -> Finding:
    match term:
        case WhollyObtained(items=()):
            return wholly_obtained(term, hearing)
        case WhollyObtained(percent=None) | Originating(percent=None):
            return materials_of_origin(term, hearing)
        case WhollyObtained() | Originating():
            return originating_share(term, hearing)
        case SetRule():
            return articles_of_a_set(term, hearing)
        case _:
            return _by_words(term, hearing)


def _by_words(term: Process | Statement | MadeFrom | Macro | NoRule, hearing: Hearing) -> Finding:
    match term:
        case Process():
            return process(term, hearing)
        case Statement(words=words):
            key = f"statement:{slug(words)}"
            return asked(text_of(term), hearing.case, key=key, words=words)
        case MadeFrom():
            return made_from(term, hearing)
        case Macro():
            return named(term, hearing)
        case NoRule():
            return Finding(text_of(term), Truth.NO, Reason("rule.none_confers"))


def selected(rule: Selected, hearing: Hearing) -> Finding:
    """GOOD, WHEN: the rule applies to the goods or circumstances that the words describe."""
    key = f"{rule.about.lower()}:{slug(rule.words)}"
    chosen = asked(f'{rule.about}("{rule.words}")', hearing.case, key=key, words=rule.words)
    inner = judge(rule.rule, hearing)
    met = all_of([chosen.met, inner.met])
    return joined(rule, met, (chosen, inner), key="group.all")


def for_codes(rule: ForCodes, hearing: Hearing) -> Finding:
    """GOOD{codes}: the rule applies to the goods of these codes; the good's own code decides."""
    chosen = good_within(rule.codes, hearing.case)
    inner = judge(rule.rule, hearing)
    met = all_of([chosen.met, inner.met])
    return joined(rule, met, (chosen, inner), key="group.all")


def phased(rule: Phased, hearing: Hearing) -> Finding:
    """YEARS: the first rule in the agreement's first years, the second afterwards."""
    first, then = judge(rule.first, hearing), judge(rule.then, hearing)
    key = f"phase:{rule.years}"
    early = truth_of(hearing.case.answer(key))
    met = any_of([all_of([early, first.met]), all_of([negation(early), then.met])])
    if first.met is then.met:
        met = first.met
    finding = joined(rule, met, (first, then), key="group.phases")
    if early is not Truth.UNKNOWN or met is not Truth.UNKNOWN:
        return finding
    question = Question(key, Reason("ask.phase", (("years", str(rule.years)),)))
    return replace(finding, questions=(question, *finding.questions))


def noted(rule: Noted, hearing: Hearing) -> Finding:
    """NOTE, QUOTA: what is said elsewhere may widen or narrow the rule, so a person looks.

    A note that the pack has turned into data needs no person: its rule must hold too, or its
    substance is in the policies.
    """
    inner = judge(rule.rule, hearing)
    looked_at = (_pointed(note, hearing) for note in rule.notes)
    parts = (inner, *(finding for finding in looked_at if finding is not None))
    met = inner.met if all(p.met is Truth.YES for p in parts[1:]) else Truth.UNKNOWN
    if any(p.met is Truth.NO for p in parts[1:]):
        met = Truth.NO
    return joined(rule, met, parts, key="group.noted")


def _pointed(note: Note, hearing: Hearing) -> Finding | None:
    """Judge what a note points to; None where the pack says that nothing is left to ask."""
    entry = hearing.rule_set.named_rule(note.name)
    if entry is None or note.kind is not Pointer.NOTE:
        return pointed(note, hearing.case)
    if entry.rule is None:
        return None
    return _under_name(f"{note.kind}({note.name})", entry.rule, note.name, hearing=hearing)


def named(rule: Macro, hearing: Hearing) -> Finding:
    """MACRO: a rule that the agreement defines elsewhere; a person judges it if no pack does."""
    entry = hearing.rule_set.named_rule(rule.name)
    if entry is None or entry.rule is None or rule.name in hearing.naming:
        words = rule.name.replace("_", " ")
        return asked(text_of(rule), hearing.case, key=f"macro:{rule.name}", words=words)
    return _under_name(text_of(rule), entry.rule, rule.name, hearing=hearing)


def _under_name(criterion: str, rule: Rule, name: str, *, hearing: Hearing) -> Finding:
    if name in hearing.naming:  # a name that leads back to itself decides nothing
        return asked(criterion, hearing.case, key=f"note:{name}", words=name.replace("_", " "))
    inner = judge(rule, replace(hearing, naming=hearing.naming | {name}))
    because = Reason("named.judged", (("name", name.replace("_", " ")),))
    return Finding(
        criterion, inner.met, because, inner.materials, inner.questions, inner.value, (inner,)
    )
