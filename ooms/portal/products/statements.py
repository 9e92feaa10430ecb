"""Producers' cost statements: filed for an exporter who does not get to see the costs."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.choices import EDITIONS, agreements, buyers
from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.products import lines, words
from ooms.portal.products.bills import facts as editor_facts
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

STATEMENTS = "/company/cost-statements"
_NEW = "products/file_statement.html"
_BILL = "product.bill."
_NO_SIGNS = str.maketrans("", "", ". -")


@router.get(STATEMENTS)
async def listed(visit: TheVisit, cursor: str = "") -> HTMLResponse:
    """List the statements that the company filed, or may cite."""
    page = await visit.api.get("/cost-statements", cursor=cursor)
    return visit.page("products/statements.html", page=page, words=words)


@router.get(f"{STATEMENTS}/new")
async def begin(visit: TheVisit) -> HTMLResponse:
    """Ask for whom, of which product, and under which agreement."""
    known = {
        "product": {"hs_edition": EDITIONS[0]},
        "origin": {"price": {"basis": "EXW", "currency": "USD"}},
    }
    form = lines.changed(Form.of(known), lines.ADD, _BILL)
    return visit.page(_NEW, form=form, **await _facts(visit, form))


@router.post(f"{STATEMENTS}/new")
async def file(form: TheForm, visit: TheVisit) -> Response:
    """Add or remove a line, or file the statement."""
    if form["do"]:
        form = lines.changed(form, form["do"], _BILL)
        return visit.page(_NEW, form=form, **await _facts(visit, form))
    form = lines.tidied(form, _BILL)
    try:
        made = await visit.api.post("/cost-statements", _filing(form), key=form.key)
    except Refused as refused:
        return visit.refuse(_NEW, form, refused, **await _facts(visit, form))
    return visit.go(f"{STATEMENTS}/{made['reference']}", done="statement-filed")


@router.get(f"{STATEMENTS}/{{reference}}")
async def shown(reference: str, visit: TheVisit) -> HTMLResponse:
    """Show a statement: whole to its producer, and to others what they need to cite it."""
    return await _shown(visit, reference, Form.of())


@router.post(f"{STATEMENTS}/{{reference}}/withdrawal")
async def withdraw(reference: str, form: TheForm, visit: TheVisit) -> Response:
    """Take a statement back."""
    path = f"/cost-statements/{reference}/withdrawal"
    try:
        await visit.api.post(path, form.body("reason"), key=form.key)
    except Refused as refused:
        return await _shown(visit, reference, form, refused=refused)
    return visit.go(f"{STATEMENTS}/{reference}", done="statement-withdrawn")


def _filing(form: Form) -> dict[str, Any]:
    body = form.body("exporter", "product", "origin", "valid_until")
    product = body.setdefault("product", {})
    if "hs" in product:
        product["hs"] = product["hs"].translate(_NO_SIGNS)
    product["bill"] = lines.bill_of(form, _BILL)
    return body


async def _shown(
    visit: Visit, reference: str, form: Form, *, refused: Refused | None = None
) -> HTMLResponse:
    facts: dict[str, Any] = {
        "one": await visit.api.get(f"/cost-statements/{reference}"),
        "words": words,
    }
    return visit.ask("products/statement.html", form, refused, **facts)


async def _facts(visit: Visit, form: Form) -> dict[str, Any]:
    return await editor_facts(visit, form, product=None, prefix=_BILL) | {
        "agreements": await agreements(visit),
        "buyers": await buyers(visit),
        "editions": EDITIONS,
    }
