"""Simple types of the schemas, from the limits that stand at the canonical fields."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from xml.sax.saxutils import quoteattr

from eodes.domain import certificate, message
from eodes.domain.record import Amount, Shape, Text, Whole, shape
from eodes.messages import spec
from eodes.wire.lexical import SPELLINGS

_BOUNDLESS = Whole().most
_NAMED_IN: tuple[types.ModuleType, ...] = (certificate, message, spec)

Definition = tuple[str, ...]


def _known_names() -> Iterator[tuple[tuple[type, object], str]]:
    for module in _NAMED_IN:
        for name, value in vars(module).items():
            if hasattr(value, "__metadata__") and not _is_plain(shape(value)):
                form = shape(value)
                yield (form.bare, _limit(form)), name


def _is_plain(form: Shape) -> bool:
    # Many different things are 256 characters long; only a pattern makes a kind of its own.
    limit = _limit(form)
    return isinstance(limit, Text) and not limit.pattern


def _limit(form: Shape) -> object:
    return next((one for one in form.limits if isinstance(one, Text | Amount | Whole)), None)


@dataclass(slots=True)
class SimpleTypes:
    """The simple types that a schema uses, each once, under a name that a person can read."""

    definitions: dict[str, Definition] = field(default_factory=dict)
    names: dict[tuple[type, object], str] = field(default_factory=lambda: dict(_known_names()))

    def of(self, form: Shape, *, element: str) -> str:
        """Return the name of the type for a field, and remember its definition."""
        key = (form.bare, _limit(form))
        name = self.names.get(key) or self._new_name(form, element)
        self.names[key] = name
        self.definitions[name] = _definition(form)
        return name

    def coded(self, codes: tuple[str, ...], *, name: str) -> str:
        """Return the name of the type for a partner's code list."""
        own = "".join(part.capitalize() for part in name.split("_")) + "Code"
        self.definitions[own] = ("xs:string", *(_facet("enumeration", code) for code in codes))
        return own

    def lines(self) -> Iterator[str]:
        """Write every simple type."""
        for name in sorted(self.definitions):
            base, *facets = self.definitions[name]
            yield f'  <xs:simpleType name="{name}">'
            yield f'    <xs:restriction base="{base}">'
            yield from (f"      {facet}" for facet in facets)
            yield "    </xs:restriction>"
            yield "  </xs:simpleType>"

    def _new_name(self, form: Shape, element: str) -> str:
        name = _plain_name(form) or f"{element}Value"
        number = 2
        while name in self.definitions and self.definitions[name] != _definition(form):
            name, number = f"{element}Value{number}", number + 1
        return name


def _plain_name(form: Shape) -> str:
    limit = _limit(form)
    if issubclass(form.bare, Enum):
        return str(form.bare.__name__)
    if isinstance(limit, Text):
        return "" if limit.pattern else f"Text{limit.longest}"
    if isinstance(limit, Amount):
        return f"Amount{limit.digits}With{limit.places}"
    if isinstance(limit, Whole):
        upper = "" if limit.most == _BOUNDLESS else f"To{limit.most}"
        return f"From{limit.least}{upper}"
    return {date: "Date", datetime: "Instant", bool: "Indicator", int: "WholeNumber"}[form.bare]


def _definition(form: Shape) -> Definition:
    limit = _limit(form)
    if issubclass(form.bare, Enum):
        values = tuple(_facet("enumeration", str(one.value)) for one in form.bare)
        return ("xs:string", *values)
    if isinstance(limit, Text):
        return ("xs:string", *_text_facets(limit))
    if isinstance(limit, Amount):
        return ("xs:decimal", *_amount_facets(limit))
    return _plain_definition(form.bare, limit)


def _plain_definition(kind: type, limit: object) -> Definition:
    base = {int: "xs:integer", date: "xs:date", datetime: "xs:dateTime", bool: "xs:boolean"}[kind]
    spelling = "true|false" if kind is bool else SPELLINGS[kind]
    facets = [_facet("pattern", spelling)]
    if isinstance(limit, Whole):
        facets += [_facet("minInclusive", limit.least), _facet("maxInclusive", limit.most)]
    return (base, *facets)


def _text_facets(limit: Text) -> tuple[str, ...]:
    facets = [_facet("minLength", limit.shortest), _facet("maxLength", limit.longest)]
    return tuple(facets + ([_facet("pattern", limit.pattern)] if limit.pattern else []))


def _amount_facets(limit: Amount) -> tuple[str, ...]:
    whole = limit.digits - limit.places
    least = _facet("minExclusive" if limit.positive else "minInclusive", Decimal(0))
    pattern = rf"[0-9]{{1,{whole}}}(\.[0-9]{{1,{limit.places}}})?"
    return (
        _facet("totalDigits", limit.digits),
        _facet("fractionDigits", limit.places),
        least,
        _facet("pattern", pattern),
    )


def _facet(name: str, value: object) -> str:
    return f"<xs:{name} value={quoteattr(str(value))}/>"
