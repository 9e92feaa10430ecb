"""The supplier's page: opened by a link, without an account."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.choices import countries
from ooms.portal.client import Interface, Refused
from ooms.portal.forms import Form
from ooms.portal.products import words
from ooms.portal.visit import TheForm, TheGuest, Visit, caller_of

router = APIRouter(include_in_schema=False)
_PATH = "/supply/{token}"
_PAGE = "products/supply.html"
_STATED = (
    *("agreement", "hs", "origin", "valid_from", "valid_until", "signer", "signer_title"),
    *("signed_on", "criterion", "customs_reference", "amounts"),
)
_NO_SIGNS = str.maketrans("", "", ". -")


@router.get(_PATH)
async def asked(token: str, visit: TheGuest) -> HTMLResponse:
    """Show what is asked, with the form of the answer or with what was answered."""
    return await _shown(visit, token)


@router.post(_PATH)
async def state(token: str, form: TheForm, visit: TheGuest) -> Response:
    """Take what the supplier states; what has to be mended is shown at its field."""
    api = _by_link(visit, token)
    try:
        one = await api.post("/supplier-link/statement", _statement(form), key=form.key)
    except Refused as refused:
        return await _shown(visit, token, form=form, refused=refused)
    if one["findings"]:
        return await _shown(visit, token, form=form, refused=_to_mend(one["findings"]))
    return visit.go(f"/supply/{token}", done="supplier-stated")


@router.post(f"{_PATH}/revocation")
async def take_back(token: str, form: TheForm, visit: TheGuest) -> Response:
    """Let the supplier take back what he stated."""
    api = _by_link(visit, token)
    try:
        await api.post("/supplier-link/revocation", form.body("reason"), key=form.key)
    except Refused as refused:
        return await _shown(visit, token, form=form, refused=refused)
    return visit.go(f"/supply/{token}", done="declaration-revoked")


async def _shown(
    visit: Visit, token: str, *, form: Form | None = None, refused: Refused | None = None
) -> HTMLResponse:
    try:
        one = await _by_link(visit, token).get("/supplier-link")
    except Refused as closed:
        return visit.page(
            "products/link_closed.html", status=HTTPStatus.NOT_FOUND, detail=closed.detail
        )
    facts: dict[str, Any] = {
        "one": one,
        "token": token,
        "countries": countries(visit.language),
        "is_open": one["state"] in ("REQUESTED", "REMINDED", "RECEIVED"),
        "words": words,
    }
    if refused is not None and form is not None:
        return visit.refuse(_PAGE, form, refused, **facts)
    return visit.page(_PAGE, form=_as_asked(one), **facts)


def _by_link(visit: Visit, token: str) -> Interface:
    return Interface(visit.request.app, caller_of(visit.request, token=token))


def _as_asked(one: Any) -> Form:
    """Fill the form with what is known: the request, or the statement that is to be mended."""
    if one["statement"] is not None:
        form = Form.of(one["statement"])
    else:
        form = Form.of({"agreement": one["agreement"], "hs": one["goods"]["hs"]})
    if one["findings"]:
        form = form.refuse(_to_mend(one["findings"]))
    return form


def _statement(form: Form) -> dict[str, Any]:
    body = form.body(*_STATED)
    if "hs" in body:
        body["hs"] = body["hs"].translate(_NO_SIGNS)
    if "amounts" in body:
        amounts = body["amounts"]
        inputs = amounts.pop("foreign_inputs", "").replace(",", " ").split()
        amounts |= (
            {"foreign_inputs": [one.translate(_NO_SIGNS) for one in inputs]} if inputs else {}
        )
        amounts.setdefault("confidential", "yes")
    return body


def _to_mend(findings: Any) -> Refused:
    told = [
        {"pointer": one["pointer"], "detail": one["problem"], "code": "SCH-FIELD"}
        for one in findings
    ]
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, {"errors": told})
