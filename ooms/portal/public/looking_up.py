"""Published advance rulings and approved exporters, looked up by everybody."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.visit import TheGuest

router = APIRouter(include_in_schema=False, prefix="/public")
#: What people write between the digits of a code.
_BETWEEN_DIGITS = re.compile(r"[\s.]")
Asked = Annotated[str, Query(max_length=200)]


@router.get("/rulings")
async def rulings(
    visit: TheGuest, *, hs: Asked = "", agreement: Asked = "", words: Asked = "", cursor: Asked = ""
) -> HTMLResponse:
    """Search published advance rulings."""
    form = Form.of({"hs": hs, "agreement": agreement, "words": words})
    asked = {
        "hs": _BETWEEN_DIGITS.sub("", hs),
        "agreement": agreement,
        "words": words,
        "cursor": cursor,
    }
    try:
        found = await visit.api.get("/public/rulings", **asked)
    except Refused as refused:
        return visit.refuse("public/rulings.html", form, refused, found=None)
    return visit.page("public/rulings.html", form=form, found=found)


@router.get("/approved")
async def approved(visit: TheGuest, number: Asked = "", on: Asked = "") -> HTMLResponse:
    """Tell whether the approval of an exporter's number is good on a day."""
    form = Form.of({"number": number, "on": on})
    if not number.strip():
        return visit.page("public/approved.html", form=form, shown=None, is_missing=False)
    path = f"/public/approved-exporters/{quote(number.strip(), safe='')}"
    try:
        shown = await visit.api.get(path, on=on)
    except Refused as refused:
        if refused.status is HTTPStatus.NOT_FOUND:
            return visit.page("public/approved.html", form=form, shown=None, is_missing=True)
        facts = {"shown": None, "is_missing": False}
        return visit.refuse("public/approved.html", form, refused, **facts)
    return visit.page("public/approved.html", form=form, shown=shown, is_missing=False)
