"""Determines whether a good originates under an agreement: a pure function with its trace."""

from __future__ import annotations

from dataclasses import replace
from decimal import localcontext

from ooms.agreements.editions import Editions
from ooms.agreements.model import Agreement, RuleSet
from ooms.kernel.country import CountryCode
from ooms.kernel.quantity import EXACT
from ooms.origin.bill import require_shallow
from ooms.origin.concordance import PRODUCT_CODE, concord
from ooms.origin.court import Court, asking, judge_case, stopped
from ooms.origin.designation import mark_nested
from ooms.origin.facts import Case
from ooms.origin.inputs import inputs_hash
from ooms.origin.trace import Determination, RuleSetVerdict, Verdict

RULE_SET_KEY = "rule_set"
_BEST_FIRST = (Verdict.ORIGINATING, Verdict.NEEDS_FACT, Verdict.NON_ORIGINATING)


class CaseError(ValueError):
    """A case cannot be judged under this agreement as it is written; correct it."""

    def __init__(self, *, field: str, problem: str) -> None:
        self.field = field
        self.problem = problem
        super().__init__(f"{field}: {problem}")


def determine(
    case: Case, agreement: Agreement, *, editions: Editions | None = None
) -> Determination:
    """Judge a case.

    1. Take the rule sets in force on the day; of several the exporter chooses.
    2. Put every code into the edition of the HS that the rule set is written in.
    3. Find the rule: the case's own, the product's, or the general one.
    4. Settle the origin of each material: declared, cumulated, absorbed, or foreign.
    5. Judge the minimal operations and every alternative of the rule.
    6. Where an intermediate's origin is open, see whether its answer could decide.
    7. Say the verdict of the rule set that serves the exporter best, with its trace.

    Raises:
        CaseError: The case does not fit the agreement.
        BillTooDeepError: The bill of materials nests too deeply.
    """
    _require_parties(case, agreement)
    require_shallow(case.materials)
    known = editions or Editions()
    with localcontext(EXACT):
        in_force = _elected(case, agreement.rule_sets_on(case.on))  # 1
        judged = [_judge(case, Court(agreement, rs, {}), known) for rs in in_force]
        if not judged:
            nothing = stopped(case, agreement, asking("rule_set_not_in_force"))
            return replace(nothing, inputs_hash=inputs_hash(case))
        best = min(judged, key=_rank)  # 7
        verdicts = tuple(_verdict(rs, d) for rs, d in zip(in_force, judged, strict=True))
        chosen = in_force[judged.index(best)]
        return replace(
            best,
            inputs_hash=inputs_hash(case),
            rule_set=chosen.id,
            marker=chosen.marker,
            rule_sets=verdicts if len(verdicts) > 1 else (),
        )


def _judge(case: Case, court: Court, editions: Editions) -> Determination:
    """Judge a case under one rule set, its codes put into the edition of the rule first."""
    target = _edition_of_the_rule(case, court.rule_set)
    concorded = concord(case, target, editions=editions)  # 2
    if concorded is None:
        facts = (("from", str(case.hs_edition)), ("to", str(target)))
        return stopped(case, court.agreement, asking("edition_not_loaded", facts))
    if not concorded.case.product.codes:
        question = concorded.questions[PRODUCT_CODE]
        return stopped(case, court.agreement, question, rule_set=court.rule_set)
    exporter = concorded.case.exporting_party
    materials = mark_nested(concorded.case.materials, court.rule_set, exporter)
    judged = judge_case(replace(concorded.case, materials=materials), court)  # 3 to 6
    questions = tuple(concorded.questions.get(q.key, q) for q in judged.questions)
    return replace(judged, questions=questions)


def _edition_of_the_rule(case: Case, rule_set: RuleSet) -> int:
    """Give the edition that the codes of the rule are written in.

    Interpreted meaning: a case that brings its own rule names one edition for all its codes,
    those of the rule too. Intermediates fall under the rules of the agreement all the same.
    """
    if case.rule is None or any(material.made_from for material in case.materials):
        return rule_set.hs_edition
    return case.hs_edition


def _elected(case: Case, in_force: tuple[RuleSet, ...]) -> tuple[RuleSet, ...]:
    """Keep the rule set that the exporter names, when one in force has that name."""
    named = case.answers.get(RULE_SET_KEY)
    return tuple(rs for rs in in_force if rs.id == named) or in_force


def _rank(judged: Determination) -> tuple[int, int]:
    """Order by verdict, and open verdicts by how much they still ask."""
    return _BEST_FIRST.index(judged.verdict), len(judged.questions)


def _verdict(rule_set: RuleSet, judged: Determination) -> RuleSetVerdict:
    return RuleSetVerdict(rule_set.id, rule_set.marker, judged.verdict, judged.criterion)


def _require_parties(case: Case, agreement: Agreement) -> None:
    for field in ("exporting_party", "importing_party"):
        party: CountryCode = getattr(case, field)
        if party not in agreement.parties:
            problem = f"{party.letters} is not a Party to {agreement.code}"
            raise CaseError(field=field, problem=problem)
    if case.exporting_party == case.importing_party:
        raise CaseError(field="importing_party", problem="is the exporting Party too")
