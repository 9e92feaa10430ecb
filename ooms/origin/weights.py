"""Caps on the weight of foreign materials; combined and individual caps are different words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import chain

from ooms.agreements.policies import RuleType
from ooms.agreements.rule import CodeSet, Measured, WeightCap, WeightOf
from ooms.agreements.rule_text import percent_text, text_of
from ooms.origin.classification import member_of, membership_questions, slug
from ooms.origin.facts import Case, Material
from ooms.origin.hearing import (
    MATERIALS_QUESTION,
    Hearing,
    amount_questions,
    share,
    span_of,
    sum_known,
)
from ooms.origin.joining import joined
from ooms.origin.statements import asked
from ooms.origin.tolerance import WEIGHT_QUESTION
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth, all_of


def weight_cap(rule: WeightCap, hearing: Hearing) -> Finding:
    """WT: foreign materials of the set weigh at most this share, together or each."""
    if rule.of is WeightOf.VOLUME:
        criterion = text_of(rule)
        return asked(criterion, hearing.case, key=f"volume:{slug(criterion)}", words=criterion)
    whole = _whole_weight(rule, hearing)
    if whole is None:
        because = Reason("weight.no_set" if rule.whole else "weight.no_whole")
        return Finding(text_of(rule), Truth.UNKNOWN, because, questions=_missing(rule, hearing))
    foreign = hearing.foreign(RuleType.SHIFT)
    groups: tuple[CodeSet, ...] = (rule.items,)
    if rule.measured is Measured.EACH:
        groups = tuple((item,) for item in rule.items)
    parts = tuple(
        _weigh(rule, group, foreign=foreign, under=(hearing.case, whole)) for group in groups
    )
    if len(parts) == 1:
        return parts[0]
    return joined(rule, all_of(p.met for p in parts), parts, key="group.all")


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
    if rule.whole:
        return _weight_of_set(rule.whole, hearing)
    if rule.of is WeightOf.PRODUCT:
        return hearing.weight_of_good()
    return sum_known(ln.material.weight for ln in hearing.counted(RuleType.SHIFT)) or None


def _missing(rule: WeightCap, hearing: Hearing) -> tuple[Question, ...]:
    """Ask for the weight of the good, or for what keeps the weight of a set from being known."""
    if not rule.whole:
        return (WEIGHT_QUESTION,)
    if hearing.is_bare:
        return (MATERIALS_QUESTION,)
    judged = [
        (ln.material, member_of(ln.material, rule.whole, hearing.case)) for ln in hearing.lines
    ]
    unsure = (membership_questions(m, rule.whole) for m, t in judged if t is Truth.UNKNOWN)
    members = (m for m, t in judged if t is not Truth.NO)
    return tuple(chain(*unsure, amount_questions(members, "weight")))


def _weight_of_set(items: CodeSet, hearing: Hearing) -> Decimal | None:
    """Weigh all materials of a set, foreign and own; None where one may or may not belong."""
    lines = [(ln.material, member_of(ln.material, items, hearing.case)) for ln in hearing.lines]
    if hearing.is_bare or any(member is Truth.UNKNOWN for _, member in lines):
        return None
    weighed = [material.weight for material, member in lines if member is Truth.YES]
    return sum_known(weighed) if weighed else Decimal(0)
