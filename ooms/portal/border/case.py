"""A verification case: opened from a claim, followed on a line of time, moved step by step."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.border import case_words
from ooms.portal.border.case_list import PATH, clocks
from ooms.portal.border.case_steps import BY_NAME, Step, offered
from ooms.portal.border.claim_list import PATH as CLAIMS
from ooms.portal.border.timeline import timeline
from ooms.portal.client import Refused
from ooms.portal.days import days_left
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

_ITEM_FIELDS = "findings"
_SUBJECT = (
    *("partner", "agreement", "importer", "exporter", "producer"),
    *("certificates", "claim_ids", "reason", "because"),
)


@router.get(PATH + "/new")
async def ask(
    visit: TheVisit,
    *,
    claim: Annotated[str, Query(max_length=36)] = "",
    line: int = 0,
    specification: int = 0,
) -> HTMLResponse:
    """Ask why a line of a claim is looked into; what is known of it is filled in."""
    known = await _of_claim(visit, claim, (line, specification)) if claim else {}
    return _ask(visit, Form.of(known))


@router.post(PATH + "/new")
async def open_case(form: TheForm, visit: TheVisit) -> Response:
    """Open a case."""
    try:
        case = await visit.api.post("/verifications", form.body(*_SUBJECT), key=form.key)
    except Refused as refused:
        return _ask(visit, form, refused)
    return visit.go(f"{PATH}/{case['id']}", done="case-opened")


@router.get(PATH + "/{verification_id}")
async def case(verification_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a case."""
    return await _case(visit, verification_id, form=Form.of())


@router.get(PATH + "/{verification_id}/steps/{step}")
async def ask_step(verification_id: str, step: str, visit: TheVisit) -> Response:
    """Ask what one step needs."""
    if step not in BY_NAME:
        return visit.go(f"{PATH}/{verification_id}")
    found = await visit.api.get(f"/verifications/{verification_id}")
    return await _step(visit, found, step=BY_NAME[step], form=Form.of(_known(found, BY_NAME[step])))


