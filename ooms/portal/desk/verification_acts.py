"""What is done in a case that a partner asked for, one act a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.desk.verifications import show
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

_CASE = "/desk/verifications/{received_id}"
_RECEIVED = "/verifications/received"
#: Acts whose form is the body that the interface takes, and where it takes it.
_ACTS: Mapping[str, str] = {
    "approval": "approval",
    "back": "return",
    "comments": "joint-visit/comments",
    "extension": "extension",
    "joint": "joint-visit/answer",
    "letter": "letters",
    "receipt": "receipt",
    "record": "visits/record",
    "reply": "reply",
    "taking": "taking",
    "visit": "visits",
}
#: Acts that take no body at all.
_BARE = frozenset({"approval", "letter", "reply", "taking"})


@router.post(_CASE + "/inquiries")
async def ask(received_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Give notice to a company and ask it, with the partner's questions if so wished."""
    body = Act("inquiry", form).body()
    if body.pop("pass_on", ""):
        found = await visit.api.get(f"{_RECEIVED}/{received_id}")
        body["questions"] = found["asked"]["questions"]
    path = f"{_RECEIVED}/{received_id}/inquiries"
    return await _do(visit, received_id, form, name="inquiry", path=path, body=body)


@router.post(_CASE + "/inquiries/{inquiry_id}/more-time")
async def prolong(received_id: str, inquiry_id: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Give a company more time, once."""
    path, body = f"/verifications/inquiries/{inquiry_id}/more-time", Act(inquiry_id, form).body()
    return await _do(visit, received_id, form, name=inquiry_id, path=path, body=body)


@router.post(_CASE + "/result")
async def draft(received_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Draft the result; a question without an answer is left out."""
    body = Act("result", form).body()
    answers = [one for one in body.get("answers", ()) if one.get("text")]
    body = {"findings": []} | body | {"answers": answers}
    path = f"{_RECEIVED}/{received_id}/result"
    return await _do(visit, received_id, form, name="result", path=path, body=body)


@router.post(_CASE + "/papers")
async def sort_papers(received_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Sort the ticked papers: those under consent leave, the rest is withheld."""
    body = {"papers": form.ticked.get("papers.papers", ())}
    path = f"{_RECEIVED}/{received_id}/papers"
    return await _do(visit, received_id, form, name="papers", path=path, body=body)


@router.post(_CASE + "/letters/{letter_id}/posting")
async def post_letter(
    received_id: str, letter_id: str, *, form: TheForm, visit: TheVisit
) -> Response:
    """Note when, how and under which number the reply was posted."""
    path = f"{_RECEIVED}/{received_id}/letters/{letter_id}/posting"
    body = Act("posting", form).body()
    return await _do(visit, received_id, form, name="posting", path=path, body=body)


@router.post(_CASE + "/{name}")
async def act(received_id: str, name: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Do one of the acts whose form is the body."""
    if name not in _ACTS:
        return visit.go(f"/desk/verifications/{received_id}")
    body = None if name in _BARE else Act(name, form).body()
    path = f"{_RECEIVED}/{received_id}/{_ACTS[name]}"
    return await _do(visit, received_id, form, name=name, path=path, body=body)


async def _do(  # noqa: PLR0913  # the parts of an act, each by its name
    visit: Visit, received_id: str, form: Form, *, name: str, path: str, body: Any
) -> Response:
    try:
        await Act(name, form).do(visit, path, body)
    except Refused as refused:
        return await show(visit, received_id, form=form, refused=refused)
    done = "inquiry-sent" if name == "inquiry" else "case-changed"
    return visit.go(f"/desk/verifications/{received_id}", done=done)
