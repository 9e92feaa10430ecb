"""Everything that is wrong with a document, in words; only ever for documents that are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import xmlschema
from lxml.etree import _Element as Element

from eodes.domain.verdict import Refusal
from eodes.wire.schema_boxes import SchemaBoxes
from eodes.wire.schema_places import named_path

_MAX_WORDS = 300


def explain(
    root: Element, *, source: str, boxes: SchemaBoxes | None, agreement: str
) -> Iterator[Refusal]:
    """Yield one refusal for each breach, with its place and the box of the form."""
    schema = xmlschema.XMLSchema(source, allow="local")
    document: Any = root  # it reads lxml trees, its types know only the standard library's
    for error in schema.iter_errors(document):
        found: Any = error.elem
        element: Element = root if found is None else found
        box = boxes.of(element, agreement=agreement) if boxes else ""
        where = f"box {box}: " if box else ""
        name = str(element.tag).rpartition("}")[2]
        yield Refusal(
            "SCH-INVALID",
            f"{where}{name}: {' '.join((error.reason or '').split())[:_MAX_WORDS]}",
            path=named_path(element),
            box=box,
        )
