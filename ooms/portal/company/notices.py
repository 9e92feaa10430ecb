"""Notices of errors in issued certificates: what is wrong, how far it reaches, who is told."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.code_words import CAUSES, NOTICES, REMEDIES
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

PATH = "/company/error-notices"
_ONE = PATH + "/{notice_id}"
_WORDS = {"state": NOTICES, "cause": CAUSES, "remedy": REMEDIES}


@router.get(PATH)
async def notices(visit: TheVisit, cursor: str = "") -> HTMLResponse:
    """List the notices of the company, the newest first."""
    page = await visit.api.get("/error-notices", cursor=cursor)
    facts = {"listed": page["items"], "next": page["next"], "words": _WORDS}
    return visit.page("company/error_notices.html", **facts)


@router.get("/company/certificates/{certificate_id}/error")
async def ask(certificate_id: str, visit: TheVisit) -> HTMLResponse:
    """Ask what is wrong in a certificate."""
    return await _ask(visit, certificate_id, Form.of())


@router.post("/company/certificates/{certificate_id}/error")
async def draft(certificate_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Keep the notice as a draft, to see how far the error reaches before it is given."""
    body = form.body("errors", "learned_on", "cause", "explanation", "remedy")
    try:
        kept = await visit.api.post(
            "/error-notices", body | {"certificate_id": certificate_id}, key=form.key
        )
    except Refused as refused:
        return await _ask(visit, certificate_id, form, refused=refused)
    return visit.go(f"{PATH}/{kept['id']}", done="notice-kept")


@router.get(_ONE)
async def notice(notice_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a notice, how far the error reaches, and the letters that go out."""
    return visit.page("company/error_notice.html", form=Form.of(), **await _facts(visit, notice_id))


@router.post(_ONE + "/filing")
async def file(notice_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Give notice."""
    return await _move(visit, notice_id, "filing", form=form, done="notice-given")


@router.post(_ONE + "/withdrawal")
async def withdraw(notice_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Take a draft back."""
    return await _move(visit, notice_id, "withdrawal", form=form, done="notice-withdrawn")


@router.get(_ONE + "/letters/{key}")
async def letter(notice_id: str, key: str, visit: TheVisit) -> Response:
    """Hand out one letter."""
    return await visit.pass_on(f"/error-notices/{notice_id}/letters/{key}/pdf")


async def _move(visit: Visit, notice_id: str, move: str, *, form: Form, done: str) -> Response:
    try:
        await visit.api.post(f"/error-notices/{notice_id}/{move}", key=form.key)
    except Refused as refused:
        facts = await _facts(visit, notice_id)
        return visit.refuse("company/error_notice.html", form, refused, **facts)
    return visit.go(f"{PATH}/{notice_id}", done=done)


async def _ask(
    visit: Visit, certificate_id: str, form: Form, *, refused: Refused | None = None
) -> HTMLResponse:
    certificate = await visit.api.get(f"/certificates/{certificate_id}")
    forms = (await visit.api.get("/forms"))["items"]
    boxes = [
        (box["number"], f"{box['number']}: {box['title']}")
        for one in forms
        if (one["agreement"], one["form_type"])
        == (certificate["agreement"], certificate["form_type"])
        for box in one["boxes"]
    ]
    facts: dict[str, Any] = {
        "certificate": certificate,
        "boxes": boxes,
        "causes": CAUSES,
        "remedies": REMEDIES,
    }
    return visit.ask("company/error_new.html", form, refused, **facts)


async def _facts(visit: Visit, notice_id: str) -> dict[str, Any]:
    path = f"/error-notices/{notice_id}"
    return {
        "notice": await visit.api.get(path),
        "hits": (await visit.api.get(f"{path}/impact"))["items"],
        "letters": (await visit.api.get(f"{path}/letters"))["items"],
        "words": _WORDS,
    }
