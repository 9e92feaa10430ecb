"""Inquiries about what partners ask: the company answers, with its papers by their digests."""

from __future__ import annotations

import hashlib
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.company.words import CLASSES, INQUIRIES, PAPER_KINDS
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

PATH = "/company/inquiries"
_ONE = PATH + "/{inquiry_id}"
#: So many papers go with an answer on one page.
_PAPERS = 3
_WORDS = {"state": INQUIRIES, "paper": PAPER_KINDS, "class": CLASSES}
_ANSWERED = "ANSWERED"


@router.get(PATH)
async def inquiries(visit: TheVisit, cursor: str = "") -> HTMLResponse:
    """List the inquiries at the company, the newest first."""
    page = await visit.api.get("/verifications/inquiries", cursor=cursor)
    facts = {"listed": page["items"], "next": page["next"], "words": _WORDS}
    return visit.page("company/inquiries.html", **facts)


@router.get(_ONE)
async def inquiry(inquiry_id: str, visit: TheVisit) -> HTMLResponse:
    """Show an inquiry, and ask for the answer."""
    return visit.page("company/inquiry.html", form=Form.of(), **await _facts(visit, inquiry_id))


@router.post(_ONE)
async def answer(inquiry_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Answer; what leaves the office is told the digest of each paper, and whom it may go to."""
    told = await visit.api.get(f"/verifications/inquiries/{inquiry_id}")
    answers = [
        {"id": one["id"], "text": form[f"answer.{one['id']}"]}
        for one in told["questions"]
        if form[f"answer.{one['id']}"]
    ]
    papers = [paper for place in range(_PAPERS) if (paper := await _paper(form, place))]
    body = form.body("words") | {"answers": answers, "papers": papers}
    try:
        await visit.api.post(f"/verifications/inquiries/{inquiry_id}/answer", body, key=form.key)
    except Refused as refused:
        return visit.refuse(
            "company/inquiry.html", form, refused, **await _facts(visit, inquiry_id)
        )
    return visit.go(f"{PATH}/{inquiry_id}", done="inquiry-answered")


async def _paper(form: Form, place: int) -> dict[str, Any] | None:
    """Describe a paper: what it is, and the digest by which it is known from now on."""
    sent = form.files.get(f"papers.{place}.file")
    content = await sent.read() if sent else b""
    if sent is None or not content:
        return None
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "media_type": sent.content_type or "application/octet-stream",
        "title": form[f"papers.{place}.title"] or sent.filename,
        "kind": form[f"papers.{place}.kind"] or "OTHER",
        "classes": list(form.ticked.get(f"papers.{place}.classes", ())),
    }


async def _facts(visit: Visit, inquiry_id: str) -> dict[str, Any]:
    told = await visit.api.get(f"/verifications/inquiries/{inquiry_id}")
    return {
        "inquiry": told,
        "may_answer": told["state"] != _ANSWERED,
        "places": range(_PAPERS),
        "words": _WORDS,
    }
