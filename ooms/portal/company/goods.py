"""The goods of an application: a list, and a page for each line with the ground that it cites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Flaw, Refused
from ooms.portal.code_words import PACKAGES
from ooms.portal.company.drafts import PATH, application_of, keep
from ooms.portal.company.grounds import fitting
from ooms.portal.company.paper_form import paper_form
from ooms.portal.company.words import MEASURES
from ooms.portal.determined import product_of
from ooms.portal.forms import Form, fresh_key
from ooms.portal.languages import N_
from ooms.portal.visit import TheForm, TheVisit, Visit
from ooms.portal.words import UNITS, WEIGHT_UNITS

router = APIRouter(include_in_schema=False)

_LIST = PATH + "/{application_id}/goods"
_ONE = _LIST + "/{place:int}"
_TEMPLATE = "company/line.html"
#: The measures that every line is asked for, in their order; others follow.
_SLOTS = ("NUMBER", "GROSS_WEIGHT", "NET_WEIGHT")
#: What the page of a line asks for; the rest of a line stays as it is.
_ASKED = (
    "determination_id",
    "description",
    "hs",
    "model",
    "trademark",
    "marks",
    "quantities",
    "packages",
    "fob",
    "invoice_refs",
)
_FIRST_INVOICE = [1]
_CITE = N_("Choose a determination; without one, write the description and the HS code.")


@router.get(_LIST)
async def goods(application_id: str, visit: TheVisit) -> HTMLResponse:
    """List the lines, each with what it cites."""
    application = await application_of(visit, application_id)
    cited = {one["id"]: one for one in await fitting(visit, application["content"])}
    return visit.page(
        "company/goods.html",
        application=application,
        cited=cited,
        form=Form.of(),
        words={"measure": MEASURES, "unit": UNITS},
    )


@router.get(_ONE)
async def line(
    application_id: str, place: int, *, visit: TheVisit, determination: str = ""
) -> HTMLResponse:
    """Ask for one line."""
    application = await application_of(visit, application_id)
    lines = application["content"]["lines"]
    fields = _fields(place, lines[place] if place < len(lines) else {})
    if determination:
        fields[f"lines.{place}.determination_id"] = determination
    return await _ask(visit, Form(fields, key=fresh_key()), application=application, place=place)


@router.post(_ONE)
async def keep_line(application_id: str, place: int, *, form: TheForm, visit: TheVisit) -> Response:
    """Keep one line, in its place or behind the others.

    A line without words or code of its own takes those of the product that was determined.
    """
    application = await application_of(visit, application_id)
    lines = list(application["content"]["lines"])
    before = lines[place] if place < len(lines) else {"item_no": _next_number(lines)}
    grounds = {one["id"]: one for one in await fitting(visit, application["content"])}
    told = _told(form)
    written = {name: one for name, one in before.items() if name not in _ASKED} | told
    cited = grounds.get(told.get("determination_id", ""))
    lines[place : place + 1] = [(product_of(cited) if cited else {}) | written]
    try:
        await keep(visit, application, form=form, lines=lines)
    except Refused as refused:
        told_at = _at_fields(refused, place=place, cites=cited is not None or not grounds)
        return await _ask(visit, form, application=application, place=place, refused=told_at)
    return visit.go(f"{PATH}/{application_id}/goods", done="section-kept")


@router.post(_ONE + "/removal")
async def remove_line(
    application_id: str, place: int, *, form: TheForm, visit: TheVisit
) -> Response:
    """Take a line out; the others keep their numbers."""
    application = await application_of(visit, application_id)
    lines = [one for at, one in enumerate(application["content"]["lines"]) if at != place]
    await keep(visit, application, form=form, lines=lines)
    return visit.go(f"{PATH}/{application_id}/goods", done="removed")


async def _ask(
    visit: Visit,
    form: Form,
    *,
    application: Any,
    place: int,
    refused: Refused | None = None,
) -> HTMLResponse:
    facts = {
        "application": application,
        "place": place,
        "grounds": await fitting(visit, application["content"]),
        "paper": await paper_form(visit, application["content"]),
        "units": UNITS,
        "weight_units": WEIGHT_UNITS,
        "measures": MEASURES,
        "slots": _SLOTS,
        "packages": PACKAGES,
    }
    return visit.ask(_TEMPLATE, form, refused, **facts)


def _at_fields(refused: Refused, *, place: int, cites: bool) -> Refused:
    """Let flaws point to the fields that mend them.

    A line without a figure lacks its number; one that cites nothing lacks what the product of the
    determination would have told, its words and its code.
    """
    at = f"/lines/{place}"
    moved = {f"{at}/quantities": f"{at}/quantities/0/value"}
    flaws = list(refused.moved(lambda pointer: moved.get(pointer, pointer)).flaws)
    told = (f"{at}/description", f"{at}/hs")
    if not cites and all(pointer in (one.pointer for one in flaws) for pointer in told):
        flaws = [one for one in flaws if one.pointer not in told]
        flaws.insert(0, Flaw(f"{at}/determination_id", _CITE, "SCH-BODY"))
    refused.flaws = tuple(flaws)
    return refused


def _fields(place: int, stated: Mapping[str, Any]) -> dict[str, str]:
    """Name the fields of a line by its place in the content; measures stand in their slots."""
    slots: list[Any] = [{"kind": kind} for kind in _SLOTS]
    for one in stated.get("quantities", ()):
        if one["kind"] in _SLOTS:
            slots[_SLOTS.index(one["kind"])] = one
        else:
            slots.append(one)
    shown = {f"{place}": dict(stated) | {"quantities": slots}}
    return dict(Form.of({"lines": shown}).fields)


def _told(form: Form) -> dict[str, Any]:
    """Read a line; measures, packages and values without a figure are left out."""
    told: dict[str, Any] = (form.body("lines").get("lines") or [{}])[-1]
    told["quantities"] = [one for one in told.get("quantities", ()) if "value" in one]
    told["packages"] = [one for one in told.get("packages", ()) if "count" in one]
    if "amount" not in told.get("fob", {}):
        told.pop("fob", None)
    told.setdefault("invoice_refs", _FIRST_INVOICE)
    return told


def _next_number(lines: Sequence[Mapping[str, Any]]) -> int:
    return max((one["item_no"] for one in lines), default=0) + 1
