"""The JSON Schema of the canonical certificate."""

from __future__ import annotations

import json

from eodes.domain.certificate import Certificate
from eodes.domain.json_schema import json_schema

_IDENTIFIER = "urn:eodes:schema:certificate:1.0"


def pages() -> dict[str, str]:
    """Return the schema by its path below docs/reference."""
    schema = json_schema(Certificate, identifier=_IDENTIFIER)
    text = json.dumps(schema, indent=2, ensure_ascii=False)
    return {"certificate.schema.json": f"{text}\n"}
