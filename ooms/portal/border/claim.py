"""A claim on one screen: declared beside certified, and whatever an officer does about a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.border import words
from ooms.portal.border.claim_list import PATH
from ooms.portal.border.claim_view import gathered
from ooms.portal.client import Refused
from ooms.portal.forms import Form, fresh_key
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
    place = f"{line_no}-{spec_no}"
    act = Act(f"d{place}", form)
    path, body = f"/claims/{claim_id}/lines/{line_no}/decisions", _decision(act, spec_no)
    if form["step"] == "preview":
        return await _preview(
            visit, claim_id, act, path=path, body=body, shown={"previewed": place}
        )
    return await _do(visit, claim_id, act, path=path, body=body, done="line-decided", place=place)


@router.post(PATH + "/{claim_id}/lines/{line_no}/{spec_no}/completion")
async def ask_completion(
    claim_id: str, line_no: int, *, spec_no: int, form: TheForm, visit: TheVisit
) -> Response:
    """Ask the importer to complete or correct his proof."""
    act = Act(f"c{line_no}-{spec_no}", form)
    body = act.body("words", "days") | {
        _DEFECTS: list(form.ticked.get(f"{act.name}.{_DEFECTS}", ())),
        "specification": spec_no,
    }
    path = f"/claims/{claim_id}/lines/{line_no}/completion-requests"
    return await _do(visit, claim_id, act, path=path, body=body, done="completion-requested")


@router.post(PATH + "/{claim_id}/lines/{line_no}/{spec_no}/prior-notice")
async def tell_first(
    claim_id: str, line_no: int, *, spec_no: int, form: TheForm, visit: TheVisit
) -> Response:
    """Tell the importer before a denial, or show first what he would be told."""
    place = f"{line_no}-{spec_no}"
    act = Act(f"n{place}", form)
    body = act.body("ground", "facts", "submit", "days") | {"specification": spec_no}
    path = f"/claims/{claim_id}/lines/{line_no}/prior-notices"
    if form["step"] == "preview":
        return await _preview(visit, claim_id, act, path=path, body=body, shown={"noticed": place})
    return await _do(
        visit, claim_id, act, path=path, body=body, done="prior-notice-sent", place=place
    )


@router.post(PATH + "/{claim_id}/prior-notices/{notice_id}/{step}")
async def follow_notice(
    claim_id: str,
    notice_id: str,
    *,
    step: Literal["answer", "end"],
    form: TheForm,
    visit: TheVisit,
) -> Response:
    """Keep what the importer answers to a notice, or say that nothing follows from it."""
    act = Act("notice" if step == "answer" else "notice-end", form)
    body = act.body("words")
    if step == "answer":
        body["nothing_more"] = bool(form.ticked.get("notice.nothing_more"))
    path = f"/prior-notices/{notice_id}/{step}"
    return await _do(visit, claim_id, act, path=path, body=body, done=f"prior-notice-{step}")


@router.post(PATH + "/{claim_id}/completions/{completion_id}/{step}")
async def follow_completion(
    claim_id: str,
    completion_id: str,
    *,
    step: Literal["answer", "judgment"],
    form: TheForm,
    visit: TheVisit,
) -> Response:
    """Keep what was handed over, or judge it."""
    act, path = Act("completion", form), f"/completion-requests/{completion_id}/{step}"
    return await _do(visit, claim_id, act, path=path, body=act.body(), done=f"completion-{step}")


@router.post(PATH + "/{claim_id}/lines/{line_no}/{spec_no}/objection")
async def object_to(
    claim_id: str, line_no: int, *, spec_no: int, form: TheForm, visit: TheVisit
) -> Response:
    """Take an objection against the decision that counts on a line."""
    act = Act(f"o{line_no}-{spec_no}", form)
    body = act.body() | {"specification": spec_no}
    path = f"/claims/{claim_id}/lines/{line_no}/objections"
    return await _do(visit, claim_id, act, path=path, body=body, done="objection-taken")


@router.post(PATH + "/{claim_id}/objections/{objection_id}/decision")
async def decide_objection(
    claim_id: str, objection_id: str, *, form: TheForm, visit: TheVisit
) -> Response:
    """Decide an objection: the decision stands, or preference is granted after all."""
    act = Act("objection", form)
    body = act.body("words")
    if act["stands"] == "no":
        body |= {"instead": {"verdict": "GRANTED", "facts": act["words"]}}
    path = f"/objections/{objection_id}/decision"
    return await _do(visit, claim_id, act, path=path, body=body, done="objection-decided")


@router.post(PATH + "/{claim_id}/amounts/{settlement_id}/{step}")
async def settle(
    claim_id: str,
    settlement_id: str,
    *,
    step: Literal["telling", "confirmation"],
    form: TheForm,
    visit: TheVisit,
) -> Response:
    """Note that the clearance system was told of an amount, or keep its word that it is done."""
    act, path = Act("amount", form), f"/refunds/{settlement_id}/{step}"
    body = act.body() or None
    return await _do(visit, claim_id, act, path=path, body=body, done=f"amount-{step}")


def _decision(act: Act, spec_no: int) -> dict[str, Any]:
    """Take of the form what the verdict needs; what was typed for another one is left out."""
    needed = {
        "GRANTED": ("refund",),
        "PARTLY": ("quantity", "ground", "without_notice"),
        "DENIED": ("ground", "without_notice"),
        "SUSPENDED": ("verification",),
        "SECURED": ("security", "verification"),
    }
    members = needed.get(act["verdict"], ())
    return act.body("verdict", "facts", *members) | {"specification": spec_no}


async def _do(  # noqa: PLR0913  # the parts of one act, each by its name
    visit: Visit, claim_id: str, act: Act, *, path: str, body: Any, done: str, place: str = ""
) -> Response:
    try:
        await act.do(visit, path, body)
    except Refused as refused:
        return await _show(visit, claim_id, act.form, refused=refused)
    return _back(visit, claim_id, place=place or act.form["place"], done=done)


async def _preview(  # noqa: PLR0913  # the parts of one act, each by its name
    visit: Visit, claim_id: str, act: Act, *, path: str, body: Any, shown: Mapping[str, str]
) -> Response:
    """Show what the importer would be told, beside the form as it was filled in."""
    try:
        preview = await act.do(visit, f"{path}/preview", body)
    except Refused as refused:
        return await _show(visit, claim_id, act.form, refused=refused)
    kept = replace(act.form, key=fresh_key())
    return await _show(visit, claim_id, kept, told={**shown, "preview": preview})


async def _show(
    visit: Visit,
    claim_id: str,
    form: Form,
    *,
    refused: Refused | None = None,
    told: Mapping[str, Any] | None = None,
) -> HTMLResponse:
    facts = await gathered(visit, claim_id, part=_part(form), at="") | dict(told or {})
    return visit.ask("border/claim.html", form, refused, words=words, **facts)


def _back(visit: Visit, claim_id: str, *, place: str, done: str) -> Response:
    answer = visit.go(f"{PATH}/{claim_id}", done=done)
    answer.headers["Location"] += f"#line-{place}"
    return answer


def _part(form: Form) -> int:
    written = form["part"]
    return int(written) if written.isdecimal() else 0
