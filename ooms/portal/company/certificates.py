"""The certificates of a company: what became of each, its documents, what is asked for about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.brokers import CHOOSE, company_of, must_choose
from ooms.portal.client import Refused
from ooms.portal.company.words import KINDS
from ooms.portal.forms import Form
from ooms.portal.languages import N_
from ooms.portal.visit import TheForm, TheVisit, Visit
from ooms.portal.words import EXCHANGE, STATES, UNITS

router = APIRouter(include_in_schema=False)

PATH = "/company/certificates"
_ONE = PATH + "/{certificate_id}"
#: States of the exchange in which an answer is still under way.
_PENDING = frozenset({"AWAITING_TRIGGER", "QUEUED", "SENT", "RECEIVED", "ACCEPTED", "HELD"})
_ASKED = ("REISSUE", "CORRECTION", "REPLACEMENT", "CANCELLATION")
#: News that names no state of its own.
_NEWS: Mapping[str, str] = {
    "cancellation.answered": N_("The request for cancellation was answered"),
    "use.reported": N_("Customs reported a decision on a claim"),
}
_WORDS = {"state": STATES, "exchange": EXCHANGE, "kind": KINDS, "unit": UNITS}
#: So many decimal places of a percentage are shown; the interface has them all.
_PLACES = 1


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a certificate; `by` is a country, or a person's name."""

    at: str
    words: str
    country: str = ""
    person: str = ""
    detail: str = ""


@router.get(PATH)
async def certificates(visit: TheVisit, number: str = "", cursor: str = "") -> Response:
    """List the certificates of the company, the newest first."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    page = await visit.api.get("/certificates", number=number.strip(), cursor=cursor)
    return visit.page(
        "company/certificates.html",
        listed=page["items"],
        next=page["next"],
        form=Form.of({"number": number}),
        company=company_of(visit),
        words=_WORDS,
    )


@router.get(_ONE)
async def certificate(certificate_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a certificate with everything that became of it."""
    copies = await visit.api.get(f"/certificates/{certificate_id}/copies")
    facts = await _facts(visit, certificate_id)
    return visit.page("company/certificate.html", copies=copies["items"], **facts)


@router.get(_ONE + "/status")
async def status(certificate_id: str, visit: TheVisit) -> HTMLResponse:
    """Show what became of a certificate, as a part of its page."""
    return visit.page("company/certificate_status.html", **await _facts(visit, certificate_id))


@router.get(_ONE + "/document")
async def document(certificate_id: str, visit: TheVisit) -> Response:
    """Hand out the sealed document."""
    return await visit.pass_on(f"/certificates/{certificate_id}/document")


@router.get(_ONE + "/copies/{ordinal:int}/document")
async def copy(certificate_id: str, ordinal: int, visit: TheVisit) -> Response:
    """Hand out a certified true copy."""
    return await visit.pass_on(f"/certificates/{certificate_id}/copies/{ordinal}/document")


@router.get(_ONE + "/evidence")
async def evidence(certificate_id: str, visit: TheVisit) -> Response:
    """Hand out everything that proves what became of a certificate, in one signed file."""
    return await visit.pass_on(f"/certificates/{certificate_id}/evidence", audience="own")


@router.get(_ONE + "/apply")
async def ask(certificate_id: str, visit: TheVisit, kind: str = "") -> HTMLResponse:
    """Ask what is wanted, and then why."""
    return await _ask(visit, certificate_id, Form.of({"kind": kind}))


@router.post(_ONE + "/apply")
async def apply(certificate_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Draft an application about a certificate, and go to its tasks."""
    path = f"/certificates/{certificate_id}/applications"
    try:
        drafted = await visit.api.post(path, form.body("kind", "cause"), key=form.key)
    except Refused as refused:
        return await _ask(visit, certificate_id, form, refused=refused)
    return visit.go(f"/company/applications/{drafted['id']}", done="draft-kept")


async def _facts(visit: Visit, certificate_id: str) -> dict[str, Any]:
    found = await visit.api.get(f"/certificates/{certificate_id}")
    return {
        "certificate": found,
        "happenings": list(_happenings(found)),
        "pending": found["exchange"]["state"] in _PENDING,
        "use": [one | {"shown": _percent(one["percent"])} for one in found["use"]],
        "denials": list(_denials(found)),
        "partner": _country(found["exchange"]["partner"] or ""),
        "words": _WORDS,
    }


def _happenings(found: Mapping[str, Any]) -> Iterator[Happening]:
    """Tell what happened, in order: the issue, and then each word of the partner's."""
    issuance = (found["document"] or {}).get("issuance", {})
    signatory = issuance.get("signatory", {})
    yield Happening(found["issued_at"], STATES["ISSUED"], person=signatory.get("name", ""))
    for note in sorted(found["notes"], key=lambda one: one["at"]):
        facts = note["facts"]
        words = EXCHANGE.get(str(facts.get("state", ""))) or _NEWS.get(note["kind"], "")
        told = [facts.get(name) for name in ("code", "detail", "outcome") if facts.get(name)]
        detail = " ".join(str(one) for one in told)
        if words:
            yield Happening(note["at"], words, country=_country(note["partner"]), detail=detail)


def _denials(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Tell what customs abroad denied, with their reasons, in order."""
    for note in sorted(found["notes"], key=lambda one: one["at"]):
        for one in note["facts"].get("decisions") or ():
            if one.get("outcome") == "DENIED":
                yield {
                    "item_no": one["item_no"],
                    "words": one.get("text") or one.get("reason_code") or "",
                    "basis": one.get("legal_basis") or "",
                    "at": note["at"],
                    "country": _country(note["partner"]),
                }


async def _ask(
    visit: Visit, certificate_id: str, form: Form, *, refused: Refused | None = None
) -> HTMLResponse:
    procedure = await visit.api.get("/procedure")
    kind = form["kind"]
    facts = {
        "certificate": await visit.api.get(f"/certificates/{certificate_id}"),
        "kinds": [(one, KINDS[one]) for one in _ASKED],
        "kind": kind if kind in _ASKED else "",
        "reasons": [(one["code"], one["title"]) for one in procedure["kind_reasons"].get(kind, ())],
    }
    return visit.ask("company/apply_about.html", form, refused, **facts)


def _country(partner: str) -> str:
    return partner.partition("-")[0]


def _percent(exact: str | None) -> str | None:
    if exact is None:
        return None
    shown = f"{float(exact):.{_PLACES}f}"
    return shown.removesuffix(".0")
