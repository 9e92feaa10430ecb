"""Determines whether a good originates under an agreement: a pure function with its trace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import localcontext
from itertools import chain

from ooms.agreements.editions import Editions
from ooms.agreements.model import Agreement, RuleSet
from ooms.agreements.policies import Cited, RuleType, Scope
from ooms.agreements.rule import AllOf, AnyOf, Fallback, Rule, WhollyObtained
from ooms.agreements.rule_text import text_of
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import SUBHEADING_DIGITS, HsCode, HsRange
from ooms.kernel.quantity import EXACT
from ooms.origin import criteria
from ooms.origin.bill import Settling, require_shallow
from ooms.origin.classification import code_question, slug
from ooms.origin.concordance import PRODUCT_CODE, concord
from ooms.origin.criterion_text import exclusive_materials_criterion, printed_criterion
from ooms.origin.facts import Case, Material, Price
from ooms.origin.hearing import Hearing
from ooms.origin.inputs import inputs_hash
from ooms.origin.trace import (
    Alternative,
    Determination,
    Finding,
    Question,
    Reason,
    ValueTest,
    Verdict,
)
from ooms.origin.truth import Truth, all_of, any_of
from ooms.origin.ways_out import ways_out

ENGINE = "origin/1"
EXCLUSIVE_MATERIALS = "exclusively originating materials"
_VERDICTS = {
    Truth.YES: Verdict.ORIGINATING,
    Truth.NO: Verdict.NON_ORIGINATING,
    Truth.UNKNOWN: Verdict.NEEDS_FACT,
}


class CaseError(ValueError):
    """A case cannot be judged under this agreement as it is written; correct it."""

    def __init__(self, *, field: str, problem: str) -> None:
        self.field = field
        self.problem = problem
        super().__init__(f"{field}: {problem}")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The rule that applies, and whether the agreement's general rule or a product's."""

    rule: Rule
    scope: Scope
    cited: Cited
    codes: HsRange | None = None


_Judged = tuple[Truth, tuple[Question, ...]]


