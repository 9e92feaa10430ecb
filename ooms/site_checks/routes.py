"""On-site checks over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.site_checks.model import Outcome
from ooms.site_checks.schemas import (
    PlanIn,
    PostponementDecisionIn,
    PostponementIn,
    ProposalOut,
    ReportIn,
    SiteCheckOut,
    SiteChecksOut,
)
from ooms.site_checks.service import SiteChecks

router = APIRouter(prefix="/applications/{application_id}/site-checks", tags=["on-site checks"])
Desk = Annotated[SiteChecks, from_office("site_checks")]


@router.post("", status_code=201, response_model=SiteCheckOut)
def schedule(application_id: str, body: PlanIn, *, call: TheCall, desk: Desk) -> Response:
    """Schedule a visit with its notice."""
    return call.write(
        Action.DECIDE_APPLICATION,
        body,
        lambda work, by: SiteCheckOut.of(
            desk.schedule(work, application_id, plan=body.value(), by=by)
        ),
    )


@router.post("/postponement", response_model=SiteCheckOut)
def ask(application_id: str, body: PostponementIn, *, call: TheCall, desk: Desk) -> Response:
    """Ask for a later day."""
    return call.write(
        Action.APPLY,
        body,
        lambda work, by: SiteCheckOut.of(
            desk.ask_postponement(work, application_id, to=body.to, reason=body.reason, by=by)
        ),
        status=200,
    )


@router.post("/postponement-decision", response_model=SiteCheckOut)
def decide(
    application_id: str, body: PostponementDecisionIn, *, call: TheCall, desk: Desk
) -> Response:
    """Grant or deny the later day."""
    return call.write(
        Action.DECIDE_APPLICATION,
        body,
        lambda work, by: SiteCheckOut.of(
            desk.decide_postponement(work, application_id, granted=body.granted, by=by)
        ),
        status=200,
    )


@router.post("/report", response_model=SiteCheckOut)
def report(application_id: str, body: ReportIn, *, call: TheCall, desk: Desk) -> Response:
    """Report what was found."""
    outcome = Outcome(body.outcome)
    return call.write(
        Action.DECIDE_APPLICATION,
        body,
        lambda work, by: SiteCheckOut.of(
            desk.report(work, application_id, outcome=outcome, text=body.text, by=by)
        ),
        status=200,
    )


@router.get("")
def of(application_id: str, *, call: TheCall, desk: Desk) -> SiteChecksOut:
    """Return the on-site checks of an application, and the grounds that the lists give for one."""
    found, proposed = call.read(
        Action.SEE_APPLICATION,
        lambda work, by: (
            desk.of(work, application_id, by=by),
            desk.proposed(work, application_id, by=by),
        ),
    )
    return SiteChecksOut(
        items=tuple(SiteCheckOut.of(one) for one in found),
        proposed=tuple(ProposalOut.model_validate(one, from_attributes=True) for one in proposed),
    )
