"""Consents over HTTP: a company's people give and withdraw them, officers see them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import OfCompany, TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.consents.schemas import ConsentIn, ConsentOut, ReleaseOut, WithdrawalIn
from ooms.consents.service import Consents

router = APIRouter(prefix="/consents", tags=["consents"])
Desk = Annotated[Consents, from_office("consents")]


@router.post("", status_code=201, response_model=ConsentOut)
def give(body: ConsentIn, *, call: TheCall, desk: Desk) -> Response:
    """Consent to a release to a partner administration."""
    return call.write(
        Action.GIVE_CONSENT,
        body,
        lambda work, by: ConsentOut.of(desk.give(work, body.value(today=work.today), by=by)),
    )


@router.post("/{consent_id}/withdrawal", response_model=ConsentOut)
def withdraw(consent_id: str, body: WithdrawalIn, *, call: TheCall, desk: Desk) -> Response:
    """Take a consent back, from this moment."""
    return call.write(
        Action.GIVE_CONSENT,
        body,
        lambda work, by: ConsentOut.of(desk.withdraw(work, consent_id, reason=body.reason, by=by)),
        status=200,
    )


@router.get("/releases")
def releases(window: TheWindow, *, call: TheCall, desk: Desk) -> PageOut[ReleaseOut]:
    """List what was released under consents, the newest first."""
    found = call.read(Action.SEE_CONSENT, lambda work, by: desk.releases(work, window, by=by))
    return PageOut[ReleaseOut](
        items=tuple(ReleaseOut.of(one) for one in found),
        next=window.next(found),
    )


@router.get("/{consent_id}")
def get(consent_id: str, *, call: TheCall, desk: Desk) -> ConsentOut:
    """Return a consent."""
    return call.read(
        Action.SEE_CONSENT, lambda work, by: ConsentOut.of(desk.get(work, consent_id, by=by))
    )


@router.get("")
def page(
    window: TheWindow, *, exporter_id: OfCompany = None, call: TheCall, desk: Desk
) -> PageOut[ConsentOut]:
    """List consents, the newest first, of one company if asked."""
    found = call.read(
        Action.SEE_CONSENT, lambda work, by: desk.page(work, window, of=exporter_id, by=by)
    )
    return PageOut[ConsentOut](
        items=tuple(ConsentOut.of(one) for one in found),
        next=window.next(found),
    )
