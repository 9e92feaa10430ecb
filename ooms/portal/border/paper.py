"""A paper certificate in an officer's hand: photographed, and held against the register."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ooms.portal.border import words
from ooms.portal.border.claim_entry import file_of
from ooms.portal.client import Refused
from ooms.portal.forms import Form, unfit
from ooms.portal.public.words import CHECKS
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

PATH = "/border/paper"


@router.get(PATH)
async def ask(visit: TheVisit) -> HTMLResponse:
    """Ask for a photograph, a scan, or the number that is printed."""
    return visit.page("border/paper.html", form=Form.of())


@router.post(PATH)
async def check(form: TheForm, visit: TheVisit) -> HTMLResponse:
    """Say whether the paper is authentic, and whether it says what was registered."""
    file = await file_of(form, "photo", "file")
    if file is None and not form["number"]:
        asked = unfit(words.NOTHING_SHOWN, "photo")
        return visit.refuse("border/paper.html", form, asked)
    if file is None:
        return await _by_number(form, visit)
    try:
        told = await visit.api.upload("/documents/check", file, key=form.key)
    except Refused as refused:
        return visit.refuse("border/paper.html", form, refused)
    number = told["sealed"]["number"] if told["sealed"] else ""
    return visit.page(
        "border/paper_result.html",
        told=told,
        number=number,
        registered=told["registered"],
        claims=await _claims(visit, number) if told["registered"] else [],
        words=words,
        checks=CHECKS,
        same_as=_row_words,
    )


async def _by_number(form: Form, visit: Visit) -> HTMLResponse:
    number = form["number"]
    found = await visit.api.get("/claims/certificates", number=number)
    return visit.page(
        "border/paper_result.html",
        told=None,
        number=number,
        registered=[{"certificate": one, "compared": [], "same": None} for one in found["items"]],
        claims=await _claims(visit, number),
        words=words,
        same_as=_row_words,
    )


async def _claims(visit: Visit, number: str) -> list[Any]:
    found = await visit.api.get("/claims", certificate_number=number, limit=20)
    return list(found["items"])


def _row_words(what: str) -> tuple[str, str]:
    """Return of `items.2.hs` the item and the words of `hs`; of anything else no item."""
    head, _, rest = what.partition(".")
    item, _, name = rest.partition(".")
    return (item, words.PRINTED.get(name, name)) if head == "items" else ("", words.PRINTED[what])
