"""The ledger of a received certificate: what is left, who used what, its chain, corrections."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.border import words
from ooms.portal.border.claim_view import end_of
from ooms.portal.client import Refused
from ooms.portal.days import today_of
from ooms.portal.forms import Form, unfit
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

LEDGER = "/border/ledger"
_BOOK = LEDGER + "/{country}/{agreement}/{number}"
_ITEM = _BOOK + "/items/{item_no}"
Word = Annotated[str, Query(max_length=40)]


@router.get(LEDGER)
async def search(  # noqa: PLR0913  # the fields of two forms, as the address has them
    visit: TheVisit,
    *,
    number: Word = "",
    country: Word = "",
    agreement: Word = "",
    invoice: Word = "",
    declaration_number: Word = "",
) -> Response:
    """Find a certificate by its number, or what several offices or importers use."""
    given = {
        "number": number.strip(),
        "country": country.strip().upper(),
        "agreement": agreement.strip().upper(),
        "invoice": invoice.strip(),
        "declaration_number": declaration_number.strip(),
    }
    if given["number"] and given["country"] and given["agreement"]:
        return visit.go(book_of(given["country"], given["agreement"], given["number"]))
    try:
        found, twice = await asyncio.gather(
            _received(visit, given["number"]), _duplicates(visit, given)
        )
    except Refused as refused:
        return visit.refuse("border/ledger_search.html", Form.of(given), refused, **_facts(visit))
    facts = _facts(visit) | {"found": found, "twice": twice}
    return visit.page("border/ledger_search.html", form=Form.of(given), **facts)


@router.get(_BOOK)
async def book(
    country: str, agreement: str, number: str, *, visit: TheVisit, at: Word = ""
) -> HTMLResponse:
    """Show a certificate's ledger now, or as it stood at the end of a day."""
    path = ledger_at(country, agreement, number)
    form = Form.of({"at": at})
    try:
        moment = end_of(visit, at)
    except ValueError:
        refused = unfit(f"{at} is no day; write it as 2026-11-22", "at")
        shown = await visit.api.get(path)
        return visit.refuse("border/ledger.html", form, refused, **_book(visit, shown, number))
    facts = _book(visit, await visit.api.get(path, at=moment), number) | {"at": at}
    return visit.page("border/ledger.html", form=form, **facts)


@router.get(_ITEM + "/correction")
async def foresee(  # noqa: PLR0913, PLR0917  # the parts of the address, each by its name
    country: str,
    agreement: str,
    number: str,
    item_no: int,
    *,
    visit: TheVisit,
    quantity: Word = "",
    unit: Word = "",
) -> HTMLResponse:
    """Ask what an item is to be corrected by, and show how it would stand."""
    item = _Item(country, agreement, number, item_no=item_no)
    form = Form.of({"quantity": quantity.strip(), "unit": unit.strip()})
    if not (form["quantity"] and form["unit"]):
        return visit.page("border/ledger_correction.html", form=form, **item.facts(visit))
    try:
        foreseen = await item.foreseen(visit, form)
    except Refused as refused:
        return visit.refuse("border/ledger_correction.html", form, refused, **item.facts(visit))
    return visit.page("border/ledger_correction.html", form=form, **item.facts(visit, foreseen))


@router.post(_ITEM + "/correction")
async def correct(  # noqa: PLR0913, PLR0917  # the parts of the address, each by its name
    country: str, agreement: str, number: str, item_no: int, form: TheForm, visit: TheVisit
) -> Response:
    """Correct by hand what is drawn of an item, with the reason."""
    item = _Item(country, agreement, number, item_no=item_no)
    body = form.body("quantity", "unit") | {"reason": form["reason"]}
    try:
        await visit.api.post(f"{item.path}/adjustments", body, key=form.key)
    except Refused as refused:
        shown = item.facts(visit, await item.foreseen(visit, form))
        return visit.refuse("border/ledger_correction.html", form, refused, **shown)
    return visit.go(item.book, done="ledger-corrected")


class _Item:
    """One item of a certificate, by its address here and in the interface."""

    def __init__(self, country: str, agreement: str, number: str, *, item_no: int) -> None:
        self.number, self.item_no = number, item_no
        self.book = book_of(country, agreement, number)
        self.path = f"{ledger_at(country, agreement, number)}/items/{item_no}"

    async def foreseen(self, visit: Visit, form: Form) -> Any:
        """Ask how the item would stand."""
        told = {"quantity": form["quantity"], "unit": form["unit"]}
        return await visit.api.get(f"{self.path}/adjustments/preview", **told)

    def facts(self, visit: Visit, foreseen: Any = None) -> dict[str, Any]:
        """Return what the page of a correction shows."""
        return _facts(visit) | {
            "number": self.number,
            "item_no": self.item_no,
            "book": self.book,
            "foreseen": foreseen,
        }


def book_of(country: str, agreement: str, number: str) -> str:
    """Name the page of a certificate's ledger."""
    return f"{LEDGER}/{'/'.join(quote(one, safe='') for one in (country, agreement, number))}"


def ledger_at(country: str, agreement: str, number: str) -> str:
    """Name the ledger of a certificate in the interface."""
    return f"/ledger/{'/'.join(quote(one, safe='') for one in (country, agreement, number))}"


def _facts(visit: Visit) -> dict[str, Any]:
    is_border = visit.role == "IMPORT_OFFICER"
    return {"words": words, "may_correct": is_border, "found": None, "twice": None}


def _book(visit: Visit, shown: Any, number: str) -> dict[str, Any]:
    address = (shown["issuing_country"], shown["agreement"], number)
    return _facts(visit) | {
        "ledger": shown,
        "number": number,
        "book": book_of(*address),
        "today": today_of(visit).isoformat(),
        "at": "",
    }


async def _received(visit: Visit, number: str) -> Any:
    if not number:
        return None
    return (await visit.api.get("/claims/certificates", number=number))["items"]


async def _duplicates(visit: Visit, given: dict[str, str]) -> Any:
    sought = {name: given[name] for name in ("invoice", "declaration_number") if given[name]}
    return (await visit.api.get("/ledger/duplicates", **sought))["items"] if sought else None
