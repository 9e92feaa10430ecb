"""The description of the interface (OpenAPI), with every refusal that a route may give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from starlette.routing import BaseRoute

from ooms.web.problems import MEDIA_TYPE

_TEXT = {"type": "string"}
_NUMBER = {"type": "integer", "minimum": 0}

#: The members of a problem document (RFC 9457), as `ooms.web.problems` writes it.
PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "A refusal (RFC 9457); `code` stands in the catalogue of refusals.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "trace_id"],
    "additionalProperties": False,
    "properties": {
        "type": {"type": "string", "pattern": "^urn:eodes:refusal:"},
        "title": _TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": _TEXT,
        "code": {"type": "string", "pattern": "^[A-Z]{3}-[A-Z0-9-]+$"},
        "trace_id": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        "errors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["pointer", "detail", "code"],
                "additionalProperties": False,
                "properties": {"pointer": _TEXT, "detail": _TEXT, "code": _TEXT, "box": _TEXT},
            },
        },
    },
}

_HEADERS: dict[str, dict[str, Any]] = {
    "Retry-After": {"description": "Seconds to wait.", "required": True, "schema": _NUMBER},
    "Trace-Id": {"description": "As `trace_id`.", "required": True, "schema": _TEXT},
    "WWW-Authenticate": {"description": "`Bearer`.", "required": True, "schema": _TEXT},
}

VERSION = "1"
_KEY = "idempotency-key"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """A status that refuses: what the description calls it, and when it is given."""

    status: HTTPStatus
    when: str
    headers: tuple[str, ...] = ()
    #: Only where something is changed.
    is_for_writing: bool = False

    @property
    def name(self) -> str:
        """The name among the components of the description."""
        return self.status.phrase.title().replace(" ", "")


#: Every refusal of the interface, by status.
REFUSED = (
    Refused(
        HTTPStatus.BAD_REQUEST,
        "A POST without `Idempotency-Key`, or a body that is no text.",
        is_for_writing=True,
    ),
    Refused(
        HTTPStatus.UNAUTHORIZED,
        "Nobody is logged in, or no longer.",
        headers=("WWW-Authenticate",),
    ),
    Refused(HTTPStatus.FORBIDDEN, "The caller lacks the right."),
    Refused(HTTPStatus.NOT_FOUND, "There is no such thing, or none that the caller may see."),
    Refused(
        HTTPStatus.CONFLICT,
        "The thing stands elsewhere than the caller believes.",
        is_for_writing=True,
    ),
    Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "What was given cannot be taken; `errors` say where."),
    Refused(HTTPStatus.TOO_MANY_REQUESTS, "Too many in a short time.", headers=("Retry-After",)),
    Refused(HTTPStatus.INTERNAL_SERVER_ERROR, "A defect; report the trace id."),
    Refused(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Others were in the way; send the same request again, with the same key.",
        headers=("Retry-After",),
    ),
)


@router.get("/openapi.json")
def describe(request: Request) -> JSONResponse:
    """Describe the interface."""
    return JSONResponse(request.app.openapi())


def description_of(routes: Sequence[BaseRoute], *, title: str, summary: str) -> dict[str, Any]:
    """Return the description of routes, which takes seconds."""
    description: dict[str, Any] = get_openapi(
        title=title, version=VERSION, summary=summary, routes=routes
    )
    _add_refusals(description)
    return description


def _add_refusals(description: dict[str, Any]) -> None:
    """Let each route name its refusals, in place of what the framework supposes."""
    components = description.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for supposed in ("HTTPValidationError", "ValidationError"):
        schemas.pop(supposed, None)
    schemas["Problem"] = PROBLEM
    components["responses"] = {one.name: _response(one) for one in REFUSED}
    components["headers"] = _HEADERS
    for method, operation in _operations(description):
        if method == "get":
            _without_key(operation)
        for one in REFUSED:
            if method == "post" or not one.is_for_writing:
                operation["responses"][str(one.status.value)] = {
                    "$ref": f"#/components/responses/{one.name}"
                }


def _without_key(operation: dict[str, Any]) -> None:
    """Name no idempotency key where nothing is changed; each call reads its headers alike."""
    named = operation.pop("parameters", [])
    kept = [one for one in named if one["name"].lower() != _KEY]
    if kept:
        operation["parameters"] = kept


def _operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for methods in description["paths"].values():
        yield from methods.items()


def _response(refused: Refused) -> dict[str, Any]:
    return {
        "description": refused.when,
        "headers": {
            name: {"$ref": f"#/components/headers/{name}"}
            for name in ("Trace-Id", *refused.headers)
        },
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
