"""Reads a determination case from JSON: parsed once, at the edge, with the place of an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ooms.agreements.rule import Base, Rule
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode
from ooms.kernel.quantity import AmountError, parse_amount
from ooms.origin.case_fields import (
    CaseFormatError,
    currency,
    day,
    mapping,
    maybe,
    read,
    refuse_unknown,
    text,
    texts,
    whole,
)
from ooms.origin.case_lines import read_goods_stock, read_lines
from ooms.origin.classification import slug
from ooms.origin.facts import Answer, Case, Price, Product

__all__ = ["CaseFormatError", "read_case"]

_CASE_KEYS = frozenset(
    {
        "agreement",
        "exporting_party",
        "facts",
        "hs_edition",
        "importing_party",
        "materials",
        "on",
        "price",
        "processes",
        "product",
        "rule",
    }
)
# The longest rule of the published annexes that packs are read from has some 1,250 characters.
MAX_RULE_CHARACTERS = 5000

# Facts that only yes or no answers: the last part of their keys, or the part before a colon.
_YES_OR_NO = frozenset(
    {
        "bom_complete",
        "classified_with_good",
        "cumulation",
        "electrical_waste",
        "exporter_is_ldc",
        "from",
        "good",
        "gri2a_unassembled",
        "gri3_set",
        "inventory_authorized",
        "is",
        "macro",
        "mixed_product",
        "more_than_minimal",
        "note",
        "outward_zone",
        "phase",
        "process",
        "process_order",
        "product_rule_listed",
        "quota",
        "set_articles",
        "statement",
        "volume",
        "when",
        "wholly_obtained",
    }
)
_PRODUCT_KEYS = frozenset({"description", "hs", "inventory", "weight"})
_PRICE_KEYS = frozenset({"amount", "basis", "currency"})


def read_case(document: Mapping[str, Any], *, read_rule: Callable[[str], Rule]) -> Case:
    """Read a case; `read_rule` reads the text of a rule that overrides the pack's.

    Raises:
        CaseFormatError: A field is missing, unknown or malformed.
    """
    refuse_unknown(document, _CASE_KEYS, "")
    return Case(
        agreement=read(document, "agreement", text),
        on=read(document, "on", day),
        hs_edition=read(document, "hs_edition", whole),
        exporting_party=read(document, "exporting_party", CountryCode.parse),
        importing_party=read(document, "importing_party", CountryCode.parse),
        product=_product(read(document, "product", mapping)),
        price=maybe(document, "price", _price),
        materials=read_lines(document),
        processes=frozenset(slug(p) for p in maybe(document, "processes", texts) or ()),
        answers=maybe(document, "facts", _answers) or {},
        rule=maybe(document, "rule", partial(_rule, read_rule)),
    )


def _rule(read_rule: Callable[[str], Rule], value: Any) -> Rule:
    words = text(value)
    if len(words) > MAX_RULE_CHARACTERS:
        raise ValueError(f"has more than {MAX_RULE_CHARACTERS} characters; no rule is so long")
    return read_rule(words)


def _product(document: Mapping[str, Any]) -> Product:
    refuse_unknown(document, _PRODUCT_KEYS, "product.")
    return Product(
        codes=(read(document, "hs", HsCode.parse, prefix="product."),),
        description=maybe(document, "description", _description, prefix="product.") or "",
        weight=maybe(document, "weight", parse_amount, prefix="product."),
        inventory=maybe(document, "inventory", read_goods_stock, prefix="product."),
    )


def _description(value: Any) -> str:
    return text(value) if value != "" else ""


def _price(value: Any) -> Price:
    document = mapping(value)
    refuse_unknown(document, _PRICE_KEYS, "price.")
    return Price(
        basis=read(document, "basis", Base, prefix="price."),
        amount=read(document, "amount", parse_amount, prefix="price."),
        currency=read(document, "currency", currency, prefix="price."),
    )


def _answers(value: Any) -> dict[str, Answer]:
    said = ((text(key), given) for key, given in mapping(value).items() if given is not None)
    return {key: _answer(key, given) for key, given in said}


def _answer(key: str, given: Any) -> Answer:
    if isinstance(given, bool):
        return given
    if key.rpartition("/")[2].partition(":")[0] in _YES_OR_NO:
        raise CaseFormatError(field=f"facts.{key}", problem="must be true or false, or left out")
    if key.startswith("hs:"):  # a code is no number: its leading zeros count
        return HsCode.parse(text(given)).digits
    try:
        return parse_amount(given)
    except AmountError:
        return text(given)
