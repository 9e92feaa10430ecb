"""The inputs of a determination in one canonical form, and their hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ooms.agreements.rule_text import text_of
from ooms.kernel.country import CountryCode
from ooms.origin.facts import AccumulationStatement, Case, Material, Product, SupplierProof
from ooms.origin.inventory import Receipt, Stock

Plain = dict[str, object]


def inputs_hash(case: Case) -> str:
    """Hash everything that a determination may look at: the same case, the same hash."""
    return _hash(_json(_case(case)))


def inputs_hashes(case: Case, under: Iterable[tuple[str, CountryCode]]) -> Iterator[str]:
    """Hash the same case under several agreements, each with its importing Party.

    What does not change is written once: the hashes are those of `inputs_hash`.
    """
    written = {key: _json(value) for key, value in sorted(_case(case).items())}
    for agreement, importer in under:
        written |= {"agreement": _json(agreement), "importing_party": _json(importer.letters)}
        yield _hash("{" + ",".join(f'"{key}":{value}' for key, value in written.items()) + "}")


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _hash(text: str) -> str:
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
        "product": _product(case.product),
        "rule": text_of(case.rule) if case.rule else None,
    }


def _product(product: Product) -> Plain:
    kept = _stock(product.inventory)
    return ({"inventory": kept} if kept else {}) | {
        "description": product.description,
        "hs": [code.digits for code in product.codes],
        "weight": _number(product.weight),
    }


def _material(material: Material) -> Plain:
    """Write a line; what a line does not have is left out, so that no addition moves a hash."""
    stated = {
        "designated": material.designated or None,
        "inventory": _stock(material.inventory),
        "proof": _proof(material.proof),
        "statement": _statement(material.statement),
    }
    return {key: value for key, value in stated.items() if value is not None} | {
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


def _proof(proof: SupplierProof | None) -> list[str | None] | None:
    if proof is None:
        return None
    until = proof.period.end
    return [proof.agreement, proof.period.start.isoformat(), until.isoformat() if until else None]


def _statement(statement: AccumulationStatement | None) -> Plain | None:
    if statement is None:
        return None
    inputs = statement.foreign_inputs
    return {
        "foreign_inputs": None if inputs is None else [_material(line) for line in inputs],
        "foreign_value": _number(statement.foreign_value),
        "made_in_parties": statement.made_in_parties,
        "net_cost": _number(statement.net_cost),
        "own_value": _number(statement.own_value),
    }


def _stock(stock: Stock | None) -> Plain | None:
    if stock is None:
        return None
    return {
        "method": stock.method.value,
        "period_months": stock.period_months,
        "quantity": _number(stock.quantity),
        "receipts": [_receipt(receipt) for receipt in stock.receipts],
        "receipts_first": stock.receipts_first,
        "withdrawals": [[w.on.isoformat(), _number(w.quantity), w.lot] for w in stock.withdrawals],
    }


def _receipt(receipt: Receipt) -> list[object]:
    status = receipt.status
    return [
        receipt.on.isoformat(),
        _number(receipt.quantity),
        _number(receipt.unit_value),
        status.originating,
        status.origin.letters if status.origin else None,
        receipt.lot,
    ]


def _answer(given: bool | Decimal | str) -> object:  # noqa: FBT001 - what a person answered
    return {"number": _number(given)} if isinstance(given, Decimal) else given


def _number(amount: Decimal | None) -> str | None:
    """Write a decimal as it was stated: findings repeat it so, and the hash covers them."""
    return None if amount is None else f"{amount:f}"
