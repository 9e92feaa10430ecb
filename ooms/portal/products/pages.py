"""The pages about goods, in the order in which their addresses are tried."""

from __future__ import annotations

from fastapi import APIRouter

from ooms.portal.products import (
    bills,
    codes,
    determinations,
    imports,
    materials,
    origin,
    product,
    statements,
    suppliers,
    supply,
)

router = APIRouter(include_in_schema=False)
# What stands at an address of its own comes before `/company/products/{product_id}`.
for part in (
    imports,
    determinations,
    codes,
    materials,
    product,
    bills,
    origin,
    suppliers,
    supply,
    statements,
):
    router.include_router(part.router)
