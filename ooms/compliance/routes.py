"""Self-checks over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.compliance.model import SelfChecks
from ooms.compliance.schemas import KeptIn, KeptOut, SelfChecksOut
from ooms.compliance.service import KeptChecks

router = APIRouter(prefix="/self-checks", tags=["compliance"])
Desk = Annotated[KeptChecks, from_office("kept_checks")]
Named = Annotated[str, Query(max_length=40)]


@router.get("")
def show(
    *,
    industry: Named = "",
    agreement: Named = "",
    call: TheCall,
    checks: Annotated[SelfChecks, from_office("self_checks")],
) -> SelfChecksOut:
    """List what a company of an industry asks itself before it applies under an agreement."""
    chosen = checks.of(industry=industry, agreement=agreement)
    return call.read(Action.SEE_OWN_FIGURES, lambda _work, _by: SelfChecksOut.of(checks, chosen))


@router.post("/kept", status_code=201, response_model=KeptOut)
def keep(body: KeptIn, *, call: TheCall, desk: Desk) -> Response:
    """Sign and keep a list as the company answers it; officers see it when approval is renewed."""
    return call.write(
        Action.SIGN_SELF_CHECK,
        body,
        lambda work, by: KeptOut.of(
            desk.keep(work, body.value(), industry=body.industry, agreement=body.agreement, by=by)
        ),
    )


@router.get("/kept")
def kept(
    window: TheWindow, *, exporter_id: Named = "", call: TheCall, desk: Desk
) -> PageOut[KeptOut]:
    """List signed self-checks, the newest first, each with what changed since the one before."""
    found = call.read(
        Action.SEE_SELF_CHECK,
        lambda work, by: tuple(
            KeptOut.of(one) for one in desk.page(work, window, company=exporter_id or None, by=by)
        ),
    )
    return PageOut[KeptOut](items=found, next=window.next(found))
