"""Judges a case under one rule set: every world that the facts leave open, and what they say.

Worlds differ in the good's code (where editions differ) and in the entry it falls under.
What all worlds agree on is the verdict; otherwise a person says which world it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ooms.agreements.model import Agreement, RuleSet
from ooms.agreements.rule_text import text_of
from ooms.kernel.hs import SUBHEADING_DIGITS, HsCode
from ooms.origin.bill import Settling
from ooms.origin.candidates import Choice, Chosen, choose
from ooms.origin.classification import (
    WASTE_QUESTION,
    code_question,
    slug,
    waste_alone_leaves_open,
)
from ooms.origin.concordance import PRODUCT_CODE
from ooms.origin.cumulation import is_of_every_good, with_work_abroad
from ooms.origin.facts import Case, Material, Price
from ooms.origin.hearing import Hearing
from ooms.origin.ruling import distinct, judge_rule
from ooms.origin.settled import Bill
from ooms.origin.trace import Determination, Question, Reason, Verdict
from ooms.origin.truth import Truth
from ooms.origin.ways_out import ways_out

ENGINE = "origin/2"
_VERDICTS = {
    Truth.YES: Verdict.ORIGINATING,
    Truth.NO: Verdict.NON_ORIGINATING,
    Truth.UNKNOWN: Verdict.NEEDS_FACT,
}
_TRUTHS = {verdict: truth for truth, verdict in _VERDICTS.items()}

Judged = tuple[Truth, tuple[Question, ...]]


@dataclass(frozen=True, slots=True)
class Court:
    """Under what a case is judged; each intermediate is judged once, and remembered."""

    agreement: Agreement
    rule_set: RuleSet
    intermediates: dict[str, Judged]


def judge_case(case: Case, court: Court) -> Determination:
    """Judge under each candidate code of the good; where they disagree, ask which it is."""
    codes = case.product.codes
    if len(codes) == 1:
        return _judge_code(case, court)
    judged = [
        _judge_code(replace(case, product=replace(case.product, codes=(code,))), court)
        for code in codes
    ]
    first = judged[0]
    if all(other.verdict is first.verdict for other in judged):
        return first
    question = _which_code(codes, court)
    return replace(first, verdict=Verdict.NEEDS_FACT, criterion="", questions=(question,))


def _which_code(codes: tuple[HsCode, ...], court: Court) -> Question:
    if waste_alone_leaves_open(codes):
        return WASTE_QUESTION
    listed = ", ".join(code.digits for code in codes)
    facts = (("edition", str(court.rule_set.hs_edition)), ("codes", listed))
    return Question(PRODUCT_CODE, Reason("ask.edition", facts))


def _judge_code(case: Case, court: Court) -> Determination:
    """Judge every rule that may apply to the good; where they disagree, ask which does."""
    if case.rule is None and _is_short(case.product.code):
        question = Question(PRODUCT_CODE, Reason("ask.product_code"))
        return stopped(case, court.agreement, question, rule_set=court.rule_set)
    choice = choose(case, court.rule_set)
    settling = _settling(case, court)
    bill = settling.settle(case.materials)
    settled = (settling, bill)
    judged = [_judge_chosen(chosen, case, court, settled=settled) for chosen in choice.rules]
    return judged[0] if len(judged) == 1 else _agreed(judged, choice)


def _agreed(judged: list[Determination], choice: Choice) -> Determination:
    """Take what all entries agree on, told by the entry for goods that none describes.

    Where only the printed criterion differs, the good originates and the question stays.
    """
    shown = judged[-1] if choice.rules[-1] else judged[0]
    if any(other.verdict is not shown.verdict for other in judged):
        asked = shown.questions if shown.verdict is Verdict.NEEDS_FACT else ()
        questions = distinct(choice.questions + asked)
        return replace(shown, verdict=Verdict.NEEDS_FACT, criterion="", questions=questions)
    if shown.verdict is Verdict.NEEDS_FACT or len({d.criterion for d in judged}) > 1:
        return replace(shown, questions=distinct(choice.questions + shown.questions))
    return shown


def _judge_chosen(
    chosen: Chosen | None, case: Case, court: Court, *, settled: tuple[Settling, Bill]
) -> Determination:
    """Judge one rule.

    1. Judge it on the settled bill of materials.
    2. Where an intermediate's origin is open, see whether its answer could decide.
    3. Say the verdict with its trace.
    """
    agreement, rule_set = court.agreement, court.rule_set
    if chosen is None:
        facts = (("code", case.product.code.digits), ("agreement", agreement.code))
        return stopped(case, agreement, asking("rule_not_loaded", facts), rule_set=rule_set)
    settling, bill = settled
    heard = with_work_abroad(case, bill.accumulated)
    ruling = judge_rule(chosen, Hearing(heard, rule_set, bill.lines, chosen.codes))  # 1
    met, questions = ruling.met, ruling.questions
    if met is not Truth.YES and bill.undecided:  # 2
        hopeful = replace(settling, assumed_originating=frozenset(bill.undecided))
        hoped = hopeful.settle(case.materials)
        heard = with_work_abroad(case, hoped.accumulated)
        best = judge_rule(chosen, Hearing(heard, rule_set, hoped.lines, chosen.codes))
        if best.met is not Truth.NO:
            met = Truth.UNKNOWN
            questions = distinct(bill.questions + questions)
    return Determination(  # 3
        verdict=_VERDICTS[met],
        criterion=ruling.criterion if met is Truth.YES else "",
        rule=text_of(chosen.rule),
        rule_source=chosen.cited.source,
        rule_verified=chosen.cited.verified,
        alternatives=ruling.alternatives,
        value=ruling.value,
        questions=questions,
        ways_out=() if met is Truth.YES else ways_out(ruling.alternatives, ruling.hearing),
        rule_pack=_pack_name(agreement, rule_set),
        engine=ENGINE,
        inputs_hash="",
        currency=case.price.currency if case.price else "",
        origins=bill.origins,
    )


def _settling(case: Case, court: Court) -> Settling:
    def judge_intermediate(material: Material) -> Judged:
        if material.path not in court.intermediates:
            court.intermediates[material.path] = _judge_part(case, material, court)
        return court.intermediates[material.path]

    return Settling(case, court.agreement, court.rule_set, judge_intermediate)


def _judge_part(case: Case, material: Material, court: Court) -> Judged:
    if not material.codes or any(_is_short(code) for code in material.codes):
        return Truth.UNKNOWN, (code_question(material),)
    found = judge_case(_part_case(case, material, court.rule_set), court)
    asked = tuple(_about_part(q, material, court.rule_set) for q in found.questions)
    return _TRUTHS[found.verdict], asked


def _about_part(question: Question, material: Material, rule_set: RuleSet) -> Question:
    """Name the intermediate in a question about it, unless it is about a line or every good."""
    if f"{material.path}." in question.key or is_of_every_good(question.key, rule_set):
        return question
    return replace(question, key=f"{material.path}/{question.key}")


def _part_case(case: Case, material: Material, rule_set: RuleSet) -> Case:
    """Make an intermediate a good of its own; its value stands for its price.

    Answers about it carry its path: `materials[0]/process:weaving`.
    """
    price = None
    if material.value is not None:
        currency = case.price.currency if case.price else ""
        price = Price(rule_set.value.base, material.value, currency)
    scope = f"{material.path}/"
    about_it = {k.removeprefix(scope): v for k, v in case.answers.items() if k.startswith(scope)}
    inside = {
        k: v
        for k, v in case.answers.items()
        if f"{material.path}." in k or is_of_every_good(k, rule_set)
    }
    return replace(
        case,
        product=replace(case.product, codes=material.codes, weight=material.weight, inventory=None),
        price=price,
        materials=material.made_from,
        processes=frozenset(),
        answers=inside | about_it,
        rule=None,
    )


def _is_short(code: HsCode) -> bool:
    """Tell whether a code leaves open which product rule applies."""
    return len(code.digits) < SUBHEADING_DIGITS


def asking(what: str, facts: tuple[tuple[str, str], ...] = ()) -> Question:
    """Make the question that stops a case before any rule is judged."""
    return Question(slug(what), Reason(f"ask.{what}", facts))


def stopped(
    case: Case, agreement: Agreement, question: Question, *, rule_set: RuleSet | None = None
) -> Determination:
    """Say that no rule can be judged, and what is missing."""
    return Determination(
        verdict=Verdict.NEEDS_FACT,
        criterion="",
        rule="",
        rule_source="",
        rule_verified=False,
        alternatives=(),
        value=None,
        questions=(question,),
        ways_out=(),
        rule_pack=_pack_name(agreement, rule_set),
        engine=ENGINE,
        inputs_hash="",
        currency=case.price.currency if case.price else "",
    )


def _pack_name(agreement: Agreement, rule_set: RuleSet | None) -> str:
    which = f"/{rule_set.id}/{rule_set.version}" if rule_set else ""
    return f"{agreement.code}{which}+sha256:{agreement.digest[:16]}"
