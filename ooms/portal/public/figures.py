"""The figures as open data: small cells hidden, with their licence, as CSV and JSON."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from ooms.portal.figures.summing import bars, columns
from ooms.portal.visit import TheGuest

router = APIRouter(include_in_schema=False, prefix="/public")


@router.get("/figures")
async def figures(visit: TheGuest) -> HTMLResponse:
    """Show the published figures of our certificates, and where to download all of them."""
    told = await visit.api.get("/public/statistics/summary")
    return visit.page(
        "public/figures.html",
        told=told,
        month_columns=columns(told["by"]["month"], "issued"),
        agreement_bars=bars(told["by"]["agreement"], "issued"),
    )


@router.get("/figures.csv")
async def sheet(visit: TheGuest) -> Response:
    """Hand out the published figures as comma-separated values."""
    return await visit.pass_on("/public/statistics/csv")


@router.get("/figures.json")
async def document(visit: TheGuest) -> Response:
    """Hand out the published figures as JSON."""
    return await visit.pass_on("/public/statistics")
