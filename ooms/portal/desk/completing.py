"""Asking the exporter to complete an application, box by box."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.desk.showing import facts_of
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)
_PATH = "/desk/applications/{application_id}/completion"
_PAGE = "desk/completion.html"
_ROWS = 3
_MOST_ROWS = 50


@router.get(_PATH)
async def ask(application_id: str, visit: TheVisit) -> HTMLResponse:
    """Show the boxes that may have to be completed."""
    facts = await _facts(visit, application_id, form=Form.of())
    return visit.page(_PAGE, form=Form.of(), **facts)


@router.post(_PATH)
async def send(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Ask for completion; or show more rows, which works without scripts."""
    facts = await _facts(visit, application_id, form=form)
    if form["more"]:
        return visit.page(_PAGE, form=form, **facts)
    act = Act("completion", form)
    body = act.body()
    try:
        await act.do(visit, f"/applications/{application_id}/completions", {"lacks": []} | body)
    except Refused as refused:
        return visit.refuse(_PAGE, form, refused.moved(_at_first_row), **facts)
    return visit.go(f"/desk/applications/{application_id}", done="completion-asked")


def _at_first_row(pointer: str) -> str:
    """Name the first row for what is wrong with the list as a whole."""
    whole = "/completion/lacks"
    return f"{whole}/0/text" if pointer == whole else pointer


async def _facts(visit: Visit, application_id: str, *, form: Form) -> dict[str, Any]:
    facts = await facts_of(visit, application_id)
    shown = int(form["rows"]) if form["rows"].isdecimal() else _ROWS
    rows = min(shown + (_ROWS if form["more"] else 0), _MOST_ROWS)
    clock = next(one for one in facts["procedure"]["clocks"] if one["kind"] == "COMPLETION")
    return facts | {"rows": rows, "clock": clock}
