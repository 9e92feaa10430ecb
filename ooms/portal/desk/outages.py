"""Numbers set aside for outages, and the papers that are registered under them afterwards."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.desk import words
from ooms.portal.desk.names import companies_of
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

LIST = "/desk/number-blocks"
_ONE = LIST + "/{block_id}"
_BLOCKS = "/number-blocks"
#: Approved applications that a choice offers.
_MOST = 200


@router.get(LIST)
async def blocks(
    visit: TheVisit, cursor: Annotated[str, Query(max_length=36)] = ""
) -> HTMLResponse:
    """List the blocks, the newest first, and ask for another."""
    return await _list(visit, cursor=cursor)


@router.post(LIST)
async def reserve(form: TheForm, visit: TheVisit) -> Response:
    """Set the next numbers of a series aside."""
    act = Act("block", form)
    told = act.body()
    # A number that is none stays as it was written, and is refused at its field.
    count = {"count": int(told["count"])} if told.get("count", "").isdecimal() else {}
    try:
        block = await act.do(visit, _BLOCKS, told | count)
    except Refused as refused:
        return await _list(visit, form=form, refused=refused)
    return visit.go(f"{LIST}/{block['id']}", done="numbers-set-aside")


@router.get(_ONE)
async def block(block_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a block with what became of each of its numbers."""
    return await _block(visit, block_id)


@router.post(_ONE + "/certificates")
async def register(block_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Register a paper that was issued by hand, and go to its certificate."""
    act = Act("paper", form)
    try:
        issued = await act.do(visit, f"{_BLOCKS}/{block_id}/certificates", act.body())
    except Refused as refused:
        return await _block(visit, block_id, form=form, refused=refused)
    return visit.go(f"/desk/certificates/{issued['id']}", done="paper-registered")


@router.post(_ONE + "/numbers-without")
async def give_up(block_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Declare that a number carries no certificate."""
    act = Act("without", form)
    try:
        await act.do(visit, f"{_BLOCKS}/{block_id}/numbers-without", act.body())
    except Refused as refused:
        return await _block(visit, block_id, form=form, refused=refused)
    return visit.go(f"{LIST}/{block_id}", done="number-given-up")


async def _list(
    visit: Visit,
    *,
    cursor: str = "",
    form: Form | None = None,
    refused: Refused | None = None,
) -> HTMLResponse:
    found, offices, forms = await asyncio.gather(
        visit.api.get(_BLOCKS, cursor=cursor), _offices(visit), _agreements(visit)
    )
    facts: dict[str, Any] = {
        "blocks": found["items"],
        "following": found["next"],
        "offices": offices,
        "agreements": forms,
    }
    return visit.ask("desk/number_blocks.html", form or Form.of(), refused, **facts)


async def _block(
    visit: Visit, block_id: str, *, form: Form | None = None, refused: Refused | None = None
) -> HTMLResponse:
    found = await visit.api.get(f"{_BLOCKS}/{block_id}")
    applications = await _approved(visit, agreement=found["agreement"])
    facts: dict[str, Any] = {
        "block": found,
        "open_numbers": [one["number"] for one in found["numbers"] if one["fate"] == "OPEN"],
        "applications": applications,
        "companies": await companies_of(visit, (one["exporter_id"] for one in applications)),
        "words": words,
    }
    return visit.ask("desk/number_block.html", form or Form.of(), refused, **facts)


async def _offices(visit: Visit) -> tuple[tuple[str, str], ...]:
    """Return the offices whose numbers may be set aside: those that are kept, else this one."""
    here = visit.request.app.state.office.issuing
    kept = (await visit.api.get("/issuing-offices"))["items"]
    return tuple((one["code"], one["name"]) for one in kept) or ((here.code, here.name),)


async def _agreements(visit: Visit) -> list[str]:
    if visit.role != "SUPERVISOR":
        return []
    forms = await visit.api.get("/forms")
    return sorted({one["agreement"] for one in forms["items"]})


async def _approved(visit: Visit, *, agreement: str) -> list[Any]:
    """Return the approved applications of an agreement, for who registers papers."""
    if visit.role != "OFFICER":
        return []
    found = await visit.api.get("/applications", state="APPROVED", limit=_MOST)
    return [one for one in found["items"] if one["content"]["agreement"] == agreement]
