"""The contract of a register behind a service, as a JSON Schema, and the columns of lists."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic.json_schema import models_json_schema

from ooms.crosschecks.contract import AnswerBody, AskedBody
from ooms.crosschecks.entries import Column, Form
from ooms.crosschecks.listings import LISTINGS
from tools.docs import markdown

_IDENTIFIER = "urn:eodes:schema:crosscheck:1"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def pages() -> dict[str, str]:
    """Return the schema and the page by their paths below docs/reference."""
    return {
        "crosscheck.schema.json": json.dumps(schema(), indent=2, ensure_ascii=False) + "\n",
        "crosscheck-lists.md": markdown.page(
            "Lists for cross-checks", "`ooms/crosschecks/matching`", _lines()
        ),
    }


def schema() -> dict[str, object]:
    """Return the schema of a question and of its answer."""
    _, told = models_json_schema(
        [(AskedBody, "serialization"), (AnswerBody, "validation")], ref_template="#/$defs/{model}"
    )
    return {
        "$schema": _DIALECT,
        "$id": _IDENTIFIER,
        "title": "Cross-check: the question that is posted, and the answer with status 200",
        "oneOf": [{"$ref": "#/$defs/AskedBody"}, {"$ref": "#/$defs/AnswerBody"}],
        **told,
    }


def _lines() -> Iterator[str]:
    yield "A list is CSV (UTF-8, a head line, commas) or JSON"
    yield '(`{"as_of": "2026-11-21T18:00:00Z", "entries": [{...}]}`); every cell is a text.'
    yield "A column that is not named here refuses the list."
    for kind, listing in LISTINGS.items():
        yield from markdown.section(kind.words.capitalize())
        yield f"`{kind.lower()}.csv` unless the settings name another file."
        yield ""
        yield from markdown.table(
            ("column", "has to be given", "holds"),
            (
                (markdown.code(one.name), "yes" if one.required else "", _holds(one))
                for one in listing.columns
            ),
        )


def _holds(column: Column) -> str:
    if column.form is Form.CHOICE:
        return markdown.codes(column.choices)
    return column.form.value
