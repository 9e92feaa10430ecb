"""Where claims were sent to be looked at, by which points, and how well the tables of points do."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.border import words
from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

ROUTING = "/border/routing"
_WHY = ROUTING + "/declaration"
_MODELS = ROUTING + "/models"
_CAPACITIES = ROUTING + "/capacities"
Word = Annotated[str, Query(max_length=40)]


@router.get(ROUTING)
async def routing(visit: TheVisit, channel: Word = "", cursor: Word = "") -> HTMLResponse:
    """List where lines were sent and why, the newest first."""
    found = await visit.api.get("/risk/decisions", channel=channel, cursor=cursor)
    return visit.page(
        "border/routing.html",
        form=Form.of({"channel": channel}),
        decisions=found["items"],
        following=found["next"],
        words=words,
    )


@router.get(_WHY)
async def why(visit: TheVisit, number: Word) -> HTMLResponse:
    """Tell where each line of a declaration was sent, by which points, and what became of it."""
    return await _why(visit, number, Form.of())


@router.post(_WHY)
async def tell(form: TheForm, visit: TheVisit) -> Response:
    """Say what became of a line that was routed."""
    number = form["declaration"]
    body = form.body("declaration", "kind", "result", "detail") | _place(form["place"])
    try:
        await visit.api.post("/risk/outcomes", body, key=form.key)
    except Refused as refused:
        return await _why(visit, number, form, refused=refused)
    return visit.go(f"{_WHY}?number={number}", done="outcome-told")


@router.get(ROUTING + "/report")
async def report(visit: TheVisit) -> HTMLResponse:
    """Show drift, hits, and champion against challenger."""
    return visit.page(
        "border/routing_report.html", report=await visit.api.get("/risk/report"), words=words
    )


@router.get(_MODELS)
async def models(visit: TheVisit) -> HTMLResponse:
    """List the tables of points, the newest first."""
    return await _models(visit, Form.of())


@router.post(_MODELS)
async def bring(form: TheForm, visit: TheVisit) -> Response:
    """Bring a table of points; it routes nothing until somebody else adopts it."""
    try:
        await visit.api.post("/risk/models", {"content": form["content"]}, key=form.key)
    except Refused as refused:
        return await _models(visit, form, refused=refused)
    return visit.go(_MODELS, done="model-brought")


@router.post(_MODELS + "/{model_id}/adoption")
async def adopt(model_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Adopt a table as champion or challenger, or retire it, with the reason."""
    body = form.body("state", "reason")
    try:
        await visit.api.post(f"/risk/models/{model_id}/adoption", body, key=form.key)
    except Refused as refused:
        return await _models(visit, form, refused=refused)
    return visit.go(_MODELS, done="model-adopted")


@router.get(_CAPACITIES)
async def capacities(visit: TheVisit) -> HTMLResponse:
    """List how much exporters can make in a year, by whose word."""
    return await _capacities(visit, Form.of())


@router.post(_CAPACITIES)
async def state_capacity(form: TheForm, visit: TheVisit) -> Response:
    """State how much an exporter can make in a year."""
    body = form.body("exporter", "hs6", "kilograms", "source")
    try:
        await visit.api.post("/risk/capacities", body, key=form.key)
    except Refused as refused:
        return await _capacities(visit, form, refused=refused)
    return visit.go(_CAPACITIES, done="capacity-stated")


async def _why(
    visit: Visit, number: str, form: Form, *, refused: Refused | None = None
) -> HTMLResponse:
    told = await visit.api.get("/risk/explanation", declaration=number)
    facts: dict[str, Any] = {
        "number": number,
        "told": told,
        "places": sorted({(one["line_no"], one["spec_no"]) for one in told["decisions"]}),
        "may_tell": visit.role in {"IMPORT_OFFICER", "SUPERVISOR"},
        "words": words,
    }
    return visit.ask("border/routing_why.html", form, refused, **facts)


async def _models(visit: Visit, form: Form, *, refused: Refused | None = None) -> HTMLResponse:
    found, report_now = await asyncio.gather(
        visit.api.get("/risk/models"), visit.api.get("/risk/report")
    )
    facts: dict[str, Any] = {
        "models": found["items"],
        "routes_by": report_now["model"],
        "may_bring": visit.role in {"IMPORT_OFFICER", "SUPERVISOR"},
        "may_adopt": visit.role == "SUPERVISOR",
        "words": words,
    }
    return visit.ask("border/routing_models.html", form, refused, **facts)


async def _capacities(visit: Visit, form: Form, *, refused: Refused | None = None) -> HTMLResponse:
    facts: dict[str, Any] = {
        "capacities": (await visit.api.get("/risk/capacities"))["items"],
        "may_state": visit.role in {"IMPORT_OFFICER", "SUPERVISOR"},
        "words": words,
    }
    return visit.ask("border/capacities.html", form, refused, **facts)


def _place(told: str) -> dict[str, int]:
    line_no, _, spec_no = told.partition(".")
    return {
        name: int(one)
        for name, one in (("line_no", line_no), ("spec_no", spec_no))
        if one.isdecimal()
    }
