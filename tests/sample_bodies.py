"""Makes a body that a route can read, from the route's own description in OpenAPI."""

from __future__ import annotations

import re
from collections.abc import Mapping
from re import _constants as code  # the parsed pattern's own words, which the module keeps private
from re import _parser
from typing import Any

#: What a format of JSON Schema looks like.
_FORMATS = {"date": "2026-11-20", "date-time": "2026-11-20T00:00:00Z", "binary": "x"}


def sample(schema: Mapping[str, Any], every: Mapping[str, Any]) -> Any:
    """Make the smallest value that fits a schema; `every` holds what `$ref` names."""
    if "$ref" in schema:
        return sample(every[schema["$ref"].rpartition("/")[2]], every)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return sample(schema[choice][0], every)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    return _of_type(schema, every)


def _of_type(schema: Mapping[str, Any], every: Mapping[str, Any]) -> Any:
    match schema.get("type"):
        case "object":
            needed = schema.get("required", ())
            return {name: sample(schema["properties"][name], every) for name in needed}
        case "array":
            least = schema.get("minItems", 0)
            return [sample(schema["items"], every) for _ in range(least)]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "string":
            return _text(schema)
        case _:
            return "x"


def _text(schema: Mapping[str, Any]) -> str:
    if "examples" in schema:
        return str(schema["examples"][0])
    if schema.get("format") in _FORMATS:
        return str(_FORMATS[schema["format"]])
    if "pattern" in schema:
        written = "".join(_written(_parser.parse(schema["pattern"])))
        assert re.search(schema["pattern"], written), schema["pattern"]
        return written
    return "x" * max(1, int(schema.get("minLength", 1)))


def _written(parsed: Any) -> list[str]:
    """Write out a parsed pattern: the first of each choice, the fewest of each repeat."""
    out: list[str] = []
    for kind, value in parsed:
        if kind is code.LITERAL:
            out.append(chr(value))
        elif kind is code.IN:
            out.append(_first_of(value))
        elif kind in (code.MAX_REPEAT, code.MIN_REPEAT):
            least, _most, inside = value
            out += _written(inside) * least
        elif kind is code.SUBPATTERN:
            out += _written(value[-1])
        elif kind is code.BRANCH:
            out += _written(value[1][0])
        else:
            assert kind is code.AT, kind
    return out


def _first_of(members: Any) -> str:
    kind, value = members[0]
    if kind is code.NEGATE:
        return "x"
    if kind is code.RANGE:
        return chr(value[0])
    return chr(value) if kind is code.LITERAL else "0"
