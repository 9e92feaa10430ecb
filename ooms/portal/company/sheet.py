"""Lines out of a sheet: comma-separated values, all of them or none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Flaw, Refused
from ooms.portal.company.drafts import PATH, application_of, keep
from ooms.portal.company.grounds import fitting
from ooms.portal.determined import product_of
from ooms.portal.forms import Form, unfit
from ooms.portal.languages import N_
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

_SHEET = PATH + "/{application_id}/goods/sheet"
_TEMPLATE = "company/sheet.html"
#: Each column and the place of its value in a line.
COLUMNS: Mapping[str, str] = {
    "determination": "determination_id",
    "description": "description",
    "hs": "hs",
    "model": "model",
    "marks": "marks",
    "number": "quantities/0/value",
    "unit": "quantities/0/unit",
    "gross_weight_kg": "quantities/1/value",
    "packages": "packages/0/count",
    "package_kind": "packages/0/kind",
    "fob_amount": "fob/amount",
    "fob_currency": "fob/currency",
    "invoice": "invoice_refs/0",
}
_FLAW = re.compile(r"^/lines/(\d+)/(.+)$")
_HS6 = 6
_WRONG_CELLS = N_("Nothing was added. Correct these cells and hand the sheet in again.")
_HEAD_ROWS = 2


@dataclass(frozen=True, slots=True)
class RowFlaw:
    """What is wrong in a cell of the sheet; rows count as a spreadsheet shows them."""

    row: int
    column: str
    detail: str


@router.get(_SHEET)
async def ask(application_id: str, visit: TheVisit) -> HTMLResponse:
    """Ask for a sheet."""
    application = await application_of(visit, application_id)
    facts = {"application": application, "columns": COLUMNS, "flaws": ()}
    return visit.page(_TEMPLATE, form=Form.of(), **facts)


@router.get(_SHEET + ".csv")
async def blank(application_id: str, visit: TheVisit) -> Response:
    """Hand out an empty sheet with its columns named."""
    await application_of(visit, application_id)
    headers = {"Content-Disposition": 'attachment; filename="goods.csv"'}
    return Response(f"{','.join(COLUMNS)}\r\n", headers=headers, media_type="text/csv")


@router.post(_SHEET)
async def read(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Add the lines of a sheet behind the others."""
    application = await application_of(visit, application_id)
    before = application["content"]["lines"]
    try:
        rows = await _rows(form)
        lines = _lines(rows, before, grounds=await fitting(visit, application["content"]))
        await keep(visit, application, form=form, lines=[*before, *lines])
    except Refused as refused:
        return _refused(visit, form, refused, application=application, above=len(before))
    return visit.go(f"{PATH}/{application_id}/goods", done="sheet-read")


async def _rows(form: Form) -> list[dict[str, str]]:
    """Read the rows of the file.

    Raises:
        Refused: it is no such sheet.

    """
    sent = form.files.get("sheet")
    content = await sent.read() if sent else b""
    try:
        read = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
        rows = [{key: text for key, text in row.items() if text} for row in read]
        unknown = set(read.fieldnames or ()) - COLUMNS.keys()
    except (UnicodeDecodeError, csv.Error, AttributeError) as error:
        raise _unread(N_("This is no sheet of comma-separated values in UTF-8.")) from error
    if unknown:
        raise _unread("no such column", *(f"columns/{name}" for name in sorted(unknown)))
    if not rows:
        raise _unread(N_("The first row has to name the columns, and rows have to follow."))
    return rows


def _unread(words: str, *names: str) -> Refused:
    return unfit(words, *(names or ("sheet",)), code="SCH-SHEET")


def _lines(
    rows: Sequence[Mapping[str, str]], before: Sequence[Any], *, grounds: Sequence[Any]
) -> list[dict[str, Any]]:
    first = max((one["item_no"] for one in before), default=0) + 1
    return [_line(row, grounds) | {"item_no": at} for at, row in enumerate(rows, first)]


def _line(row: Mapping[str, str], grounds: Sequence[Any]) -> dict[str, Any]:
    """Write a row as a line; one that names no determination cites the only one that fits."""
    cited = _cited(row, grounds)
    stated = {
        name: row[name].strip() for name in ("description", "hs", "model", "marks") if name in row
    }
    quantities: list[dict[str, str | None]] = [
        {"kind": "NUMBER", "value": row.get("number"), "unit": row.get("unit", "C62")}
    ]
    if "gross_weight_kg" in row:
        weight = row["gross_weight_kg"]
        quantities.append({"kind": "GROSS_WEIGHT", "value": weight, "unit": "KGM"})
    line: dict[str, Any] = (product_of(cited) if cited else {}) | stated
    line |= {"determination_id": cited["id"] if cited else "", "quantities": quantities}
    if "packages" in row:
        line["packages"] = [{"count": row["packages"], "kind": row.get("package_kind", "PK")}]
    if "fob_amount" in row:
        line["fob"] = {"amount": row["fob_amount"], "currency": row.get("fob_currency")}
    return line | {"invoice_refs": [row.get("invoice", "1")]}


def _cited(row: Mapping[str, str], grounds: Sequence[Any]) -> Any:
    named = row.get("determination", "").strip()
    if named:
        return next((one for one in grounds if one["id"] == named), None)
    hs = row.get("hs", "").strip()[:_HS6]
    fits = [one for one in grounds if product_of(one).get("hs", "")[:_HS6] == hs]
    return fits[0] if len(fits) == 1 else None


def _refused(
    visit: Visit, form: Form, refused: Refused, *, application: Any, above: int
) -> HTMLResponse:
    """Tell what is wrong cell by cell; the form itself is wrong at its file."""
    if not all(_FLAW.match(one.pointer) or _column_of(one) for one in refused.flaws):
        flaws: list[RowFlaw] = []
        at_file = refused
    else:
        pointers = [flaw.pointer for flaw in refused.flaws]
        named = (one for one in refused.flaws if not _holds(one.pointer, pointers))
        flaws = [_at_cell(flaw, above=above) for flaw in named]
        at_file = _unread(_WRONG_CELLS)
    facts = {"application": application, "columns": COLUMNS, "flaws": flaws}
    return visit.refuse(_TEMPLATE, form, at_file, **facts)


def _holds(pointer: str, pointers: Sequence[str]) -> bool:
    """Tell whether something within is wrong already: the whole is wrong for it."""
    return any(one.startswith(f"{pointer}/") for one in pointers)


def _column_of(flaw: Flaw) -> str:
    """Return the column that a flaw of the first row names."""
    _, found, column = flaw.pointer.partition("/columns/")
    return column if found else ""


def _at_cell(flaw: Flaw, *, above: int) -> RowFlaw:
    found = _FLAW.match(flaw.pointer)
    if found is None:
        return RowFlaw(1, _column_of(flaw), flaw.detail)
    columns = {place: column for column, place in COLUMNS.items()}
    return RowFlaw(int(found[1]) - above + _HEAD_ROWS, columns.get(found[2], ""), flaw.detail)
