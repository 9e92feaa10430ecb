"""The reference page of the HTTP routes: what partners call and what operators look at."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from eodes.web.app import make_operator_app, make_partner_app
from eodes.web.partner_routes import MAX_ROUNDS, RETRY_AFTER_SECONDS
from tools.docs import markdown

_STATUSES = (
    (
        "200",
        "`application/xml`",
        (
            "the sender is known: a signed ACK_TRANSPORT, ACK_TECHNICAL, "
            "ACK_BUSINESS or ERROR, stored before it leaves"
        ),
    ),
    (
        "400",
        "`application/problem+json`",
        (
            "the document cannot be read and nobody known opened the "
            "connection: `ENV-` and `SCH-` codes"
        ),
    ),
    (
        "403",
        "`application/problem+json`",
        "nobody known signed the document or opened the connection: `SIG-` and `AUT-` codes",
    ),
    ("413", "`application/problem+json`", "`ENV-TOO-LARGE`, before the body is read whole"),
    ("415", "`application/problem+json`", "`ENV-MEDIA-TYPE` or `ENV-CONTENT-ENCODING`"),
    (
        "503",
        "`application/problem+json`",
        (
            f"`SYS-BUSY` with `Retry-After: {RETRY_AFTER_SECONDS}`: "
            "nothing was recorded, the same bytes are to be sent again"
        ),
    ),
)


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {"http.md": markdown.page("HTTP routes", "`eodes/web/`", _lines())}


def all_routes() -> dict[str, tuple[Route, ...]]:
    """Return the routes of both listeners; none of them can be called."""
    wire = SimpleNamespace(max_document_bytes=0, accepts_gzip=False)
    node: Any = SimpleNamespace(settings=SimpleNamespace(authority="XX-NODE"))
    receiving: Any = SimpleNamespace(judge=SimpleNamespace(own=SimpleNamespace(wire=wire)))
    return {
        "partner": _routes(make_partner_app(receiving)),
        "operator": _routes(make_operator_app(node, receiving)),
    }


def _routes(app: Starlette) -> tuple[Route, ...]:
    # An included router stands among an application's routes as itself.
    each = (getattr(one, "original_router", None) for one in app.routes)
    included = (route for router in each if router is not None for route in router.routes)
    return tuple(route for route in (*included, *app.routes) if isinstance(route, Route))


def _lines() -> Iterator[str]:
    routes = all_routes()
    yield "The partner listener speaks HTTPS with certificates on both sides (`server.port`)."
    yield "The operator listener is on loopback only and off unless `server.operator_port` is set."
    yield from markdown.section("Partner listener")
    yield from _table(routes["partner"])
    yield from markdown.section("Answers of `POST /partner/v1/messages`", level=3)
    yield from markdown.table(("status", "body", "when"), _STATUSES)
    yield ""
    yield "A problem document (RFC 9457) has `type`, `title`, `status`, `code`, `detail`,"
    yield "`retryable` and, where there is one, `path`."
    yield f"A node is busy too when trust changes {MAX_ROUNDS} times while it records one message."
    yield from markdown.section("Request fields", level=3)
    yield from markdown.table(
        ("field", "must", "holds"),
        (
            ("`Content-Type`", "yes", "`application/xml`"),
            (
                "`Content-Encoding`",
                "",
                (
                    "absent, `identity`, or `gzip` where the receiver's profile "
                    "says `accepts_gzip`; the inflated document keeps the same limit"
                ),
            ),
            (
                "`EODES-Attempt`",
                "",
                (
                    "the number of the attempt, from 1; for logs on the way, the "
                    "receiver does not read it"
                ),
            ),
        ),
    )
    yield from markdown.section("Operator listener")
    yield from _table(routes["operator"])
    yield ""
    yield "`/readyz` answers 503 when the database or the committer does not stand."
    yield "The description of the operator API is at `/openapi.json` on the same listener."


def _table(routes: tuple[Route, ...]) -> Iterator[str]:
    yield from markdown.table(
        ("route", "what it does"),
        (
            (
                markdown.code(f"{'/'.join(sorted(route.methods or ()))} {route.path}"),
                markdown.first_line(route.endpoint.__doc__),
            )
            for route in routes
        ),
    )
