"""Entering an application that came on paper while the system stood still."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.code_words import PACKAGES, TRANSPORT_MODES
from ooms.portal.determined import CONFERS, product_of
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit
from ooms.portal.words import UNITS

router = APIRouter(include_in_schema=False)

_PATH = "/desk/companies/{exporter_id}/paper-application"
_PAGE = "desk/paper_application.html"
TheCount = Annotated[int, Query(ge=1, le=20)]
_MOST_LINES = 20
#: As many as the interface gives at once; the newest come first.
_MOST = 200
_FIRST_INVOICE = [1]
_BOTH = frozenset({"/content/agreement", "/content/form_type"})


@router.get(_PATH)
async def ask(exporter_id: str, visit: TheVisit, lines: TheCount = 1) -> HTMLResponse:
    """Ask what the paper says."""
    return visit.page(_PAGE, form=Form.of(), **await _facts(visit, exporter_id, lines=lines))


@router.post(_PATH)
async def enter(exporter_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Enter it, and go to the application; or show room for another line, without scripts."""
    lines = int(form["lines"]) if form["lines"].isdecimal() else 1
    facts = await _facts(visit, exporter_id, lines=lines + bool(form["more"]))
    if form["more"]:
        return visit.page(_PAGE, form=form, **facts)
    body = form.body("received_on", "reason") | {
        "exporter_id": exporter_id,
        "content": _content(form, facts["grounds"]),
    }
    try:
        entered = await visit.api.post("/paper-applications", body, key=form.key)
    except Refused as refused:
        return visit.refuse(_PAGE, form, refused.moved(_at_its_field), **facts)
    return visit.go(f"/desk/applications/{entered['id']}", done="paper-entered")


async def _facts(visit: Visit, exporter_id: str, *, lines: int) -> dict[str, Any]:
    company, determined, forms = await asyncio.gather(
        visit.api.get(f"/exporters/{exporter_id}"),
        visit.api.get("/determinations", exporter_id=exporter_id, limit=_MOST),
        visit.api.get("/forms"),
    )
    return {
        "company": company,
        "grounds": [one for one in determined["items"] if one["verdict"] == CONFERS],
        "forms": forms["items"],
        "lines": min(lines, _MOST_LINES),
        "units": UNITS,
        "packages": PACKAGES,
        "modes": TRANSPORT_MODES,
    }


def _at_its_field(pointer: str) -> str:
    """Name the one field that asks for agreement and form."""
    return "/form" if pointer in _BOTH else pointer


def _content(form: Form, grounds: list[Any]) -> dict[str, Any]:
    """Read what the paper says; a line without words or code takes those of its determination."""
    told: dict[str, Any] = form.body("content").get("content", {})
    agreement, _, form_type = form["form"].partition("/")
    cited = {one["id"]: one for one in grounds}
    declarations = form["declarations"].splitlines()
    return told | {
        "agreement": agreement,
        "form_type": form_type,
        "buyer": told.get("buyer", {}),
        "lines": [
            _line(place, one, cited) for place, one in enumerate(told.get("lines", ()), start=1)
        ],
        "export_declarations": [one.strip() for one in declarations if one.strip()],
    }


def _line(item_no: int, told: Mapping[str, Any], cited: Mapping[str, Any]) -> dict[str, Any]:
    ground = cited.get(told.get("determination_id", ""))
    measures = [one for one in told.get("quantities", ()) if "value" in one]
    packages = [one for one in told.get("packages", ()) if "count" in one]
    return {
        **(product_of(ground) if ground else {}),
        **told,
        "item_no": item_no,
        "quantities": measures,
        "packages": packages,
        "invoice_refs": _FIRST_INVOICE,
    }
