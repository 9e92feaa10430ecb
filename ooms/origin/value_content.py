"""Value tests: regional value content and caps on the value of foreign materials.

Percentages are compared by cross-multiplication of exact decimals, inclusive of the threshold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from ooms.agreements.policies import RuleType
from ooms.agreements.rule import (
    Base,
    CodeSet,
    ForeignBelowOwn,
    Method,
    ValueCap,
    ValueContent,
)
from ooms.agreements.rule_text import percent_text, text_of
from ooms.kernel.quantity import EXACT
from ooms.origin.classification import member_of, membership_questions
from ooms.origin.facts import Material
from ooms.origin.hearing import (
    HUNDRED,
    MATERIALS_QUESTION,
    Hearing,
    Span,
    amount_questions,
    price_question,
    share,
    span_of,
)
from ooms.origin.tolerance import waiver
from ooms.origin.trace import Finding, Question, Reason, ValueTest
from ooms.origin.truth import Truth, any_of

_NAMES = {
    Method.BUILD_DOWN: "build_down",
    Method.BUILD_UP: "build_up",
    Method.NET_COST: "net_cost",
    Method.FOCUSED: "focused_value",
}
MAXIMUM_FOREIGN = "max_non_originating"


def value_content(rule: ValueContent, hearing: Hearing) -> Finding:
    """RVC: the good's value holds at least this share of originating value.

    Interpreted meaning: where the rule names no method, the trader may choose among the
    agreement's methods, so one that reaches the threshold is enough. Some agreements waive it
    where all foreign materials stay within the tolerance.
    """
    waived = waiver(hearing, hearing.foreign(RuleType.VALUE))
    if waived is not None and not hearing.is_bare:
        return Finding(text_of(rule), Truth.YES, waived.because, parts=(waived,))
    methods = (rule.method,) if rule.method else hearing.rule_set.value.methods
    tried = tuple(_by_method(rule, method, hearing) for method in methods)
    if len(tried) == 1:
        return tried[0]
    met = any_of(finding.met for finding in tried)
    telling = next((finding for finding in tried if finding.met is met), None)
    if telling is None:
        return Finding(text_of(rule), Truth.UNKNOWN, Reason("value.no_method"))
    return Finding(
        text_of(rule),
        met,
        telling.because,
        materials=telling.materials,
        questions=telling.questions,
        value=telling.value,
        parts=tried,
    )


def value_cap(rule: ValueCap, hearing: Hearing) -> Finding:
    """VNM cap: foreign materials (of the set) are worth at most this share of the good."""
    base = rule.base or hearing.rule_set.value.base
    return _foreign_share(
        text_of(rule), _Limit(MAXIMUM_FOREIGN, base, rule.percent), hearing, items=rule.items
    )


def foreign_below_own(rule: ForeignBelowOwn, hearing: Hearing) -> Finding:
    """VNM at most VOM: foreign materials are worth no more than the originating ones."""
    foreign = _chosen(hearing.foreign(RuleType.VALUE), rule.items, hearing)
    own = tuple((m, Truth.YES) for m in hearing.own(RuleType.VALUE))
    own_value = span_of(own, _value)
    foreign_value = span_of(foreign, _value).more_by(hearing.added_abroad)
    met = foreign_value.at_most(own_value.low)
    if met is Truth.NO and (own_value.high is None or foreign_value.low <= own_value.high):
        met = Truth.UNKNOWN
    questions = _missing(foreign, rule.items) + amount_questions((m for m, _ in own), "value")
    because = Reason(
        "value.foreign_and_own",
        (("foreign", f"{foreign_value.low}"), ("own", f"{own_value.low}")),
    )
    if hearing.is_bare:
        return Finding(text_of(rule), Truth.UNKNOWN, because, questions=(MATERIALS_QUESTION,))
    return Finding(text_of(rule), met, because, _names(foreign), questions)


class _Limit:
    """A percentage of a base that foreign value, or its complement, is held against."""

    __slots__ = ("at_least", "base", "method", "percent")

    def __init__(
        self, method: str, base: Base, percent: Decimal, *, at_least: bool = False
    ) -> None:
        self.method = method
        self.base = base
        self.percent = percent
        self.at_least = at_least

    @property
    def foreign_percent(self) -> Decimal:
        """The share that foreign materials may reach."""
        return HUNDRED - self.percent if self.at_least else self.percent


def _by_method(rule: ValueContent, method: Method, hearing: Hearing) -> Finding:
    base = Base.NET_COST if method is Method.NET_COST else hearing.rule_set.value.base
    limit = _Limit(_NAMES[method], rule.base or base, rule.percent, at_least=True)
    criterion = text_of(ValueContent(rule.percent, method, rule.base, rule.focused_on))
    if method is Method.BUILD_UP:
        return _build_up(criterion, limit, hearing)
    return _foreign_share(criterion, limit, hearing, items=rule.focused_on)


def _build_up(criterion: str, limit: _Limit, hearing: Hearing) -> Finding:
    """RVC = VOM / value; VOM is stated, or bounded by what is not foreign.

    Interpreted meaning: where VOM counts all originating costs, the good's value is VOM and
    foreign materials and nothing else. So without a stated VOM build-down is the best case.
    """
    policy = hearing.rule_set.value
    price = hearing.price_on(limit.base)
    stated = hearing.case.amount("vom")
    if stated is None and policy.build_up_counts_all_costs:
        return _bounded(_foreign_share(criterion, limit, hearing))
    if price is None:
        return _no_price(criterion, limit.base)
    own = (
        stated
        if stated is not None
        else span_of(((m, Truth.YES) for m in hearing.own(RuleType.VALUE)), _value).low
    )
    foreign = span_of(((m, Truth.YES) for m in hearing.foreign(RuleType.VALUE)), _value)
    foreign = foreign.more_by(hearing.added_abroad)
    if own + foreign.low > price:
        question = Question("vom", Reason("ask.vom_fits"))
        return Finding(
            criterion, Truth.UNKNOWN, Reason("value.vom_too_high"), questions=(question,)
        )
    met = Truth.YES if own >= share(limit.percent, price) else Truth.NO
    test = ValueTest(
        method=limit.method,
        basis=limit.base,
        content=own * HUNDRED / price,
        threshold=limit.percent,
        at_least=True,
        price=price,
        counted=own,
        minimum_price=None,
    )
    return Finding(criterion, met, _told(met, test), value=test)


def _bounded(build_down: Finding) -> Finding:
    """Let build-down rule build-up out; only a stated VOM can prove it."""
    if build_down.met is Truth.NO:
        return replace(build_down, because=Reason("value.build_up_ruled_out"))
    question = Question("vom", Reason("ask.vom"))
    return replace(
        build_down,
        met=Truth.UNKNOWN,
        because=Reason("value.no_vom"),
        questions=(*build_down.questions, question),
        value=None,
    )


def _foreign_share(
    criterion: str, limit: _Limit, hearing: Hearing, *, items: CodeSet = ()
) -> Finding:
    price = hearing.price_on(limit.base)
    chosen = _chosen(hearing.foreign(RuleType.VALUE), items, hearing)
    if hearing.is_bare:
        return Finding(
            criterion,
            Truth.UNKNOWN,
            Reason("materials.none_listed"),
            questions=(MATERIALS_QUESTION,),
        )
    if price is None and limit.base is Base.MATERIALS:
        return _no_material_cost(criterion, hearing)
    if price is None:
        return _no_price(criterion, limit.base)
    added = Decimal(0) if items else hearing.added_abroad
    foreign = span_of(chosen, _value).more_by(added)
    met = foreign.at_most(share(limit.foreign_percent, price))
    test = _test(limit, price, foreign)
    return Finding(
        criterion, met, _told(met, test), _names(chosen), _missing(chosen, items), value=test
    )


def _test(limit: _Limit, price: Decimal, foreign: Span) -> ValueTest:
    """Weigh the worst that is possible, so that a shown percentage never flatters."""
    counted = foreign.low if foreign.high is None else foreign.high
    percent = counted * HUNDRED / price
    allowed = limit.foreign_percent
    return ValueTest(
        method=limit.method,
        basis=limit.base,
        content=HUNDRED - percent if limit.at_least else percent,
        threshold=limit.percent,
        at_least=limit.at_least,
        price=price,
        counted=counted,
        minimum_price=counted * HUNDRED / allowed if allowed else None,
    )


def _told(met: Truth, test: ValueTest) -> Reason:
    key = {Truth.YES: "value.met", Truth.NO: "value.missed", Truth.UNKNOWN: "value.open"}[met]
    return Reason(
        key,
        (
            ("method", test.method),
            ("counted", f"{test.counted}"),
            ("price", f"{test.price}"),
            ("basis", test.basis),
            ("content", shown_percent(test.content, up=not test.at_least)),
            ("threshold", percent_text(test.threshold)),
        ),
    )


def shown_percent(percent: Decimal, *, up: bool) -> str:
    """Round a percentage for display, against the good: up for a cap, down otherwise."""
    rounding = "ROUND_CEILING" if up else "ROUND_FLOOR"
    return f"{percent.quantize(Decimal('0.01'), rounding, EXACT)}%"


def _chosen(
    materials: Iterable[Material], items: CodeSet, hearing: Hearing
) -> tuple[tuple[Material, Truth], ...]:
    if not items:
        return tuple((m, Truth.YES) for m in materials)
    judged = ((m, member_of(m, items, hearing.case)) for m in materials)
    return tuple((m, member) for m, member in judged if member is not Truth.NO)


def _missing(chosen: tuple[tuple[Material, Truth], ...], items: CodeSet) -> tuple[Question, ...]:
    uncertain = (m for m, member in chosen if member is Truth.UNKNOWN)
    asked = [membership_questions(material, items) for material in uncertain]
    return tuple(chain(*asked, amount_questions((m for m, _ in chosen), "value")))


def _no_price(criterion: str, base: Base) -> Finding:
    because = Reason("value.no_price", (("base", base.value),))
    return Finding(criterion, Truth.UNKNOWN, because, questions=(price_question(base),))


def _no_material_cost(criterion: str, hearing: Hearing) -> Finding:
    because = Reason("value.no_material_cost")
    lines = (ln.material for ln in hearing.counted(RuleType.VALUE))
    asked = amount_questions(lines, "value")
    return Finding(criterion, Truth.UNKNOWN, because, questions=asked)


def _names(chosen: Iterable[tuple[Material, Truth]]) -> tuple[str, ...]:
    return tuple(m.name for m, _ in chosen)


def _value(material: Material) -> Decimal | None:
    return material.value
