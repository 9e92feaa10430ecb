"""Work outside the Parties on materials that come back: what it does to a good's origin.

Origin is acquired without interruption in the Parties. An agreement may allow work in an
outward processing zone, or work anywhere whose value stays within a share.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ooms.agreements.model import RuleSet
from ooms.agreements.policies import Abroad, Ground, OutwardProcessing, RuleType, Scope
from ooms.agreements.rule_text import percent_text
from ooms.kernel.hs import HsCode
from ooms.origin.criterion_text import printed_ground
from ooms.origin.hearing import (
    HUNDRED,
    Hearing,
    Span,
    amount_questions,
    price_question,
    share,
    span_of,
)
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth, all_of, truth_of

ABROAD_KEY = "worked_abroad"
ZONE_KEY = "outward_zone"
VALUE_QUESTION = Question("outward_value", Reason("ask.outward_value"))
ZONE = "outward processing zone"
_TERRITORIALITY = "worked in the Parties throughout"


def work_abroad(hearing: Hearing) -> Finding | None:
    """Territoriality: work outside the Parties bars origin, unless a policy allows its share.

    Nothing is said where nobody raised it.
    """
    case = hearing.case
    if not case.answer(ABROAD_KEY) and not case.answer(ZONE_KEY):
        return None
    policy = _policy(hearing, Abroad.SHARE)
    if policy is None:
        return Finding(_TERRITORIALITY, Truth.NO, Reason("abroad.not_allowed"))
    criterion = f"added abroad <= {percent_text(policy.percent)}{policy.base}"
    price, added = hearing.price_on(policy.base), case.amount(VALUE_QUESTION.key)
    questions = _confirmations(policy, hearing)
    if added is None:
        questions += (VALUE_QUESTION,)
    if price is None:
        questions += (price_question(policy.base),)
    within = Truth.UNKNOWN
    if added is not None and price is not None:
        within = Span(added, added).at_most(share(policy.percent, price))
    met = all_of([within, _confirmed(policy, hearing)])
    return _found(criterion, met, policy=policy, questions=questions)


def charged(hearing: Hearing) -> Hearing:
    """Count what was added abroad as foreign value, and grant no tolerance besides."""
    added = hearing.case.amount(VALUE_QUESTION.key) or Decimal(0)
    return replace(hearing, added_abroad=added, grants_tolerance=False)


def zone(hearing: Hearing) -> Finding | None:
    """Outward processing zone: foreign input within a share, own materials above theirs.

    Interpreted meaning: foreign input is foreign materials and what was added in the zone; the
    own share is that of originating materials in the value of all materials.
    """
    policy = _policy(hearing, Abroad.ZONE)
    if policy is None or not hearing.case.answer(ZONE_KEY):
        return None
    foreign = hearing.foreign(RuleType.VALUE)
    own = hearing.own(RuleType.VALUE)
    questions = _confirmations(policy, hearing)
    questions += amount_questions((*foreign, *own), "value")
    added, price = hearing.case.amount(VALUE_QUESTION.key), hearing.price_on(policy.base)
    foreign_value = span_of(((m, Truth.YES) for m in foreign), lambda m: m.value)
    within = Truth.UNKNOWN
    if added is None:
        questions += (VALUE_QUESTION,)
    if price is None:
        questions += (price_question(policy.base),)
    elif added is not None:
        within = foreign_value.more_by(added).at_most(share(policy.percent, price))
    own_value = span_of(((m, Truth.YES) for m in own), lambda m: m.value)
    held = _own_share(policy, own_value, foreign_value)
    met = all_of([within, held, _confirmed(policy, hearing)])
    criterion = f"foreign input <= {percent_text(policy.percent)}{policy.base}"
    return _found(criterion, met, policy=policy, questions=questions)


def printed(rule_set: RuleSet) -> str:
    """Write the criterion of a good worked in a zone as the agreement's form asks."""
    return printed_ground(rule_set, Ground.OUTWARD, Scope.PRODUCT)


def _policy(hearing: Hearing, abroad: Abroad) -> OutwardProcessing | None:
    good = hearing.case.product.code
    policies = (p for p in hearing.rule_set.outward if p.abroad is abroad)
    return next((p for p in policies if _covers(p, good)), None)


def _covers(policy: OutwardProcessing, good: HsCode) -> bool:
    listed = any(codes.contains(good) for codes in policy.goods)
    return listed and not any(codes.overlaps(good) for codes in policy.excluded_goods)


def _own_share(policy: OutwardProcessing, own: Span, foreign: Span) -> Truth:
    percent = policy.own_materials_percent
    if percent is None:
        return Truth.YES
    if own.high is None or foreign.high is None:
        return Truth.UNKNOWN
    whole = own.high + foreign.high
    return Truth.YES if own.low * HUNDRED >= percent * whole else Truth.NO


def _confirmed(policy: OutwardProcessing, hearing: Hearing) -> Truth:
    return truth_of(hearing.case.answer(policy.asks)) if policy.asks else Truth.YES


def _confirmations(policy: OutwardProcessing, hearing: Hearing) -> tuple[Question, ...]:
    if _confirmed(policy, hearing) is not Truth.UNKNOWN:
        return ()
    facts = (("what", policy.asks.replace("_", " ")),)
    return (Question(policy.asks, Reason("ask.confirm", facts)),)


def _found(
    criterion: str, met: Truth, *, policy: OutwardProcessing, questions: tuple[Question, ...]
) -> Finding:
    keys = {Truth.YES: "abroad.within", Truth.NO: "abroad.beyond", Truth.UNKNOWN: "abroad.open"}
    because = Reason(keys[met], (("percent", percent_text(policy.percent)),))
    return Finding(criterion, met, because, questions=questions if met is Truth.UNKNOWN else ())
