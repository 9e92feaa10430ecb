"""Claims come in: typed by hand, or in a file of declarations."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.border import words
from ooms.portal.border.claim_list import PATH
from ooms.portal.client import Refused
from ooms.portal.forms import Form, fresh_key
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

NEW = f"{PATH}/new"
FILES = f"{PATH}/files"
_HEAD = ("declaration_number", "declared_on", "office", "importer", "version")
_AT_IMPORT = "AT_IMPORT"
_MOST_LINES = 50
#: The interface refuses what is larger than its own limits, of which this is the largest.
_MOST_BYTES = 12 * 1024 * 1024
#: What a line needs to be one; the others only say more of it.
_NAMING = ("certificate_number", "hs", "quantity")


@router.get(NEW)
async def ask(visit: TheVisit) -> HTMLResponse:
    """Show the empty form."""
    form = Form.of({"claim_type": _AT_IMPORT, "line-count": "1"})
    return visit.page("border/claim_new.html", form=form, lines=1, words=words)


@router.post(NEW)
async def enter(form: TheForm, visit: TheVisit) -> Response:
    """Check the declaration, or show one line more to fill in."""
    lines = _lines(form)
    if form["step"] == "add":
        again = Form(form.fields, key=fresh_key())
        lines = min(lines + 1, _MOST_LINES)
        return visit.page("border/claim_new.html", form=again, lines=lines, words=words)
    try:
        claim = await _entered(form, visit, lines)
    except Refused as refused:
        known = refused.moved(_pointer)
        return visit.refuse("border/claim_new.html", form, known, lines=lines, words=words)
    return visit.go(f"{PATH}/{claim['id']}", done="claim-checked")


@router.get(FILES)
async def ask_file(visit: TheVisit) -> HTMLResponse:
    """Ask for a file of declarations."""
    return visit.page("border/claim_file.html", form=Form.of(), report=None, words=words)


@router.post(FILES)
async def hand_in(form: TheForm, visit: TheVisit) -> HTMLResponse:
    """Hand the file in, and tell of each declaration what became of it."""
    name, content = await file_of(form, "file") or ("nothing", b"")
    try:
        report = await visit.api.upload("/claims/files", (name, content), key=form.key)
    except Refused as refused:
        return visit.refuse("border/claim_file.html", form, refused, report=None, words=words)
    return visit.page("border/claim_file.html", form=Form.of(), report=report, words=words)


async def file_of(form: Form, *names: str) -> tuple[str, bytes] | None:
    """Read the first file that was chosen, a byte more than anything here takes; let go of all."""
    chosen = (form.files[name] for name in names if name in form.files)
    file = next((one for one in chosen if one.filename), None)
    told = (file.filename or "", await file.read(_MOST_BYTES + 1)) if file else None
    for one in form.files.values():
        await one.close()
    return told


async def _entered(form: Form, visit: Visit, lines: int) -> Any:
    stated = form.body(*_HEAD) | {"lines": [_line(form, place) for place in range(lines)]}
    if form["claim_type"] in ("", _AT_IMPORT):
        return await visit.api.post("/claims", stated, key=form.key)
    late = form.body("since") | {"kind": form["claim_type"]}
    claim = stated | {"claim_type": form["claim_type"]}
    taken = await visit.api.post("/late-claims", late | {"claim": claim}, key=form.key)
    return taken["claim"]


def _line(form: Form, place: int) -> dict[str, Any]:
    prefix = f"lines.{place}."
    told: dict[str, Any] = {
        name.removeprefix(prefix): text.strip()
        for name, text in form.fields.items()
        if name.startswith(prefix) and text.strip()
    }
    if "invoice_dated" in told:
        told["invoice_dates"] = {told.get("invoice", ""): told.pop("invoice_dated")}
    return {"line_no": place + 1} | told


def _lines(form: Form) -> int:
    """Count the lines of the form up to the last that says something; the first always counts."""
    shown = int(form["line-count"]) if form["line-count"].isdecimal() else 1
    shown = max(1, min(shown, _MOST_LINES))
    said = [
        place + 1
        for place in range(shown)
        if any(form[f"lines.{place}.{name}"] for name in _NAMING)
    ]
    return shown if form["step"] == "add" else max(said, default=1)


def _pointer(stated: str) -> str:
    """Name a field as the form does: a late claim lies within its petition, a date beside it."""
    line, dates, _number = stated.removeprefix("/claim").partition("/invoice_dates")
    return f"{line}/invoice_dated" if dates else line
