"""The two applications of a node: the partner API, and the operator's look from the inside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Response

from eodes.bootstrap import Node
from eodes.exchange.receive import Receiving
from eodes.web.operator_routes import operator_router
from eodes.web.partner_routes import partner_router


def make_partner_app(node: Node, receiving: Receiving) -> FastAPI:
    """Make what partners reach: one route, and a sign of life."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        # What is ready together is judged first and recorded together.
        receiving.committer.wake_by(asyncio.get_running_loop().call_soon)
        yield
        receiving.committer.stop()

    app = FastAPI(
        title=f"EODES partner API of {node.settings.authority}",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.include_router(partner_router(receiving))

    @app.get("/livez")
    def live() -> Response:
        """Tell that the process answers."""
        return Response("ok", media_type="text/plain")

    return app


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
