"""The cheapest questions that would decide: found by supposing answers and judging again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, islice, product

from ooms.kernel.hs import SUBHEADING_DIGITS
from ooms.origin.changed_case import Supposed, supposing
from ooms.origin.concordance import PRODUCT
from ooms.origin.facts import Answer, Case, every_line
from ooms.origin.smallest import smallest_sets
from ooms.origin.trace import Determination, Question, QuestionSet, Verdict
from ooms.origin.truth import Truth

Judge = Callable[[Case], Determination]

MOST_TRIES = 120
MOST_SETS = 5
_ROUNDS = 6  # an answer may raise new questions; an intermediate's inputs do
_LARGE = Decimal(1_000_000_000)
_SMALL = Decimal("0.01")
_SAFELY_ELSEWHERE = ("392690", "720839")  # in every edition since 2002
_ENDINGS = ("10", "90", "00", "20", "30")

_WORTH_SUPPOSING: Mapping[str, tuple[Answer, ...]] = {
    "inventory_method": (),  # the stock must be kept otherwise; no answer does that
    "materials": (True,),
    "price": (_LARGE, _SMALL),
    "product_weight": (_LARGE,),
    "value": (Decimal(0), _LARGE),
    "weight": (Decimal(0), _LARGE),
}

# What an answer costs whoever must find it out; a yes or no costs least.
_COSTS = {"hs": 2, "materials": 5, "price": 2, "product_weight": 2, "value": 2, "vom": 4}
_COSTS |= {"weight": 2}


@dataclass(frozen=True, slots=True)
class Deciding:
    """Questions that are enough together, with the answers for which the good originates."""

    questions: tuple[Question, ...]
    favorable: tuple[Supposed, ...]
    could_become: tuple[Verdict, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the questions."""
        return tuple(question.key for question in self.questions)

    @property
    def makes_originating(self) -> bool:
        """Tell whether some answers make the good originate."""
        return Verdict.ORIGINATING in self.could_become


def deciding_sets(case: Case, found: Determination, *, judge: Judge) -> tuple[Deciding, ...]:
    """Give the smallest sets of questions whose answers can decide, the cheapest first.

    1. Nothing is asked where nothing is open.
    2. Suppose every answer to every small set of questions, and judge.
    3. When no small set makes the good originate, follow the best answers to new questions, and
       drop the answers that were not needed.
    """
    if found.verdict is not Verdict.NEEDS_FACT:  # 1
        return ()
    decided = _by_trying(case, found.questions, judge)  # 2
    if not any(one.makes_originating for one in decided):
        followed = _by_following(case, found, judge)  # 3
        decided = [*followed, *decided]
    ranked = sorted(decided, key=lambda one: (not one.makes_originating, _cost_of(one.keys)))
    return tuple(ranked[:MOST_SETS])


def ordered_questions(
    asked: tuple[Question, ...], decided: tuple[Deciding, ...]
) -> tuple[Question, ...]:
    """Put the cheapest deciding questions first, and say of each whether it is one of them."""
    cheapest = {question.key: question for question in decided[0].questions} if decided else {}
    rest = (question for question in asked if question.key not in cheapest)
    return (
        *(replace(question, decides=True) for question in cheapest.values()),
        *(replace(question, decides=False) for question in rest),
    )


def shown(decided: tuple[Deciding, ...]) -> tuple[QuestionSet, ...]:
    """Give the sets as a determination keeps them."""
    return tuple(QuestionSet(one.keys, one.could_become) for one in decided)


def supposable(question: Question, case: Case) -> tuple[Answer, ...]:
    """Give the answers worth supposing, those that tend to confer origin first."""
    what, _, about = question.key.rpartition("/")[2].partition(":")
    if what == "hs":
        return _codes(question, about, case)
    if what == "vom":
        return (_own_value(case), Decimal(0))
    return _WORTH_SUPPOSING.get(what, (True, False))


