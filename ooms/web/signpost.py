"""Leads a request to the routes that begin as its path does.

A router tries one route after the other, and an office has hundreds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.routing import iter_route_contexts

if TYPE_CHECKING:
    from starlette.routing import BaseRoute
    from starlette.types import Receive, Scope, Send

#: So many steps of a path tell the desks apart: `api`, `v1` and the desk's own.
_DEEPEST = 3
_Steps = tuple[str, ...]


class Signpost(APIRouter):
    """A router of many desks that tries only those which a path may mean, in their order."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        """Stand before these routes, and before what is added to them."""
        super().__init__(routes=list(routes))
        self._ways: dict[_Steps, APIRouter] = {}
        self._sorted = 0

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the routes that begin as its path does."""
        if scope["type"] != "http":
            await super().app(scope, receive, send)
            return
        scope.setdefault("router", self)
        await self._way(_steps(scope["path"])).app(scope, receive, send)

    def _way(self, steps: _Steps) -> APIRouter:
        if self._sorted != len(self.routes):
            self._ways, self._sorted = _ways(self.routes), len(self.routes)
        while steps not in self._ways:
            steps = steps[:-1]
        return self._ways[steps]


def _ways(routes: Sequence[BaseRoute]) -> dict[_Steps, APIRouter]:
    """Sort routes by how their paths begin, each way in their order."""
    starts = [(route, _starts(route)) for route in routes]
    known = {start for _, those in starts for start in those}
    return {
        steps: APIRouter(routes=[one for one, those in starts if _leads(those, to=steps)])
        for steps in {(), *known}
    }


def _steps(path: str) -> _Steps:
    return tuple(step for step in path.split("/") if step)[:_DEEPEST]


def _starts(route: BaseRoute) -> frozenset[_Steps]:
    """Name the literal beginnings of a route's path, or of all paths of a desk."""
    paths: Iterable[str] = (one.path or "" for one in iter_route_contexts([route]))
    return frozenset(tuple(takewhile(_is_literal, _steps(path))) for path in paths)


def _is_literal(step: str) -> bool:
    return "{" not in step


def _leads(starts: Iterable[_Steps], *, to: _Steps) -> bool:
    return any(start == to[: len(start)] for start in starts)
