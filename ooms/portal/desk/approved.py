"""Approved exporters after their approval: inspections, checks, orders, hearings, their end."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
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

LIST = "/desk/approved"
_APPROVALS = "/approved-exporters"
#: What is done to an approval, by the name of its form, and where the interface takes it.
_ACTS: Mapping[str, str] = {
    "acceptance": "order-acceptance",
    "cancellation": "cancellation",
    "day": "hearing-day",
    "follow": "follow-ups",
    "hearing": "hearing",
    "lapse": "lapse",
    "order": "order",
    "record": "hearing-record",
    "reply": "self-inspection-reply",
    "result": "follow-up-result",
}
#: The lists of the scheme whose codes an approval carries.
_CODED = ("triggers", "orders", "cancellations", "lapses", "qualifications")


@router.get(LIST)
async def approved(
    visit: TheVisit, cursor: Annotated[str, Query(max_length=36)] = ""
) -> HTMLResponse:
    """List the approvals, the newest first."""
    found = await visit.api.get(_APPROVALS, cursor=cursor)
    companies = await companies_of(visit, {one["exporter_id"] for one in found["items"]})
    return visit.page(
        "desk/approved_list.html",
        approvals=found["items"],
        following=found["next"],
        companies=companies,
        words=words,
    )


@router.get(LIST + "/{approval_id}")
async def approval(approval_id: str, visit: TheVisit) -> HTMLResponse:
    """Show an approval, what happened to it, and what can be done now."""
    return await _show(visit, approval_id, Form.of())


@router.post(LIST + "/{approval_id}/{name}")
async def act(approval_id: str, name: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Reply, check, order, hear, cancel, or record that an approval has lapsed."""
    if name not in _ACTS:
        return visit.go(f"{LIST}/{approval_id}")
    doing = Act(name, form)
    try:
        await doing.do(visit, f"{_APPROVALS}/{approval_id}/{_ACTS[name]}", doing.body())
    except Refused as refused:
        return await _show(visit, approval_id, form, refused=refused, tried=name)
    return visit.go(f"{LIST}/{approval_id}", done="case-changed")


async def _show(
    visit: Visit, approval_id: str, form: Form, *, refused: Refused | None = None, tried: str = ""
) -> HTMLResponse:
    found = await visit.api.get(f"{_APPROVALS}/{approval_id}")
    scheme, names = await asyncio.gather(
        visit.api.get(f"{_APPROVALS}/scheme"), companies_of(visit, {found["exporter_id"]})
    )
    order, told = found["order"], scheme["scheme"]
    facts: dict[str, Any] = {
        "one": found,
        "company": names[found["exporter_id"]],
        "scheme": told,
        "titles": {name: {each["code"]: each["title"] for each in told[name]} for name in _CODED},
        "questions": {each["code"]: each["question"] for each in told["checklist"]},
        "order_left": days_left(visit, order["due_on"]) if order else None,
        "unreplied": [each for each in found["inspections"] if not each["reply"]],
        "unfinished": [each for each in found["follow_ups"] if not each["ended_on"]],
        "tried": tried,
        "words": words,
    }
    return visit.ask("desk/approved.html", form, refused, **facts)
