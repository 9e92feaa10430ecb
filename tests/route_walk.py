"""Every route of an application, with its path filled by all the keys that exist."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

_PLACE = re.compile(r"{(\w+)(?::\w+)?}")
API = "/api/v1"


class UnfilledRouteError(AssertionError):
    """A route has a part in its path that nobody said how to fill."""

    def __init__(self, *, path: str, name: str) -> None:
        super().__init__(
            f"{path}: say in KEYS how {{{name}}} is filled, so that the walk goes through it"
        )


@contextmanager
def broken_route(app: FastAPI, path: str) -> Iterator[None]:
    """Let an application have a defect for a while: offices of one process share their routes."""
    app.add_api_route(path, lambda: 1 // 0)
    try:
        yield
    finally:
        app.router.routes.pop()


@dataclass(frozen=True, slots=True)
class Door:
    """One route: how it is called, and the path as it is written."""

    way: str
    path: str

    @property
    def name(self) -> str:
        return f"{self.way} {self.path}"

    @property
    def parts(self) -> tuple[str, ...]:
        """What is to be filled in its path."""
        return tuple(_PLACE.findall(self.path))

    def addresses(self, keys: Mapping[str, Sequence[object]]) -> Iterator[str]:
        """Fill the path with every combination of keys."""
        names = self.parts
        for name in names:
            if not keys.get(name):
                raise UnfilledRouteError(path=self.path, name=name)
        for values in itertools.product(*(keys[name] for name in names)):
            filled = self.path
            for name, value in zip(names, values, strict=True):
                filled = re.sub(rf"{{{name}(?::\w+)?}}", str(value), filled)
            yield filled


def doors(app: FastAPI) -> tuple[Door, ...]:
    """Return every route of an application, those that no description names too."""
    return tuple(
        Door(way, path)
        for path, ways in _flat(app.routes)
        for way in sorted(ways - {"HEAD", "OPTIONS"})
    )


def _flat(routes: Sequence[Any], prefix: str = "") -> Iterator[tuple[str, set[str]]]:
    for route in routes:
        router = getattr(route, "original_router", None)
        if router is not None:
            yield from _flat(router.routes, prefix + route.include_context.prefix)
        elif getattr(route, "methods", None):
            yield f"{prefix}{route.path}", set(route.methods)
        else:
            # What is mounted is files; it has no routes of its own to fill.
            assert route.path == "/static", route.path
