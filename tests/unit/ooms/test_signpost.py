"""The signpost finds what trying every route would find, and the frame stands around it."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from starlette.testclient import TestClient

from ooms.web.signpost import Signpost


def _routes() -> list[Any]:
    """Let paths overlap as those of desks do: literal before parameter, and the other way round."""
    claims, decisions, pages = APIRouter(prefix="/claims"), APIRouter(), APIRouter()
    claims.add_api_route("", lambda: "claims", methods=["GET"])
    claims.add_api_route("", lambda: "claim made", methods=["POST"])
    claims.add_api_route("/restrictions", lambda: "restrictions", methods=["GET"])
    claims.add_api_route("/{claim_id}", lambda: "a claim", methods=["GET"])
    decisions.add_api_route("/claims/{claim_id}/notice", lambda: "a notice", methods=["GET"])
    decisions.add_api_route("/decisions/{decision_id}", lambda: "a decision", methods=["GET"])
    pages.add_api_route("/", lambda: "the start", methods=["GET"])
    pages.add_api_route("/border/claims/{claim_id}/papers", lambda: "papers", methods=["GET"])
    pages.add_api_route("/{word}/claims", lambda word: f"claims of {word}", methods=["GET"])
    routes = APIRouter()
    for one in (claims, decisions):
        routes.include_router(one, prefix="/api/v1")
    routes.include_router(pages)
    return routes.routes


def _client(*, has_signpost: bool) -> TestClient:
    app = FastAPI(routes=_routes(), openapi_url=None)
    if has_signpost:
        app.router = Signpost(app.routes)
    return TestClient(app)


@pytest.mark.parametrize("way", ["DELETE", "GET", "POST"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "//",
        "/api",
        "/api/claims",
        "/api/v1/claims",
        "/api/v1/claims/",
        "/api/v1/claims/7",
        "/api/v1/claims/7/notice",
        "/api/v1/claims/restrictions",
        "/api/v1/decisions/7",
        "/api/v1/nothing",
        "/border/claims",
        "/border/claims/7/papers",
        "/border/claims/7/papers/8",
    ],
)
def test_signpost_leads_where_trying_every_route_leads(path: str, way: str) -> None:
    tried = _client(has_signpost=False).request(way, path)

    led = _client(has_signpost=True).request(way, path)

    assert (led.status_code, led.text) == (tried.status_code, tried.text)
    assert led.headers.get("Allow") == tried.headers.get("Allow")


def test_signpost_still_names_every_route() -> None:
    app = FastAPI(routes=_routes(), openapi_url=None)
    described = app.openapi()["paths"]

    app.router = Signpost(app.routes)
    app.openapi_schema = None

    assert app.openapi()["paths"] == described


def test_route_that_is_added_later_is_found() -> None:
    client = _client(has_signpost=True)
    client.get("/api/v1/claims")

    client.app.add_api_route("/api/v1/claims/7/late", lambda: "late")  # type: ignore[attr-defined]

    assert client.get("/api/v1/claims/7/late").json() == "late"
