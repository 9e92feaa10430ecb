"""The frame of every answer: a trace id, and the headers that keep it safe.

Written as the server calls it (ASGI): a middleware of the framework would cost each request a group
of tasks and two queues.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from starlette.requests import Request

from ooms.portal import problems as page_problems
from ooms.training.world import NO_LEGAL_EFFECT
from ooms.web import problems

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

API = "/api/v1"
#: Everything the pages need comes from here: nothing inline, nothing from elsewhere.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_INTERFACE_HEADERS = SECURITY_HEADERS | {"Cache-Control": "no-store"}


class Frame:
    """Answers what nobody foresaw like the rest, and gives each answer its headers."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand around an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, within the frame."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        request.state.trace_id = secrets.token_hex(16)
        has_begun = False

        async def send_framed(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                message["headers"] = _framed(message["headers"], request)
            await send(message)

        try:
            await self._app(scope, receive, send_framed)
        except Exception as error:  # the web's edge: a defect is answered like the rest
            if has_begun:
                raise
            answer = await _defect(request, error)
            await answer(scope, receive, send_framed)


async def _defect(request: Request, error: Exception) -> Response:
    told = problems.defect(request, error)
    return await page_problems.broken(request) if page_problems.is_page(request) else told


_Headers = list[tuple[bytes, bytes]]


def _encoded(headers: dict[str, str]) -> _Headers:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


_ON_PAGES, _ON_INTERFACE = _encoded(SECURITY_HEADERS), _encoded(_INTERFACE_HEADERS)
_IN_TRAINING = _encoded({"Office-Training": NO_LEGAL_EFFECT})


def _framed(headers: _Headers, request: Request) -> _Headers:
    """Put our headers in place of those of the same names."""
    ours = _ON_INTERFACE if request.scope["path"].startswith(API) else _ON_PAGES
    names = {name for name, _ in ours}
    own = [(b"trace-id", request.state.trace_id.encode()), *ours]
    if request.app.state.office.issuing.training:
        own += _IN_TRAINING
    return [*(one for one in headers if one[0] not in names), *own]
