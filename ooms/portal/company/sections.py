"""The sections of an application that are one page each: buyer, transport, papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.choices import countries
from ooms.portal.client import Document, Refused
from ooms.portal.code_words import TRANSPORT_MODES
from ooms.portal.company.drafts import PATH, application_of, keep
from ooms.portal.company.paper_form import paper_form
from ooms.portal.company.words import DISCLOSURES
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

#: The parts that are left out as a whole when nothing stands in them.
_OPTIONAL = ("transport", "producer", "exhibition")
#: Lists that are written one a line, and the field in which they stand.
_DECLARATIONS = "export_declarations"


@router.get(PATH + "/{application_id}/buyer")
async def buyer(application_id: str, visit: TheVisit) -> HTMLResponse:
    """Ask to whom the goods go."""
    return await _ask(visit, application_id, "buyer")


@router.post(PATH + "/{application_id}/buyer")
async def keep_buyer(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Keep the buyer."""
    told = form.body("buyer")
    return await _keep(visit, application_id, "buyer", form=form, members=_all(told, "buyer"))


@router.get(PATH + "/{application_id}/transport")
async def transport(application_id: str, visit: TheVisit) -> HTMLResponse:
    """Ask when and how the goods leave."""
    return await _ask(visit, application_id, "transport")


@router.post(PATH + "/{application_id}/transport")
async def keep_transport(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Keep when and how the goods leave."""
    names = ("shipped_on", "intended_shipment_on", "transport")
    members = _all(form.body(*names), *names)
    return await _keep(visit, application_id, "transport", form=form, members=members)


@router.get(PATH + "/{application_id}/papers")
async def papers(application_id: str, visit: TheVisit) -> HTMLResponse:
    """Ask for export declarations and remarks."""
    return await _ask(visit, application_id, "papers")


@router.post(PATH + "/{application_id}/papers")
async def keep_papers(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Keep export declarations and remarks."""
    names = ("retroactive_reason", "producer", "exhibition")
    members = _all(form.body(*names), *names)
    if members["producer"] and not members["producer"].keys() - {"disclosure"}:
        members["producer"] = None
    lines = form[_DECLARATIONS].splitlines()
    members[_DECLARATIONS] = [one.strip() for one in lines if one.strip()]
    return await _keep(visit, application_id, "papers", form=form, members=members)


def _all(told: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return every member by its name, with nothing for what was left empty."""
    return {name: told.get(name) for name in names}


async def _ask(visit: Visit, application_id: str, section: str) -> HTMLResponse:
    application = await application_of(visit, application_id)
    content = application["content"]
    form = Form.of(content | {_DECLARATIONS: "\n".join(content[_DECLARATIONS])})
    return visit.page(f"company/{section}.html", form=form, **await _facts(visit, application))


async def _keep(
    visit: Visit, application_id: str, section: str, *, form: Form, members: dict[str, Any]
) -> Response:
    application = await application_of(visit, application_id)
    if section == "buyer" and members["buyer"] is None:
        members["buyer"] = {}
    try:
        await keep(visit, application, form=form, **members)
    except Refused as refused:
        told = refused.moved(_one_field)
        facts = await _facts(visit, application)
        return visit.refuse(f"company/{section}.html", form, told, **facts)
    return visit.go(f"{PATH}/{application_id}", done="section-kept")


def _one_field(pointer: str) -> str:
    """Name the one field in which all single declarations stand."""
    whole = f"/{_DECLARATIONS}"
    return whole if pointer.startswith(f"{whole}/") else pointer


async def _facts(visit: Visit, application: Document) -> dict[str, Any]:
    return {
        "application": application,
        "paper": await paper_form(visit, application["content"]),
        "countries": countries(visit.language),
        "modes": TRANSPORT_MODES,
        "disclosures": DISCLOSURES,
    }