@dataclass(frozen=True, slots=True)
class _Court:
    """Under what a case is judged; each intermediate is judged once, and remembered."""

    agreement: Agreement
    rule_set: RuleSet
    intermediates: dict[str, _Judged]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What judging one rule under settled facts gave."""

    met: Truth
    alternatives: tuple[Alternative, ...]
    criterion: str
    hearing: Hearing


def determine(
    case: Case, agreement: Agreement, *, editions: Editions | None = None
) -> Determination:
    """Judge a case.

    1. Fix the rule set in force on the day and put every code into its edition of the HS.
    2. Find the rule: the case's own, the product's, or the general one.
    3. Settle the origin of each material: declared, cumulated, absorbed, or foreign.
    4. Judge the minimal operations and every alternative of the rule.
    5. Where an intermediate's origin is open, see whether its answer could decide.
    6. Say the verdict with its trace.

    Raises:
        CaseError: The case does not fit the agreement.
        BillTooDeepError: The bill of materials nests too deeply.
    """
    _require_parties(case, agreement)
    require_shallow(case.materials)
    with localcontext(EXACT):
        in_force = agreement.rule_sets_on(case.on)
        if not in_force:
            return _stopped(case, agreement, _question("rule_set_not_in_force"))
        rule_set = in_force[0]
        concorded = concord(case, rule_set.hs_edition, editions=editions or Editions())  # 1
        if concorded is None:
            facts = (("from", str(case.hs_edition)), ("to", str(rule_set.hs_edition)))
            return _stopped(case, agreement, _question("edition_not_loaded", facts))
        if not concorded.case.product.codes:
            question = concorded.questions[PRODUCT_CODE]
            return _stopped(case, agreement, question, rule_set=rule_set)
        judged = _for_every_code(concorded.case, _Court(agreement, rule_set, {}))
        questions = tuple(concorded.questions.get(q.key, q) for q in judged.questions)
        return replace(judged, questions=questions, inputs_hash=inputs_hash(case))


def _for_every_code(case: Case, court: _Court) -> Determination:
    """Judge under each candidate code of the good; where they disagree, ask which it is."""
    judged = [
        _judge_code(replace(case, product=replace(case.product, codes=(code,))), court)
        for code in case.product.codes
    ]
    first = judged[0]
    if any(other.verdict is not first.verdict for other in judged):
        codes = ", ".join(code.digits for code in case.product.codes)
        facts = (("edition", str(court.rule_set.hs_edition)), ("codes", codes))
        question = Question(PRODUCT_CODE, Reason("ask.edition", facts))
        first = replace(first, verdict=Verdict.NEEDS_FACT, criterion="", questions=(question,))
    return first


def _judge_code(case: Case, court: _Court) -> Determination:
    agreement, rule_set = court.agreement, court.rule_set
    if case.rule is None and _is_short(case.product.code):
        question = Question(PRODUCT_CODE, Reason("ask.product_code"))
        return _stopped(case, agreement, question, rule_set=rule_set)
    chosen = _choose_rule(case, rule_set)  # 2
    if chosen is None:
        facts = (("code", case.product.code.digits), ("agreement", agreement.code))
        return _stopped(case, agreement, _question("rule_not_loaded", facts), rule_set=rule_set)
    settling = _settling(case, court)
    bill = settling.settle(case.materials)  # 3
    outcome = _judge_rule(chosen, Hearing(case, rule_set, bill.lines, chosen.codes))  # 4
    questions = _questions(outcome.alternatives) if outcome.met is Truth.UNKNOWN else ()
    met = outcome.met
    if met is not Truth.YES and bill.undecided:  # 5
        hopeful = replace(settling, assumed_originating=frozenset(bill.undecided))
        hoped = hopeful.settle(case.materials)
        best = _judge_rule(chosen, Hearing(case, rule_set, hoped.lines, chosen.codes))
        if best.met is not Truth.NO:
            met = Truth.UNKNOWN
            questions = _distinct(bill.questions + questions)
    return Determination(  # 6
        verdict=_VERDICTS[met],
        criterion=outcome.criterion if met is Truth.YES else "",
        rule=text_of(chosen.rule),
        rule_source=chosen.cited.source,
        rule_verified=chosen.cited.verified,
        alternatives=outcome.alternatives,
        value=_telling_value(outcome.alternatives),
        questions=questions,
        ways_out=() if met is Truth.YES else ways_out(outcome.alternatives, outcome.hearing),
        rule_pack=_pack_name(agreement, rule_set),
        engine=ENGINE,
        inputs_hash="",
        currency=case.price.currency if case.price else "",
    )


def _settling(case: Case, court: _Court) -> Settling:
    def judge_intermediate(material: Material) -> _Judged:
        if material.path not in court.intermediates:
            court.intermediates[material.path] = _judge_part(case, material, court)
        return court.intermediates[material.path]

    return Settling(case, court.agreement, court.rule_set, judge_intermediate)


def _judge_part(case: Case, material: Material, court: _Court) -> _Judged:
    if not material.codes or any(_is_short(code) for code in material.codes):
        return Truth.UNKNOWN, (code_question(material),)
    part = _part_case(case, material, court.rule_set)
    found = _for_every_code(part, court)
    truth = next(t for t, verdict in _VERDICTS.items() if verdict is found.verdict)
    return truth, tuple(_about_part(question, material) for question in found.questions)


def _about_part(question: Question, material: Material) -> Question:
    """Name the intermediate in a question about it, unless a line inside it is named."""
    if f"{material.path}." in question.key:
        return question
    return Question(f"{material.path}/{question.key}", question.reason)


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
    inside = {k: v for k, v in case.answers.items() if f"{material.path}." in k}
    return replace(
        case,
        product=replace(case.product, codes=material.codes, weight=material.weight),
        price=price,
        materials=material.made_from,
        processes=frozenset(),
        answers=inside | about_it,
        rule=None,
    )


def _is_short(code: HsCode) -> bool:
    """Tell whether a code leaves open which product rule applies."""
    return len(code.digits) < SUBHEADING_DIGITS


def _choose_rule(case: Case, rule_set: RuleSet) -> _Chosen | None:
    if case.rule is not None:
        return _Chosen(case.rule, Scope.PRODUCT, Cited("the case", verified=False))
    product = rule_set.products.find(case.product.code)
    if product:
        return _Chosen(product.rule, Scope.PRODUCT, product.cited, product.codes)
    general = rule_set.general_for(case.exporting_party)
    if general:
        return _Chosen(general.rule, Scope.GENERAL, general.cited)
    return None


def _judge_rule(chosen: _Chosen, hearing: Hearing) -> _Outcome:
    rule_set = hearing.rule_set
    gate = _minimal_operations(hearing)
    exclusive = _exclusive_materials(hearing)
    judged: list[tuple[Alternative, str]] = []
    if exclusive is not None:
        criterion = exclusive_materials_criterion(rule_set)
        judged.append((_gated(EXCLUSIVE_MATERIALS, (exclusive,), gate), criterion))
    for rule in _alternatives(chosen.rule):
        finding = criteria.judge(rule, hearing)
        findings = finding.parts if isinstance(rule, AllOf) else (finding,)
        barrier = None if isinstance(rule, WhollyObtained) else gate
        alternative = _gated(text_of(rule), findings, barrier)
        criterion = ""
        if alternative.met is Truth.YES:
            criterion = printed_criterion(rule, finding, rule_set=rule_set, scope=chosen.scope)
        judged.append((alternative, criterion))
    met = any_of(alternative.met for alternative, _ in judged)
    printed = next((text for alternative, text in judged if alternative.met is Truth.YES), "")
    return _Outcome(met, tuple(alternative for alternative, _ in judged), printed, hearing)


def _alternatives(rule: Rule) -> tuple[Rule, ...]:
    match rule:
        case AnyOf(members=members):
            return tuple(chain(*(_alternatives(member) for member in members)))
        case Fallback(first=first, then=then):
            return (*_alternatives(first), *_alternatives(then))
        case _:
            return (rule,)


def _gated(rule: str, findings: tuple[Finding, ...], gate: Finding | None) -> Alternative:
    """Put the minimal-operations finding before the others, where it speaks."""
    held = findings if gate is None else (gate, *findings)
    return Alternative(rule, all_of(finding.met for finding in held), held)


def _minimal_operations(hearing: Hearing) -> Finding | None:
    """Insufficient operations: when nothing else was done, no rule confers origin.

    Interpreted meaning: the gate speaks only when operations are declared and all of them are
    on the agreement's list; and what already originates in the exporting Party stays so.
    """
    declared = hearing.case.processes
    if not declared or not declared <= hearing.rule_set.minimal.operations:
        return None
    if hearing.lines and all(line.own for line in hearing.lines):
        return None
    facts = (("operations", ", ".join(sorted(declared))),)
    return Finding("minimal operations", Truth.NO, Reason("minimal.only", facts))


def _exclusive_materials(hearing: Hearing) -> Finding | None:
    """Exclusively from originating materials: nothing foreign counts under any test."""
    foreign = {m.path for kind in RuleType for m in hearing.foreign(kind)}
    if not hearing.rule_set.exclusive_materials.confers or hearing.is_bare or foreign:
        return None
    if not hearing.lines:
        return None
    facts = (("count", str(len(hearing.lines))),)
    return Finding(EXCLUSIVE_MATERIALS, Truth.YES, Reason("exclusive.all_originate", facts))


def _telling_value(alternatives: tuple[Alternative, ...]) -> ValueTest | None:
    """Give the value test of the met alternative, or else the first there is."""
    ordered = sorted(alternatives, key=lambda a: a.met is not Truth.YES)
    findings = (f for a in ordered for finding in a.findings for f in finding.walk())
    return next((f.value for f in findings if f.value is not None), None)


def _questions(alternatives: tuple[Alternative, ...]) -> tuple[Question, ...]:
    """Ask for what would decide, the alternative that needs the fewest answers first."""
    asked = [
        _distinct(tuple(chain(*(f.questions for f in a.findings if f.met is Truth.UNKNOWN))))
        for a in alternatives
        if a.met is Truth.UNKNOWN
    ]
    return _distinct(tuple(chain(*sorted(asked, key=len))))


def _distinct(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    return tuple({q.key: q for q in questions}.values())


def _require_parties(case: Case, agreement: Agreement) -> None:
    for field in ("exporting_party", "importing_party"):
        party: CountryCode = getattr(case, field)
        if party not in agreement.parties:
            problem = f"{party.letters} is not a Party to {agreement.code}"
            raise CaseError(field=field, problem=problem)
    if case.exporting_party == case.importing_party:
        raise CaseError(field="importing_party", problem="is the exporting Party too")


def _question(what: str, facts: tuple[tuple[str, str], ...] = ()) -> Question:
    return Question(slug(what), Reason(f"ask.{what}", facts))


def _stopped(
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
        inputs_hash=inputs_hash(case),
        currency=case.price.currency if case.price else "",
    )


def _pack_name(agreement: Agreement, rule_set: RuleSet | None) -> str:
    which = f"/{rule_set.id}/{rule_set.version}" if rule_set else ""
    return f"{agreement.code}{which}+sha256:{agreement.digest[:16]}"
