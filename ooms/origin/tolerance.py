"""Tolerance (de minimis): foreign materials that need not meet the test they fail.

It relieves the tests that the agreement names (the tariff shift, and in some agreements the
starting material and the required origin). What it relieves stays in the value of
non-originating materials, and no percentage that a rule states is lifted by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from ooms.agreements.policies import (
    Lifted,
    Measure,
    ShareOf,
    Tolerance,
    ToleranceTest,
    Within,
)
from ooms.agreements.rule import Described
from ooms.agreements.rule_text import percent_text
from ooms.origin import components
from ooms.origin.classification import is_described, membership_questions
from ooms.origin.coverage import (
    Failing,
    Placed,
    cover_questions,
    covers,
    joined_failing,
    place,
)
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
from ooms.origin.truth import Truth, all_of, any_of, negation

WEIGHT_QUESTION = Question("product_weight", Reason("ask.product_weight"))


def tolerate(hearing: Hearing, failing: Failing, lifted: Lifted) -> Finding:
    """Judge whether the materials that fail a test are few enough to be disregarded.

    1. Materials that fail another test of the same alternative share the one tolerance.
    2. Each material goes under the first tolerance that covers it.
    3. A material that no tolerance covers is never disregarded.
    4. Under every tolerance those that fall there must be few enough.
    5. Where one may be covered or not, few enough is not yet enough.
    """
    names = tuple(m.name for m, _ in failing)
    if not hearing.grants_tolerance:
        return Finding("tolerance", Truth.NO, Reason("tolerance.not_here"), names)
    good = hearing.case.product.code
    tolerances = tuple(t for t in hearing.rule_set.tolerances_for(good) if lifted in t.lifts)
    if not tolerances:
        return Finding("tolerance", Truth.NO, Reason("tolerance.none"), names)
    together = joined_failing(failing, hearing.also_failing)  # 1
    places = {m.path: place(m, tolerances, hearing.case) for m, _ in together}  # 2
    left_out = [(m, all_of([t, places[m.path].uncovered])) for m, t in together]
    barred = tuple(m for m, truth in left_out if truth is Truth.YES)
    if barred:  # 3
        because = Reason("tolerance.barred", (("materials", _listed(barred)),))
        return Finding("tolerance", Truth.NO, because, names)
    found: list[Finding] = []
    for number, tolerance in enumerate(tolerances):  # 4
        held = tuple((m, all_of([t, places[m.path].under[number]])) for m, t in together)
        found += _few_enough(tolerance, held, hearing)
    beyond = _beyond_every(together, tolerances, places, hearing=hearing)
    if beyond is not None:
        return Finding("tolerance", Truth.NO, beyond.because, names, parts=(beyond,))
    doubtful = tuple(m for m, truth in left_out if truth is Truth.UNKNOWN)
    asked = (cover_questions(m, tolerances, hearing.case) for m in doubtful)
    return _summed(found, names, doubtful=doubtful, asked=tuple(chain(*asked)))  # 5


def _beyond_every(
    together: Failing,
    tolerances: tuple[Tolerance, ...],
    places: Mapping[str, Placed],
    *,
    hearing: Hearing,
) -> Finding | None:
    """Find a material too much for every tolerance that may cover it; then nothing need be asked.

    Whichever of them it falls under, it counts there with what surely falls there too.
    """
    for material, fails in together:
        if fails is not Truth.YES:
            continue
        tried: list[Finding] = []
        for number, tolerance in enumerate(tolerances):
            if places[material.path].under[number] is Truth.NO:
                continue
            held = tuple(
                (m, Truth.YES if m is material else all_of([t, places[m.path].under[number]]))
                for m, t in together
            )
            tried += _few_enough(tolerance, held, hearing)
        if tried and all(finding.met is Truth.NO for finding in tried):
            return tried[0]
    return None


def _few_enough(tolerance: Tolerance, members: Failing, hearing: Hearing) -> list[Finding]:
    """Judge one tolerance for what falls under it: one of its tests is enough."""
    held = tuple((m, truth) for m, truth in members if truth is not Truth.NO)
    if not held:
        return []
    tests = tuple(_test(test, tolerance, held, hearing=hearing) for test in tolerance.any_of)
    met = any_of(test.met for test in tests)
    telling = next((test for test in tests if test.met is met), None)
    if telling is None:
        return [Finding("tolerance", Truth.NO, Reason("tolerance.none"))]
    return [replace(telling, parts=tests if len(tests) > 1 else ())]


def _summed(
    found: list[Finding],
    names: tuple[str, ...],
    *,
    doubtful: tuple[Material, ...],
    asked: tuple[Question, ...],
) -> Finding:
    """Tell the tolerances together; all must hold, and cover what they are to excuse."""
    met = all_of(finding.met for finding in found)
    telling = next((finding for finding in found if finding.met is met), None)
    because = telling.because if telling else Reason("tolerance.none")
    if met is Truth.YES and doubtful:
        met = Truth.UNKNOWN
        because = Reason("tolerance.doubtful", (("materials", _listed(doubtful)),))
    questions: tuple[Question, ...] = ()
    if met is Truth.UNKNOWN:
        questions = tuple(chain(*(f.questions for f in found if f.met is Truth.UNKNOWN))) + asked
    return Finding("tolerance", met, because, names, questions, parts=tuple(found))


def lifts(hearing: Hearing, lifted: Lifted) -> bool:
    """Tell whether the good has a tolerance that relieves this kind of test."""
    good = hearing.case.product.code
    return any(lifted in t.lifts for t in hearing.rule_set.tolerances_for(good))


def waiver(hearing: Hearing, foreign: tuple[Material, ...]) -> Finding | None:
    """Waive value content where all foreign materials stay within a tolerance that says so."""
    good = hearing.case.product.code
    waiving = next(
        (t for t in hearing.rule_set.tolerances_for(good) if t.waives_value_content), None
    )
    if waiving is None or not hearing.grants_tolerance:
        return None
    covered = all_of(covers(m, waiving, hearing.case) for m in foreign)
    tests = [t for t in waiving.any_of if t.measure is Measure.VALUE]
    members = tuple((m, Truth.YES) for m in foreign)
    within = any_of(_test(test, waiving, members, hearing=hearing).met for test in tests)
    if all_of([covered, within]) is not Truth.YES:
        return None
    return Finding("tolerance", Truth.YES, Reason("value.waived"))


def excused(
    criterion: str,
    excuse: Finding,
    failing: Failing,
    *,
    prefix: str,
    questions: tuple[Question, ...],
) -> Finding:
    """Tell a test that some materials fail, with the excuse they have or have not.

    `prefix` names the test's reasons: tolerated, missed, or not clear.
    """
    sure = tuple(m for m, truth in failing if truth is Truth.YES)
    told = sure or tuple(m for m, _ in failing)
    facts = (("materials", ", ".join(f"{m.name} ({_code(m)})" for m in told)),)
    names = tuple(m.name for m in told)
    if excuse.met is Truth.YES:
        because = Reason(f"{prefix}.tolerated", facts)
        return Finding(criterion, Truth.YES, because, names, parts=(excuse,))
    if excuse.met is Truth.NO and sure:
        because = Reason(_MISSED[prefix], facts)
        return Finding(criterion, Truth.NO, because, names, parts=(excuse,))
    because = Reason(_OPEN[prefix], facts)
    asked = questions + excuse.questions
    return Finding(criterion, Truth.UNKNOWN, because, names, asked, parts=(excuse,))


_MISSED = {"shift": "shift.unchanged", "from": "from.later_stage", "set": "set.missed"}
_OPEN = {"shift": "shift.unclear", "from": "from.open", "set": "set.open"}


def _test(
    test: ToleranceTest, tolerance: Tolerance, members: Failing, *, hearing: Hearing
) -> Finding:
    """Judge one test: the materials together, and each share of its own within it."""
    criterion = f"tolerance {test.measure} <= {percent_text(test.percent)}"
    whole, questions = _whole(test, hearing)
    if whole is None:
        return Finding(criterion, Truth.UNKNOWN, questions[0].reason, questions=questions)
    shares = tuple((w, _described(members, w, hearing.case)) for w in tolerance.within)
    wider = tuple((w, held) for w, held in shares if w.percent > test.percent)
    counted = _amount(_outside(members, wider), test)
    checks = [_at_most(counted, test.percent, whole)]
    checks += [_at_most(_amount(held, test), w.percent, whole) for w, held in shares]
    if wider:
        widest = max(w.percent for w, _ in wider)
        checks.append(_at_most(_amount(members, test), widest, whole))
    met = all_of(checks)
    asked = questions + amount_questions((m for m, _ in members), test.measure)
    asked += _share_questions(shares)
    because = _told(test, met, counted=counted, whole=whole)
    return Finding(criterion, met, because, questions=asked if met is Truth.UNKNOWN else ())


def _described(members: Failing, within: Within, case: Case) -> Failing:
    return tuple((m, all_of([truth, is_described(within.words, m, case)])) for m, truth in members)


def _outside(members: Failing, wider: tuple[tuple[Within, Failing], ...]) -> Failing:
    """Leave out the materials that have a wider share of their own."""
    if not wider:
        return members
    truths = [[truth for _, truth in held] for _, held in wider]
    special = [any_of(of_one) for of_one in zip(*truths, strict=True)]
    return tuple(
        (m, all_of([truth, negation(apart)]))
        for (m, truth), apart in zip(members, special, strict=True)
    )


def _share_questions(shares: tuple[tuple[Within, Failing], ...]) -> tuple[Question, ...]:
    return tuple(
        chain(
            *(
                membership_questions(material, (Described(within.words),))
                for within, held in shares
                for material, truth in held
                if truth is Truth.UNKNOWN
            )
        )
    )


def _amount(members: Failing, test: ToleranceTest) -> Span:
    return span_of(members, lambda m: getattr(m, test.measure))


def _at_most(counted: Span, percent: Decimal, whole: Span) -> Truth:
    """Compare with a share of a whole that may itself be known between bounds only."""
    if counted.high is not None and counted.high <= share(percent, whole.low):
        return Truth.YES
    surely_more = whole.high is not None and counted.low > share(percent, whole.high)
    return Truth.NO if surely_more else Truth.UNKNOWN


def _whole(test: ToleranceTest, hearing: Hearing) -> tuple[Span | None, tuple[Question, ...]]:
    """Give what the tolerance is a share of, or what must be asked to know it."""
    if test.measure is Measure.VALUE:
        base = hearing.rule_set.value.base
        price = hearing.price_on(base)
        return (Span(price, price), ()) if price else (None, (price_question(base),))
    if test.of is ShareOf.COMPONENT:
        return components.weight(hearing)
    if test.of is ShareOf.TEXTILES:
        return components.weight_of_textiles(hearing)
    weight = hearing.weight_of_good()
    return (Span(weight, weight), ()) if weight else (None, (WEIGHT_QUESTION,))


def _told(test: ToleranceTest, met: Truth, *, counted: Span, whole: Span) -> Reason:
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
            ("whole", f"{whole.low}"),
            ("percent", percent_text(test.percent)),
        ),
    )


def _listed(materials: tuple[Material, ...]) -> str:
    return ", ".join(m.name for m in materials)


def _code(material: Material) -> str:
    return "/".join(code.digits for code in material.codes) or "no code"
