"""Judges one rule, alternative by alternative, under a settled bill of materials."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from ooms.agreements.policies import RuleType
from ooms.agreements.rule import AllOf, AnyOf, Fallback, Rule
from ooms.agreements.rule_text import text_of
from ooms.origin import criteria, outward, sets
from ooms.origin.candidates import Chosen
from ooms.origin.criterion_text import exclusive_materials_criterion, printed_criterion
from ooms.origin.finished_stock import taken_from_stock
from ooms.origin.hearing import Hearing
from ooms.origin.processes import is_spared, minimal_operations
from ooms.origin.trace import Alternative, Finding, Question, Reason, ValueTest
from ooms.origin.truth import Truth, all_of, any_of

EXCLUSIVE_MATERIALS = "exclusively originating materials"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What judging one rule under settled facts gave."""

    met: Truth
    alternatives: tuple[Alternative, ...]
    criterion: str
    hearing: Hearing

    @property
    def questions(self) -> tuple[Question, ...]:
        """Ask for what would decide, the alternative that needs the fewest answers first."""
        if self.met is not Truth.UNKNOWN:
            return ()
        asked = [
            distinct(tuple(chain(*(f.questions for f in a.findings if f.met is Truth.UNKNOWN))))
            for a in self.alternatives
            if a.met is Truth.UNKNOWN
        ]
        return distinct(tuple(chain(*sorted(asked, key=len))))

    @property
    def value(self) -> ValueTest | None:
        """Give the value test of the met alternative, or else the first there is."""
        ordered = sorted(self.alternatives, key=lambda a: a.met is not Truth.YES)
        findings = (f for a in ordered for finding in a.findings for f in finding.walk())
        return next((f.value for f in findings if f.value is not None), None)


_Judged = tuple[Alternative, str]


def judge_rule(chosen: Chosen, hearing: Hearing) -> Ruling:
    """Judge every way to originate.

    1. A set of articles goes by the policy for sets, where the agreement has one.
    2. What was done outside the Parties bars every other way, as far as it does.
    3. A good made only of originating materials may originate by that alone.
    4. Each alternative of the rule is judged, behind the gate of minimal operations.
    5. Work in an outward processing zone is a way of its own.
    """
    set_finding = sets.general_set(hearing)  # 1
    if set_finding is not None:
        alternative = _behind(sets.GENERAL_SET, (set_finding,), ())
        return _ruled([(alternative, sets.printed(hearing.rule_set))], hearing)
    abroad = outward.work_abroad(hearing)  # 2
    hearing = outward.charged(hearing) if abroad else hearing
    gate = minimal_operations(hearing)
    judged: list[_Judged] = []
    exclusive = _exclusive_materials(hearing)  # 3
    if exclusive is not None:
        barriers = tuple(b for b in (gate, abroad) if b)
        criterion = exclusive_materials_criterion(hearing.rule_set)
        judged.append((_behind(EXCLUSIVE_MATERIALS, (exclusive,), barriers), criterion))
    for rule in alternatives(chosen.rule):  # 4
        spared = is_spared(rule, hearing.case)
        barriers = tuple(b for b in (None if spared else gate, abroad) if b)
        judged.append(_judge_alternative(rule, chosen, hearing, barriers=barriers))
    zone = outward.zone(hearing)  # 5
    if zone is not None:
        alternative = _behind(outward.ZONE, (zone,), (gate,) if gate else ())
        judged.append((alternative, outward.printed(hearing.rule_set)))
    return _ruled(judged, hearing)


def _judge_alternative(
    rule: Rule, chosen: Chosen, hearing: Hearing, *, barriers: tuple[Finding, ...]
) -> _Judged:
    finding = criteria.judge(rule, hearing)
    findings = finding.parts if isinstance(rule, AllOf) else (finding,)
    alternative = _behind(text_of(rule), findings, barriers)
    if alternative.met is not Truth.YES:
        return alternative, ""
    printed = printed_criterion(rule, finding, rule_set=hearing.rule_set, scope=chosen.scope)
    return alternative, printed


def _ruled(judged: list[_Judged], hearing: Hearing) -> Ruling:
    stock = taken_from_stock(hearing)
    if stock is not None:
        judged = [(_behind(a.rule, a.findings, (stock,)), printed) for a, printed in judged]
    met = any_of(alternative.met for alternative, _ in judged)
    printed = next((text for alternative, text in judged if alternative.met is Truth.YES), "")
    return Ruling(met, tuple(alternative for alternative, _ in judged), printed, hearing)


def alternatives(rule: Rule) -> tuple[Rule, ...]:
    """Take the ways apart that a rule leaves to originate, in its order."""
    match rule:
        case AnyOf(members=members):
            return tuple(chain(*(alternatives(member) for member in members)))
        case Fallback(first=first, then=then):
            return (*alternatives(first), *alternatives(then))
        case _:
            return (rule,)


def _behind(rule: str, findings: tuple[Finding, ...], barriers: tuple[Finding, ...]) -> Alternative:
    """Put what bars a way to originate before what it asks for."""
    held = (*barriers, *findings)
    return Alternative(rule, all_of(finding.met for finding in held), held)


def _exclusive_materials(hearing: Hearing) -> Finding | None:
    """Exclusively from originating materials: nothing foreign counts under any test."""
    if not hearing.rule_set.exclusive_materials.confers or hearing.is_bare:
        return None
    if not hearing.lines or any(hearing.foreign(kind) for kind in RuleType):
        return None
    facts = (("count", str(len(hearing.lines))),)
    return Finding(EXCLUSIVE_MATERIALS, Truth.YES, Reason("exclusive.all_originate", facts))


def distinct(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Ask each question once."""
    return tuple({q.key: q for q in questions}.values())