@router.post(PATH + "/{verification_id}/steps/{step}")
async def take_step(verification_id: str, step: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Take a step, and return to the case."""
    if step not in BY_NAME:
        return visit.go(f"{PATH}/{verification_id}")
    taken = BY_NAME[step]
    path = f"/verifications/{verification_id}/{taken.path}"
    try:
        await visit.api.post(path, _body(taken, form), key=form.key)
    except Refused as refused:
        found = await visit.api.get(f"/verifications/{verification_id}")
        return await _step(visit, found, step=taken, form=form, refused=refused)
    return visit.go(f"{PATH}/{verification_id}", done="case-changed")


@router.post(PATH + "/{verification_id}/letters/{letter_id}/posting")
async def post_letter(
    verification_id: str, letter_id: str, *, form: TheForm, visit: TheVisit
) -> Response:
    """Note when and how a letter was posted."""
    path = f"/verifications/{verification_id}/letters/{letter_id}/posting"
    try:
        await visit.api.post(path, form.body("posted_on", "channel", "tracking"), key=form.key)
    except Refused as refused:
        return await _case(visit, verification_id, form=form, refused=refused)
    return visit.go(f"{PATH}/{verification_id}", done="letter-posted")


@router.get(PATH + "/{verification_id}/letters/{letter_id}")
async def letter(verification_id: str, letter_id: str, visit: TheVisit) -> Response:
    """Hand out a sealed letter."""
    return await visit.pass_on(f"/verifications/{verification_id}/letters/{letter_id}/pdf")


async def _of_claim(visit: Visit, claim_id: str, place: tuple[int, int]) -> dict[str, Any]:
    """Fill in what a claim and its certificate say of who and what is looked into."""
    claim = await visit.api.get(f"/claims/{claim_id}")
    helds = (await visit.api.get(f"/claims/{claim_id}/certificates"))["items"]
    wanted = {"line_no": place[0], "spec_no": place[1]}
    line = next((one for one in claim["lines"] if wanted.items() <= one.items()), None)
    held = next((one for one in helds if wanted in one["meant_by"]), None)
    told: dict[str, Any] = {"importer": claim["importer"] or "", "claim_ids": [claim_id]}
    if line is None or held is None:
        return told
    item = next((one for one in held["items"] if one["item_no"] == line["item_no"]), None)
    certificate = {
        "number": held["number"],
        "issuing_country": held["issuing_country"],
        "issued_on": held["issued_on"],
        "items": [{name: item[name] for name in ("item_no", "hs", "description", "criterion")}]
        if item
        else [],
    }
    producers = (
        "" if held["producer_masked"] else ", ".join(one["name"] for one in held["producers"])
    )
    return told | {
        "importer": told["importer"] or (held["consignee"]["name"] if held["consignee"] else ""),
        "partner": held["partner"],
        "agreement": held["agreement"],
        "exporter": held["exporter"],
        "producer": producers if producers != held["exporter"] else "",
        "certificates": [certificate],
        "reason": "CLAIM_CHECK",
        "because": line["reason"],
    }


def _ask(visit: Visit, form: Form, refused: Refused | None = None) -> HTMLResponse:
    claims = form["claim_ids.0"]
    facts: dict[str, Any] = {
        "said": case_words,
        "back": f"{CLAIMS}/{claims}" if claims else PATH,
        "carried": [
            (name, text)
            for name, text in form.fields.items()
            if name.startswith(("certificates.", "claim_ids."))
        ],
    }
    return visit.ask("border/case_new.html", form, refused, **facts)


async def _case(
    visit: Visit, verification_id: str, *, form: Form, refused: Refused | None = None
) -> HTMLResponse:
    path = f"/verifications/{verification_id}"
    found = await visit.api.get(path)
    suspensions = (await visit.api.get(f"{path}/suspensions"))["items"]
    holds = [one for one in suspensions if not one["released_on"] and not one["lifted_on"]]
    role = visit.role
    facts: dict[str, Any] = {
        "case": found,
        "happened": timeline(found, zone=visit.request.app.state.office.issuing.zone),
        "steps": offered(found, role=role, suspended=bool(holds)),
        "suspensions": suspensions,
        "outcomes": (await visit.api.get(f"{path}/outcomes"))["items"],
        "untold": [
            (one, days_left(visit, one["due_on"]))
            for one in found["tellings"]
            if not one["told_on"]
        ],
        "may_act": role == "IMPORT_OFFICER",
        "said": case_words,
        **clocks(visit, found),
    }
    return visit.ask("border/case.html", form, refused, **facts)


async def _step(
    visit: Visit, found: Any, *, step: Step, form: Form, refused: Refused | None = None
) -> HTMLResponse:
    grounds = []
    if step.shape in ("FINDINGS", "OBJECTION"):
        agreement = found["subject"]["agreement"]
        told = await visit.api.get("/verifications/grounds", agreement=agreement)
        grounds = [(one["code"], one["title"]) for one in told["items"]]
    facts: dict[str, Any] = {
        "case": found,
        "step": step,
        "grounds": grounds,
        "goods": _items(found),
        "said": case_words,
    }
    return visit.ask("border/case_step.html", form, refused, **facts)


def _items(found: Any) -> list[tuple[str, Any]]:
    return [
        (one["number"], item) for one in found["subject"]["certificates"] for item in one["items"]
    ]


def _known(found: Any, step: Step) -> dict[str, Any]:
    """Fill in what a step takes over: the draft that was written before."""
    draft = found["draft"]
    if step.shape != "DRAFT" or draft is None:
        return {}
    return {name: draft[name] for name in ("letter", "doubts", "questions")}


def _body(step: Step, form: Form) -> Any:
    """Take of the form what a step sends; a step without any field sends nothing."""
    body = form.body(*(one.name.split(".")[0] for one in step.fields)) if step.fields else {}
    body |= step.body
    if step.shape in ("FINDINGS", "REPLY") or form["stands"] == "no":
        body |= form.body(_ITEM_FIELDS)
    return _drafted(form) if step.shape == "DRAFT" else body


def _drafted(form: Form) -> Any:
    """Take the letter, and of doubts and questions those that say something."""
    body = form.body("letter", "doubts", "questions")
    asked = [one for one in body.get("questions", ()) if "text" in one]
    doubts = [one for one in body.get("doubts", ()) if "kind" in one]
    return body | {"questions": asked, "doubts": doubts}
