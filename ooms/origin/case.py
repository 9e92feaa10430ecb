"""Reads a determination case from JSON: parsed once, at the edge, with the place of an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from ooms.agreements.policies import Kind
from ooms.agreements.rule import Base, Rule
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode
from ooms.kernel.quantity import AmountError, parse_amount
from ooms.origin.classification import slug
from ooms.origin.facts import Answer, Case, Material, Price, Product

_T = TypeVar("_T")

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
_MATERIAL_KEYS = frozenset(
    {
        "component",
        "hs",
        "kind",
        "made_from",
        "name",
        "origin",
        "originating",
        "value",
        "weight",
    }
)
_MAX_MADE_FROM = 50


class CaseFormatError(ValueError):
    """A case document is not in the contract's format; correct the field it names."""

    def __init__(self, *, field: str, problem: str) -> None:
        self.field = field
        self.problem = problem
        super().__init__(f"{field}: {problem}")


def read_case(document: Mapping[str, Any], *, read_rule: Callable[[str], Rule]) -> Case:
    """Read a case; `read_rule` reads the text of a rule that overrides the pack's.

    Raises:
        CaseFormatError: A field is missing, unknown or malformed.
    """
    _refuse_unknown(document, _CASE_KEYS, "")
    return Case(
        agreement=_read(document, "agreement", _text),
        on=_read(document, "on", _day),
        hs_edition=_read(document, "hs_edition", _whole),
        exporting_party=_read(document, "exporting_party", CountryCode.parse),
        importing_party=_read(document, "importing_party", CountryCode.parse),
        product=_product(_read(document, "product", _mapping)),
        price=_maybe(document, "price", _price),
        materials=_materials(document.get("materials") or (), "materials", depth=0),
        processes=frozenset(slug(p) for p in _maybe(document, "processes", _texts) or ()),
        answers=_maybe(document, "facts", _answers) or {},
        rule=_maybe(document, "rule", read_rule),
    )


def _product(document: Mapping[str, Any]) -> Product:
    return Product(
        codes=(_read(document, "hs", HsCode.parse, prefix="product."),),
        description=_maybe(document, "description", str, prefix="product.") or "",
        weight=_maybe(document, "weight", parse_amount, prefix="product."),
    )


def _price(value: Any) -> Price:
    document = _mapping(value)
    return Price(
        basis=_read(document, "basis", Base, prefix="price."),
        amount=_read(document, "amount", parse_amount, prefix="price."),
        currency=_read(document, "currency", _currency, prefix="price."),
    )


def _materials(values: Any, path: str, *, depth: int) -> tuple[Material, ...]:
    if not isinstance(values, list | tuple):
        raise CaseFormatError(field=path, problem="must be a list")
    if depth > _MAX_MADE_FROM:
        raise CaseFormatError(field=path, problem="is nested too deeply")
    return tuple(_material(v, f"{path}[{n}]", depth) for n, v in enumerate(values))


def _material(value: Any, path: str, depth: int) -> Material:
    document = _mapping(value)
    prefix = f"{path}."
    _refuse_unknown(document, _MATERIAL_KEYS, prefix)
    code = _maybe(document, "hs", HsCode.parse, prefix=prefix)
    return Material(
        path=path,
        name=_read(document, "name", _text, prefix=prefix),
        codes=(code,) if code else (),
        originating=_maybe(document, "originating", _boolean, prefix=prefix),
        origin=_maybe(document, "origin", CountryCode.parse, prefix=prefix),
        value=_maybe(document, "value", parse_amount, prefix=prefix),
        weight=_maybe(document, "weight", parse_amount, prefix=prefix),
        component=_maybe(document, "component", _text, prefix=prefix),
        kind=_maybe(document, "kind", Kind, prefix=prefix) or Kind.MATERIAL,
        made_from=_materials(document.get("made_from") or (), f"{path}.made_from", depth=depth + 1),
    )


def _read(
    document: Mapping[str, Any], key: str, read: Callable[[Any], _T], *, prefix: str = ""
) -> _T:
    found = _maybe(document, key, read, prefix=prefix)
    if found is None:
        raise CaseFormatError(field=f"{prefix}{key}", problem="is missing")
    return found


def _maybe(
    document: Mapping[str, Any], key: str, read: Callable[[Any], _T], *, prefix: str = ""
) -> _T | None:
    value = document.get(key)
    if value is None:
        return None
    try:
        return read(value)
    except CaseFormatError:
        raise
    except (ValueError, TypeError, AttributeError) as refused:
        raise CaseFormatError(field=f"{prefix}{key}", problem=str(refused)) from refused


def _refuse_unknown(document: Mapping[str, Any], keys: frozenset[str], prefix: str) -> None:
    for key in document:
        if key not in keys:
            raise CaseFormatError(field=f"{prefix}{key}", problem="is not a field of a case")


def _answers(value: Any) -> dict[str, Answer]:
    said = ((str(key), given) for key, given in _mapping(value).items() if given is not None)
    return {key: _answer(key, given) for key, given in said}


def _answer(key: str, given: Any) -> Answer:
    if isinstance(given, bool):
        return given
    if key.startswith("hs:"):  # a code is no number: its leading zeros count
        return HsCode.parse(_text(given)).digits
    try:
        return parse_amount(given)
    except AmountError:
        return _text(given)


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError("must be an object")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError("must be a text that says something")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(item) for item in value)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("must be true, false or null")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("must be a whole number")
    return value


def _day(value: Any) -> date:
    return date.fromisoformat(_text(value))


def _currency(value: Any) -> str:
    text = _text(value)
    if len(text) != 3 or not (text.isascii() and text.isupper()):  # noqa: PLR2004 - ISO 4217
        raise ValueError("must be three capital letters")
    return text
