"""Designated intermediates: which ones an agreement lets a producer designate together."""

from __future__ import annotations

from dataclasses import replace

from ooms.agreements.model import RuleSet
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
    ValueCap,
    ValueContent,
)
from ooms.kernel.country import CountryCode
from ooms.origin.facts import Material


def mark_nested(
    materials: tuple[Material, ...], rule_set: RuleSet, exporter: CountryCode
) -> tuple[Material, ...]:
    """Mark each designated intermediate that may not be, for it lies inside another.

    Two designated intermediates that are both subject to a value content may not sit one inside
    the other, where the agreement says so. The outer one keeps its designation.
    """
    if rule_set.absorption.nested_value_content:
        return materials
    return tuple(_mark(m, rule_set, exporter, is_inside=False) for m in materials)


def _mark(
    material: Material, rule_set: RuleSet, exporter: CountryCode, *, is_inside: bool
) -> Material:
    if not material.made_from:
        return material
    counts = material.designated and _has_value_rule(material, rule_set, exporter)
    inside = is_inside or counts
    made_from = tuple(
        _mark(part, rule_set, exporter, is_inside=inside) for part in material.made_from
    )
    return replace(material, made_from=made_from, is_nested=counts and is_inside)


def _has_value_rule(material: Material, rule_set: RuleSet, exporter: CountryCode) -> bool:
    """Tell whether a rule that may apply to an intermediate asks for a value content."""
    rules = [c.rule for code in material.codes for c in rule_set.products.candidates(code).rules]
    general = rule_set.general_for(exporter)
    if not rules and general is not None:
        rules = [general.rule]
    return any(asks_for_value(rule, rule_set) for rule in rules)


def asks_for_value(rule: Rule, rule_set: RuleSet, *, depth: int = 0) -> bool:
    """Tell whether a rule, or a rule that it names, contains a test of value."""
    match rule:
        case ValueContent() | ValueCap() | ForeignBelowOwn():
            return True
        case AllOf(members=members) | AnyOf(members=members):
            return any(asks_for_value(member, rule_set, depth=depth) for member in members)
        case Fallback(first=first, then=then) | Phased(first=first, then=then):
            return any(asks_for_value(part, rule_set, depth=depth) for part in (first, then))
        case Selected(rule=inner) | ForCodes(rule=inner) | Noted(rule=inner):
            return asks_for_value(inner, rule_set, depth=depth)
        case Macro(name=name):
            return _is_named_for_value(name, rule_set, depth=depth)
        case _:
            return False


_MAX_NAMES = 5  # a name that leads further is a mistake of the pack


def _is_named_for_value(name: str, rule_set: RuleSet, *, depth: int) -> bool:
    named = rule_set.named_rule(name)
    if named is None or named.rule is None or depth >= _MAX_NAMES:
        return False
    return asks_for_value(named.rule, rule_set, depth=depth + 1)
