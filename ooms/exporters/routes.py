"""Companies over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.exporters.schemas import ExporterIn, ExporterOut
from ooms.exporters.service import Exporters

router = APIRouter(prefix="/exporters", tags=["exporters"])
Desk = Annotated[Exporters, from_office("exporters")]


@router.post("", status_code=201, response_model=ExporterOut)
def register(body: ExporterIn, *, call: TheCall, desk: Desk) -> Response:
    """Register a company."""
    return call.write(
        Action.REGISTER_EXPORTER,
        body,
        lambda work, by: ExporterOut.of(desk.register(work, body.value(), by=by)),
    )


@router.get("/{exporter_id}")
def get(exporter_id: str, *, call: TheCall, desk: Desk) -> ExporterOut:
    """Return a company."""
    return call.read(
        Action.SEE_EXPORTER,
        lambda work, by: ExporterOut.of(desk.get(work, exporter_id, by=by)),
    )


@router.get("")
def page(window: TheWindow, *, call: TheCall, desk: Desk) -> PageOut[ExporterOut]:
    """List companies, the newest first."""
    found = call.read(Action.SEE_EXPORTER, lambda work, by: desk.page(work, window, by=by))
    return PageOut[ExporterOut](
        items=tuple(ExporterOut.of(one) for one in found),
        next=found[-1].id if len(found) == window.limit else None,
    )
