"""Tolerance (de minimis): foreign materials that need not change classification.

It relieves the tariff shift and nothing else: what it relieves stays in the value of
non-originating materials, and no percentage that a rule states is lifted by it.
"""

from __future__ import annotations

from decimal import Decimal

from ooms.agreements.policies import Differs, Measure, Tolerance, ToleranceTest
from ooms.agreements.rule import Codes, Level
from ooms.agreements.rule_text import percent_text
from ooms.origin.classification import changes, member_of
from ooms.origin.facts import Case, Material
from ooms.origin.hearing import (
    Hearing,
    Span,
    amount_questions,
    price_question,
    share,
    span_of,
)
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth, any_of, negation

WEIGHT_QUESTION = Question("product_weight", Reason("ask.product_weight"))


def tolerate(
    hearing: Hearing, unchanged: tuple[Material, ...], unclear: tuple[Material, ...]
) -> Finding:
    """Judge whether the materials that did not change are few enough to be disregarded.

    `unclear` materials may or may not have changed; the tolerance must hold for them too.
    """
    tolerance = next(iter(hearing.rule_set.tolerances_for(hearing.case.product.code)), None)
    names = tuple(m.name for m in unchanged)
    if tolerance is None:
        return Finding("tolerance", Truth.NO, Reason("tolerance.none"), names)
    bars = [(m, _bar(m, tolerance, hearing.case)) for m in unchanged]
    barred = tuple(m for m, bar in bars if bar is Truth.YES)
    if barred:
        because = Reason("tolerance.barred", (("materials", _listed(barred)),))
        return Finding("tolerance", Truth.NO, because, names)
    members = tuple((m, Truth.YES) for m in unchanged) + tuple((m, Truth.UNKNOWN) for m in unclear)
    parts = tuple(_test(test, members, hearing) for test in tolerance.any_of)
    met = any_of(part.met for part in parts)
    doubtful = [bar for _, bar in bars] + [_bar(m, tolerance, hearing.case) for m in unclear]
    if met is Truth.YES and any(bar is not Truth.NO for bar in doubtful):
        because = Reason("tolerance.doubtful", (("materials", _listed(unchanged + unclear)),))
        return Finding("tolerance", Truth.UNKNOWN, because, names, parts=parts)
    telling = next((part for part in parts if part.met is met), parts[0])
    return Finding("tolerance", met, telling.because, names, telling.questions, parts=parts)


def _test(
    test: ToleranceTest, members: tuple[tuple[Material, Truth], ...], hearing: Hearing
) -> Finding:
    criterion = f"tolerance {test.measure} <= {percent_text(test.percent)}"
    whole, asked = _whole(test, hearing)
    if whole is None:
        return Finding(criterion, Truth.UNKNOWN, asked.reason, questions=(asked,))
    counted = span_of(members, lambda m: getattr(m, test.measure))
    met = counted.at_most(share(test.percent, whole))
    because = _told(test, met, counted=counted, whole=whole)
    missing = amount_questions((m for m, _ in members), test.measure)
    return Finding(criterion, met, because, questions=missing)


def _whole(test: ToleranceTest, hearing: Hearing) -> tuple[Decimal | None, Question]:
    if test.measure is Measure.WEIGHT:
        return hearing.weight_of_good(), WEIGHT_QUESTION
    base = hearing.rule_set.value.base
    return hearing.price_on(base), price_question(base)


def _told(test: ToleranceTest, met: Truth, *, counted: Span, whole: Decimal) -> Reason:
    keys = {
        Truth.YES: "tolerance.met",
        Truth.NO: "tolerance.missed",
        Truth.UNKNOWN: "tolerance.open",
    }
    return Reason(
        keys[met],
        (
            ("measure", test.measure.value),
            ("counted", f"{counted.low if met is Truth.NO else counted.high or counted.low}"),
            ("whole", f"{whole}"),
            ("percent", percent_text(test.percent)),
        ),
    )


def _bar(material: Material, tolerance: Tolerance, case: Case) -> Truth:
    """Tell whether the tolerance leaves a material out, so that it may not be disregarded."""
    excluded = member_of(material, tuple(map(Codes, tolerance.excluded_materials)), case)
    if tolerance.differs is Differs.NOT_ASKED:
        return excluded
    same = negation(changes(material, case, Level.SUBHEADING))
    return any_of([excluded, same])


def _listed(materials: tuple[Material, ...]) -> str:
    return ", ".join(m.name for m in materials)
