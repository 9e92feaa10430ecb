"""Does it qualify? Every agreement with a buyer's country side by side, and what would help."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.choices import buyers
from ooms.portal.client import Refused
from ooms.portal.forms import Form, fresh_key
from ooms.portal.products import words
from ooms.portal.products.questions import asked, facts_of
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)
_PATH = "/company/products/{product_id}/origin"
_PAGE = "products/origin.html"


@router.get(_PATH)
async def ask(product_id: str, visit: TheVisit, country: str = "") -> Response:
    """Ask for which buyer's country, when, and at which price; a country alone is judged too."""
    form = Form.of({"importing_party": country, "price": {"basis": "FOB", "currency": "USD"}})
    return await (_judged if country else _asked)(visit, product_id, form)


@router.post(_PATH)
async def judge(product_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Judge the product under every agreement with the country; nothing is kept."""
    return await _judged(visit, product_id, form)


@router.post("/company/products/{product_id}/determinations")
async def keep(product_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Keep what one agreement says, so that an application may cite it."""
    body = _case(form) | {"agreement": form["agreement"]}
    try:
        made = await visit.api.post(f"/products/{product_id}/determinations", body, key=form.key)
    except Refused as refused:
        return visit.refuse(_PAGE, form, refused, **await _facts(visit, product_id))
    return visit.go(f"/company/products/determinations/{made['id']}", done="determination-kept")


async def _judged(visit: Visit, product_id: str, form: Form) -> Response:
    body = _case(form) | {"product_id": product_id}
    facts = await _facts(visit, product_id)
    try:
        found = await visit.api.post("/determinations/comparison", body, key=fresh_key())
    except Refused as refused:
        return visit.refuse(_PAGE, form, refused, **facts)
    given = facts_of(form)
    facts |= {
        "found": found,
        "rows": [_row(one, given) for one in found["agreements"]],
        "given": list(given.items()),
    }
    return visit.page(_PAGE, form=Form(form.fields, key=fresh_key()), **facts)


async def _asked(visit: Visit, product_id: str, form: Form) -> HTMLResponse:
    return visit.page(_PAGE, form=form, **await _facts(visit, product_id))


async def _facts(visit: Visit, product_id: str) -> dict[str, Any]:
    return {
        "product": await visit.api.get(f"/products/{product_id}"),
        "buyers": await buyers(visit),
        "found": None,
        "rows": [],
        "given": [],
        "words": words,
    }


def _case(form: Form) -> dict[str, Any]:
    """Return what is judged: without an amount there is no price."""
    body = form.body("importing_party", "on", "plant", "price")
    if "amount" not in body.get("price", {}):
        body.pop("price", None)
    return body | {"facts": facts_of(form)}


def _row(row: Any, given: dict[str, bool | str]) -> dict[str, Any]:
    """Return one agreement's answer with its questions as fields."""
    return {"answer": row, "questions": asked(row["questions"], since=len(given))}
