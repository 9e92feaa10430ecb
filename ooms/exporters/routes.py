"""Companies over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.exporters.history import history_of
from ooms.exporters.model import State, Wanted
from ooms.exporters.schemas import (
    AccountDecisionIn,
    AccountOut,
    DelegationIn,
    DelegationOut,
    DelegationsOut,
    EventOut,
    EventsOut,
    ExporterIn,
    ExporterOut,
    RevocationIn,
    SignatoryChangeIn,
    SignatureCardIn,
    SignatureCardOut,
    SignatureCardsOut,
    SiteIn,
    SiteOut,
    SitesOut,
)
from ooms.exporters.service import Exporters

router = APIRouter(prefix="/exporters", tags=["exporters"])
Desk = Annotated[Exporters, from_office("exporters")]


@router.post("", status_code=201, response_model=ExporterOut)
def register(body: ExporterIn, *, call: TheCall, desk: Desk) -> Response:
    """Register a company."""
    return call.write(
        Action.REGISTER_EXPORTER,
        body,
        lambda work, by: ExporterOut.of(desk.register(work, body.value(), by=by)),
    )


@router.get("/{exporter_id}")
def get(exporter_id: str, *, call: TheCall, desk: Desk) -> ExporterOut:
    """Return a company."""
    return call.read(
        Action.SEE_EXPORTER,
        lambda work, by: ExporterOut.of(desk.get(work, exporter_id, by=by)),
    )


@router.get("")
def page(
    window: TheWindow,
    *,
    words: Annotated[str, Query(max_length=100)] = "",
    state: State | None = None,
    call: TheCall,
    desk: Desk,
) -> PageOut[ExporterOut]:
    """List companies, the newest first; by words of the name or the number, and by standing."""
    wanted = Wanted(words.strip(), state)
    found = call.read(
        Action.SEE_EXPORTER, lambda work, by: desk.page(work, window, wanted=wanted, by=by)
    )
    return PageOut[ExporterOut](
        items=tuple(ExporterOut.of(one) for one in found),
        next=window.next(found),
    )


@router.get("/{exporter_id}/account")
def account(exporter_id: str, *, call: TheCall, desk: Desk) -> AccountOut:
    """Return where the account of a company stands, and why."""
    return call.read(
        Action.SEE_EXPORTER,
        lambda work, by: AccountOut.of(desk.account(work, exporter_id, by=by)),
    )


@router.post("/{exporter_id}/account", response_model=AccountOut)
def decide(exporter_id: str, body: AccountDecisionIn, *, call: TheCall, desk: Desk) -> Response:
    """Verify a company, or activate, suspend or close its account."""
    return call.write(
        Action.VET_COMPANY,
        body,
        lambda work, by: AccountOut.of(
            desk.decide(work, exporter_id, wanted=State(body.state), reason=body.reason, by=by)
        ),
        status=200,
    )


@router.get("/{exporter_id}/history")
def history(exporter_id: str, *, call: TheCall, desk: Desk) -> EventsOut:
    """Return what happened to a company: its registration, its account, who signs and acts."""
    found = call.read(
        Action.SEE_EXPORTER,
        lambda work, by: history_of(work, desk.get(work, exporter_id, by=by)),
    )
    return EventsOut(items=tuple(EventOut.of(one) for one in found))


@router.get("/{exporter_id}/sites")
def sites(exporter_id: str, *, call: TheCall, desk: Desk) -> SitesOut:
    """List the sites of a company."""
    found = call.read(Action.SEE_EXPORTER, lambda work, by: desk.sites(work, exporter_id, by=by))
    return SitesOut(items=tuple(SiteOut.of(one) for one in found))


@router.post("/{exporter_id}/sites", status_code=201, response_model=SiteOut)
def add_site(exporter_id: str, body: SiteIn, *, call: TheCall, desk: Desk) -> Response:
    """Add a site of a company."""
    return call.write(
        Action.KEEP_COMPANY,
        body,
        lambda work, by: SiteOut.of(desk.add_site(work, body.value(exporter_id), by=by)),
    )


@router.post("/{exporter_id}/sites/{site_id}/closing", response_model=SiteOut)
def close_site(exporter_id: str, site_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Close a site of a company."""
    return call.write(
        Action.KEEP_COMPANY,
        None,
        lambda work, by: SiteOut.of(desk.close_site(work, exporter_id, site_id=site_id, by=by)),
        status=200,
    )


@router.post("/{exporter_id}/signatory", response_model=ExporterOut)
def change_signatory(
    exporter_id: str, body: SignatoryChangeIn, *, call: TheCall, desk: Desk
) -> Response:
    """Let somebody else sign for a company from now on, with the reason."""
    return call.write(
        Action.KEEP_COMPANY,
        body,
        lambda work, by: ExporterOut.of(
            desk.change_signatory(
                work, exporter_id, signatory=body.value(), because=body.reason, by=by
            )
        ),
        status=200,
    )


@router.get("/{exporter_id}/signatories")
def cards(exporter_id: str, *, call: TheCall, desk: Desk) -> SignatureCardsOut:
    """List who may sign for a company, and who could."""
    return call.read(
        Action.SEE_EXPORTER,
        lambda work, by: SignatureCardsOut.of(desk.cards(work, exporter_id, by=by), on=work.today),
    )


@router.post("/{exporter_id}/signatories", status_code=201, response_model=SignatureCardOut)
def add_card(exporter_id: str, body: SignatureCardIn, *, call: TheCall, desk: Desk) -> Response:
    """Add who may sign for a company, with the digest of the specimen."""
    return call.write(
        Action.KEEP_COMPANY,
        body,
        lambda work, by: SignatureCardOut.of(
            desk.add_card(work, body.value(exporter_id), by=by), on=work.today
        ),
    )


@router.post("/{exporter_id}/signatories/{card_id}/revocation", response_model=SignatureCardOut)
def revoke_card(
    exporter_id: str, card_id: str, body: RevocationIn, *, call: TheCall, desk: Desk
) -> Response:
    """Let somebody sign no more, with the reason."""
    return call.write(
        Action.KEEP_COMPANY,
        body,
        lambda work, by: SignatureCardOut.of(
            desk.revoke_card(work, exporter_id, card_id=card_id, because=body.reason, by=by),
            on=work.today,
        ),
        status=200,
    )


@router.get("/{exporter_id}/delegations")
def delegations(exporter_id: str, *, call: TheCall, desk: Desk) -> DelegationsOut:
    """List the delegations of a company to brokers."""
    return call.read(
        Action.SEE_EXPORTER,
        lambda work, by: DelegationsOut.of(
            desk.delegations(work, exporter_id, by=by), on=work.today
        ),
    )


@router.post("/{exporter_id}/delegations", status_code=201, response_model=DelegationOut)
def delegate(exporter_id: str, body: DelegationIn, *, call: TheCall, desk: Desk) -> Response:
    """Let a broker act for the company, within scopes and days."""
    return call.write(
        Action.DELEGATE,
        body,
        lambda work, by: DelegationOut.of(
            desk.delegate(work, body.value(exporter_id), broker=body.broker, by=by),
            on=work.today,
        ),
    )


@router.post("/{exporter_id}/delegations/{delegation_id}/revocation", response_model=DelegationOut)
def revoke_delegation(
    exporter_id: str, delegation_id: str, *, call: TheCall, desk: Desk
) -> Response:
    """Take a delegation back."""
    return call.write(
        Action.DELEGATE,
        None,
        lambda work, by: DelegationOut.of(
            desk.revoke_delegation(work, exporter_id, delegation_id=delegation_id, by=by),
            on=work.today,
        ),
        status=200,
    )
