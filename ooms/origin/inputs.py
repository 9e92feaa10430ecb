"""The inputs of a determination in one canonical form, and their hash."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

from ooms.agreements.rule_text import text_of
from ooms.origin.facts import Case, Material

Plain = dict[str, object]


def inputs_hash(case: Case) -> str:
    """Hash everything that a determination may look at: the same case, the same hash."""
    text = json.dumps(_case(case), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _case(case: Case) -> Plain:
    price = case.price
    return {
        "agreement": case.agreement,
        "exporting_party": case.exporting_party.letters,
        "facts": {key: _answer(given) for key, given in case.answers.items()},
        "hs_edition": case.hs_edition,
        "importing_party": case.importing_party.letters,
        "materials": [_material(material) for material in case.materials],
        "on": case.on.isoformat(),
        "price": [price.basis.value, _number(price.amount), price.currency] if price else None,
        "processes": sorted(case.processes),
        "product": {
            "description": case.product.description,
            "hs": [code.digits for code in case.product.codes],
            "weight": _number(case.product.weight),
        },
        "rule": text_of(case.rule) if case.rule else None,
    }


def _material(material: Material) -> Plain:
    return {
        "component": material.component,
        "hs": [code.digits for code in material.codes],
        "kind": material.kind.value,
        "made_from": [_material(part) for part in material.made_from],
        "name": material.name,
        "origin": material.origin.letters if material.origin else None,
        "originating": material.originating,
        "value": _number(material.value),
        "weight": _number(material.weight),
    }


def _answer(given: bool | Decimal | str) -> object:  # noqa: FBT001 - what a person answered
    return {"number": _number(given)} if isinstance(given, Decimal) else given


def _number(amount: Decimal | None) -> str | None:
    """Write a decimal as it was stated: findings repeat it so, and the hash covers them."""
    return None if amount is None else f"{amount:f}"
