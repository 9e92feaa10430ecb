"""Sets of articles: each keeps its own rule, and foreign articles stay within a share.

The lines of the bill of materials are the articles. Named sets (a heading of their own) follow
the ordinary rule of their heading; nobody then says that they are sets under GRI 3.
"""

from __future__ import annotations

from decimal import Decimal

from ooms.agreements.model import RuleSet
from ooms.agreements.policies import Ground, Kind, RuleType, Scope
from ooms.agreements.rule import Base, SetRule
from ooms.agreements.rule_text import percent_text, text_of
from ooms.origin.candidates import GRI3_KEY
from ooms.origin.criterion_text import printed_ground
from ooms.origin.facts import Material
from ooms.origin.hearing import (
    MATERIALS_QUESTION,
    Hearing,
    amount_questions,
    price_question,
    share,
    span_of,
)
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth, truth_of

GENERAL_SET = "set of articles"
SET_QUESTION = Question("set_articles", Reason("ask.set_articles"))


def general_set(hearing: Hearing) -> Finding | None:
    """GRI 3 sets: foreign articles are worth at most a share of the set.

    Interpreted meaning: the policy for sets takes the place of the product rule. Putting a set
    together is not what gives it origin, so the minimal operations do not speak here.
    """
    policy = hearing.rule_set.sets
    if policy is None or not hearing.case.answer(GRI3_KEY):
        return None
    criterion = f"foreign articles <= {percent_text(policy.percent)}{policy.base}"
    if hearing.is_bare:
        because = Reason("materials.none_listed")
        return Finding(criterion, Truth.UNKNOWN, because, questions=(MATERIALS_QUESTION,))
    return _within(criterion, hearing, percent=policy.percent, base=policy.base)


def articles_of_a_set(rule: SetRule, hearing: Hearing) -> Finding:
    """SETRULE: foreign articles of a set are worth at most a share of it.

    Interpreted meaning: only where the lines of the bill are the articles of the set does a
    line's origin say that the article keeps its own rule; somebody says that they are.
    """
    criterion = text_of(rule)
    listed = truth_of(hearing.case.answer(SET_QUESTION.key))
    if hearing.is_bare or listed is not Truth.YES:
        return Finding(criterion, Truth.UNKNOWN, Reason("set.articles"), questions=(SET_QUESTION,))
    return _within(criterion, hearing, percent=rule.percent, base=rule.base)


def printed(rule_set: RuleSet) -> str:
    """Write the criterion of a set as the agreement's form asks."""
    return printed_ground(rule_set, Ground.SET, Scope.PRODUCT)


def _within(criterion: str, hearing: Hearing, *, percent: Decimal, base: Base) -> Finding:
    foreign = _foreign_articles(hearing)
    names = tuple(article.name for article in foreign)
    if not foreign:
        return Finding(criterion, Truth.YES, Reason("set.all_originate"))
    price = hearing.price_on(base)
    if price is None:
        asked = (price_question(base),)
        because = Reason("value.no_price", (("base", base.value),))
        return Finding(criterion, Truth.UNKNOWN, because, names, asked)
    counted = span_of(((m, Truth.YES) for m in foreign), lambda m: m.value)
    met = counted.at_most(share(percent, price))
    facts = (
        ("counted", f"{counted.low}"),
        ("whole", f"{price}"),
        ("percent", percent_text(percent)),
    )
    key = {Truth.YES: "set.within", Truth.NO: "set.beyond", Truth.UNKNOWN: "set.articles"}[met]
    return Finding(criterion, met, Reason(key, facts), names, amount_questions(foreign, "value"))


def _foreign_articles(hearing: Hearing) -> tuple[Material, ...]:
    """Give the articles, or parts of their quantity, that do not originate, each whole.

    An article that was looked through has lines of its inputs only: it does not originate.
    """
    listed: dict[str, list[Material]] = {}
    for line in hearing.lines:
        if RuleType.VALUE not in line.counted_under:
            continue
        foreign = listed.setdefault(line.material.path, [])
        if not line.originating:
            foreign.append(line.material)
    articles = (m for m in hearing.case.materials if m.kind is Kind.MATERIAL)
    return tuple(part for m in articles for part in listed.get(m.path, (m,)))
