"""Where everybody begins: what this office is, and which way leads where."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ooms.portal.visit import TheGuest

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(visit: TheGuest) -> HTMLResponse:
    """Say what can be done here, with and without an account."""
    return visit.page("public/home.html")
