"""What everybody finds without signing in; each thing has a file of its own."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ooms.portal.public import figures, handbook, looking_up, verify
from ooms.portal.visit import TheGuest

router = APIRouter(include_in_schema=False)
for part in (verify, handbook, looking_up, figures):
    router.include_router(part.router)


@router.get("/")
async def home(visit: TheGuest) -> HTMLResponse:
    """Say what can be done here, with and without an account."""
    return visit.page("public/home.html")


@router.get("/public/accessibility")
async def accessibility(visit: TheGuest) -> HTMLResponse:
    """Say what was tested with what, and what was not."""
    return visit.page("public/accessibility.html")
