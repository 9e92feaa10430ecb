"""A claim on one screen: declared beside certified, and whatever an officer does about a line."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.border import words
from ooms.portal.border.claim_list import PATH
from ooms.portal.border.claim_view import gathered
from ooms.portal.border.placed import put_back, taken_out
from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

_DAY = r"^(\d{4}-\d{2}-\d{2})?$"
#: What is asked of a proof, ticked box by box.
_DEFECTS = "defects"


@router.get(PATH + "/{claim_id}")
async def claim(
    claim_id: str,
    visit: TheVisit,
    *,
    part: Annotated[int, Query(ge=0, le=99)] = 0,
    at: Annotated[str, Query(pattern=_DAY)] = "",
) -> HTMLResponse:
    """Show a claim; the ledger as it stands now, or stood at the end of a day."""
    facts = await gathered(visit, claim_id, part=part, at=at)
    return visit.page("border/claim.html", form=Form.of({"at": at}), words=words, **facts)


@router.post(PATH + "/{claim_id}/lines/{line_no}/{spec_no}/decision")
async def decide(
    claim_id: str, line_no: int, *, spec_no: int, form: TheForm, visit: TheVisit
) -> Response:
    """Decide a line, or show first what the importer would be told."""
    prefix = f"d{line_no}-{spec_no}"
    asked = taken_out(form, prefix)
    path = f"/claims/{claim_id}/lines/{line_no}/decisions"
    try:
        if form["step"] == "preview":
            preview = await visit.api.post(f"{path}/preview", _decision(asked, spec_no), key="")
            return await _again(
                visit, claim_id, form, line_no=line_no, preview=preview, what="previewed"
            )
        await visit.api.post(path, _decision(asked, spec_no), key=form.key)
    except Refused as refused:
        return await _refuse(visit, claim_id, form, refused=refused, prefix=prefix)
    return _back(visit, claim_id, place=f"{line_no}-{spec_no}", done="line-decided")


@router.post(PATH + "/{claim_id}/lines/{line_no}/{spec_no}/completion")
async def ask_completion(
    claim_id: str, line_no: int, *, spec_no: int, form: TheForm, visit: TheVisit
) -> Response:
    """Ask the importer to complete or correct his proof."""
    prefix = f"c{line_no}-{spec_no}"
    asked = taken_out(form, prefix)
    body = asked.body("words", "days") | {
        _DEFECTS: list(form.ticked.get(f"{prefix}.{_DEFECTS}", ())),
        "specification": spec_no,
    }
    path = f"/claims/{claim_id}/lines/{line_no}/completion-requests"
    return await _do(visit, claim_id, form, path=path, body=body, done="completion-requested")


@router.post(PATH + "/{claim_id}/lines/{line_no}/{spec_no}/prior-notice")
async def tell_first(
    claim_id: str, line_no: int, *, spec_no: int, form: TheForm, visit: TheVisit
) -> Response:
    """Tell the importer before a denial, or show first what he would be told."""
    prefix = f"n{line_no}-{spec_no}"
    asked = taken_out(form, prefix)
    body = asked.body("ground", "facts", "submit", "days") | {"specification": spec_no}
    path = f"/claims/{claim_id}/lines/{line_no}/prior-notices"
    try:
        if form["step"] == "preview":
            preview = await visit.api.post(f"{path}/preview", body, key="")
            return await _again(
                visit, claim_id, form, line_no=line_no, preview=preview, what="noticed"
            )
        await visit.api.post(path, body, key=form.key)
    except Refused as refused:
        return await _refuse(visit, claim_id, form, refused=refused, prefix=prefix)
    return _back(visit, claim_id, place=f"{line_no}-{spec_no}", done="prior-notice-sent")


@router.post(PATH + "/{claim_id}/prior-notices/{notice_id}/{act}")
async def follow_notice(
    claim_id: str,
    notice_id: str,
    *,
    act: Literal["answer", "end"],
    form: TheForm,
    visit: TheVisit,
) -> Response:
    """Keep what the importer answers to a notice, or say that nothing follows from it."""
    body = taken_out(form, form["prefix"]).body("words")
    if act == "answer":
        body["nothing_more"] = bool(form.ticked.get("notice.nothing_more"))
    path = f"/prior-notices/{notice_id}/{act}"
    return await _do(visit, claim_id, form, path=path, body=body, done=f"prior-notice-{act}")


@router.post(PATH + "/{claim_id}/completions/{completion_id}/{act}")
async def follow_completion(
    claim_id: str,
    completion_id: str,
    *,
    act: Literal["answer", "judgment"],
    form: TheForm,
    visit: TheVisit,
) -> Response:
    """Keep what was handed over, or judge it."""
    body = taken_out(form, "completion").body("words", "accepted")
    path = f"/completion-requests/{completion_id}/{act}"
    return await _do(visit, claim_id, form, path=path, body=body, done=f"completion-{act}")


@router.post(PATH + "/{claim_id}/lines/{line_no}/{spec_no}/objection")
async def object_to(
    claim_id: str, line_no: int, *, spec_no: int, form: TheForm, visit: TheVisit
) -> Response:
    """Take an objection against the decision that counts on a line."""
    body = taken_out(form, f"o{line_no}-{spec_no}").body("words", "received_on")
    body |= {"specification": spec_no}
    path = f"/claims/{claim_id}/lines/{line_no}/objections"
    return await _do(visit, claim_id, form, path=path, body=body, done="objection-taken")


@router.post(PATH + "/{claim_id}/objections/{objection_id}/decision")
async def decide_objection(
    claim_id: str, objection_id: str, *, form: TheForm, visit: TheVisit
) -> Response:
    """Decide an objection: the decision stands, or preference is granted after all."""
    asked = taken_out(form, "objection")
    body = asked.body("words")
    if asked["stands"] == "no":
        body |= {"instead": {"verdict": "GRANTED", "facts": asked["words"]}}
    path = f"/objections/{objection_id}/decision"
    return await _do(visit, claim_id, form, path=path, body=body, done="objection-decided")


@router.post(PATH + "/{claim_id}/amounts/{settlement_id}/{act}")
async def settle(
    claim_id: str,
    settlement_id: str,
    *,
    act: Literal["telling", "confirmation"],
    form: TheForm,
    visit: TheVisit,
) -> Response:
    """Note that the clearance system was told of an amount, or keep its word that it is done."""
    body = taken_out(form, "amount").body("confirmation") or None
    path = f"/refunds/{settlement_id}/{act}"
    return await _do(visit, claim_id, form, path=path, body=body, done=f"amount-{act}")


def _decision(asked: Form, spec_no: int) -> dict[str, Any]:
    """Take of the form what the verdict needs; what was typed for another one is left out."""
    verdict = asked["verdict"]
    needed = {
        "GRANTED": ("refund",),
        "PARTLY": ("quantity", "ground", "without_notice"),
        "DENIED": ("ground", "without_notice"),
        "SUSPENDED": ("verification",),
        "SECURED": ("security", "verification"),
    }
    return asked.body("verdict", "facts", *needed.get(verdict, ())) | {"specification": spec_no}


async def _do(  # noqa: PLR0913  # the parts of one act, each by its name
    visit: Visit, claim_id: str, form: Form, *, path: str, body: Any, done: str
) -> Response:
    try:
        await visit.api.post(path, body, key=form.key)
    except Refused as refused:
        return await _refuse(visit, claim_id, form, refused=refused, prefix=form["prefix"])
    return _back(visit, claim_id, place=form["place"], done=done)


async def _refuse(
    visit: Visit, claim_id: str, form: Form, *, refused: Refused, prefix: str
) -> HTMLResponse:
    if refused.status not in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY):
        raise refused
    facts = await gathered(visit, claim_id, part=_part(form), at="")
    again = put_back(form, refused, prefix=prefix)
    return visit.page("border/claim.html", status=refused.status, form=again, words=words, **facts)


async def _again(  # noqa: PLR0913  # the parts of one page, each by its name
    visit: Visit, claim_id: str, form: Form, *, line_no: int, preview: Any, what: str
) -> HTMLResponse:
    facts = await gathered(visit, claim_id, part=_part(form), at="")
    kept = Form(form.fields, form.ticked, key=Form.of().key)
    facts |= {what: f"{line_no}-{preview['specification']}", "preview": preview}
    return visit.page("border/claim.html", form=kept, words=words, **facts)


def _back(visit: Visit, claim_id: str, *, place: str, done: str) -> Response:
    answer = visit.go(f"{PATH}/{claim_id}", done=done)
    answer.headers["Location"] += f"#line-{place}"
    return answer


def _part(form: Form) -> int:
    written = form["part"]
    return int(written) if written.isdecimal() else 0
