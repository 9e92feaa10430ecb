"""Products: the list, describing one, and what is known of one."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.brokers import CHOOSE, must_choose
from ooms.portal.choices import EDITIONS
from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.products import words
from ooms.portal.products.codes import found_codes
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

PRODUCTS = "/company/products"
_DESCRIBED = ("description", "hs", "hs_edition", "model", "trademark", "weight")
_NEW = "products/describe.html"
_NO_SIGNS = str.maketrans("", "", ". -")


@router.get(PRODUCTS)
async def listed(visit: TheVisit, cursor: str = "") -> Response:
    """List the company's products, the newest first."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    page = await visit.api.get("/products", cursor=cursor)
    return visit.page("products/products.html", products=page, states=words.BILL_STATES)


@router.get(f"{PRODUCTS}/new")
async def begin(visit: TheVisit) -> HTMLResponse:
    """Ask what the product is."""
    form = Form.of({"hs_edition": EDITIONS[0]})
    return visit.page(_NEW, form=form, editions=EDITIONS, found=None)


@router.post(f"{PRODUCTS}/new")
async def describe(form: TheForm, visit: TheVisit) -> Response:
    """Look a code up, take one of those found, or keep the product and go on to its bill."""
    form = chosen(form)
    if form["do"]:
        found = await found_codes(visit, form["words"], edition=form["hs_edition"])
        return visit.page(_NEW, form=form, editions=EDITIONS, found=found)
    body = form.body(*_DESCRIBED) | {"bill": {"materials": []}}
    if "hs" in body:
        body["hs"] = body["hs"].translate(_NO_SIGNS)
    try:
        made = await visit.api.post("/products", body, key=form.key)
    except Refused as refused:
        return visit.refuse(_NEW, form, refused, editions=EDITIONS, found=None)
    return visit.go(f"{PRODUCTS}/{made['id']}/bill", done="product-described")


@router.get(f"{PRODUCTS}/{{product_id}}")
async def shown(product_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a product: its codes, the versions of its bill, and what was found of its origin."""
    return await _shown(visit, product_id, Form.of())


@router.post(f"{PRODUCTS}/{{product_id}}/classification")
async def classify(product_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Classify the product anew."""
    return await _done(visit, product_id, form, at="classification", done="product-classified")


@router.post(f"{PRODUCTS}/{{product_id}}/price")
async def state_price(product_id: str, form: TheForm, visit: TheVisit) -> Response:
    """State what a unit is sold for now."""
    return await _done(visit, product_id, form, at="price", done="price-stated")


@router.post(f"{PRODUCTS}/{{product_id}}/codes")
async def answer_code(product_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Answer which of the candidates the product's code is in another edition."""
    return await _done(visit, product_id, form, at="codes", done="code-answered")


@router.post(f"{PRODUCTS}/{{product_id}}/bills/{{version}}/{{move}}")
async def move_bill(
    product_id: str, version: int, move: str, *, form: TheForm, visit: TheVisit
) -> Response:
    """Freeze or retire a version of the bill."""
    done = {"freezing": "bill-frozen", "retirement": "bill-retired"}[move]
    try:
        await visit.api.post(f"/products/{product_id}/bills/{version}/{move}", key=form.key)
    except Refused as refused:
        return await _shown(visit, product_id, form, refused=refused)
    return visit.go(f"{PRODUCTS}/{product_id}", done=done)


def chosen(form: Form) -> Form:
    """Put a code that was chosen among those found into its field."""
    if not form["choose"]:
        return form
    fields = dict(form.fields) | {"hs": form["choose"], "do": "chosen"}
    return Form(fields, form.ticked, form.files, form.key)


async def _done(visit: Visit, product_id: str, form: Form, *, at: str, done: str) -> Response:
    try:
        await visit.api.post(f"/products/{product_id}/{at}", form.body(), key=form.key)
    except Refused as refused:
        return await _shown(visit, product_id, form, refused=refused)
    return visit.go(f"{PRODUCTS}/{product_id}", done=done)


async def _shown(
    visit: Visit, product_id: str, form: Form, *, refused: Refused | None = None
) -> HTMLResponse:
    product = await visit.api.get(f"/products/{product_id}")
    facts: dict[str, Any] = {
        "product": product,
        "bills": await visit.api.get(f"/products/{product_id}/bills"),
        "made": await visit.api.get("/determinations", product_id=product_id),
        "codes": [await _code(visit, product, edition) for edition in EDITIONS],
        "editions": EDITIONS,
        "words": words,
    }
    return visit.ask("products/product.html", form, refused, **facts)


async def _code(visit: Visit, product: Any, edition: str) -> Any:
    """Return what is known of the product's code in an edition; nothing where it cannot be told."""
    try:
        return await visit.api.get(f"/products/{product['id']}/codes", edition=edition)
    except Refused:
        return None
