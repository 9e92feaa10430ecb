"""Determinations that were kept: what decided, whether they stand, and what may unsettle them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.brokers import CHOOSE, must_choose
from ooms.portal.products import words
from ooms.portal.visit import TheVisit, Visit

router = APIRouter(include_in_schema=False)
_PATH = "/company/products/determinations"


@router.get(_PATH)
async def listed(visit: TheVisit, cursor: str = "", state: str = "") -> Response:
    """List determinations: what no longer stands, what rests on proofs that end soon, the rest."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    page = await visit.api.get("/determinations", cursor=cursor)
    items = [one for one in page["items"] if state in ("", one["state"])]
    return visit.page(
        "products/determinations.html",
        made=items,
        next=page["next"],
        state=state,
        ending=await _ending(visit),
        words=words,
    )


@router.get(f"{_PATH}/{{determination_id}}")
async def shown(determination_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a determination with its trace, and who relies on it."""
    return visit.page(
        "products/determination.html",
        one=await visit.api.get(f"/determinations/{determination_id}"),
        reach=await visit.api.get(f"/determinations/{determination_id}/impact"),
        words=words,
    )


async def _ending(visit: Visit) -> list[dict[str, Any]]:
    """Return the declarations that end soon, each with the determinations that rest on it."""
    page = await visit.api.get("/supplier-declarations", state="EXPIRING")
    told = [
        {
            "declaration": one,
            "items": (await visit.api.get(f"/supplier-declarations/{one['id']}/impact"))["items"],
        }
        for one in page["items"]
    ]
    return [one for one in told if one["items"]]
