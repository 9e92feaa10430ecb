"""Judges prepared bills by compiled rules: the verdict of the traced engine, or none.

None means that the case holds something which only the traced engine judges, and it is to be
asked; no verdict of this module differs from its.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from ooms.agreements.policies import Kind, RuleType
from ooms.agreements.rule import AllOf
from ooms.kernel.hs import SUBHEADING_DIGITS, HsCode
from ooms.origin import processes
from ooms.origin.classification import WASTE_QUESTION, waste_alone_leaves_open
from ooms.origin.compiled.brief import Brief
from ooms.origin.compiled.prepared import Group, PreparedBill, View
from ooms.origin.compiled.rules import CompiledRule, CompiledRuleSet
from ooms.origin.compiled.sitting import Sitting, found
from ooms.origin.concordance import PRODUCT_CODE
from ooms.origin.criterion_text import exclusive_materials_criterion, printed_criterion
from ooms.origin.cumulation import Zones
from ooms.origin.facts import Case
from ooms.origin.supplier_statements import gap_in_proof
from ooms.origin.trace import Finding, Question, ValueTest, Verdict
from ooms.origin.truth import Truth, any_of

_VERDICTS = {
    Truth.YES: Verdict.ORIGINATING,
    Truth.NO: Verdict.NON_ORIGINATING,
    Truth.UNKNOWN: Verdict.NEEDS_FACT,
}
_BEST_FIRST = (Verdict.ORIGINATING, Verdict.NEEDS_FACT, Verdict.NON_ORIGINATING)


@dataclass(frozen=True, slots=True)
class _Heard:
    """One alternative judged; `criterion` is what the form shows when it is met."""

    met: Truth
    findings: tuple[Finding, ...]
    criterion: str


def verdict(compiled: CompiledRuleSet, prepared: PreparedBill) -> Verdict | None:
    """Say the verdict alone, or None when the traced engine is to be asked."""
    brief = judge(compiled, prepared)
    return brief.verdict if brief else None


def judge_in_force(compiled: tuple[CompiledRuleSet, ...], prepared: PreparedBill) -> Brief | None:
    """Judge under every rule set in force; of several the exporter takes the one that serves best.

    None also where no rule set is in force.
    """
    if len(compiled) == 1:
        return judge(compiled[0], prepared)
    briefs = [judge(one, prepared) for one in compiled]
    known = [brief for brief in briefs if brief is not None]
    if not known or len(known) < len(briefs):
        return None
    return min(known, key=lambda b: (_BEST_FIRST.index(b.verdict), len(b.questions)))


def judge(compiled: CompiledRuleSet, prepared: PreparedBill) -> Brief | None:
    """Judge a bill under a rule set.

    1. Leave to the traced engine what the compiled rules do not read.
    2. See the bill in the edition of the rules.
    3. Judge under each code that the good may have there; where they disagree, ask for it.

    The caller has set the decimal context, and has found the rule set in force on the day and
    the countries to be Parties.
    """
    if not prepared.is_plain:
        return None  # 1
    view = prepared.view(compiled.bits.nomenclature)  # 2
    if view is None or not view.good:
        return None
    own = _settled(view, compiled, prepared)
    if own is None:
        return None
    sitting = _sitting(view, own, compiled, case=prepared.case)
    briefs = [_under(good, sitting, compiled) for good in view.good]  # 3
    return _agreed(briefs, view.good)


def _agreed(briefs: list[Brief | None], codes: tuple[HsCode, ...]) -> Brief | None:
    known = [brief for brief in briefs if brief is not None]
    if len(known) < len(briefs):
        return None
    first = known[0]
    if all(brief.verdict is first.verdict for brief in known):
        return first
    asked = WASTE_QUESTION.key if waste_alone_leaves_open(codes) else PRODUCT_CODE
    return replace(first, verdict=Verdict.NEEDS_FACT, criterion="", questions=(asked,))


def _under(good: HsCode, sitting: Sitting, compiled: CompiledRuleSet) -> Brief | None:
    if len(good.digits) < SUBHEADING_DIGITS:
        return None
    if good != sitting.good:
        sitting = replace(sitting, good=good, _hearings=[])
    choice = compiled.choice_for(sitting.view.concorded(sitting.case, good))
    rules = choice.rules
    known = [_by_rule(rule, sitting, compiled) for rule in rules]
    if len(known) == 1:
        return known[0]
    return _of_entries(known, choice.questions, shown=known[-1] if rules[-1] else known[0])


def _of_entries(briefs: list[Brief], questions: tuple[str, ...], *, shown: Brief) -> Brief:
    """Take what all entries agree on, told by the one for goods that none describes."""
    is_open = shown.verdict is Verdict.NEEDS_FACT
    if any(other.verdict is not shown.verdict for other in briefs):
        asked = _distinct((*questions, *(shown.questions if is_open else ())))
        return replace(shown, verdict=Verdict.NEEDS_FACT, criterion="", questions=asked)
    if is_open or len({brief.criterion for brief in briefs}) > 1:
        return replace(shown, questions=_distinct((*questions, *shown.questions)))
    return shown


def _by_rule(rule: CompiledRule | None, sitting: Sitting, compiled: CompiledRuleSet) -> Brief:
    if rule is None:
        return _without_rule(compiled)
    heard = _hear(rule, sitting, compiled)
    met = any_of(one.met for one in heard)
    first_met = next((one.criterion for one in heard if one.met is Truth.YES), "")
    return Brief(
        verdict=_VERDICTS[met],
        criterion=first_met,
        rule=rule.text,
        rule_source=rule.source,
        rule_verified=rule.verified,
        value=_telling_value(heard),
        questions=_questions(heard) if met is Truth.UNKNOWN else (),
        rule_pack=compiled.name,
    )


def _without_rule(compiled: CompiledRuleSet) -> Brief:
    return Brief(
        verdict=Verdict.NEEDS_FACT,
        criterion="",
        rule="",
        rule_source="",
        rule_verified=False,
        value=None,
        questions=("rule_not_loaded",),
        rule_pack=compiled.name,
    )


def _settled(
    view: View, compiled: CompiledRuleSet, prepared: PreparedBill
) -> tuple[bool, ...] | None:
    """Settle which groups originate; None where the lines of one differ, or answers are open."""
    if compiled.has_joint_share and any(g.is_shown and g.origin for g in prepared.groups):
        return None
    settled = [_originates(group, view, compiled, case=prepared.case) for group in prepared.groups]
    known = tuple(truth is Truth.YES for truth in settled)
    return None if Truth.UNKNOWN in settled else known


def _originates(group: Group, view: View, compiled: CompiledRuleSet, *, case: Case) -> Truth:
    if not group.is_shown:
        return Truth.NO
    if group.proof and gap_in_proof(case.materials[group.numbers[0]], case, compiled.agreement):
        return Truth.NO
    if group.origin is None or group.origin in compiled.free:
        return Truth.YES
    concorded = view.concorded(case, view.good[0])
    concorded = replace(concorded, product=replace(concorded.product, codes=view.good))
    zones = Zones(concorded, compiled.agreement, compiled.rule_set)
    lines = (concorded.materials[number] for number in group.numbers)
    truths = {zones.standing(line, group.origin).counts for line in lines}
    return truths.pop() if len(truths) == 1 else Truth.UNKNOWN


def _sitting(
    view: View, own: tuple[bool, ...], compiled: CompiledRuleSet, *, case: Case
) -> Sitting:
    counted = _chosen(view.groups, compiled.kinds[RuleType.SHIFT])
    valued = _chosen(view.groups, compiled.kinds[RuleType.VALUE])
    return Sitting(
        case=case,
        good=view.good[0],
        view=view,
        rule_set=compiled.rule_set,
        own=own,
        foreign=view.pool(tuple(index for index in counted if not own[index])),
        foreign_value=view.pool(tuple(index for index in valued if not own[index])),
        own_value=view.pool(tuple(index for index in valued if own[index])),
        is_bare=_is_bare(view, case),
    )


def _chosen(groups: tuple[Group, ...], kinds: frozenset[Kind]) -> tuple[int, ...]:
    return tuple(index for index, group in enumerate(groups) if group.kind in kinds)


def _is_bare(view: View, case: Case) -> bool:
    listed = any(group.kind is Kind.MATERIAL for group in view.groups)
    return not listed and not case.answer("bom_complete")


def _hear(rule: CompiledRule, sitting: Sitting, compiled: CompiledRuleSet) -> list[_Heard]:
    is_barred = _is_barred(sitting, compiled)
    heard: list[_Heard] = []
    if _is_exclusively_own(sitting, compiled):
        met = Truth.NO if is_barred else Truth.YES
        criterion = exclusive_materials_criterion(compiled.rule_set)
        heard.append(_Heard(met, (found(Truth.YES),), criterion))
    for alternative in rule.alternatives:
        finding = alternative.test.hear(sitting)
        is_spared = not is_barred or processes.is_spared(alternative.rule, sitting.case)
        met = finding.met if is_spared else Truth.NO
        criterion = ""
        if met is Truth.YES:
            criterion = printed_criterion(
                alternative.rule, finding, rule_set=compiled.rule_set, scope=rule.scope
            )
        findings = finding.parts if isinstance(alternative.rule, AllOf) else (finding,)
        heard.append(_Heard(met, findings, criterion))
    return heard


def _is_barred(sitting: Sitting, compiled: CompiledRuleSet) -> bool:
    """Tell whether nothing but minimal operations was done, to more than own materials."""
    if not sitting.case.processes or not compiled.is_minimal(sitting.case):
        return False
    groups = sitting.view.groups
    settled = zip(groups, sitting.own, strict=True)
    is_all_own = all(originates and group.origin is None for group, originates in settled)
    return not (groups and is_all_own)


def _is_exclusively_own(sitting: Sitting, compiled: CompiledRuleSet) -> bool:
    if not compiled.rule_set.exclusive_materials.confers or sitting.is_bare:
        return False
    foreign = sitting.foreign.numbers or sitting.foreign_value.numbers
    return bool(sitting.case.materials) and not foreign


def _telling_value(heard: list[_Heard]) -> ValueTest | None:
    ordered = sorted(heard, key=lambda one: one.met is not Truth.YES)
    findings = chain(*(finding.walk() for one in ordered for finding in one.findings))
    return next((finding.value for finding in findings if finding.value is not None), None)


def _questions(heard: list[_Heard]) -> tuple[str, ...]:
    """Give the keys of what would decide, the alternative with the fewest first."""
    asked = [
        _distinct(question.key for question in _open(one))
        for one in heard
        if one.met is Truth.UNKNOWN
    ]
    return _distinct(chain(*sorted(asked, key=len)))


def _open(one: _Heard) -> Iterable[Question]:
    return chain(*(f.questions for f in one.findings if f.met is Truth.UNKNOWN))


def _distinct(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
