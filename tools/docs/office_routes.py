"""The reference page of the office's HTTP routes, from the description that programs read."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute

from ooms.access.model import Action
from ooms.web.app import make_app
from ooms.web.description import REFUSED
from ooms.web.frame import API
from tools.docs import markdown

_REFUSED = frozenset(str(one.status.value) for one in REFUSED)


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {"office-http.md": markdown.page("The office's HTTP routes", "`ooms/web/`", _lines())}


def description() -> dict[str, Any]:
    """Return the description of the interface; none of its routes can be called."""
    settings = SimpleNamespace(
        http=SimpleNamespace(checks_at_once=1), public=SimpleNamespace(lookups_a_minute=1)
    )
    return make_app(SimpleNamespace(settings=settings, busy=())).openapi()


def _lines() -> Iterator[str]:
    told = description()
    yield f"A running office describes them to programs at `{API}/openapi.json`."
    yield "*Who may* names the right that a route asks for: [rights](rights.md) tells the roles"
    yield "that hold it; where none is named, the door is open to everybody, or a link opens it."
    yield "[The codes](refusals.md) tell what a refusal means."
    yield "Every POST takes an `Idempotency-Key`: the same key and body get the same answer again."
    yield "Lists are read with `limit` and `cursor`; `next` is the cursor of the part that follows."
    yield from markdown.section("Refusals")
    yield "Every refusal is `application/problem+json` (RFC 9457) with `code` and `trace_id`;"
    yield "`errors` point to what is wrong."
    yield ""
    yield from markdown.table(
        ("status", "when", "on"),
        (
            (one.status.value, one.when, "POST" if one.is_for_writing else "every route")
            for one in REFUSED
        ),
    )
    for tag, routes in _by_desk(told).items():
        yield from markdown.section(tag.capitalize().replace("-", " "))
        yield from markdown.table(("route", "what it does", "who may", "takes", "answers"), routes)


def _by_desk(told: dict[str, Any]) -> dict[str, list[tuple[str, ...]]]:
    desks: dict[str, list[tuple[str, ...]]] = {}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            tag = operation.get("tags", ["other"])[0]
            desks.setdefault(tag, []).append(_row(path, method, operation))
    return dict(sorted(desks.items()))


def _row(path: str, method: str, operation: dict[str, Any]) -> tuple[str, ...]:
    return (
        markdown.code(f"{method.upper()} {path.removeprefix(API)}"),
        markdown.first_line(operation.get("description")),
        ", ".join(_asks_for(f"{method.upper()} {path}")),
        markdown.code(_named(operation.get("requestBody", {}))),
        ", ".join(
            f"{status} {markdown.code(_named(answer))}".strip()
            for status, answer in operation["responses"].items()
            if status not in _REFUSED
        ),
    )


def _asks_for(route: str) -> Iterator[str]:
    """Yield the right that a route asks for, as its own lines name it, or what it calls does."""
    endpoint = _endpoints()[route]
    own = vars(inspect.getmodule(endpoint))
    known = {f"Action.{one.name}": one for one in Action}
    known |= {name: one for name, one in own.items() if isinstance(one, Action)}
    words = re.findall(r"[\w.]+", inspect.getsource(endpoint))
    rights = [known[word] for word in words if word in known]
    rights = rights or [right for word in words for right in _asked_by(own.get(word))]
    yield from (f"may {right.value}" for right in dict.fromkeys(rights))


def _asked_by(called: Any) -> Iterator[Action]:
    """Yield the right that a function asks for unless it is told another."""
    if inspect.isfunction(called):
        given = inspect.signature(called).parameters.values()
        yield from (one.default for one in given if isinstance(one.default, Action))


@cache
def _endpoints() -> dict[str, Callable[..., Any]]:
    """Return what answers each route of the interface, by method and path; pages are none."""
    desks = [module for name, module in sys.modules.items() if name.startswith("ooms.")]
    routers = {
        id(held): held
        for desk in desks
        for held in vars(desk).values()
        if isinstance(held, APIRouter)
    }
    return {
        f"{method} {API}{route.path}": route.endpoint
        for router in routers.values()
        for route in router.routes
        if isinstance(route, APIRoute) and route.include_in_schema
        for method in route.methods or ()
    }


def _named(carrier: dict[str, Any]) -> str:
    """Return the name of the body that is carried, or its media type where it has none."""
    for media_type, content in carrier.get("content", {}).items():
        schema = content.get("schema", {})
        choices = (schema, *schema.get("anyOf", ()))
        named = next((one["$ref"] for one in choices if "$ref" in one), "")
        return named.rpartition("/")[2].rpartition("__")[2].strip("_") or str(media_type)
    return ""
