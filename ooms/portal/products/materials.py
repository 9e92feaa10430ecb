"""Materials in stock: kept under part numbers, with the lots that came in."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.brokers import CHOOSE, must_choose
from ooms.portal.choices import EDITIONS, countries
from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.products import words
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

MATERIALS = "/company/products/materials"
_LIST, _ONE = "products/materials.html", "products/material.html"
_NO_SIGNS = str.maketrans("", "", ". -")


@router.get(MATERIALS)
async def listed(visit: TheVisit, cursor: str = "") -> Response:
    """List the company's materials, and keep another one."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    form = Form.of({"codes": [{"edition": EDITIONS[0]}]})
    return visit.page(_LIST, form=form, **await _list_facts(visit, cursor))


@router.post(MATERIALS)
async def keep(form: TheForm, visit: TheVisit) -> Response:
    """Keep a material under its part number."""
    body = form.body("part_number", "description", "unit", "codes")
    coded = [one for one in body.get("codes", []) if "hs" in one]
    body["codes"] = [one | {"hs": one["hs"].translate(_NO_SIGNS)} for one in coded]
    try:
        made = await visit.api.post("/materials", body, key=form.key)
    except Refused as refused:
        return visit.refuse(_LIST, form, refused, **await _list_facts(visit, ""))
    return visit.go(f"{MATERIALS}/{made['id']}", done="material-kept")


@router.get(f"{MATERIALS}/{{material_id}}")
async def shown(material_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a material with its lots, what was taken, and the methods elected."""
    form = Form.of({"currency": "USD"})
    return visit.page(_ONE, form=form, **await _facts(visit, material_id))


@router.post(f"{MATERIALS}/{{material_id}}/{{what}}")
async def record(material_id: str, what: str, form: TheForm, *, visit: TheVisit) -> Response:
    """Record a lot that came in, units that were taken, or the method of a fiscal year."""
    done = {"lots": "lot-recorded", "withdrawals": "taking-recorded", "methods": "method-elected"}
    try:
        await visit.api.post(f"/materials/{material_id}/{what}", form.body(), key=form.key)
    except Refused as refused:
        return visit.refuse(_ONE, form, refused, **await _facts(visit, material_id))
    return visit.go(f"{MATERIALS}/{material_id}", done=done[what])


async def _list_facts(visit: Visit, cursor: str) -> dict[str, Any]:
    return {"page": await visit.api.get("/materials", cursor=cursor), "editions": EDITIONS}


async def _facts(visit: Visit, material_id: str) -> dict[str, Any]:
    path = f"/materials/{material_id}"
    return {
        "one": await visit.api.get(path),
        "lots": (await visit.api.get(f"{path}/lots"))["items"],
        "taken": (await visit.api.get(f"{path}/withdrawals"))["items"],
        "methods": (await visit.api.get(f"{path}/methods"))["items"],
        "countries": countries(visit.language),
        "words": words,
    }
