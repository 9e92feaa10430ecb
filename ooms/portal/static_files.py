"""Styles and scripts: small on the wire, and kept by browsers for good under their digest."""

from __future__ import annotations

from pathlib import Path

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_AN_HOUR = "public, max-age=3600"


class _Dated(StaticFiles):
    """Says how long a file may be kept: for good where its address names its digest."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        is_named = b"v=" in scope["query_string"]
        response.headers["Cache-Control"] = _FOR_GOOD if is_named else _FOR_AN_HOUR
        return response


class StaticPages:
    """Serves a folder, compressed.  Pages are not: they hold secrets beside what others wrote."""

    def __init__(self, *, directory: Path) -> None:
        """Serve a folder."""
        self._app: ASGIApp = GZipMiddleware(_Dated(directory=directory), minimum_size=1000)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a file."""
        await self._app(scope, receive, send)
