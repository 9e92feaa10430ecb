"""Looking up codes: beside a form as one types, and as a page of its own."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ooms.portal.choices import EDITIONS
from ooms.portal.visit import TheVisit, Visit

router = APIRouter(include_in_schema=False)


@router.get("/company/products/codes")
async def look_up(
    visit: TheVisit, words: str = "", hs_edition: str = EDITIONS[0], *, part: str = ""
) -> HTMLResponse:
    """Show the codes that begin with digits, or whose lines hold some words."""
    found = await found_codes(visit, words, edition=hs_edition)
    template = "products/_codes.html" if part else "products/codes.html"
    return visit.page(template, words=words, edition=hs_edition, editions=EDITIONS, found=found)


async def found_codes(visit: Visit, words: str, *, edition: str) -> Any:
    """Ask for codes; nothing where nothing is asked."""
    if not words.strip():
        return None
    return await visit.api.get(
        "/tariff/codes", words=words.strip()[:100], edition=edition, language=visit.language
    )
