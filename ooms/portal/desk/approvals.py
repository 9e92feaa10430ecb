"""Companies that apply for approval as exporters: the list, the page of one, and its decision."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.days import days_left
from ooms.portal.desk import words
from ooms.portal.desk.names import companies_of
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

LIST = "/desk/approvals"
_REQUESTS = "/approved-exporters/requests"
#: What an officer does to an application, by the name of its form, and where.
_ACTS = {
    "completion": "completion",
    "decision": "decision",
    "postponement": "visit-postponement-decision",
    "report": "visit-report",
    "visit": "visit",
}
#: The lists of the scheme whose codes an application carries.
_CODED = ("papers", "qualifications", "refusals", "returns")


@router.get(LIST)
async def approvals(
    visit: TheVisit,
    state: Annotated[str, Query(max_length=20)] = "",
    cursor: Annotated[str, Query(max_length=36)] = "",
) -> HTMLResponse:
    """List who applies for approval, with the days that are left to decide."""
    found = await visit.api.get(_REQUESTS, state=state, cursor=cursor)
    companies = await companies_of(visit, {one["exporter_id"] for one in found["items"]})
    return visit.page(
        "desk/approvals.html",
        form=Form.of({"state": state}),
        found=found["items"],
        following=found["next"],
        filters={"state": state} if state else {},
        left={one["id"]: days_left(visit, one["decide_by"]) for one in found["items"]},
        companies=companies,
        words=words,
    )


@router.get(LIST + "/{request_id}")
async def approval(request_id: str, visit: TheVisit) -> HTMLResponse:
    """Show an application for approval with its papers, managers and visit."""
    return await _show(visit, request_id)


@router.post(LIST + "/{request_id}/{name}")
async def act(request_id: str, name: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Ask for completion, announce or report a visit, decide."""
    if name not in _ACTS:
        return visit.go(f"{LIST}/{request_id}")
    doing = Act(name, form)
    try:
        await doing.do(visit, f"{_REQUESTS}/{request_id}/{_ACTS[name]}", doing.body())
    except Refused as refused:
        return await _show(visit, request_id, form=form, refused=refused)
    return visit.go(f"{LIST}/{request_id}", done="case-changed")


async def _show(
    visit: Visit, request_id: str, *, form: Form | None = None, refused: Refused | None = None
) -> HTMLResponse:
    found = await visit.api.get(f"{_REQUESTS}/{request_id}")
    company = found["exporter_id"]
    scheme, names, checked = await asyncio.gather(
        visit.api.get("/approved-exporters/scheme"),
        companies_of(visit, {company}),
        visit.api.get("/self-checks/kept", exporter_id=company, limit=3),
    )
    facts: dict[str, Any] = {
        "request": found,
        "company": names[company],
        "scheme": scheme["scheme"],
        "titles": {one["code"]: one["title"] for name in _CODED for one in scheme["scheme"][name]},
        "left": days_left(visit, found["decide_by"]),
        "words": words,
        "self_checks": checked["items"],
    }
    return visit.ask("desk/approval.html", form or Form.of(), refused, **facts)
