"""What suppliers state: proofs of origin, and accumulation statements with amounts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ooms.agreements.model import Agreement
from ooms.agreements.policies import RuleType
from ooms.origin.facts import AccumulationStatement, Case, Material
from ooms.origin.settled import EVERY_TEST, Line, foreign
from ooms.origin.trace import Reason

_VALUE = frozenset({RuleType.VALUE})
_OTHER = EVERY_TEST - _VALUE
_STATED = Reason("origin.stated")
_ADDED = Reason("origin.added_by_supplier")


def gap_in_proof(material: Material, case: Case, agreement: Agreement) -> Reason | None:
    """Say why the supplier's proof does not show origin; None where it does, or none is given.

    Note: origin declared without a proof stays declared; whoever verifies it asks for one.
    """
    proof = material.proof
    if proof is None:
        return None
    names = {name.casefold() for name in (agreement.code, *agreement.aliases)}
    if proof.agreement.casefold() not in names:
        facts = (("named", proof.agreement), ("agreement", agreement.code))
        return Reason("origin.proof_of_another", facts)
    if proof.period.contains(case.on):
        return None
    end = proof.period.end
    days = (
        ("from", proof.period.start.isoformat()),
        ("until", end.isoformat() if end else ""),
        ("on", case.on.isoformat()),
    )
    return Reason("origin.proof_days", days)


def stated_lines(material: Material, statement: AccumulationStatement) -> tuple[Line, ...]:
    """Count a foreign material by what its supplier states.

    Value tests see the foreign value alone; the rest counts as originating.
    Other tests see the supplier's foreign inputs in place of the material, where he lists them
    and did all his work in the Parties. What is not stated counts as it is: the whole material.
    """
    return (*_by_value(material, statement), *_by_inputs(material, statement))


def _by_value(material: Material, statement: AccumulationStatement) -> tuple[Line, ...]:
    foreign_value = _foreign_value(material, statement)
    if foreign_value is None:
        return (replace(foreign(material, _STATED), counted_under=_VALUE),)
    whole = min((v for v in (material.value, statement.net_cost) if v is not None), default=None)
    added = Decimal(0) if whole is None else max(whole - foreign_value, Decimal(0))
    return (
        replace(foreign(replace(material, value=foreign_value), _STATED), counted_under=_VALUE),
        _added(replace(material, value=added), _VALUE),
    )


def _foreign_value(material: Material, statement: AccumulationStatement) -> Decimal | None:
    if statement.foreign_value is not None:
        return statement.foreign_value
    if statement.own_value is None or material.value is None:
        return None
    return material.value - statement.own_value


def _by_inputs(material: Material, statement: AccumulationStatement) -> tuple[Line, ...]:
    """Put the supplier's foreign inputs in the place of the material.

    Note: several inputs share one stated value, so each is taken at all of it, and none has a
    weight; a tolerance is then never kept by counting too little.
    """
    inputs = statement.foreign_inputs
    if inputs is None or not statement.made_in_parties:
        return (replace(foreign(material, _STATED), counted_under=_OTHER),)
    if not inputs:
        return (_added(material, _OTHER),)
    stated = _foreign_value(material, statement)
    value = material.value if stated is None else stated
    weight = material.weight if len(inputs) == 1 else None
    shown = (
        replace(
            material,
            path=line.path,
            name=f"{line.name} in {material.name}",
            codes=line.codes,
            value=value,
            weight=weight,
        )
        for line in inputs
    )
    return tuple(replace(foreign(line, _STATED), counted_under=_OTHER) for line in shown)


def _added(material: Material, under: frozenset[RuleType]) -> Line:
    """Count what a supplier in the Parties added."""
    return Line(material, originating=True, own=False, because=_ADDED, counted_under=under)
