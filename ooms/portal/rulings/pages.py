"""Advance rulings: the list, an application, and everything that happens to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.forms import Form, nested
from ooms.portal.rulings import words
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

PATH = "/rulings"
#: What is done to a ruling, by the name of its form: where the interface takes it, and which
#: fields of the form it takes.
_ACTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "ask": ("completion-request", ("text", "days")),
    "complete": ("completion", ("answer",)),
    "withdraw": ("withdrawal", ()),
    "return": ("return", ("ground", "reason")),
    "rule": ("decision", ("origin", "criterion", "text", "reasons")),
    "publish": ("publication", ("description", "text")),
    "change": ("changes", ("ground", "reason", "answer")),
    "object": ("objection", ("text",)),
    "decide-objection": ("objection/decision", ("reason", "answer")),
}
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
        may_apply=_role(visit) in {"EXPORTER", "BROKER", "OFFICER"},
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


@router.post(PATH + "/{ruling_id}/{act}")
async def act(ruling_id: str, act: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Do one of the steps of a ruling's way."""
    if act not in _ACTS:
        return visit.go(f"{PATH}/{ruling_id}")
    where, taken = _ACTS[act]
    body = _body(form, taken, act=act) if taken else None
    try:
        await visit.api.post(f"/rulings/{ruling_id}/{where}", body, key=f"{form.key}-{act}")
    except Refused as refused:
        return await _show(visit, ruling_id, form, refused=_placed(refused, act), tried=act)
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
    role = _role(visit)
    facts: dict[str, Any] = {
        "ruling": await visit.api.get(f"/rulings/{ruling_id}"),
        "terms": await visit.api.get("/rulings/terms"),
        "tried": tried,
        "is_officer": role == "OFFICER",
        "is_applicant": role in {"EXPORTER", "BROKER"},
        "words": words,
    }
    return visit.ask("rulings/ruling.html", form, refused, **facts)


def _request(form: Form) -> dict[str, Any]:
    body = form.body("applicant", "subject", "goods", "question")
    goods = body.setdefault("goods", {})
    goods["processes"] = _listed(form["goods.processes"])
    body["papers"] = _listed(form["papers"])
    return body


def _body(form: Form, taken: tuple[str, ...], *, act: str) -> dict[str, Any]:
    fields = {name: text for name, text in form.fields.items() if name.startswith(f"{act}.")}
    told = ((name.split(".")[1:], text.strip()) for name, text in fields.items())
    body = nested((path, text) for path, text in told if text and path[0] in taken)
    # Without words there is no other answer: the ruling is revoked, or stands.
    given = body.get("answer")
    if isinstance(given, dict) and not given.get("text"):
        del body["answer"]
    return body


def _placed(refused: Refused, act: str) -> Refused:
    flaws = [
        {"pointer": f"/{act}{one.pointer}", "detail": one.detail, "code": one.code}
        for one in refused.flaws
        if one.pointer
    ]
    problem = {"code": refused.code, "detail": refused.detail, "trace_id": refused.trace_id}
    return Refused(refused.status, problem | {"errors": flaws})


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]


def _role(visit: Visit) -> str:
    return visit.who.role if visit.who else ""
