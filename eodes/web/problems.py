"""Problem documents (RFC 9457) for those who cannot be given a signed answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import Response

from eodes.domain.verdict import Refusal

PROBLEM_TYPE = "urn:eodes:problem:"


def problem(
    status: HTTPStatus, refusal: Refusal, *, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with a problem document that carries the refusal's code and words."""
    document = {
        "type": f"{PROBLEM_TYPE}{refusal.code.lower()}",
        "title": status.phrase,
        "status": status.value,
        "code": refusal.code,
        "detail": refusal.detail,
        "retryable": refusal.retryable,
    }
    if refusal.path:
        document["path"] = refusal.path
    return Response(
        json.dumps(document),
        status_code=status,
        media_type="application/problem+json",
        headers=dict(headers or {}),
    )
