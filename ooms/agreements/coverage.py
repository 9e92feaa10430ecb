"""Tells how much of the Harmonized System the product rules of a rule set reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from ooms.agreements.model import ProductRule, RuleSet
from ooms.agreements.nomenclature import Nomenclature
from ooms.agreements.rule import Statement
from ooms.kernel.hs import CHAPTER_DIGITS, HsRange


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many six-digit codes of an edition have a product rule, and how the rules read.

    `missing` names the codes without one; `chapters` counts (codes with one, codes) by chapter.
    `structured` are the rules without a clause that stands in words; `verified` those that were
    compared with the primary text.
    """

    edition: int
    covered: int
    total: int
    missing: tuple[str, ...]
    chapters: dict[str, tuple[int, int]]
    rules: int
    structured: int
    verified: int


def coverage(rule_set: RuleSet) -> Coverage:
    """Count what the product rules of a rule set reach.

    Raises:
        UnknownEditionError: The codes of the rule set's edition are not here.
    """
    nomenclature = Nomenclature.of(rule_set.hs_edition)
    rules = rule_set.products.rules
    reached = reached_codes(nomenclature, (rule.codes for rule in rules))
    every = Counter(code[:CHAPTER_DIGITS] for code in nomenclature.codes)
    found = Counter(code[:CHAPTER_DIGITS] for code in reached)
    return Coverage(
        edition=rule_set.hs_edition,
        covered=len(reached),
        total=len(nomenclature),
        missing=tuple(code for code in nomenclature.codes if code not in reached),
        chapters={chapter: (found[chapter], every[chapter]) for chapter in sorted(every)},
        rules=len(rules),
        structured=sum(not _has_words(rule) for rule in rules),
        verified=sum(rule.cited.verified for rule in rules),
    )


def reached_codes(nomenclature: Nomenclature, ranges: Iterable[HsRange]) -> frozenset[str]:
    """Give the six-digit codes that lie in any of the ranges."""
    runs = (nomenclature.run(codes) for codes in ranges)
    return frozenset(code for start, stop in runs for code in nomenclature.codes[start:stop])


def _has_words(rule: ProductRule) -> bool:
    return any(isinstance(node, Statement) for node in _nodes(rule.rule))


def _nodes(node: Any) -> Iterator[Any]:
    """Walk a tree of rules, every tuple and value of it."""
    yield node
    inside: Any = ()
    if isinstance(node, tuple):
        inside = node
    elif is_dataclass(node):
        inside = (getattr(node, one.name) for one in fields(node))
    for one in inside:
        yield from _nodes(one)
