"""Routing over HTTP: officers at import see why; a supervisor adopts tables of points."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.risk.adopting import Adopting
from ooms.risk.model import Channel
from ooms.risk.reporting import report
from ooms.risk.schemas import (
    DecisionOut,
    ExplainedOut,
    ModelIn,
    ModelMoveIn,
    ModelOut,
    Number,
    OutcomeIn,
    OutcomeOut,
    ReportOut,
)
from ooms.risk.service import Risk

router = APIRouter(prefix="/risk", tags=["risk"])
Desk = Annotated[Risk, from_office("risk")]
Models = Annotated[Adopting, from_office("risk_models")]
_SEE, _KEEP, _ADOPT = Action.SEE_RISK, Action.KEEP_RISK_INFORMATION, Action.ADOPT_RISK_MODEL


@router.get("/decisions")
def page(
    window: TheWindow, *, channel: Channel | None = None, call: TheCall, desk: Desk
) -> PageOut[DecisionOut]:
    """List where lines were sent and why, the newest first."""
    found = call.read(_SEE, lambda work, _: desk.page(work, window, channel=channel))
    return PageOut[DecisionOut](
        items=tuple(DecisionOut.of(one) for one in found),
        next=window.next(found),
    )


@router.get("/explanation")
def explain(
    declaration: Annotated[Number, Query(description="The number of the import declaration.")],
    *,
    call: TheCall,
    desk: Desk,
) -> ExplainedOut:
    """Tell where each line of a declaration was sent, by which points, and what became of it."""
    return call.read(
        _SEE,
        lambda work, _: ExplainedOut(
            decisions=tuple(DecisionOut.of(one) for one in desk.explain(work, declaration)),
            outcomes=tuple(OutcomeOut.of(one) for one in desk.outcomes(work, declaration)),
        ),
    )


@router.post("/outcomes", status_code=201, response_model=OutcomeOut)
def tell(body: OutcomeIn, *, call: TheCall, desk: Desk) -> Response:
    """Say what became of a line that was routed; tables are measured and trained by it."""
    return call.write(
        _KEEP,
        body,
        lambda work, by: OutcomeOut.of(
            desk.tell(work, body.value(at=work.now, by=by.login), by=by)
        ),
    )


@router.get("/report")
def show_report(*, call: TheCall, models: Models) -> ReportOut:
    """Tell how well routing does: drift, precision, champion against challenger."""
    return call.read(_SEE, lambda work, _: ReportOut.of(report(work, models.champion(work))))


@router.post("/models", status_code=201, response_model=ModelOut)
def add_model(body: ModelIn, *, call: TheCall, models: Models) -> Response:
    """Bring a table of points; it routes nothing until somebody else adopts it."""
    return call.write(
        _KEEP,
        body,
        lambda work, by: ModelOut.of(models.add(work, body.content, report=body.report, by=by)),
    )


@router.get("/models")
def page_models(window: TheWindow, *, call: TheCall, models: Models) -> PageOut[ModelOut]:
    """List tables of points, the newest first; when none is champion, the shipped one routes."""
    found = call.read(_SEE, lambda work, _: models.page(work, window))
    return PageOut[ModelOut](
        items=tuple(ModelOut.of(one) for one in found),
        next=window.next(found),
    )


@router.post("/models/{model_id}/adoption", response_model=ModelOut)
def move_model(model_id: str, body: ModelMoveIn, *, call: TheCall, models: Models) -> Response:
    """Adopt a table as champion or challenger, or retire it: by another than who brought it."""
    return call.write(
        _ADOPT,
        body,
        lambda work, by: ModelOut.of(
            models.move(work, model_id, state=body.to(), reason=body.reason, by=by)
        ),
        status=200,
    )
