"""What operators and monitors look at; served on loopback only, never beside the partner API."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from eodes.bootstrap import Node
from eodes.exchange.receive import Receiving
from eodes.store.records import Facts, Page


def operator_router(node: Node, receiving: Receiving) -> APIRouter:
    """Make the operator's routes."""
    router = APIRouter()

    @router.get("/livez")
    def live() -> PlainTextResponse:
        """Tell that the process answers."""
        return PlainTextResponse("ok")

    @router.get("/readyz")
    def ready() -> Response:
        """Tell whether a message could be received and recorded now."""
        states = {
            "database": node.database.is_reachable(),
            "committer": receiving.committer.is_alive,
        }
        status = HTTPStatus.OK if all(states.values()) else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse(states, status_code=status)

    @router.get("/metrics")
    def metrics() -> PlainTextResponse:
        """Count messages by partner and state, in the Prometheus text format."""
        with node.store.read() as unit:
            counts = unit.statistics()
        lines = [
            f'eodes_messages{{direction="{one.direction}",partner="{one.partner}",'
            f'state="{one.state}"}} {one.count}'
            for one in counts
        ]
        return PlainTextResponse(
            "\n".join(("# TYPE eodes_messages gauge", *lines, "")),
            media_type="text/plain; version=0.0.4",
        )

    _add_lists(router, node)
    return router


def _add_lists(router: APIRouter, node: Node) -> None:
    @router.get("/operator/v1/messages")
    def messages(partner: str | None = None, state: str | None = None) -> list[Facts]:
        """List the latest messages of ours."""
        with node.store.read() as unit:
            page = unit.outbox.page(Page(partner=partner, state=state))
        return [
            {
                "message_id": one.message_id,
                "partner": one.partner,
                "type": one.type.value,
                "state": one.state.value,
                "attempts": one.attempts,
                "code": one.code,
                "detail": one.detail,
                "created_at": one.created_at.isoformat(),
            }
            for one in page
        ]

    @router.get("/operator/v1/jobs")
    def jobs() -> dict[str, list[Facts]]:
        """Show the last run of each job, and the latest runs that did something."""
        with node.store.read() as unit:
            last, runs = unit.leases.jobs(), unit.leases.runs(limit=50)
        return {
            "jobs": [{name: _shown(value) for name, value in row.items()} for row in last],
            "runs": [{name: _shown(value) for name, value in row.items()} for row in runs],
        }


def _shown(value: object) -> object:
    return value if isinstance(value, int | str | None) else str(value)
