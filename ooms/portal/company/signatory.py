"""Who signs for a company: seen and changed by the company itself."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

PATH = "/company/signatory"
_TEMPLATE = "company/signatory.html"


@router.get(PATH)
async def signatory(visit: TheVisit) -> HTMLResponse:
    """Show who signs, with the signature cards that the office keeps."""
    return visit.page(_TEMPLATE, form=Form.of(), **await _facts(visit))


@router.post(PATH)
async def change(form: TheForm, visit: TheVisit) -> Response:
    """Let somebody else sign from now on."""
    body = form.body("name", "title", "place", "reason")
    try:
        await visit.api.post(f"{_own(visit)}/signatory", body, key=form.key)
    except Refused as refused:
        return visit.refuse(_TEMPLATE, form, refused, **await _facts(visit))
    return visit.go(PATH, done="signatory-changed")


async def _facts(visit: Visit) -> dict[str, Any]:
    return {
        "company": await visit.api.get(_own(visit)),
        "cards": (await visit.api.get(f"{_own(visit)}/signatories"))["items"],
    }


def _own(visit: Visit) -> str:
    """Return the place of the visitor's own company.

    Raises:
        Refused: he is nobody's; a broker signs for no company.

    """
    if visit.who is None or visit.who.exporter_id is None:
        detail = "only the company's own people keep who signs"
        raise Refused(403, {"code": "AUT-ROLE", "detail": detail})
    return f"/exporters/{visit.who.exporter_id}"
