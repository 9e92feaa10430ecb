"""Suppliers' declarations as the buyer sees them: asked for, reminded, in force, ended."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.brokers import CHOOSE, must_choose
from ooms.portal.choices import EDITIONS, agreements, countries
from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.products import words
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

SUPPLIERS = "/company/suppliers"
_LINK_HEADER = "Supplier-Link"
_NEW = "products/ask_supplier.html"
_NO_SIGNS = str.maketrans("", "", ". -")


@router.get(SUPPLIERS)
async def listed(visit: TheVisit, state: str = "", cursor: str = "") -> Response:
    """List declarations, of one state or all."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    page = await visit.api.get("/supplier-declarations", state=state, cursor=cursor)
    return visit.page("products/suppliers.html", page=page, state=state, words=words)


@router.get(f"{SUPPLIERS}/new")
async def begin(visit: TheVisit, description: str = "", hs: str = "") -> HTMLResponse:
    """Ask of whom what is asked."""
    form = Form.of(
        {
            "goods": {"description": description, "hs": hs, "hs_edition": EDITIONS[0]},
            "within_days": "14",
        }
    )
    return visit.page(_NEW, form=form, **await _choices(visit))


@router.post(f"{SUPPLIERS}/new")
async def ask(form: TheForm, visit: TheVisit) -> Response:
    """Ask a supplier for a declaration."""
    body = form.body("kind", "agreement", "supplier", "goods", "within_days")
    if "hs" in body.get("goods", {}):
        body["goods"]["hs"] = body["goods"]["hs"].translate(_NO_SIGNS)
    try:
        made = await visit.api.post("/supplier-declarations", body, key=form.key)
    except Refused as refused:
        return visit.refuse(_NEW, form, refused, **await _choices(visit))
    return visit.go(f"{SUPPLIERS}/{made['id']}", done="supplier-asked")


@router.get(f"{SUPPLIERS}/{{declaration_id}}")
async def shown(declaration_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a declaration: where it stands, what was stated, and what rests on it."""
    return await _shown(visit, declaration_id, Form.of())


@router.post(f"{SUPPLIERS}/{{declaration_id}}/link")
async def make_link(declaration_id: str, form: TheForm, visit: TheVisit) -> HTMLResponse:
    """Make the supplier's link and show it, this once."""
    path = f"/supplier-declarations/{declaration_id}/links"
    try:
        _, token = await visit.api.post_for(_LINK_HEADER, path, key=form.key)
    except Refused as refused:
        return await _shown(visit, declaration_id, form, refused=refused)
    base = str(visit.request.base_url).rstrip("/")
    link = f"{base}/supply/{token}" if token else ""
    return await _shown(visit, declaration_id, Form.of(), link=link, is_asked=True)


@router.post(f"{SUPPLIERS}/{{declaration_id}}/revocation")
async def revoke(declaration_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Take a declaration out of use."""
    path = f"/supplier-declarations/{declaration_id}/revocation"
    try:
        await visit.api.post(path, form.body("reason"), key=form.key)
    except Refused as refused:
        return await _shown(visit, declaration_id, form, refused=refused)
    return visit.go(f"{SUPPLIERS}/{declaration_id}", done="declaration-revoked")


async def _shown(  # noqa: PLR0913  # what the page may show, each by its name
    visit: Visit,
    declaration_id: str,
    form: Form,
    *,
    link: str = "",
    is_asked: bool = False,
    refused: Refused | None = None,
) -> HTMLResponse:
    path = f"/supplier-declarations/{declaration_id}"
    facts: dict[str, Any] = {
        "one": await visit.api.get(path),
        "impact": await visit.api.get(f"{path}/impact"),
        "link": link,
        "is_asked": is_asked,
        "words": words,
    }
    return visit.ask("products/declaration.html", form, refused, **facts)


async def _choices(visit: Visit) -> dict[str, Any]:
    return {
        "agreements": await agreements(visit),
        "countries": countries(visit.language),
        "editions": EDITIONS,
        "words": words,
    }
