"""What the officer finds himself: the five checks, and what other registers said."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.desk.showing import show
from ooms.portal.visit import TheForm, TheVisit

router = APIRouter(include_in_schema=False)
_CASE = "/desk/applications/{application_id}"


@router.post(_CASE + "/checks/{check}")
async def confirm(application_id: str, check: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Keep what the officer found in a check."""
    act = Act(check, form)
    try:
        await act.do(visit, f"/applications/{application_id}/checks/{check}", act.body())
    except Refused as refused:
        return await show(visit, application_id, form=form, refused=refused)
    return visit.go(f"/desk/applications/{application_id}", done="check-kept")


@router.post(_CASE + "/registers")
async def ask_registers(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Ask every register, with the permits that the officer was shown, one a line."""
    act = Act("registers", form)
    permits = [one.strip() for one in form["registers.permits"].splitlines() if one.strip()]
    try:
        await act.do(visit, f"/applications/{application_id}/crosschecks", {"permits": permits})
    except Refused as refused:
        return await show(visit, application_id, form=form, refused=refused)
    return visit.go(f"/desk/applications/{application_id}", done="registers-asked")


@router.post(_CASE + "/registers/{answer_id}/release")
async def let_pass(
    application_id: str, answer_id: str, *, form: TheForm, visit: TheVisit
) -> Response:
    """Let an answer pass: a soft one by the officer, a hard one by a supervisor."""
    is_supervisor = visit.role == "SUPERVISOR"
    way = "release" if is_supervisor else "override"
    act = Act(answer_id, form)
    path = f"/applications/{application_id}/crosschecks/{answer_id}/{way}"
    try:
        await act.do(visit, path, act.body())
    except Refused as refused:
        return await show(visit, application_id, form=form, refused=refused)
    return visit.go(f"/desk/applications/{application_id}", done="answer-released")
