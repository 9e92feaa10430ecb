"""Refusals over HTTP: problem+json (RFC 9457) with code, pointers to fields, and a trace id."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ooms.access.dependencies import MissingKeyError, ReusedKeyError
from ooms.access.refusals import ProofDueError, ThrottledError
from ooms.errors import (
    ConflictError,
    Flaw,
    MissingError,
    NotAllowedError,
    OfficeError,
    UnauthenticatedError,
    UnavailableError,
    UnfitError,
)

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 1

#: The status of each error of the office, the most specific first.
_STATUS: tuple[tuple[type[OfficeError], HTTPStatus], ...] = (
    (MissingKeyError, HTTPStatus.BAD_REQUEST),
    (ReusedKeyError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (ThrottledError, HTTPStatus.TOO_MANY_REQUESTS),
    (UnauthenticatedError, HTTPStatus.UNAUTHORIZED),
    (NotAllowedError, HTTPStatus.FORBIDDEN),
    (MissingError, HTTPStatus.NOT_FOUND),
    (ConflictError, HTTPStatus.CONFLICT),
    (UnfitError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UnavailableError, HTTPStatus.SERVICE_UNAVAILABLE),
    (OfficeError, HTTPStatus.INTERNAL_SERVER_ERROR),
)


def install(app: FastAPI, *, busy: tuple[type[Exception], ...]) -> None:
    """Answer every error that has a name with a problem; `defect` answers the rest."""
    handlers: Mapping[type[Exception], Callable[..., JSONResponse]] = {
        OfficeError: _office_error,
        RequestValidationError: _unreadable,
        HTTPException: _http_error,
        **dict.fromkeys(busy, _busy),
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def problem(  # noqa: PLR0913  # the parts of a problem, each by its name
    request: Request,
    status: int,
    *,
    code: str,
    detail: str,
    flaws: Sequence[Flaw] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Write a problem document."""
    body: dict[str, Any] = {
        "type": f"urn:eodes:refusal:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "trace_id": getattr(request.state, "trace_id", ""),
    }
    if flaws:
        body["errors"] = [_error(flaw, code) for flaw in flaws]
    return JSONResponse(body, status, dict(headers or {}), media_type=MEDIA_TYPE)


def _error(flaw: Flaw, code: str) -> dict[str, str]:
    said = {"pointer": flaw.pointer, "detail": flaw.detail, "code": flaw.code or code}
    return said | ({"box": flaw.box} if flaw.box else {})


def _office_error(request: Request, error: OfficeError) -> JSONResponse:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    if status is HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("request.answer.failed", code=error.code, detail=str(error))
    if isinstance(error, UnavailableError):
        log.warning("request.answer.unavailable", code=error.code, detail=str(error))
    headers = {"WWW-Authenticate": _challenge(error)} if status is HTTPStatus.UNAUTHORIZED else {}
    if isinstance(error, ThrottledError | UnavailableError):
        headers["Retry-After"] = str(error.seconds)
    return problem(
        request, status, code=error.code, detail=str(error), flaws=error.flaws, headers=headers
    )


def _challenge(error: OfficeError) -> str:
    """RFC 9470, section 3: what a token lacks whose holder showed too long ago who he is."""
    if isinstance(error, ProofDueError):
        return f'Bearer error="insufficient_user_authentication", max_age={error.seconds}'
    return "Bearer"


def _unreadable(request: Request, error: RequestValidationError) -> JSONResponse:
    flaws = [
        Flaw(_pointer(one["loc"]), one["msg"].removeprefix("Value error, "), code="SCH-FIELD")
        for one in error.errors()
    ]
    return problem(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        code="SCH-BODY",
        detail="the request does not have the form that this route takes",
        flaws=flaws,
    )


def _pointer(place: Sequence[str | int]) -> str:
    """Point into the body, or name the part of the request that is wrong."""
    where, *path = place
    inside = "".join(f"/{step}" for step in path)
    return inside if where == "body" else f"{where}:{inside.lstrip('/')}"


def _http_error(request: Request, error: HTTPException) -> JSONResponse:
    codes = {HTTPStatus.NOT_FOUND: "REF-ROUTE", HTTPStatus.METHOD_NOT_ALLOWED: "REF-METHOD"}
    code = codes.get(HTTPStatus(error.status_code), "ENV-HTTP")
    return problem(
        request, error.status_code, code=code, detail=str(error.detail), headers=error.headers
    )


def _busy(request: Request, error: Exception) -> JSONResponse:
    log.warning("request.answer.busy", error=str(error))
    return problem(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        code="SYS-BUSY",
        detail="others were in the way; send the same request again, with the same key",
        headers={"Retry-After": str(RETRY_SECONDS)},
    )


def defect(request: Request, error: Exception) -> JSONResponse:
    """Answer what nobody foresaw."""
    log.error("request.answer.defect", path=request.url.path, exc_info=error)
    return problem(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        code="SYS-DEFECT",
        detail="a defect of this program; report the trace id",
    )
