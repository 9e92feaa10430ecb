"""On-site checks of an application: announced, put off, reported."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.desk.showing import facts_of, show
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit

router = APIRouter(include_in_schema=False)
_PATH = "/desk/applications/{application_id}/visit"
_PAGE = "desk/visit.html"


@router.get(_PATH)
async def plan(application_id: str, visit: TheVisit) -> HTMLResponse:
    """Show why, for what and when somebody may go and look."""
    return visit.page(_PAGE, form=Form.of(), **await facts_of(visit, application_id))


@router.post(_PATH)
async def announce(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Schedule a visit; its notice goes to the applicant."""
    act = Act("visit", form)
    try:
        await act.do(visit, f"/applications/{application_id}/site-checks", act.body())
    except Refused as refused:
        facts = await facts_of(visit, application_id)
        return visit.refuse(_PAGE, form, refused, **facts)
    return visit.go(f"/desk/applications/{application_id}", done="visit-scheduled")


@router.post(_PATH + "/postponement")
async def decide_postponement(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Grant or deny the later day."""
    act = Act("postponement", form)
    path = f"/applications/{application_id}/site-checks/postponement-decision"
    try:
        await act.do(visit, path, act.body())
    except Refused as refused:
        return await show(visit, application_id, form=form, refused=refused)
    return visit.go(f"/desk/applications/{application_id}", done="postponement-decided")


@router.post(_PATH + "/report")
async def report(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Keep what was found."""
    act = Act("report", form)
    try:
        await act.do(visit, f"/applications/{application_id}/site-checks/report", act.body())
    except Refused as refused:
        return await show(visit, application_id, form=form, refused=refused)
    return visit.go(f"/desk/applications/{application_id}", done="visit-reported")
