"""The probes."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

router = APIRouter(include_in_schema=False)


@router.get("/livez")
def live() -> PlainTextResponse:
    """Say that the process runs."""
    return PlainTextResponse("alive")


@router.get("/readyz")
def ready(request: Request) -> PlainTextResponse:
    """Say whether the database answers."""
    office = request.app.state.office
    try:
        office.works.read(office.access.is_reachable)
    except Exception:  # noqa: BLE001  # the web's edge: whatever is wrong, we are not ready
        return PlainTextResponse("not ready", HTTPStatus.SERVICE_UNAVAILABLE)
    return PlainTextResponse("ready")
