"""Files of bills: handed in, watched while they are read, and what is wrong with them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.brokers import CHOOSE, must_choose
from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.products import words
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)
_PATH = "/company/products/imports"
_ENDED = ("DONE", "REFUSED")


@router.get(_PATH)
async def listed(visit: TheVisit) -> Response:
    """List what was handed in, and take another file."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    return await _listed(visit, Form.of())


@router.post(_PATH)
async def hand_in(form: TheForm, visit: TheVisit) -> Response:
    """Hand a file in, and go to where its progress shows."""
    sent = form.files.get("file")
    name, content = (sent.filename or "", await sent.read()) if sent else ("", b"")
    try:
        taken = await visit.api.upload("/products/imports/files", (name, content), key=form.key)
    except Refused as refused:
        return await _listed(visit, form, refused)
    return visit.go(f"{_PATH}/{taken['id']}")


@router.get(f"{_PATH}/{{import_id}}")
async def progress(
    import_id: str, visit: TheVisit, *, part: str = "", cursor: str = ""
) -> HTMLResponse:
    """Show how far an import is; `part` is what a script asks for again and again."""
    one = await visit.api.get(f"/products/imports/{import_id}")
    facts: dict[str, Any] = {
        "one": one,
        "is_ended": one["state"] in _ENDED,
        "words": words,
        "flaws": None,
    }
    if one["flaws"]:
        told = await visit.api.get(f"/products/imports/{import_id}/flaws", cursor=cursor)
        facts["flaws"] = [_placed(flaw) for flaw in told["items"]]
        facts["more"] = told["next"]
    return visit.page("products/_import.html" if part else "products/import.html", **facts)


def _placed(flaw: Any) -> dict[str, str]:
    """Return a flaw with its row and column: `bills.csv#row=7&column=value`."""
    place = flaw["pointer"].partition("#")[2]
    told = dict(one.partition("=")[::2] for one in place.split("&") if one)
    return {
        "row": told.get("row", ""),
        "column": told.get("column", ""),
        "detail": flaw["detail"],
        "code": flaw["code"],
    }


async def _listed(visit: Visit, form: Form, refused: Refused | None = None) -> HTMLResponse:
    page = await visit.api.get("/products/imports")
    facts: dict[str, Any] = {"imports": page["items"], "words": words}
    return visit.ask("products/imports.html", form, refused, **facts)
