"""Origin criteria: one function each, named as the agreements name them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import chain

from ooms.agreements.policies import RuleType
from ooms.agreements.rule import (
    AllOf,
    AnyOf,
    Codes,
    CodeSet,
    Fallback,
    ForeignBelowOwn,
    Level,
    Macro,
    MadeFrom,
    Measured,
    NoRule,
    Noted,
    Originating,
    Phased,
    Process,
    Relief,
    Rule,
    Selected,
    SetRule,
    Shift,
    Statement,
    Term,
    ValueCap,
    ValueContent,
    WeightCap,
    WeightOf,
    WhollyObtained,
)
from ooms.agreements.rule_text import percent_text, text_of
from ooms.origin.classification import (
    changes,
    code_question,
    member_of,
    membership_questions,
    slug,
)
from ooms.origin.facts import Case, Material
from ooms.origin.hearing import (
    MATERIALS_QUESTION,
    Hearing,
    amount_questions,
    price_question,
    share,
    span_of,
    sum_known,
)
from ooms.origin.own_origin import materials_of_origin, originating_share, wholly_obtained
from ooms.origin.statements import (
    articles_of_a_set,
    asked,
    made_from,
    named_rule,
    pointed,
    process,
)
from ooms.origin.tolerance import WEIGHT_QUESTION, tolerate
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth, all_of, any_of, negation, truth_of
from ooms.origin.value_content import foreign_below_own, value_cap, value_content


def judge(rule: Rule, hearing: Hearing) -> Finding:
    """Judge a rule and everything in it."""
    match rule:
        case AllOf(members=members):
            parts = tuple(judge(member, hearing) for member in members)
            return _joined(rule, all_of(p.met for p in parts), parts, key="group.all")
        case AnyOf(members=members):
            parts = tuple(judge(member, hearing) for member in members)
            return _joined(rule, any_of(p.met for p in parts), parts, key="group.any")
        case Fallback(first=first, then=then):
            parts = (judge(first, hearing), judge(then, hearing))
            return _joined(rule, any_of(p.met for p in parts), parts, key="group.fallback")
        case _:
            return _conditional(rule, hearing)


def _conditional(rule: Rule, hearing: Hearing) -> Finding:
    match rule:
        case Selected():
            return selected(rule, hearing)
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
        case WhollyObtained() | Originating(percent=None):
            return materials_of_origin(term, hearing)
        case Originating():
            return originating_share(term, hearing)
        case SetRule():
            return articles_of_a_set(term, hearing)
        case _:
            return _by_words(term, hearing)


def _by_words(term: Process | Statement | MadeFrom | Macro | NoRule, hearing: Hearing) -> Finding:
    match term:
        case Process():
            return process(term, hearing.case)
        case Statement(words=words):
            key = f"statement:{slug(words)}"
            return asked(text_of(term), hearing.case, key=key, words=words)
        case MadeFrom():
            return made_from(term, hearing)
        case Macro():
            return named_rule(term, hearing.case)
        case NoRule():
            return Finding(text_of(term), Truth.NO, Reason("rule.none_confers"))


def tariff_shift(rule: Shift, hearing: Hearing) -> Finding:
    """CC, CTH, CTSH: every non-originating material changes classification as the rule asks.

    1. A bill of materials without a line proves nothing.
    2. Each material lies in the allowed classifications, or does not, or may.
    3. Relief that the rule itself grants comes first; it takes the place of the general one.
    4. Otherwise the agreement's tolerance may disregard what did not change.
    """
    criterion = text_of(rule)
    if hearing.is_bare:  # 1
        because = Reason("materials.none_listed")
        return Finding(criterion, Truth.UNKNOWN, because, questions=(MATERIALS_QUESTION,))
    allowed = {m.path: _is_allowed(m, rule, hearing) for m in hearing.foreign(RuleType.SHIFT)}
    foreign = hearing.foreign(RuleType.SHIFT)  # 2
    unchanged = tuple(m for m in foreign if allowed[m.path] is Truth.NO)
    unclear = tuple(m for m in foreign if allowed[m.path] is Truth.UNKNOWN)
    if not unchanged and not unclear:
        return Finding(criterion, Truth.YES, _all_changed(foreign))
    excuse = (
        _relieve(rule.relief, hearing, unchanged=unchanged, unclear=unclear)  # 3
        if rule.relief
        else tolerate(hearing, unchanged, unclear)  # 4
    )
    return _excused(criterion, excuse, unchanged=unchanged, unclear=unclear)


def _excused(
    criterion: str,
    excuse: Finding,
    *,
    unchanged: tuple[Material, ...],
    unclear: tuple[Material, ...],
) -> Finding:
    told = unchanged or unclear
    facts = (("materials", ", ".join(f"{m.name} ({_code(m)})" for m in told)),)
    questions = tuple(code_question(m) for m in unclear)
    names = tuple(m.name for m in told)
    if excuse.met is Truth.YES:
        because = Reason("shift.tolerated", facts)
        return Finding(criterion, Truth.YES, because, names, parts=(excuse,))
    if excuse.met is Truth.NO and unchanged:
        because = Reason("shift.unchanged", facts)
        return Finding(criterion, Truth.NO, because, names, parts=(excuse,))
    because = Reason("shift.unclear", facts)
    asked = questions + excuse.questions
    return Finding(criterion, Truth.UNKNOWN, because, names, asked, parts=(excuse,))


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


def _relieve(
    relief: Relief,
    hearing: Hearing,
    *,
    unchanged: tuple[Material, ...],
    unclear: tuple[Material, ...],
) -> Finding:
    """Judge the rule's own relief: these materials may stay up to a share of the value."""
    outside = [m for m in unchanged if member_of(m, relief.items, hearing.case) is Truth.NO]
    criterion = f"relief <= {percent_text(relief.percent)}{relief.base}"
    if outside:
        return Finding(criterion, Truth.NO, Reason("relief.outside"))
    price = hearing.price_on(relief.base)
    if price is None:
        asked = (price_question(relief.base),)
        return Finding(criterion, Truth.UNKNOWN, Reason("value.no_price"), questions=asked)
    members = [(m, member_of(m, relief.items, hearing.case)) for m in unchanged + unclear]
    met = span_of(members, lambda m: m.value).at_most(share(relief.percent, price))
    if met is Truth.YES and any(member is not Truth.YES for _, member in members):
        met = Truth.UNKNOWN
    because = Reason("relief.judged", (("percent", percent_text(relief.percent)),))
    missing = amount_questions((m for m, _ in members), "value")
    return Finding(criterion, met, because, questions=missing)


