"""Products over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.products.schemas import BillIn, ProductIn, ProductOut
from ooms.products.service import Products

router = APIRouter(prefix="/products", tags=["products"])
Desk = Annotated[Products, from_office("products")]


@router.post("", status_code=201, response_model=ProductOut)
def describe(body: ProductIn, *, call: TheCall, desk: Desk) -> Response:
    """Describe a product with its bill of materials."""
    return call.write(
        Action.DESCRIBE_PRODUCT,
        body,
        lambda work, by: ProductOut.of(desk.describe(work, body.value(), by=by)),
    )


@router.post("/{product_id}/bills", status_code=201, response_model=ProductOut)
def write_bill(product_id: str, body: BillIn, *, call: TheCall, desk: Desk) -> Response:
    """Write the bill anew; when the newest version is frozen, this makes the next."""
    return call.write(
        Action.DESCRIBE_PRODUCT,
        body,
        lambda work, by: ProductOut.of(desk.write_bill(work, product_id, bill=body.value(), by=by)),
    )


@router.get("/{product_id}")
def get(product_id: str, *, call: TheCall, desk: Desk) -> ProductOut:
    """Return a product with the newest version of its bill."""
    return call.read(
        Action.SEE_PRODUCT, lambda work, by: ProductOut.of(desk.get(work, product_id, by=by))
    )


@router.get("")
def page(window: TheWindow, *, call: TheCall, desk: Desk) -> PageOut[ProductOut]:
    """List products, the newest first."""
    found = call.read(Action.SEE_PRODUCT, lambda work, by: desk.page(work, window, by=by))
    return PageOut[ProductOut](
        items=tuple(ProductOut.of(one) for one in found),
        next=found[-1].id if len(found) == window.limit else None,
    )
