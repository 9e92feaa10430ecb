"""Reads the JSON of a case: one value to each key, and nothing that would have to be guessed."""

from __future__ import annotations

import json
from typing import Any

from ooms.origin.case_fields import CaseFormatError

WHOLE = "the document"


def read_document(written: str) -> dict[str, Any]:
    """Read the text of a case document.

    Raises:
        JSONDecodeError: The text is no JSON.
        CaseFormatError: It is no object, or a key of it is given twice.
    """
    try:
        document = json.loads(written, object_pairs_hook=_once)
    except RecursionError:
        raise CaseFormatError(field=WHOLE, problem="is nested too deeply") from None
    except (CaseFormatError, json.JSONDecodeError):
        raise
    except ValueError as refused:  # a number of more digits than Python reads
        raise CaseFormatError(field=WHOLE, problem="holds a number of too many digits") from refused
    if not isinstance(document, dict):
        raise CaseFormatError(field=WHOLE, problem="a case is a JSON object, not a list or a value")
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for key, value in pairs:
        if key in document:
            raise CaseFormatError(field=key, problem="is given twice in one object")
        document[key] = value
    return document
