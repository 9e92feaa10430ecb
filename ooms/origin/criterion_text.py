"""What the form's criterion box shows for the way in which a good originates."""

from __future__ import annotations

from ooms.agreements.model import RuleSet
from ooms.agreements.policies import Ground, Scope
from ooms.agreements.rule import (
    AllOf,
    AnyOf,
    Fallback,
    ForCodes,
    ForeignBelowOwn,
    Macro,
    Noted,
    Phased,
    Rule,
    Selected,
    Shift,
    ValueCap,
    ValueContent,
    WhollyObtained,
)
from ooms.agreements.rule_text import percent_text
from ooms.origin.trace import Finding
from ooms.origin.truth import Truth
from ooms.origin.value_content import shown_percent

Leaf = tuple[Rule, Finding]


def printed_criterion(rule: Rule, finding: Finding, *, rule_set: RuleSet, scope: Scope) -> str:
    """Write the criterion of a met rule as the agreement's form asks."""
    leaves = _met_leaves(rule, finding, rule_set)
    parts = tuple(dict.fromkeys(_text(leaf, rule_set, scope) for leaf in leaves))
    if len(parts) == 1:
        return parts[0]
    return _fill(rule_set, Ground.COMBINATION, scope, parts=" + ".join(parts))


def exclusive_materials_criterion(rule_set: RuleSet) -> str:
    """Write the criterion of a good made only of originating materials."""
    return printed_ground(rule_set, Ground.EXCLUSIVE_MATERIALS, Scope.PRODUCT)


def printed_ground(rule_set: RuleSet, ground: Ground, scope: Scope) -> str:
    """Write the criterion of a ground that no rule states, such as a set."""
    return _fill(rule_set, ground, scope)


def _met_leaves(rule: Rule, finding: Finding, rule_set: RuleSet) -> tuple[Leaf, ...]:
    match rule:
        case AllOf(members=members):
            pairs = zip(members, finding.parts, strict=True)
            return tuple(leaf for m, f in pairs for leaf in _met_leaves(m, f, rule_set))
        case AnyOf() | Fallback() | Phased():
            members = rule.members if isinstance(rule, AnyOf) else (rule.first, rule.then)
            pairs = zip(members, finding.parts, strict=True)
            met = next(((m, f) for m, f in pairs if f.met is Truth.YES), None)
            return _met_leaves(*met, rule_set) if met else ()
        case Selected(rule=inner) | ForCodes(rule=inner):
            return _met_leaves(inner, finding.parts[1], rule_set)
        case Noted(rule=inner):
            return _met_leaves(inner, finding.parts[0], rule_set)
        case Macro(name=name) if finding.parts:
            entry = rule_set.named_rule(name)
            meant = entry.rule if entry else None
            return _met_leaves(meant or rule, finding.parts[0], rule_set)
        case _:
            return ((rule, finding),)


def _text(leaf: Leaf, rule_set: RuleSet, scope: Scope) -> str:
    rule, finding = leaf
    match rule:
        case Shift(level=level):
            return _fill(rule_set, Ground.SHIFT, scope, level=level.value)
        case WhollyObtained(items=()):
            return _fill(rule_set, Ground.WHOLLY_OBTAINED, scope)
        case ValueContent() | ValueCap() | ForeignBelowOwn():
            test = finding.value
            threshold = percent_text(test.threshold) if test else ""
            content = shown_percent(test.content, up=not test.at_least) if test else ""
            return _fill(rule_set, Ground.VALUE, scope, threshold=threshold, content=content)
        case _:
            return _fill(rule_set, Ground.PROCESS, scope)


def _fill(rule_set: RuleSet, ground: Ground, scope: Scope, **facts: str) -> str:
    fitting = [p for p in rule_set.printed if p.ground is ground and p.scope is scope]
    fitting += [p for p in rule_set.printed if p.ground is ground]
    template = fitting[0].text if fitting else ground.value
    named = {"level": "", "threshold": "", "content": "", "parts": ""} | facts
    return template.format(**named)
