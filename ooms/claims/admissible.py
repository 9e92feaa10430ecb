"""Which criteria an agreement's rules admit for goods: the kinds of rule in the rules' trees."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ooms.agreements import rule as rules
from ooms.agreements.editions import Editions, NotInEdition
from ooms.agreements.model import Agreement, RuleSet
from ooms.agreements.rule_text import text_of
from ooms.claims.facts import Admissible
from ooms.claims.held import Held, HeldItem
from ooms.claims.quotas import either, quotas_of
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode

_WHOLE = Decimal(100)
_SIX = 6


def admissible(
    agreement: Agreement, held: Held, item: HeldItem, *, editions: Editions
) -> Admissible | None:
    """Read the rules of an item on the day its certificate was issued; None when there are none.

    Where the pack follows another edition of the Harmonized System than the certificate, the rules
    of every code that the item's may have been there are read: any of them may be the good's.
    """
    trees = [
        tree
        for rule_set in agreement.rule_sets_on(held.issued_on)
        for code in _codes(item, rule_set, editions)
        for tree in _rules(rule_set, held, code)
    ]
    if not trees:
        return None
    nodes = [node for tree in trees for node in _nodes(tree[0])]
    return Admissible(
        parts=frozenset(part for node in nodes for part in _parts(node)),
        rule=" or ".join(dict.fromkeys(text_of(tree) for tree, _ in trees)),
        source="; ".join(dict.fromkeys(source for _, source in trees)),
        least_percent=min((one for node in nodes for one in _shares(node)), default=None),
        is_complete=not any(isinstance(node, _FOR_PERSONS) for node in nodes),
        quotas=either(tuple(quotas_of(tree) for tree, _ in trees)),
    )


#: What no code decides: whether a criterion fits such a rule, only a person can say.
_FOR_PERSONS = (rules.Statement, rules.Macro, rules.NoRule, rules.Noted)


def _codes(item: HeldItem, rule_set: RuleSet, editions: Editions) -> tuple[HsCode, ...]:
    code = HsCode(item.hs[:_SIX])
    if item.hs_edition in (None, rule_set.hs_edition):
        return (code,)
    found = editions.candidates(code, item.hs_edition or 0, rule_set.hs_edition)
    return () if found is None or isinstance(found, NotInEdition) else found


def _rules(rule_set: RuleSet, held: Held, good: HsCode) -> Iterator[tuple[rules.Rule, str]]:
    candidates = rule_set.products.candidates(good)
    for product in candidates.rules:
        yield product.rule, product.cited.source
    general = rule_set.general_for(CountryCode(held.issuing_country))
    if candidates.default is None and general is not None:
        yield general.rule, general.cited.source


def _nodes(rule: rules.Rule) -> Iterator[rules.Rule]:
    yield rule
    for child in _children(rule):
        yield from _nodes(child)


def _children(rule: rules.Rule) -> tuple[rules.Rule, ...]:
    match rule:
        case rules.AllOf(members=members) | rules.AnyOf(members=members):
            return members
        case rules.Fallback(first=first, then=then) | rules.Phased(first=first, then=then):
            return first, then
        case rules.Selected(rule=inner) | rules.ForCodes(rule=inner) | rules.Noted(rule=inner):
            return (inner,)
        case _:
            return ()


def _parts(rule: rules.Rule) -> tuple[str, ...]:
    match rule:
        case rules.Shift(level=level):
            return "SHIFT", str(level)
        case rules.ValueContent() | rules.ValueCap() | rules.ForeignBelowOwn():
            return ("VALUE",)
        case rules.WhollyObtained():
            return ("WHOLLY_OBTAINED",)
        case rules.MadeFrom():
            return ("MADE_FROM",)
        case rules.Process():
            return ("PROCESS",)
        case _:
            return ()


def _shares(rule: rules.Rule) -> tuple[Decimal, ...]:
    match rule:
        case rules.ValueContent(percent=percent):
            return (percent,)
        case rules.ValueCap(percent=percent, items=()):
            return (_WHOLE - percent,)
        case _:
            return ()