def _all_changed(foreign: tuple[Material, ...]) -> Reason:
    if not foreign:
        return Reason("shift.nothing_foreign")
    return Reason("shift.all_changed", (("count", str(len(foreign))),))


def weight_cap(rule: WeightCap, hearing: Hearing) -> Finding:
    """WT: foreign materials of the set weigh at most this share, together or each."""
    if rule.of is WeightOf.VOLUME:
        criterion = text_of(rule)
        return asked(criterion, hearing.case, key=f"volume:{slug(criterion)}", words=criterion)
    whole = _whole_weight(rule, hearing)
    if whole is None:
        because = Reason("weight.no_whole")
        return Finding(text_of(rule), Truth.UNKNOWN, because, questions=(WEIGHT_QUESTION,))
    foreign = hearing.foreign(RuleType.SHIFT)
    groups: tuple[CodeSet, ...] = (rule.items,)
    if rule.measured is Measured.EACH:
        groups = tuple((item,) for item in rule.items)
    parts = tuple(
        _weigh(rule, group, foreign=foreign, under=(hearing.case, whole)) for group in groups
    )
    if len(parts) == 1:
        return parts[0]
    met = all_of(p.met for p in parts)
    return _joined(rule, met, parts, key="group.all")


def _weigh(
    rule: WeightCap, group: CodeSet, *, foreign: tuple[Material, ...], under: tuple[Case, Decimal]
) -> Finding:
    case, whole = under
    judged = [(m, member_of(m, group, case)) for m in foreign]
    members = [(m, member) for m, member in judged if member is not Truth.NO]
    weight = span_of(members, lambda m: m.weight)
    met = weight.at_most(share(rule.percent, whole))
    facts = (
        ("counted", f"{weight.low if weight.high is None else weight.high}"),
        ("whole", f"{whole}"),
        ("percent", percent_text(rule.percent)),
    )
    unsure = (membership_questions(m, group) for m, t in members if t is Truth.UNKNOWN)
    missing = amount_questions((m for m, _ in members), "weight")
    key = {Truth.YES: "weight.met", Truth.NO: "weight.missed", Truth.UNKNOWN: "weight.open"}[met]
    return Finding(
        text_of(replace(rule, items=group)),
        met,
        Reason(key, facts),
        tuple(m.name for m, _ in members),
        tuple(chain(*unsure, missing)),
    )


