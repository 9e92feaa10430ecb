"""Notices of error that exporters gave: what is wrong, how far it reaches, who was told."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.code_words import CAUSES, NOTICES, REMEDIES
from ooms.portal.desk import words
from ooms.portal.desk.names import companies_of
from ooms.portal.desk.showing import or_nothing
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit
from ooms.portal.words import STATES

router = APIRouter(include_in_schema=False)

LIST = "/desk/error-notices"
_PAGE = "desk/error_notice.html"
_NOTICES = "/error-notices"
_WORDS = {"state": NOTICES, "cause": CAUSES, "remedy": REMEDIES}
#: Where a notice may stand that an officer sees: a draft is its exporter's own.
_SEEN = ("FILED", "ACKNOWLEDGED", "PASSED_ON", "CLOSED")
#: What an officer does to a notice, by the name of its form, and what is told afterwards.
_ACTS: Mapping[str, str] = {
    "acknowledgement": "notice-acknowledged",
    "closing": "notice-closed",
    "passing-on": "notice-passed-on",
}


@router.get(LIST)
async def notices(
    visit: TheVisit,
    state: Annotated[str, Query(max_length=20)] = "",
    cursor: Annotated[str, Query(max_length=36)] = "",
) -> HTMLResponse:
    """List the notices that were given, the newest first."""
    found = await visit.api.get(_NOTICES, state=state, cursor=cursor)
    return visit.page(
        "desk/error_notices.html",
        form=Form.of({"state": state}),
        notices=found["items"],
        following=found["next"],
        filters={"state": state} if state else {},
        companies=await companies_of(visit, (one["exporter_id"] for one in found["items"])),
        seen=_SEEN,
        notice_words=_WORDS,
    )


@router.get(LIST + "/{notice_id}")
async def notice(notice_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a notice with every certificate that it reaches, and what mends each."""
    return await _show(visit, notice_id)


@router.get(LIST + "/{notice_id}/letters/{key}")
async def letter(notice_id: str, key: str, visit: TheVisit) -> Response:
    """Hand out one letter."""
    return await visit.pass_on(f"{_NOTICES}/{notice_id}/letters/{key}/pdf")


@router.post(LIST + "/{notice_id}/{name}")
async def act(notice_id: str, name: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Say that customs has the notice, tell the partners, or say that all is done."""
    if name not in _ACTS:
        return visit.go(f"{LIST}/{notice_id}")
    doing = Act(name, form)
    body = {"words": ""} | doing.body() if name == "closing" else None
    try:
        await doing.do(visit, f"{_NOTICES}/{notice_id}/{name}", body)
    except Refused as refused:
        return await _show(visit, notice_id, form=form, refused=refused)
    return visit.go(f"{LIST}/{notice_id}", done=_ACTS[name])


async def _show(
    visit: Visit, notice_id: str, *, form: Form | None = None, refused: Refused | None = None
) -> HTMLResponse:
    path = f"{_NOTICES}/{notice_id}"
    found, letters = await asyncio.gather(visit.api.get(path), visit.api.get(f"{path}/letters"))
    drafted = [one["application_id"] for one in found["hits"] if one["application_id"]]
    known = {*drafted, *found["open_applications"]}
    company, *applications = await asyncio.gather(
        visit.api.get(f"/exporters/{found['exporter_id']}"),
        *(or_nothing(visit.api.get(f"/applications/{one}")) for one in sorted(known)),
    )
    facts: dict[str, Any] = {
        "notice": found,
        "company": company,
        "letters": letters["items"],
        "applications": {one["id"]: one["state"] for one in applications if one},
        "states": STATES,
        "notice_words": _WORDS,
        "words": words,
    }
    return visit.ask(_PAGE, form or Form.of(), refused, **facts)
