"""Origin criteria: one function each, named as the agreements name them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import chain

from ooms.agreements.model import RuleType
from ooms.agreements.rule import (
    AllOf,
    AnyOf,
    CodeSet,
    Fallback,
    ForeignBelowOwn,
    MadeFrom,
    Measured,
    NoRule,
    Originating,
    Process,
    Relief,
    Rule,
    Selected,
    Shift,
    Statement,
    Term,
    ValueCap,
    ValueContent,
    WeightCap,
    WeightOf,
    WhollyObtained,
    percent_text,
    text_of,
)
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
from ooms.origin.tolerance import WEIGHT_QUESTION, tolerate
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth, all_of, any_of, negation, truth_of
from ooms.origin.value_content import foreign_below_own, value_cap, value_content

WHOLLY_OBTAINED_KEY = "wholly_obtained"


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
        case Selected():
            return selected(rule, hearing)
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
    term: WhollyObtained | Originating | Process | Statement | MadeFrom | NoRule,
    hearing: Hearing,
) -> Finding:
    match term:
        case WhollyObtained(items=()):
            return wholly_obtained(term, hearing)
        case WhollyObtained() | Originating():
            return materials_of_origin(term, hearing)
        case Process():
            return process(term, hearing.case)
        case Statement(words=words):
            key = f"statement:{slug(words)}"
            return _asked(text_of(term), hearing.case, key=key, words=words)
        case MadeFrom():
            return made_from(term, hearing)
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
    barred = member_of(material, rule.exceptions, case)
    admitted = member_of(material, rule.readmitted, case)
    return any_of([all_of([base, negation(barred)]), admitted])


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
    said = truth_of(hearing.case.answer(WHOLLY_OBTAINED_KEY))
    key = {Truth.YES: "wholly.said", Truth.NO: "wholly.denied", Truth.UNKNOWN: "wholly.open"}
    asked = (Question(WHOLLY_OBTAINED_KEY, Reason("ask.wholly_obtained")),)
    questions = asked if said is Truth.UNKNOWN else ()
    return Finding(text_of(rule), said, Reason(key[said]), questions=questions)


def materials_of_origin(rule: WhollyObtained | Originating, hearing: Hearing) -> Finding:
    """WO{set} and ORIG{set}: every material of the set is wholly obtained, or originating."""
    wholly = isinstance(rule, WhollyObtained)
    judged: list[tuple[Material, Truth, Truth]] = []
    for line in hearing.counted(RuleType.SHIFT):
        member = member_of(line.material, rule.items, hearing.case)
        good = truth_of(line.originating)
        if wholly and line.originating:
            good = truth_of(hearing.case.answer(f"{WHOLLY_OBTAINED_KEY}:{line.material.path}"))
        judged.append((line.material, member, any_of([negation(member), good])))
    if hearing.is_bare:
        because = Reason("materials.none_listed")
        asked = (MATERIALS_QUESTION,)
        return Finding(text_of(rule), Truth.UNKNOWN, because, questions=asked)
    met = all_of(truth for _, _, truth in judged)
    failing = tuple(m for m, _, truth in judged if truth is not Truth.YES)
    facts = (("materials", ", ".join(m.name for m in failing)),)
    key = {Truth.YES: "set.met", Truth.NO: "set.missed", Truth.UNKNOWN: "set.open"}[met]
    return Finding(
        text_of(rule),
        met,
        Reason(key, facts),
        tuple(m.name for m in failing),
        tuple(
            chain(
                *(
                    _origin_questions(m, member, rule)
                    for m, member, t in judged
                    if t is Truth.UNKNOWN
                )
            )
        ),
    )


def _origin_questions(
    material: Material, member: Truth, rule: WhollyObtained | Originating
) -> tuple[Question, ...]:
    if member is Truth.UNKNOWN:
        return membership_questions(material, rule.items)
    key = f"{WHOLLY_OBTAINED_KEY}:{material.path}"
    facts = (("material", material.name),)
    return (Question(key, Reason("ask.material_wholly_obtained", facts)),)


def weight_cap(rule: WeightCap, hearing: Hearing) -> Finding:
    """WT: foreign materials of the set weigh at most this share, together or each."""
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


def process(rule: Process, case: Case) -> Finding:
    """P: the named processes were carried out in a Party, in order where the rule says so."""
    keys = {step: f"process:{step}" for step in rule.steps}
    done = {
        step: Truth.YES if step in case.processes else truth_of(case.answer(key))
        for step, key in keys.items()
    }
    asked = [
        Question(keys[step], Reason("ask.process", (("process", step),)))
        for step in rule.steps
        if done[step] is Truth.UNKNOWN
    ]
    met = all_of(done.values())
    if rule.ordered and met is not Truth.NO:
        order = f"process_order:{'>'.join(rule.steps)}"
        in_order = truth_of(case.answer(order))
        met = all_of([met, in_order])
        if in_order is Truth.UNKNOWN:
            facts = (("process", " > ".join(rule.steps)),)
            asked.append(Question(order, Reason("ask.process_order", facts)))
    key = {Truth.YES: "process.met", Truth.NO: "process.missed", Truth.UNKNOWN: "process.open"}
    because = Reason(key[met], (("process", " + ".join(rule.steps)),))
    return Finding(text_of(rule), met, because, questions=tuple(asked))


def made_from(rule: MadeFrom, hearing: Hearing) -> Finding:
    """FROM: every foreign material is of the described kind, or an earlier stage of it."""
    if not hearing.is_bare and not hearing.foreign(RuleType.SHIFT):
        return Finding(text_of(rule), Truth.YES, Reason("shift.nothing_foreign"))
    return _asked(text_of(rule), hearing.case, key=f"from:{slug(rule.words)}", words=rule.words)


def selected(rule: Selected, hearing: Hearing) -> Finding:
    """GOOD, WHEN: the rule applies to the goods or circumstances that the words describe."""
    key = f"{rule.about.lower()}:{slug(rule.words)}"
    chosen = _asked(f'{rule.about}("{rule.words}")', hearing.case, key=key, words=rule.words)
    inner = judge(rule.rule, hearing)
    met = all_of([chosen.met, inner.met])
    return _joined(rule, met, (chosen, inner), key="group.all")


def _asked(criterion: str, case: Case, *, key: str, words: str) -> Finding:
    said = truth_of(case.answer(key))
    told = {Truth.YES: "said.yes", Truth.NO: "said.no", Truth.UNKNOWN: "said.nothing"}[said]
    facts = (("words", words),)
    asked = (Question(key, Reason("ask.statement", facts)),) if said is Truth.UNKNOWN else ()
    return Finding(criterion, said, Reason(told, facts), questions=asked)


def _joined(rule: Rule, met: Truth, parts: tuple[Finding, ...], *, key: str) -> Finding:
    open_parts = (p for p in parts if p.met is Truth.UNKNOWN)
    questions = tuple(chain(*(p.questions for p in open_parts)))
    value = next((p.value for p in parts if p.value and p.met is met), None)
    named = tuple(dict.fromkeys(chain(*(p.materials for p in parts if p.met is met))))
    asked = questions if met is Truth.UNKNOWN else ()
    return Finding(text_of(rule), met, Reason(key), named, asked, value, parts)


def _code(material: Material) -> str:
    return "/".join(code.digits for code in material.codes) or "no code"
