"""Advance rulings: the list, an application, and everything that happens to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.rulings import words
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

PATH = "/rulings"
#: What is done to a ruling, by the name of its form, and where.
_ACTS: Mapping[str, str] = {
    "ask": "completion-request",
    "complete": "completion",
    "withdraw": "withdrawal",
    "return": "return",
    "rule": "decision",
    "publish": "publication",
    "change": "changes",
    "object": "objection",
    "decide-objection": "objection/decision",
}
_WORDLESS = "withdraw"
#: Lines for materials on an empty form.
_LINES = 3
Word = Annotated[str, Query(max_length=36)]


@router.get(PATH)
async def rulings(visit: TheVisit, state: Word = "", cursor: Word = "") -> HTMLResponse:
    """List the rulings that the visitor may see, the newest first."""
    found = await visit.api.get("/rulings", state=state, cursor=cursor)
    return visit.page(
        "rulings/list.html",
        form=Form.of({"state": state}),
        rulings=found["items"],
        following=found["next"],
        may_apply=visit.role in {"EXPORTER", "BROKER", "OFFICER"},
        words=words,
    )


@router.get(PATH + "/new")
async def new(visit: TheVisit) -> HTMLResponse:
    """Ask what is to be ruled on."""
    return await _new(visit, Form.of({"applicant": {"standing": "EXPORTER"}}))


@router.post(PATH + "/new")
async def apply(form: TheForm, visit: TheVisit) -> Response:
    """Apply for an advance ruling."""
    try:
        made = await visit.api.post("/rulings", _request(form), key=form.key)
    except Refused as refused:
        return await _new(visit, form, refused=refused)
    return visit.go(f"{PATH}/{made['id']}", done="ruling-applied")


@router.get(PATH + "/{ruling_id}")
async def ruling(ruling_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a ruling and what can be done now."""
    return await _show(visit, ruling_id, Form.of())


@router.post(PATH + "/{ruling_id}/{name}")
async def act(ruling_id: str, name: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Do one of the steps of a ruling's way."""
    if name not in _ACTS:
        return visit.go(f"{PATH}/{ruling_id}")
    doing = Act(name, form)
    body = None if name == _WORDLESS else _body(doing)
    try:
        await doing.do(visit, f"/rulings/{ruling_id}/{_ACTS[name]}", body)
    except Refused as refused:
        return await _show(visit, ruling_id, form, refused=refused, tried=name)
    return visit.go(f"{PATH}/{ruling_id}", done="ruling-moved")


async def _new(visit: Visit, form: Form, *, refused: Refused | None = None) -> HTMLResponse:
    terms = await visit.api.get("/rulings/terms")
    agreements = (await visit.api.get("/tariff/agreements"))["items"]
    facts: dict[str, Any] = {
        "terms": terms,
        "agreements": [one["code"] for one in agreements],
        "lines": range(_LINES),
        "words": words,
    }
    return visit.ask("rulings/new.html", form, refused, **facts)


async def _show(
    visit: Visit, ruling_id: str, form: Form, *, refused: Refused | None = None, tried: str = ""
) -> HTMLResponse:
    facts: dict[str, Any] = {
        "ruling": await visit.api.get(f"/rulings/{ruling_id}"),
        "terms": await visit.api.get("/rulings/terms"),
        "tried": tried,
        "is_officer": visit.role == "OFFICER",
        "is_applicant": visit.role in {"EXPORTER", "BROKER"},
        "words": words,
    }
    return visit.ask("rulings/ruling.html", form, refused, **facts)


def _request(form: Form) -> dict[str, Any]:
    body = form.body("applicant", "subject", "goods", "question")
    goods = body.setdefault("goods", {})
    goods["processes"] = _listed(form["goods.processes"])
    body["papers"] = _listed(form["papers"])
    return body


def _body(doing: Act) -> dict[str, Any]:
    body = doing.body()
    # Without words there is no other answer: the ruling is revoked, or stands.
    given = body.get("answer")
    if isinstance(given, dict) and not given.get("text"):
        del body["answer"]
    return body


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]
