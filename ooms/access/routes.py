"""Sessions: the one door without a token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request

from ooms.access.dependencies import TheCall, address_of, device_of, from_office
from ooms.access.proving import Proof, prove
from ooms.access.schemas import ProofIn, ProofOut, SessionIn, SessionOut
from ooms.access.service import Access
from ooms.access.sessions import LogIn
from ooms.db import Works

router = APIRouter(tags=["sessions"])


# No idempotency here: a token is shown once and never kept; another log-in opens another session.
@router.post("/sessions", status_code=201)
def open_session(
    request: Request,
    body: SessionIn,
    *,
    access: Annotated[Access, from_office("access")],
    works: Annotated[Works, from_office("works")],
) -> SessionOut:
    """Open a session with user and password, and with a code where a second factor is set up."""
    shown = LogIn(
        body.login,
        body.password,
        code=body.code,
        recovery_code=body.recovery_code,
        address=address_of(request),
        device=device_of(request),
    )
    return SessionOut.of(access.open_session(works, shown))


# Nor here: what shows who calls is kept nowhere, and shown twice it is proven twice.
@router.post("/account/proof", tags=["users"])
def prove_oneself(request: Request, body: ProofIn, *, call: TheCall) -> ProofOut:
    """Show again who calls, for what can hardly be taken back; the session goes on."""
    proved = prove(
        call.access,
        call.works,
        call.token,
        shown=Proof(body.password, body.code, body.recovery_code),
        address=address_of(request),
    )
    return ProofOut.of(proved, lasts=call.access.policy.fresh_for)
