"""The rules that may apply to a good: the product's entries, the general rule, or the case's.

An entry that describes a part of its codes applies when a person says that the good is that
part. Until then each entry is a possible world: what all of them agree on holds anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from ooms.agreements.model import ProductRule, RuleSet
from ooms.agreements.policies import Cited, Scope
from ooms.agreements.rule import Rule, SetRule
from ooms.kernel.hs import HsRange
from ooms.origin.classification import slug
from ooms.origin.facts import Case
from ooms.origin.trace import Question, Reason

GRI3_KEY = "gri3_set"
LISTED_PREFIX = "product_rule_listed:"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A rule that may apply, and whether it is the agreement's general rule or a product's."""

    rule: Rule
    scope: Scope
    cited: Cited
    codes: HsRange | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Every rule that may still apply; None stands for a good that no loaded rule covers.

    The last is the one for goods that no entry describes. `questions` tell them apart.
    """

    rules: tuple[Chosen | None, ...]
    questions: tuple[Question, ...] = ()


def choose(case: Case, rule_set: RuleSet) -> Choice:
    """Find the rules that may apply.

    1. A set of articles goes by the policy for sets; else a rule that the case brings applies.
    2. Of the described entries, the narrowest that a person says yes to ends the search.
    3. Those not denied before it may apply, and so may it, or the entry for every other good.
    4. Where no entry is left, the general rule for goods of the exporting Party may: if the
       agreement's whole list of product rules, of which a pack may hold a part, has none.
    """
    policy = rule_set.sets
    if policy is not None and case.answer(GRI3_KEY):  # 1
        return Choice((Chosen(SetRule(policy.percent, policy.base), Scope.PRODUCT, policy.cited),))
    if case.rule is not None:
        return Choice((Chosen(case.rule, Scope.PRODUCT, Cited("the case", verified=False)),))
    found = rule_set.products.candidates(case.product.code)
    others = _product_choice(found.default) if found.default else _general_choice(case, rule_set)
    if not found.described:
        return others
    open_, named = _still_open(case, found.described)  # 2
    if len(named) == 1:
        others = _product_choice(named[0])
    elif named:
        open_, others = (*open_, *named), Choice(())
    rules = (*map(_of_product, open_), *others.rules)  # 3
    if all(chosen and rules[-1] and chosen.rule == rules[-1].rule for chosen in rules):
        return Choice(rules[-1:], others.questions)
    return Choice(rules, (*(_good_question(rule.goods) for rule in open_), *others.questions))


def _still_open(
    case: Case, described: tuple[ProductRule, ...]
) -> tuple[tuple[ProductRule, ...], tuple[ProductRule, ...]]:
    """Give the entries nobody answered for, and those of the first codes where one is named.

    Entries for the same codes describe different goods: yes to one is no to those not answered.
    Yes to two of them contradicts itself, so both are asked again.
    """
    open_: list[ProductRule] = []
    for _, group in groupby(described, lambda entry: entry.codes):
        entries = tuple(group)
        named = tuple(one for one in entries if case.answer(good_key(one.goods)))
        if named:
            return tuple(open_), named
        open_ += (one for one in entries if case.answer(good_key(one.goods)) is None)
    return tuple(open_), ()


def good_key(words: str) -> str:
    """Name the question whether the good is what the words describe."""
    return f"good:{slug(words)}"


def _good_question(words: str) -> Question:
    return Question(good_key(words), Reason("ask.good", (("words", words),)))


def _of_product(product: ProductRule) -> Chosen:
    return Chosen(product.rule, Scope.PRODUCT, product.cited, product.codes)


def _product_choice(product: ProductRule) -> Choice:
    return Choice((_of_product(product),))


def _general_choice(case: Case, rule_set: RuleSet) -> Choice:  # 4
    general = rule_set.general_for(case.exporting_party)
    if general is None:
        return Choice((None,))
    chosen = Chosen(general.rule, Scope.GENERAL, general.cited)
    code = case.product.code
    key = f"{LISTED_PREFIX}{code.digits}"
    is_listed = False if general.is_unlisted(code) else case.answer(key)
    if is_listed is None:
        facts = (("agreement", case.agreement), ("code", code.digits))
        question = Question(key, Reason("ask.product_rule_listed", facts))
        return Choice((None, chosen), (question,))
    return Choice((None if is_listed else chosen,))
