"""A company applies for approval as exporter and for renewal, and completes what it applied for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.brokers import CHOOSE, company_of, must_choose
from ooms.portal.client import Refused
from ooms.portal.company.words import APPROVAL_KINDS
from ooms.portal.days import days_left
from ooms.portal.desk import words as desk_words
from ooms.portal.forms import Form
from ooms.portal.visit import COMPANY, TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

LIST = "/company/approvals"
APPROVALS = "/approved-exporters"
_REQUESTS = f"{APPROVALS}/requests"
_REQUEST = LIST + "/requests/{request_id}"
#: The interface's code where an administration approves no exporters.
_NO_SCHEME = "RUL-NO-SCHEME"
#: What a company does to its application, by the name of its form, and where.
_ACTS: Mapping[str, str] = {
    "completion": "completion-answer",
    "extension": "extension",
    "postponement": "visit-postponement",
    "withdrawal": "withdrawal",
}
#: Origin managers that a first application has room for.
_MANAGERS = 2
#: An application for the first time, or for a second agreement; and for renewal.
_FIRST = frozenset({"FIRST", "SECOND_AGREEMENT"})
_RENEWAL = frozenset({"RENEWAL", "LIGHT_RENEWAL"})
_LIVE = frozenset({"APPROVED", "CORRECTIVE_ORDER", "HEARING"})


@router.get(LIST)
async def approvals(visit: TheVisit, cursor: Annotated[str, Query(max_length=36)] = "") -> Response:
    """List the company's approvals, and what it applied for."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    try:
        await scheme_of(visit)
    except Refused as refused:
        if refused.code != _NO_SCHEME:
            raise
        return visit.page("company/approvals.html", has_scheme=False)
    held = await visit.api.get(APPROVALS)
    applied = await visit.api.get(_REQUESTS, cursor=cursor)
    return visit.page(
        "company/approvals.html",
        has_scheme=True,
        company=company_of(visit),
        approvals=held["items"],
        requests=applied["items"],
        following=applied["next"],
        kinds=APPROVAL_KINDS,
        words=desk_words,
    )


@router.get(LIST + "/new")
async def new(visit: TheVisit) -> Response:
    """Ask what is to be approved, who manages origin, and for the papers."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    return await _new(visit, Form.of())


@router.post(LIST + "/new")
async def apply(form: TheForm, visit: TheVisit) -> Response:
    """Apply for approval."""
    body = form.body("level", "site_id", "agreement", "hs6", "managers")
    try:
        made = await visit.api.post(_REQUESTS, body | papers_of(form), key=form.key)
    except Refused as refused:
        return await _new(visit, form, refused=refused)
    return visit.go(f"{LIST}/requests/{made['id']}", done="approval-applied")


@router.get(LIST + "/renewal")
async def renewal(visit: TheVisit) -> Response:
    """Ask which approvals are to be renewed."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    return await _renewal(visit, Form.of())


@router.post(LIST + "/renewal")
async def renew(form: TheForm, visit: TheVisit) -> Response:
    """Apply for renewal, of one approval or of several items together."""
    body = form.body("managers") | {"approval_ids": list(form.ticked.get("approval_ids", ()))}
    try:
        made = await visit.api.post(f"{_REQUESTS}/renewal", body | papers_of(form), key=form.key)
    except Refused as refused:
        return await _renewal(visit, form, refused=refused)
    return visit.go(f"{LIST}/requests/{made['id']}", done="approval-applied")


@router.get(_REQUEST)
async def request(request_id: str, visit: TheVisit) -> HTMLResponse:
    """Show an application for approval, and what the company can do now."""
    return await _show(visit, request_id, Form.of())


@router.post(_REQUEST + "/{name}")
async def act(request_id: str, name: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Complete, ask for more time or for a later visit, or take the application back."""
    if name not in _ACTS:
        return visit.go(f"{LIST}/requests/{request_id}")
    doing = Act(name, form)
    body = doing.body() | (papers_of(form) if name == "completion" else {})
    try:
        await doing.do(visit, f"{_REQUESTS}/{request_id}/{_ACTS[name]}", body)
    except Refused as refused:
        return await _show(visit, request_id, form, refused=refused, tried=name)
    return visit.go(f"{LIST}/requests/{request_id}", done="approval-changed")


def papers_of(form: Form) -> dict[str, Any]:
    """Return the papers that are named on a form; where nothing is said there is no paper."""
    named = ((name.removeprefix("paper-"), form[name]) for name in form.fields)
    given = [{"code": code, "reference": said} for code, said in named if said and code.isupper()]
    return {"papers": given}


async def _new(visit: Visit, form: Form, *, refused: Refused | None = None) -> HTMLResponse:
    company = (visit.who.exporter_id if visit.who else "") or visit.request.cookies.get(COMPANY, "")
    scheme, sites, agreements = await asyncio.gather(
        scheme_of(visit),
        visit.api.get(f"/exporters/{company}/sites"),
        visit.api.get("/tariff/agreements"),
    )
    return _page(
        visit,
        "company/approval_new.html",
        form=form,
        refused=refused,
        scheme=scheme,
        papers=_papers(scheme, _FIRST),
        places=range(_MANAGERS),
        sites=[one for one in sites["items"] if not one["closed_at"]],
        agreements=[one["code"] for one in agreements["items"]],
        words=desk_words,
    )


async def _renewal(visit: Visit, form: Form, *, refused: Refused | None = None) -> HTMLResponse:
    scheme, held = await asyncio.gather(scheme_of(visit), visit.api.get(APPROVALS))
    return _page(
        visit,
        "company/approval_renewal.html",
        form=form,
        refused=refused,
        scheme=scheme,
        papers=_papers(scheme, _RENEWAL),
        places=range(_MANAGERS),
        approvals=[one for one in held["items"] if one["state"] in _LIVE],
        words=desk_words,
    )


async def _show(
    visit: Visit, request_id: str, form: Form, *, refused: Refused | None = None, tried: str = ""
) -> HTMLResponse:
    found = await visit.api.get(f"{_REQUESTS}/{request_id}")
    scheme = await scheme_of(visit)
    asked = found["completions"][-1] if found["completions"] else None
    return _page(
        visit,
        "company/approval_request.html",
        form=form,
        refused=refused,
        request=found,
        scheme=scheme,
        titles={one["code"]: one["title"] for one in scheme["papers"]},
        papers=_papers(scheme, {found["kind"]}, level=found["scope"]["level"]),
        left=days_left(visit, found["decide_by"]),
        asked=asked,
        asked_left=days_left(visit, asked["due_on"]) if asked else None,
        kinds=APPROVAL_KINDS,
        tried=tried,
        words=desk_words,
    )


def _page(
    visit: Visit, template: str, *, form: Form, refused: Refused | None, **facts: Any
) -> HTMLResponse:
    return visit.ask(template, form, refused, **facts)


async def scheme_of(visit: Visit) -> Any:
    """Return the administration's scheme of approved exporters."""
    return (await visit.api.get(f"{APPROVALS}/scheme"))["scheme"]


def _papers(scheme: Any, kinds: Iterable[str], *, level: str = "") -> Sequence[Any]:
    """Return the papers that such applications take."""
    wanted = set(kinds)
    return [
        one
        for one in scheme["papers"]
        if wanted & set(one["kinds"]) and (not level or level in one["levels"])
    ]
