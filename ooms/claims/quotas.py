"""Quotas of rules of origin: which ways to origin lie within one.

Quotas of rates stand in the lists of goods.
"""

from __future__ import annotations

from dataclasses import dataclass

from ooms.agreements import rule as rules


@dataclass(frozen=True, slots=True)
class RuleQuotas:
    """The quotas that the rules of goods name; `always` where every way to origin is under one."""

    names: tuple[str, ...] = ()
    always: bool = False


def quotas_of(tree: rules.Rule) -> RuleQuotas:
    """Find the quotas of a rule: of alternatives one without a quota leaves a way free."""
    match tree:
        case rules.Noted(rule=inner, notes=notes):
            own = tuple(one.name for one in notes if one.kind is rules.Pointer.QUOTA)
            within = quotas_of(inner)
            return RuleQuotas((*own, *within.names), always=bool(own) or within.always)
        case rules.AllOf(members=members):
            parts = tuple(map(quotas_of, members))
            return RuleQuotas(_names(parts), always=any(one.always for one in parts))
        case rules.AnyOf(members=members):
            return either(tuple(map(quotas_of, members)))
        case rules.Fallback(first=first, then=then) | rules.Phased(first=first, then=then):
            return either((quotas_of(first), quotas_of(then)))
        case rules.Selected(rule=inner) | rules.ForCodes(rule=inner):
            return quotas_of(inner)
        case _:
            return RuleQuotas()


def either(parts: tuple[RuleQuotas, ...]) -> RuleQuotas:
    """Put together rules of which any one suffices."""
    return RuleQuotas(_names(parts), always=bool(parts) and all(one.always for one in parts))


def _names(parts: tuple[RuleQuotas, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in parts for name in one.names))
