"""Self-checks over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.compliance.model import SelfChecks
from ooms.compliance.schemas import SelfChecksOut

router = APIRouter(prefix="/self-checks", tags=["compliance"])
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
