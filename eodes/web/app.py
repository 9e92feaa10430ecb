"""The two applications of a node: the partner API, and the operator's look from the inside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from eodes.bootstrap import Node
from eodes.domain.verdict import Refusal
from eodes.exchange.receive import Receiving
from eodes.web.operator_routes import operator_router
from eodes.web.partner_routes import partner_route
from eodes.web.problems import problem


def make_partner_app(receiving: Receiving) -> Starlette:
    """Make what partners reach: one route, and a sign of life."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        # What is ready together is judged first and recorded together.
        receiving.committer.wake_by(asyncio.get_running_loop().call_soon)
        yield
        receiving.committer.stop()

    async def live(_request: Request) -> Response:
        """Tell that the process answers."""
        return Response("ok", media_type="text/plain")

    return Starlette(
        routes=[partner_route(receiving), Route("/livez", live)],
        lifespan=lifespan,
        exception_handlers={HTTPException: _no_such_thing},
    )


async def _no_such_thing(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    words = "Messages are posted to /partner/v1/messages; nothing else is served here."
    return problem(status, Refusal("ENV-ADDRESS", words), headers=error.headers)


def make_operator_app(node: Node, receiving: Receiving) -> FastAPI:
    """Make what operators and monitors reach, on a listener of their own."""
    app = FastAPI(
        title=f"EODES operator API of {node.settings.authority}",
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(operator_router(node, receiving))
    return app
