"""The procedure over HTTP: what clocks run here, and which codes may be given."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.procedures.model import Procedure
from ooms.procedures.schemas import ProcedureOut

router = APIRouter(tags=["procedure"])


@router.get("/procedure")
def show(call: TheCall, procedure: Annotated[Procedure, from_office("procedure")]) -> ProcedureOut:
    """Show this administration's clocks, grounds, reason codes and training."""
    return call.read(Action.SEE_APPLICATION, lambda _work, _by: ProcedureOut.of(procedure))
