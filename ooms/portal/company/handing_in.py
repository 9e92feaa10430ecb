"""An application as a whole: its tasks, the check of its answers, the declaration, what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.code_words import PACKAGES, TRANSPORT_MODES
from ooms.portal.company.drafts import OPEN, PATH, SECTIONS, application_of, is_ready, tasks_of
from ooms.portal.company.grounds import fitting
from ooms.portal.company.paper_form import paper_form
from ooms.portal.company.words import DISCLOSURES, KINDS, MEASURES, MOVES, ROLES, SEVERITIES
from ooms.portal.forms import Form, unfit
from ooms.portal.languages import N_
from ooms.portal.visit import TheForm, TheVisit, Visit
from ooms.portal.words import EXCHANGE, STATES, UNITS

router = APIRouter(include_in_schema=False)

_ONE = PATH + "/{application_id}"
_DECLARED = "declared"
#: States in which it can be taken back, and from which nothing follows any more.
_ENDED = frozenset({"REFUSED", "RETURNED", "WITHDRAWN", "ISSUED"})
#: The first step of a pointer, or of a path as the partner's dialect writes it.
_FIRST_STEP = re.compile(r"/?[a-z_]+")
#: The section of a canonical field, by the first step of its pointer.
_SECTION_OF = {
    "buyer": "buyer",
    "parties": "buyer",
    "invoices": "invoices",
    "lines": "goods",
    "items": "goods",
    "transport": "transport",
    "shipped_on": "transport",
    "intended_shipment_on": "transport",
}
_WORDS = {
    "state": STATES,
    "exchange": EXCHANGE,
    "move": MOVES,
    "role": ROLES,
    "kind": KINDS,
    "measure": MEASURES,
    "unit": UNITS,
    "package": PACKAGES,
    "mode": TRANSPORT_MODES,
    "severity": SEVERITIES,
    "disclosure": DISCLOSURES,
}


@router.get(_ONE)
async def show(application_id: str, visit: TheVisit) -> HTMLResponse:
    """Show the tasks of a draft, or where an application stands."""
    return await _show(visit, application_id, Form.of())


@router.get(_ONE + "/check")
async def check(application_id: str, visit: TheVisit) -> HTMLResponse:
    """Show every answer with the way to change it, and what the partner would say, box by box."""
    application = await application_of(visit, application_id)
    lint = await visit.api.get(f"/applications/{application_id}/lint")
    return visit.page(
        "company/check.html",
        application=application,
        cited={one["id"]: one for one in await fitting(visit, application["content"])},
        lint=lint,
        sections=[(one, _of_section(one.slug, lint["findings"])) for one in SECTIONS],
        others=_of_section("", lint["findings"]),
        ready=is_ready(application["content"]),
        words=_WORDS,
    )


@router.get(_ONE + "/declaration")
async def declaration(application_id: str, visit: TheVisit) -> HTMLResponse:
    """Ask for the declaration under which the application is handed in."""
    application = await application_of(visit, application_id)
    return visit.page("company/declaration.html", application=application, form=Form.of())


@router.post(_ONE + "/declaration")
async def hand_in(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Hand the application in, or back in with what was to be completed."""
    application = await application_of(visit, application_id)
    try:
        if not form.has(_DECLARED, "yes"):
            raise unfit(N_("Confirm the declaration."), _DECLARED)
        body = {"answer": form["answer"]}
        await visit.api.post(f"/applications/{application_id}/submission", body, key=form.key)
    except Refused as refused:
        return visit.refuse("company/declaration.html", form, refused, application=application)
    return visit.go(f"{PATH}/{application_id}", done="application-handed-in")


@router.get(_ONE + "/withdrawal")
async def ask_withdrawal(application_id: str, visit: TheVisit) -> HTMLResponse:
    """Ask why an application is taken back."""
    application = await application_of(visit, application_id)
    return visit.page("company/withdrawal.html", application=application, form=Form.of())


@router.post(_ONE + "/withdrawal")
async def withdraw(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Take an application back."""
    path = f"/applications/{application_id}/withdrawal"
    try:
        await visit.api.post(path, form.body("reason"), key=form.key)
    except Refused as refused:
        application = await application_of(visit, application_id)
        return visit.refuse("company/withdrawal.html", form, refused, application=application)
    return visit.go(f"{PATH}/{application_id}", done="application-withdrawn")


@router.post(_ONE + "/postponement")
async def postpone(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Ask for a later day for the on-site check."""
    path = f"/applications/{application_id}/site-checks/postponement"
    try:
        await visit.api.post(path, form.body("to", "reason"), key=form.key)
    except Refused as refused:
        return await _show(visit, application_id, form, refused=refused)
    return visit.go(f"{PATH}/{application_id}", done="postponement-asked")


async def _show(
    visit: Visit, application_id: str, form: Form, *, refused: Refused | None = None
) -> HTMLResponse:
    application = await application_of(visit, application_id)
    tasks = tasks_of(application["content"])
    facts = {
        "application": application,
        "tasks": tasks,
        "done_tasks": sum(one.is_done for one in tasks),
        "ready": is_ready(application["content"]),
        "paper": await paper_form(visit, application["content"]),
        "words": _WORDS,
    }
    if application["state"] == "DRAFT":
        return visit.ask("company/tasks.html", form, refused, **facts)
    told = await _told(visit, application)
    return visit.ask("company/application.html", form, refused, **facts, **told)


async def _told(visit: Visit, application: Mapping[str, Any]) -> dict[str, Any]:
    """Gather what became of an application since it was handed in."""
    path = f"/applications/{application['id']}"
    completions = (await visit.api.get(f"{path}/completions"))["items"]
    procedure = await visit.api.get("/procedure")
    found = await visit.api.get("/certificates", application_id=[application["id"]])
    content = application["content"]
    return {
        "history": (await visit.api.get(f"{path}/history"))["items"],
        "completions": completions,
        "reasons": {one["code"]: one["title"] for one in procedure["refusal_reasons"]},
        "lacks": {one["code"]: one["title"] for one in procedure["completion_reasons"]},
        "certificates": found["items"],
        "visits": (await visit.api.get(f"{path}/site-checks"))["items"],
        "may_withdraw": application["state"] not in _ENDED,
        "may_write": application["state"] in OPEN,
        "cited": {one["id"]: one for one in await fitting(visit, content)},
    }


def _of_section(slug: str, findings: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [one for one in findings if _section_of(one["pointer"]) == slug]


def _section_of(pointer: str) -> str:
    found = _FIRST_STEP.match(pointer)
    return _SECTION_OF.get(found[0].strip("/"), "") if found else ""
