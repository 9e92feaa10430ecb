"""What a company does about an approval it has: managers, self-inspections, answers, a hearing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.company.approvals import APPROVALS, LIST, scheme_of
from ooms.portal.days import days_left, today_of
from ooms.portal.desk import words as desk_words
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

#: What a company does to its approval, by the name of its form, and where.
_ACTS: Mapping[str, str] = {
    "answer": "order-answer",
    "inspection": "self-inspections",
    "statement": "hearing-statement",
    "team": "managers",
}


@router.get(LIST + "/{approval_id}")
async def approval(approval_id: str, visit: TheVisit) -> HTMLResponse:
    """Show an approval, what happened to it, and what its holder can do now."""
    return await _show(visit, approval_id)


@router.post(LIST + "/{approval_id}/{name}")
async def act(approval_id: str, name: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Tell who manages origin, hand in a self-inspection, answer an order, be heard."""
    if name not in _ACTS:
        return visit.go(f"{LIST}/{approval_id}")
    doing = Act(name, form)
    try:
        await doing.do(visit, f"{APPROVALS}/{approval_id}/{_ACTS[name]}", doing.body())
    except Refused as refused:
        return await _show(visit, approval_id, form=form, refused=refused, tried=name)
    return visit.go(f"{LIST}/{approval_id}", done="approval-changed")


async def _show(
    visit: Visit,
    approval_id: str,
    *,
    form: Form | None = None,
    refused: Refused | None = None,
    tried: str = "",
) -> HTMLResponse:
    found = await visit.api.get(f"{APPROVALS}/{approval_id}")
    scheme, today = await scheme_of(visit), today_of(visit)
    level, order = found["scope"]["level"], found["order"]
    facts: dict[str, Any] = {
        "one": found,
        "scheme": scheme,
        "questions": [each for each in scheme["checklist"] if level in each["levels"]],
        "asked": {each["code"]: each["question"] for each in scheme["checklist"]},
        "titles": _titles(scheme),
        # One line more than there are managers, for another.
        "places": range(len(found["managers"]) + 1),
        "order_left": days_left(visit, order["due_on"]) if order else None,
        "may_inspect": _is_within(found["self_inspections"], today),
        "may_renew": _is_within([found["renewal"]], today),
        "tried": tried,
        "words": desk_words,
    }
    begun = Form.of({"team": {"managers": found["managers"]}})
    if form is None or refused is None:
        return visit.page("company/approved.html", form=begun, **facts)
    sent = replace(form, fields={**begun.fields, **form.fields})
    return visit.refuse("company/approved.html", sent, refused, **facts)


def _titles(scheme: Any) -> dict[str, str]:
    """Name every ground of the scheme by its code."""
    lists = ("triggers", "orders", "cancellations", "lapses")
    return {one["code"]: one["title"] for name in lists for one in scheme[name]}


def _is_within(windows: Sequence[Any], today: date) -> bool:
    return any(one["first"] <= today.isoformat() <= one["last"] for one in windows)
