"""Rules of origin, reason codes and the formula of the lists, for everybody."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.public.words import CRITERIA, FAMILIES, KINDS, MENDERS, REMEDIES
from ooms.portal.visit import TheGuest

router = APIRouter(include_in_schema=False, prefix="/public")
Asked = Annotated[str, Query(max_length=40)]


@router.get("/rules")
async def rules(visit: TheGuest, agreement: Asked = "", hs: Asked = "") -> HTMLResponse:
    """Show the agreements, how far their rules were read, and the rule of a code."""
    form, page = Form.of({"agreement": agreement, "hs": hs}), "public/rules.html"
    facts: dict[str, Any] = {"agreement": agreement, "found": None}
    if not (agreement and hs):
        told = await visit.api.get("/public/agreements")
        return visit.page(page, form=form, told=told, **facts)
    try:
        # One look-up for both: an address has only so many a minute.
        found = await visit.api.get("/public/rules", agreement=agreement, hs=hs, with_agreements=1)
    except Refused as refused:
        if refused.status is not HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        told = await visit.api.get("/public/agreements")
        return visit.refuse(page, form, refused, told=told, **facts)
    return visit.page(
        page, form=form, told=found["agreements"], **facts | {"found": found["items"]}
    )


@router.get("/reasons")
async def reasons(visit: TheGuest, code: Asked = "") -> HTMLResponse:
    """Show why things are refused here, and what to do next; codes by family or as asked for."""
    told = await visit.api.get("/public/reasons")
    wanted = code.strip().upper()
    families: dict[str, list[Any]] = {}
    for one in told["codes"]:
        if f"-{wanted}" in f"-{one['code']}":  # at the beginning of one of its words
            families.setdefault(one["code"].partition("-")[0], []).append(one)
    words: dict[str, Any] = {
        "names": FAMILIES,
        "menders": MENDERS,
        "remedies": REMEDIES,
        "kinds": KINDS,
    }
    return visit.page("public/reasons.html", told=told, code=code, families=families, **words)


@router.get("/score")
async def score(visit: TheGuest) -> HTMLResponse:
    """Show the formula by which applicants are listed."""
    told = await visit.api.get("/public/score")
    return visit.page("public/score.html", told=told, criteria=CRITERIA)
