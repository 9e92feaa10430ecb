"""What a company lets its administration release to partners, and what was released."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.code_words import PURPOSES
from ooms.portal.company.words import CLASSES
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

PATH = "/company/consents"
_TEMPLATE = "company/consents.html"


@router.get(PATH)
async def consents(visit: TheVisit) -> HTMLResponse:
    """List consents and releases, and ask for another consent."""
    return visit.page(_TEMPLATE, form=Form.of(), **await _facts(visit))


@router.post(PATH)
async def give(form: TheForm, visit: TheVisit) -> Response:
    """Consent to a release."""
    body = form.body("partner", "purpose", "valid_from", "valid_until", "thing")
    try:
        classes = list(form.ticked.get("classes", ()))
        await visit.api.post("/consents", body | {"classes": classes}, key=form.key)
    except Refused as refused:
        return visit.refuse(_TEMPLATE, form, refused, **await _facts(visit))
    return visit.go(PATH, done="consent-given")


@router.post(PATH + "/{consent_id}/withdrawal")
async def withdraw(consent_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Take a consent back, from this moment."""
    body = {"reason": form[f"reason-{consent_id}"]}
    try:
        await visit.api.post(f"/consents/{consent_id}/withdrawal", body, key=form.key)
    except Refused as refused:
        return visit.refuse(_TEMPLATE, form, refused, **await _facts(visit))
    return visit.go(PATH, done="consent-withdrawn")


async def _facts(visit: Visit) -> dict[str, Any]:
    return {
        "listed": (await visit.api.get("/consents"))["items"],
        "releases": (await visit.api.get("/consents/releases"))["items"],
        "classes": CLASSES,
        "purposes": PURPOSES,
    }
