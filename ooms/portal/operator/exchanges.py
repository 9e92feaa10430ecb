"""Partners, messages and diagnostics: green, amber or red, always with words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.operator import words
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

PARTNERS = "/operator/partners"
MESSAGES = "/operator/messages"
#: Rows of a list that a person reads at once.
_MOST = 50
Word = Annotated[str, Query(max_length=20)]


@router.get(PARTNERS)
async def partners(visit: TheVisit) -> HTMLResponse:
    """Show how things stand with every partner, and what to do where they do not stand well."""
    found = await visit.api.get("/partners")
    return visit.page("operator/partners.html", partners=found["items"], words=words)


@router.get(MESSAGES)
async def messages(
    visit: TheVisit,
    way: Annotated[str, Query(pattern="^(SENT|HEARD|REFUSED)$")] = "SENT",
    *,
    partner: Word = "",
    state: Word = "",
    cursor: Annotated[str, Query(max_length=36)] = "",
) -> HTMLResponse:
    """List messages, the newest first; those that were set aside are one of the filters."""
    given = {"way": way, "partner": partner, "state": state}
    found = await visit.api.get("/messages", **given, cursor=cursor, limit=_MOST)
    partners_known = await visit.api.get("/partners")
    return visit.page(
        "operator/messages.html",
        form=Form.of(given),
        messages=found["items"],
        following=found["next"],
        partners=[one["partner"] for one in partners_known["items"]],
        aside=sum(one["set_aside"] for one in partners_known["items"]),
        way=way,
        filters={name: one for name, one in given.items() if one},
        words=words,
    )


@router.get(MESSAGES + "/{message_id}")
async def message(message_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a message with the evidence that is kept of it."""
    return await _message(visit, message_id, Form.of())


@router.post(MESSAGES + "/{message_id}/resending")
async def resend(message_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Have the same bytes of a message sent again, with the reason."""
    body = {"reason": form["reason"]}
    try:
        await visit.api.post(f"/messages/{message_id}/resending", body, key=form.key)
    except Refused as refused:
        return await _message(visit, message_id, form, refused=refused)
    return visit.go(f"{MESSAGES}/{message_id}", done="message-resent")


@router.get(PARTNERS + "/{partner}/comparison")
async def comparison(partner: str, visit: TheVisit) -> HTMLResponse:
    """Show what the last comparison with a partner found, certificate by certificate."""
    found = await visit.api.get(f"/partners/{partner}/comparison")
    return visit.page("operator/comparison.html", partner=partner, found=found, words=words)


@router.get(PARTNERS + "/{partner}/differences/{digest}")
async def difference(partner: str, digest: str, visit: TheVisit) -> HTMLResponse:
    """Show one difference with both sides' lines, and who explained it."""
    return await _difference(visit, partner, digest=digest, form=Form.of())


@router.post(PARTNERS + "/{partner}/differences/{digest}/explanation")
async def explain(partner: str, digest: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Keep why a difference may stand."""
    place, body = f"/partners/{partner}/differences/{digest}", {"reason": form["reason"]}
    try:
        await visit.api.post(f"{place}/explanation", body, key=form.key)
    except Refused as refused:
        return await _difference(visit, partner, digest=digest, form=form, refused=refused)
    return visit.go(f"{PARTNERS}/{partner}/comparison", done="difference-explained")


@router.get("/operator/keys")
async def keys(visit: TheVisit) -> HTMLResponse:
    """Show our signing key and those that partners are trusted by, with their last days."""
    found = await visit.api.get("/signing-keys")
    return visit.page("operator/keys.html", keys=found["items"], words=words)


@router.get("/operator/health")
async def health(visit: TheVisit) -> HTMLResponse:
    """Show how the system stands, part by part."""
    found = await visit.api.get("/diagnostics")
    return visit.page("operator/health.html", told=found, words=words)


async def _difference(
    visit: Visit, partner: str, *, digest: str, form: Form, refused: Refused | None = None
) -> HTMLResponse:
    found = await visit.api.get(f"/partners/{partner}/comparison")
    one = next((one for one in found["differing"] if one["digest"] == digest), None)
    if one is None:
        # It was settled since, or one of its lines changed: the list says how things stand now.
        detail = f"there is no difference with {partner} {digest}"
        raise Refused(404, {"code": "REF-UNKNOWN", "detail": detail})
    facts: dict[str, Any] = {"partner": partner, "found": found, "one": one, "words": words}
    if refused is not None:
        return visit.refuse("operator/difference.html", form, refused, **facts)
    return visit.page("operator/difference.html", form=form, **facts)


async def _message(
    visit: Visit, message_id: str, form: Form, *, refused: Refused | None = None
) -> HTMLResponse:
    found = await visit.api.get(f"/messages/{message_id}")
    code = found["message"]["code"]
    facts: dict[str, Any] = {"proof": found, "one": found["message"], "meaning": None}
    if code:
        reasons = await visit.api.get("/public/reasons")
        facts["meaning"] = next((one for one in reasons["codes"] if one["code"] == code), None)
    return visit.ask("operator/message.html", form, refused, words=words, **facts)
