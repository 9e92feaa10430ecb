"""The invoices of an application: a list, and a page for each."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.choices import countries
from ooms.portal.client import Document, Refused
from ooms.portal.company.drafts import PATH, application_of, keep
from ooms.portal.company.paper_form import paper_form
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

_LIST = PATH + "/{application_id}/invoices"
_ONE = _LIST + "/{place:int}"
_TEMPLATE = "company/invoice.html"


@router.get(_LIST)
async def invoices(application_id: str, visit: TheVisit) -> Response:
    """List the invoices; with none yet, ask for the first at once."""
    application = await application_of(visit, application_id)
    if not application["content"]["invoices"]:
        return visit.go(f"{PATH}/{application_id}/invoices/0")
    return visit.page("company/invoices.html", application=application, form=Form.of())


@router.get(_ONE)
async def invoice(application_id: str, place: int, visit: TheVisit) -> HTMLResponse:
    """Ask for one invoice."""
    application = await application_of(visit, application_id)
    stated = application["content"]["invoices"]
    # Fields are named by their place in the content, so that a flaw finds its field.
    form = Form.of({"invoices": stated})
    return visit.page(_TEMPLATE, form=form, **await _facts(visit, application, place))


@router.post(_ONE)
async def keep_invoice(
    application_id: str, place: int, *, form: TheForm, visit: TheVisit
) -> Response:
    """Keep one invoice, in its place or behind the others."""
    application = await application_of(visit, application_id)
    stated: list[Any] = list(application["content"]["invoices"])
    stated[place : place + 1] = form.body("invoices").get("invoices", [{}])
    try:
        await keep(visit, application, form=form, invoices=stated)
    except Refused as refused:
        facts = await _facts(visit, application, place)
        return visit.refuse(_TEMPLATE, form, refused, **facts)
    return visit.go(f"{PATH}/{application_id}/invoices", done="section-kept")


@router.post(_ONE + "/removal")
async def remove_invoice(
    application_id: str, place: int, *, form: TheForm, visit: TheVisit
) -> Response:
    """Take an invoice out; lines that referred to it refer to the first one."""
    application = await application_of(visit, application_id)
    content = application["content"]
    kept = [one for at, one in enumerate(content["invoices"]) if at != place]
    lines = [
        line | {"invoice_refs": _without(line["invoice_refs"], place + 1)}
        for line in content["lines"]
    ]
    await keep(visit, application, form=form, invoices=kept, lines=lines)
    return visit.go(f"{PATH}/{application_id}/invoices", done="removed")


async def _facts(visit: Visit, application: Document, place: int) -> dict[str, Any]:
    return {
        "application": application,
        "place": place,
        "paper": await paper_form(visit, application["content"]),
        "countries": countries(visit.language),
    }


def _without(references: list[int], gone: int) -> list[int]:
    moved = [one - 1 if one > gone else one for one in references if one != gone]
    return moved or [1]
