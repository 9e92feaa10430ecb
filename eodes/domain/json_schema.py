"""The JSON Schema of a record, from the same annotations that read and write it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from eodes.domain.record import (
    Amount,
    Count,
    Doc,
    Json,
    Shape,
    Text,
    Whole,
    hints,
    is_required,
    shape,
)


def json_schema(kind: type, *, identifier: str) -> dict[str, Json]:
    """Return the JSON Schema (2020-12) of a record, with every nested record under `$defs`."""
    definitions: dict[str, Json] = {}
    _define(kind, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": identifier,
        "$ref": f"#/$defs/{kind.__name__}",
        "$defs": dict(sorted(definitions.items())),
    }


def _define(kind: type, definitions: dict[str, Json]) -> None:
    if kind.__name__ in definitions:
        return
    definitions[kind.__name__] = {}
    fields = dataclasses.fields(kind)
    definitions[kind.__name__] = {
        "type": "object",
        "description": (kind.__doc__ or "").strip().split("\n")[0],
        "properties": {
            field.name: _property(shape(hints(kind)[field.name]), definitions) for field in fields
        },
        "required": [field.name for field in fields if is_required(field)],
        "additionalProperties": False,
    }


def _property(form: Shape, definitions: dict[str, Json]) -> dict[str, Json]:
    one = _single_schema(form, definitions)
    doc = form.limit(Doc)
    described = {"description": doc.sentence} if doc else {}
    if not form.many:
        return one | described
    count = form.limit(Count) or Count()
    bounds: dict[str, Json] = {"minItems": count.least} if count.least else {}
    if count.most != Count().most:
        bounds["maxItems"] = count.most
    return {"type": "array", "items": one} | bounds | described


def _single_schema(form: Shape, definitions: dict[str, Json]) -> dict[str, Json]:
    if dataclasses.is_dataclass(form.bare):
        nested: type = form.bare  # type: ignore[assignment]  # a type here, never an instance
        _define(nested, definitions)
        return {"$ref": f"#/$defs/{nested.__name__}"}
    if issubclass(form.bare, Enum):
        return {"enum": [member.value for member in form.bare]}
    base = dict(_SCHEMAS[form.bare])
    for limit in form.limits:
        if isinstance(limit, Text | Amount | Whole):
            base |= limit.schema()
    return base


_SCHEMAS: Mapping[type, dict[str, Json]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": "string", "pattern": r"^\d+(\.\d+)?$"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}