def _codes(question: Question, path: str, case: Case) -> tuple[Answer, ...]:
    """Suppose codes: the candidates, longer forms of a short one, or some far from the good."""
    facts = dict(question.reason.facts)
    if "codes" in facts:
        return tuple(facts["codes"].split(", "))
    lines = {line.path: line.codes for line in every_line(case.materials)}
    known = case.product.codes if path == PRODUCT else lines.get(path, ())
    full = tuple(c.digits for c in known if len(c.digits) >= SUBHEADING_DIGITS)
    if len(full) > 1:
        return full
    short = known[0].digits if known and not full else ""
    if not short and path == PRODUCT:
        return ()  # nobody may suppose that the good is another one
    if not short:
        good = case.product.code.digits
        return (*(c for c in _SAFELY_ELSEWHERE if c[:2] != good[:2]), good[:SUBHEADING_DIGITS])
    missing = SUBHEADING_DIGITS - len(short)
    return tuple(f"{short}{'01' * (missing // 4)}{ending}" for ending in _ENDINGS)


def _own_value(case: Case) -> Decimal:
    """Give the largest originating value that the stated foreign values leave room for."""
    foreign = sum((m.value or Decimal(0) for m in case.materials if not m.originating), Decimal(0))
    price = case.price.amount if case.price else _LARGE
    return max(price - foreign, Decimal(0))


def _by_trying(case: Case, asked: tuple[Question, ...], judge: Judge) -> list[Deciding]:
    """Try sets from small to large, up to the size at which one makes the good originate."""
    options = {q: tuple(Supposed(q.key, given) for given in supposable(q, case)) for q in asked}
    left = MOST_TRIES
    decided: list[Deciding] = []
    for size in range(1, len(options) + 1):
        for chosen in combinations(options, size):
            tried = list(islice(product(*(options[q] for q in chosen)), max(left, 0)))
            left -= len(tried)
            if not any(set(one.questions) <= set(chosen) for one in decided):
                decided += _outcome(chosen, tried, case=case, judge=judge)
        if left <= 0 or any(one.makes_originating for one in decided):
            break
    return decided


def _outcome(
    questions: tuple[Question, ...],
    tried: list[tuple[Supposed, ...]],
    *,
    case: Case,
    judge: Judge,
) -> Iterator[Deciding]:
    """Judge under each of the supposed answers; what never decides gives nothing."""
    verdicts = {answers: judge(supposing(case, answers)).verdict for answers in tried}
    reached = tuple(v for v in Verdict if v in verdicts.values() and v is not Verdict.NEEDS_FACT)
    favorable = next((a for a, v in verdicts.items() if v is Verdict.ORIGINATING), ())
    if reached:
        yield Deciding(questions, favorable, reached)


def _by_following(case: Case, found: Determination, judge: Judge) -> list[Deciding]:
    """Answer what is asked as favorably as can be, until the good originates."""
    given: dict[str, Supposed] = {}
    raised: dict[str, Question] = {}
    for _ in range(_ROUNDS):
        asked = (q for q in found.questions if q.key not in given)
        open_questions = [q for q in asked if supposable(q, case)]
        if found.verdict is not Verdict.NEEDS_FACT or not open_questions:
            break
        for question in open_questions:
            raised[question.key] = question
            given[question.key] = _best(question, case, given=given, judge=judge)
        found = judge(supposing(case, tuple(given.values())))

    def is_enough(answers: tuple[Supposed, ...]) -> bool:
        return judge(supposing(case, answers)).verdict is Verdict.ORIGINATING

    sets = smallest_sets(
        tuple(given.values()), is_enough, cost=lambda a: Decimal(_cost_of((a.key,)))
    )
    return [
        Deciding(tuple(raised[a.key] for a in answers), answers, (Verdict.ORIGINATING,))
        for answers in sets
    ]


def _best(question: Question, case: Case, *, given: dict[str, Supposed], judge: Judge) -> Supposed:
    """Choose the answer that leaves the good nearest to originating."""
    known = tuple(given.values())

    def nearness(answer: Supposed) -> tuple[int, int, int]:
        judged = judge(supposing(case, (*known, answer)))
        rank = (Verdict.NON_ORIGINATING, Verdict.NEEDS_FACT, Verdict.ORIGINATING)
        alive = sum(alternative.met is not Truth.NO for alternative in judged.alternatives)
        return rank.index(judged.verdict), alive, -len(judged.questions)

    return max((Supposed(question.key, a) for a in supposable(question, case)), key=nearness)


def _cost_of(keys: tuple[str, ...]) -> int:
    return sum(10 + _COSTS.get(key.rpartition("/")[2].partition(":")[0], 1) for key in keys)
