"""The page of one application."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ooms.portal.desk.showing import show
from ooms.portal.visit import TheVisit

router = APIRouter(include_in_schema=False)


@router.get("/desk/applications/{application_id}")
async def application(application_id: str, visit: TheVisit) -> HTMLResponse:
    """Show an application with everything that its checks and its decision rest on."""
    return await show(visit, application_id)