def _whole_weight(rule: WeightCap, hearing: Hearing) -> Decimal | None:
    if rule.of is WeightOf.PRODUCT:
        return hearing.weight_of_good()
    return sum_known(ln.material.weight for ln in hearing.counted(RuleType.SHIFT)) or None


def selected(rule: Selected, hearing: Hearing) -> Finding:
    """GOOD, WHEN: the rule applies to the goods or circumstances that the words describe."""
    key = f"{rule.about.lower()}:{slug(rule.words)}"
    chosen = asked(f'{rule.about}("{rule.words}")', hearing.case, key=key, words=rule.words)
    inner = judge(rule.rule, hearing)
    met = all_of([chosen.met, inner.met])
    return _joined(rule, met, (chosen, inner), key="group.all")


def phased(rule: Phased, hearing: Hearing) -> Finding:
    """YEARS: the first rule in the agreement's first years, the second afterwards."""
    first, then = judge(rule.first, hearing), judge(rule.then, hearing)
    key = f"phase:{rule.years}"
    early = truth_of(hearing.case.answer(key))
    met = any_of([all_of([early, first.met]), all_of([negation(early), then.met])])
    if first.met is then.met:
        met = first.met
    finding = _joined(rule, met, (first, then), key="group.phases")
    if early is not Truth.UNKNOWN or met is not Truth.UNKNOWN:
        return finding
    question = Question(key, Reason("ask.phase", (("years", str(rule.years)),)))
    return replace(finding, questions=(question, *finding.questions))


def noted(rule: Noted, hearing: Hearing) -> Finding:
    """NOTE, QUOTA: what is said elsewhere may widen or narrow the rule, so a person looks."""
    inner = judge(rule.rule, hearing)
    parts = (inner, *(pointed(note, hearing.case) for note in rule.notes))
    met = inner.met if all(p.met is Truth.YES for p in parts[1:]) else Truth.UNKNOWN
    if any(p.met is Truth.NO for p in parts[1:]):
        met = Truth.NO
    return _joined(rule, met, parts, key="group.noted")


def _joined(rule: Rule, met: Truth, parts: tuple[Finding, ...], *, key: str) -> Finding:
    open_parts = (p for p in parts if p.met is Truth.UNKNOWN)
    questions = tuple(chain(*(p.questions for p in open_parts)))
    value = next((p.value for p in parts if p.value and p.met is met), None)
    named = tuple(dict.fromkeys(chain(*(p.materials for p in parts if p.met is met))))
    asked = questions if met is Truth.UNKNOWN else ()
    return Finding(text_of(rule), met, Reason(key), named, asked, value, parts)


def _code(material: Material) -> str:
    return "/".join(code.digits for code in material.codes) or "no code"
