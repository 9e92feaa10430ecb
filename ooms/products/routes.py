"""Products over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.confidentiality import Confidentiality, Kind, Sight
from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.db import Work
from ooms.products.bill_sheet import read_bills
from ooms.products.model import BillState, Product
from ooms.products.schemas import (
    BillIn,
    BillsOut,
    ClassificationIn,
    CodeIn,
    CodeOut,
    ProductIn,
    ProductOut,
    SalesPriceBody,
    SheetIn,
    SheetOut,
)
from ooms.products.service import Products
from ooms.products.sheet import place_of

router = APIRouter(prefix="/products", tags=["products"])
Desk = Annotated[Products, from_office("products")]
Privacy = Annotated[Confidentiality, from_office("confidentiality")]


def _seen(
    privacy: Confidentiality, work: Work, products: tuple[Product, ...], *, by: User
) -> dict[str, Sight]:
    owners = {one.id: one.exporter_id for one in products}
    return privacy.sights(work, owners, kind=Kind.PRODUCT, by=by)


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


@router.get("/{product_id}/bills")
def bills(product_id: str, *, call: TheCall, desk: Desk, privacy: Privacy) -> BillsOut:
    """List every version of a product's bills, the newest first."""

    def shown(work: Work, by: User) -> BillsOut:
        product = desk.get(work, product_id, by=by)
        seen = _seen(privacy, work, (product,), by=by)[product.id]
        return BillsOut.of(desk.bills(work, product_id, by=by), seen)

    return call.read(Action.SEE_PRODUCT, shown)


@router.post("/{product_id}/bills/{version}/freezing", response_model=ProductOut)
def freeze_bill(product_id: str, version: int, *, call: TheCall, desk: Desk) -> Response:
    """Freeze a version of a bill: nothing of it changes any more."""
    return call.write(
        Action.DESCRIBE_PRODUCT,
        None,
        lambda work, by: ProductOut.of(
            desk.move_bill(work, product_id, version, wanted=BillState.FROZEN, by=by)
        ),
        status=200,
    )


@router.post("/{product_id}/bills/{version}/retirement", response_model=ProductOut)
def retire_bill(product_id: str, version: int, *, call: TheCall, desk: Desk) -> Response:
    """Retire a version of a bill: no determination is made on it any more."""
    return call.write(
        Action.DESCRIBE_PRODUCT,
        None,
        lambda work, by: ProductOut.of(
            desk.move_bill(work, product_id, version, wanted=BillState.RETIRED, by=by)
        ),
        status=200,
    )


@router.post("/{product_id}/classification", response_model=ProductOut)
def classify(product_id: str, body: ClassificationIn, *, call: TheCall, desk: Desk) -> Response:
    """Classify a product anew, in any edition."""
    return call.write(
        Action.DESCRIBE_PRODUCT,
        body,
        lambda work, by: ProductOut.of(
            desk.classify(
                work, product_id, code=(body.hs, body.hs_edition), reason=body.reason, by=by
            )
        ),
        status=200,
    )


@router.post("/{product_id}/price", response_model=SalesPriceBody)
def state_price(product_id: str, body: SalesPriceBody, *, call: TheCall, desk: Desk) -> Response:
    """State what one unit is sold for now; determinations that need more become stale."""
    return call.write(
        Action.DESCRIBE_PRODUCT,
        body,
        lambda work, by: SalesPriceBody.model_validate(
            desk.state_price(work, product_id, price=body.value(), by=by), from_attributes=True
        ),
        status=200,
    )


@router.get("/{product_id}/codes")
def code_in(
    product_id: str,
    edition: Annotated[int, Query(ge=1992, le=2099)],
    *,
    call: TheCall,
    desk: Desk,
) -> CodeOut:
    """Tell what the product's code may be in another edition; several candidates are a question."""
    return call.read(
        Action.SEE_PRODUCT,
        lambda work, by: CodeOut.of(desk.correlation(work, product_id, edition=edition, by=by)),
    )


@router.post("/{product_id}/codes", status_code=201, response_model=CodeOut)
def state_code(product_id: str, body: CodeIn, *, call: TheCall, desk: Desk) -> Response:
    """Answer which of the candidates the product's code is; determinations use the answer."""
    return call.write(
        Action.DESCRIBE_PRODUCT,
        body,
        lambda work, by: CodeOut.of(
            desk.state_code(work, product_id, edition=body.edition, hs=body.hs, by=by)
        ),
    )


@router.post("/imports", status_code=201, response_model=SheetOut)
def take_sheet(body: SheetIn, *, call: TheCall, desk: Desk) -> Response:
    """Import the bills of a sheet, all or none; every flaw names its row and column."""
    return call.write(
        Action.DESCRIBE_PRODUCT,
        body,
        lambda work, by: SheetOut.of(
            body.file,
            desk.take_sheet(
                work,
                read_bills(body.content, file=body.file),
                place=place_of(body.file),
                by=by,
            ),
        ),
    )


@router.get("/{product_id}")
def get(product_id: str, *, call: TheCall, desk: Desk, privacy: Privacy) -> ProductOut:
    """Return a product with the newest version of its bill, as far as the caller may see it."""

    def shown(work: Work, by: User) -> ProductOut:
        product = desk.get(work, product_id, by=by)
        return ProductOut.of(product, _seen(privacy, work, (product,), by=by)[product.id])

    return call.read(Action.SEE_PRODUCT, shown)


@router.get("")
def page(window: TheWindow, *, call: TheCall, desk: Desk, privacy: Privacy) -> PageOut[ProductOut]:
    """List products, the newest first."""

    def shown(work: Work, by: User) -> tuple[ProductOut, ...]:
        products = desk.page(work, window, by=by)
        seen = _seen(privacy, work, products, by=by)
        return tuple(ProductOut.of(one, seen[one.id]) for one in products)

    found = call.read(Action.SEE_PRODUCT, shown)
    return PageOut[ProductOut](
        items=found,
        next=window.next(found),
    )
