"""Every agreement between two Parties, side by side, for one good with its bill and price."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ooms.agreements.editions import Editions
from ooms.agreements.model import Agreement, RuleSet
from ooms.agreements.policies import Proof
from ooms.origin.advice import advise
from ooms.origin.explain import answer
from ooms.origin.facts import Case
from ooms.origin.trace import Determination, Verdict

NO_RULE = "rule_not_loaded"
_BEST_FIRST = (Verdict.ORIGINATING, Verdict.NEEDS_FACT, Verdict.NON_ORIGINATING)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """What one rule set of one agreement says of the good, and how origin is proved under it."""

    agreement: Agreement
    rule_set: RuleSet
    determination: Determination

    @property
    def rule_loaded(self) -> bool:
        """Tell whether the pack has a rule for the good at all."""
        return all(question.key != NO_RULE for question in self.determination.questions)

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """The proofs of origin that the rule set admits."""
        return self.rule_set.proofs


def compare(
    case: Case, agreements: Iterable[Agreement], *, editions: Editions
) -> tuple[Compared, ...]:
    """Judge a case under every rule set in force between its two Parties, the best first.

    The case's own agreement does not matter, and a rule of its own has no place here: each
    agreement is asked for its rule.

    Raises:
        BillTooDeepError: The bill of materials nests too deeply.
    """
    found = [
        Compared(alone, rule_set, advise(_under(case, alone), alone, editions=editions))
        for agreement in agreements
        if _joins(agreement, case)
        for alone, rule_set in _each_rule_set(agreement, case)
    ]
    return tuple(sorted(found, key=_rank))


def _joins(agreement: Agreement, case: Case) -> bool:
    """Tell whether both countries are Parties, and not the same one."""
    both = {case.exporting_party, case.importing_party}
    return len(both) > 1 and both <= set(agreement.parties)


def _under(case: Case, agreement: Agreement) -> Case:
    return replace(case, agreement=agreement.code, rule=None)


def _each_rule_set(agreement: Agreement, case: Case) -> Iterator[tuple[Agreement, RuleSet]]:
    for rule_set in agreement.rule_sets_on(case.on):
        yield replace(agreement, rule_sets=(rule_set,)), rule_set


def _rank(compared: Compared) -> tuple[bool, int, Decimal, int, str]:
    """Put what originates first, then what is nearest to it; packs without a rule last."""
    found = compared.determination
    slack = found.value.slack if found.value else Decimal(0)
    return (
        not compared.rule_loaded,
        _BEST_FIRST.index(found.verdict),
        -slack,
        len(found.questions),
        f"{compared.agreement.code}/{compared.rule_set.id}",
    )


def comparison(compared: Iterable[Compared]) -> list[Json]:
    """Write a comparison as JSON rows: the answer of each rule set, with its proofs."""
    return [_row(one) for one in compared]


def _row(one: Compared) -> Json:
    return {
        "agreement": one.agreement.code,
        "name": one.agreement.name,
        "rule_set": one.rule_set.id,
        "marker": one.rule_set.marker or None,
        "rule_loaded": one.rule_loaded,
        **answer(one.determination),
        "ways_out": len(one.determination.ways_out),
        "proofs": [_proof(proof) for proof in one.proofs],
    }


def _proof(proof: Proof) -> Json:
    return {
        "kind": proof.kind.value,
        "form": proof.form or None,
        "made_out_by": list(proof.made_out_by),
        "up_to": None if proof.up_to is None else f"{proof.up_to:f}",
        "currency": proof.currency or None,
        "validity_months": proof.validity_months,
        "source": proof.cited.source,
        "verified": proof.cited.verified,
    }
