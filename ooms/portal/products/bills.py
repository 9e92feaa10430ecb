"""The editor of a bill: lines are added and taken away without scripts, then kept as a whole."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from ooms.portal.choices import countries
from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.products import lines, words
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)
_PATH = "/company/products/{product_id}/bill"
_EDITOR = "products/bill.html"
_USABLE = ("VALID", "EXPIRING")


@router.get(_PATH)
async def edit(product_id: str, visit: TheVisit) -> Response:
    """Show the newest version of a bill in its editor; what is withheld is not edited."""
    product = await visit.api.get(f"/products/{product_id}")
    if product["bill"] is None:
        return visit.go(f"/company/products/{product_id}")
    form = Form.of(lines.fields_of(product["bill"]))
    if not product["bill"]["materials"]:
        form = lines.changed(form, lines.ADD)
    return visit.page(_EDITOR, form=form, **await facts(visit, form, product=product))


@router.post(_PATH)
async def keep(product_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Add a line, take one away, or keep the bill."""
    product = await visit.api.get(f"/products/{product_id}")
    if form["do"]:
        form = lines.changed(form, form["do"])
        return visit.page(_EDITOR, form=form, **await facts(visit, form, product=product))
    form = lines.tidied(form)  # what the interface refuses is then found by its number here
    try:
        await visit.api.post(f"/products/{product_id}/bills", lines.bill_of(form), key=form.key)
    except Refused as refused:
        told = await facts(visit, form, product=product)
        return visit.refuse(_EDITOR, form, refused, **told)
    return visit.go(f"/company/products/{product_id}", done="bill-kept")


async def facts(visit: Visit, form: Form, *, product: Any, prefix: str = "") -> dict[str, Any]:
    """Return what the editor shows beside the form."""
    return {
        "product": product,
        "rows": lines.rows(form, prefix),
        "prefix": prefix,
        "countries": countries(visit.language),
        "declarations": await _declarations(visit) if product else [],
        "words": words,
    }


async def _declarations(visit: Visit) -> list[tuple[str, str]]:
    """Return the suppliers' declarations that a line may rest on."""
    found = [
        one
        for state in _USABLE
        for one in (await visit.api.get("/supplier-declarations", state=state, limit=200))["items"]
    ]
    return [
        (
            one["id"],
            f"{one['supplier']['name']}: {one['goods']['description']} ({one['agreement']})",
        )
        for one in found
    ]
