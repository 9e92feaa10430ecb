"""Suppliers' declarations over HTTP: for exporters and officers, and for suppliers by a link."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from ooms.access.confidentiality import Confidentiality, Kind, Sight
from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action, Role, User
from ooms.access.schemas import PageOut
from ooms.db import Work
from ooms.exporters.service import Exporters
from ooms.suppliers.model import Declaration, LinkError, State
from ooms.suppliers.schemas import (
    AskedOut,
    ConfirmationIn,
    DeclarationOut,
    RequestIn,
    RevocationIn,
    StatementBody,
)
from ooms.suppliers.service import Suppliers

router = APIRouter(tags=["suppliers"])
Desk = Annotated[Suppliers, from_office("suppliers")]
Companies = Annotated[Exporters, from_office("exporters")]
Privacy = Annotated[Confidentiality, from_office("confidentiality")]
#: The token of a fresh link travels in this header, so that no stored answer holds it.
LINK_HEADER = "Supplier-Link"

_link_token = HTTPBearer(auto_error=False, description="The token of a supplier's link.")


def _token(bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_link_token)]) -> str:
    if bearer is None:
        raise LinkError(reason="no link was sent")
    return bearer.credentials


TheLink = Annotated[str, Depends(_token)]


def _shown(
    privacy: Confidentiality, work: Work, found: tuple[Declaration, ...], *, by: User
) -> tuple[DeclarationOut, ...]:
    """Show declarations as far as the caller may see each."""
    owners = {one.id: one.exporter_id for one in found}
    seen = privacy.sights(work, owners, kind=Kind.DECLARATION, by=by)
    return tuple(DeclarationOut.of(one, _sight(one, seen[one.id], by)) for one in found)


def _sight(declaration: Declaration, seen: Sight, by: User) -> Sight:
    # What waits for customs is decided by any officer, so any officer reads it until then.
    decides = by.role is Role.OFFICER and declaration.state is State.CHECKED
    return Sight.WHOLE if decides and declaration.waits_for_customs else seen


@router.post("/supplier-declarations", status_code=201, response_model=DeclarationOut)
def ask(body: RequestIn, *, call: TheCall, desk: Desk) -> Response:
    """Ask a supplier for a declaration."""
    return call.write(
        Action.DESCRIBE_PRODUCT,
        body,
        lambda work, by: DeclarationOut.of(desk.request(work, body.value(), by=by), Sight.OWN),
    )


@router.post(
    "/supplier-declarations/{declaration_id}/links", status_code=201, response_model=DeclarationOut
)
def renew_link(declaration_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Make a link for the supplier; its token stands in the header `Supplier-Link`, this once."""
    made: list[str] = []

    def step(work: Work, by: User) -> DeclarationOut:
        declaration, token = desk.renew_link(work, declaration_id, by=by)
        made[:] = [token]
        return DeclarationOut.of(declaration, Sight.OWN)

    answer = call.write(Action.DESCRIBE_PRODUCT, None, step)
    if made:
        answer.headers[LINK_HEADER] = made[0]
    return answer


@router.post("/supplier-declarations/{declaration_id}/revocation", response_model=DeclarationOut)
def revoke(
    declaration_id: str, body: RevocationIn, *, call: TheCall, desk: Desk, privacy: Privacy
) -> Response:
    """Take a declaration out of use, on the supplier's notice."""
    return call.write(
        Action.WITHDRAW_DECLARATION,
        body,
        lambda work, by: _shown(
            privacy,
            work,
            (desk.revoke(work, declaration_id, reason=body.reason, by=by),),
            by=by,
        )[0],
        status=200,
    )


@router.post("/supplier-declarations/{declaration_id}/confirmation", response_model=DeclarationOut)
def confirm(declaration_id: str, body: ConfirmationIn, *, call: TheCall, desk: Desk) -> Response:
    """Keep what customs found when it checked a declaration."""
    return call.write(
        Action.DECIDE_APPLICATION,
        body,
        lambda work, by: DeclarationOut.of(
            desk.confirm(work, declaration_id, reference=body.reference, by=by)
        ),
        status=200,
    )


@router.get("/supplier-declarations/{declaration_id}")
def get(declaration_id: str, *, call: TheCall, desk: Desk, privacy: Privacy) -> DeclarationOut:
    """Return a declaration as far as the caller may see it."""
    return call.read(
        Action.SEE_PRODUCT,
        lambda work, by: _shown(privacy, work, (desk.get(work, declaration_id, by=by),), by=by)[0],
    )


@router.get("/supplier-declarations")
def page(
    window: TheWindow,
    *,
    call: TheCall,
    desk: Desk,
    privacy: Privacy,
    state: State | None = None,
) -> PageOut[DeclarationOut]:
    """List declarations, the newest first."""
    found = call.read(
        Action.SEE_PRODUCT,
        lambda work, by: _shown(privacy, work, desk.page(work, window, state=state, by=by), by=by),
    )
    return PageOut[DeclarationOut](items=found, next=window.next(found))


@router.get("/supplier-link")
def asked(token: TheLink, *, request: Request, desk: Desk, companies: Companies) -> AskedOut:
    """Show a supplier what his link asks for, and who asks; no account is needed."""

    def step(work: Work) -> AskedOut:
        found = desk.asked(work, token)
        return AskedOut.by_link(found, buyer=companies.called(work, found.exporter_id))

    shown: AskedOut = request.app.state.office.works.read(step)
    return shown


@router.post("/supplier-link/statement")
def receive(body: StatementBody, *, token: TheLink, request: Request, desk: Desk) -> DeclarationOut:
    """Take a supplier's statement; the same statement again gets the same answer."""
    works = request.app.state.office.works
    statement = body.value()
    return DeclarationOut.of(works.do(lambda work: desk.receive(work, token, statement=statement)))


@router.post("/supplier-link/revocation")
def revoke_by_link(
    body: RevocationIn, *, token: TheLink, request: Request, desk: Desk
) -> DeclarationOut:
    """Let a supplier take back what he stated."""
    works = request.app.state.office.works
    return DeclarationOut.of(
        works.do(lambda work: desk.revoke_by_link(work, token, reason=body.reason))
    )
