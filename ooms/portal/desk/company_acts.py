"""What the office does about a company: its account, its sites, who signs, what is stated."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.desk.companies import LIST, show
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)
_ONE = LIST + "/{exporter_id}"


@router.post(_ONE + "/account")
async def decide(exporter_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Verify a company, or activate, suspend or close its account, with the reason."""
    to = f"/exporters/{exporter_id}/account"
    return await _do(visit, exporter_id, Act("account", form), to=to, done="account-moved")


@router.post(_ONE + "/sites")
async def add_site(exporter_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Add a site."""
    to = f"/exporters/{exporter_id}/sites"
    return await _do(visit, exporter_id, Act("site", form), to=to, done="site-kept")


@router.post(_ONE + "/sites/{site_id}/closing")
async def close_site(exporter_id: str, site_id: str, *, form: TheForm, visit: TheVisit) -> Response:
    """Close a site."""
    to = f"/exporters/{exporter_id}/sites/{site_id}/closing"
    return await _do(visit, exporter_id, Act(site_id, form), to=to, done="site-closed")


@router.post(_ONE + "/signatory")
async def change_signatory(exporter_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Let somebody else sign for the company."""
    to, act = f"/exporters/{exporter_id}/signatory", Act("signatory", form)
    return await _do(visit, exporter_id, act, to=to, done="signatory-changed")


@router.post(_ONE + "/signatories")
async def add_card(exporter_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Keep who may sign, with the digest of the file that holds the specimen."""
    sent = form.files.get("card.specimen_sha256")
    content = await sent.read() if sent else b""
    specimen = {"specimen_sha256": hashlib.sha256(content).hexdigest()} if content else {}
    to, act = f"/exporters/{exporter_id}/signatories", Act("card", form)
    return await _do(visit, exporter_id, act, to=to, done="card-kept", told=specimen)


@router.post(_ONE + "/signatories/{card_id}/revocation")
async def revoke_card(
    exporter_id: str, card_id: str, *, form: TheForm, visit: TheVisit
) -> Response:
    """Let somebody sign no more."""
    to = f"/exporters/{exporter_id}/signatories/{card_id}/revocation"
    return await _do(visit, exporter_id, Act(card_id, form), to=to, done="card-revoked")


@router.post(_ONE + "/facts")
async def state_fact(exporter_id: str, form: TheForm, visit: TheVisit) -> Response:
    """State a fact about the company as an applicant."""
    told, act = {"exporter_id": exporter_id}, Act("fact", form)
    return await _do(visit, exporter_id, act, to="/approvals/facts", done="fact-stated", told=told)


@router.post(_ONE + "/facts/{fact_id}/withdrawal")
async def withdraw_fact(
    exporter_id: str, fact_id: str, *, form: TheForm, visit: TheVisit
) -> Response:
    """Take a stated fact back."""
    to = f"/approvals/facts/{fact_id}/withdrawal"
    return await _do(visit, exporter_id, Act(fact_id, form), to=to, done="fact-withdrawn")


@router.post(_ONE + "/urgent-entry")
async def list_urgently(exporter_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Put the company on the list for checks on site at once."""
    to, told, act = (
        "/approvals/lists/urgent-entry",
        {"exporter_id": exporter_id},
        Act("urgent", form),
    )
    return await _do(visit, exporter_id, act, to=to, done="list-fixed", told=told)


async def _do(  # noqa: PLR0913  # the facts of one act, each by its name
    visit: Visit,
    exporter_id: str,
    act: Act,
    *,
    to: str,
    done: str,
    told: Mapping[str, Any] | None = None,
) -> Response:
    """Ask the interface, with what the page tells beside the form, and come back to the company."""
    try:
        await act.do(visit, to, act.body() | dict(told or {}))
    except Refused as refused:
        return await show(visit, exporter_id, form=act.form, refused=refused)
    return visit.go(f"{LIST}/{exporter_id}", done=done)
