"""What rests on what, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action, User
from ooms.db import Work
from ooms.reach.schemas import DeclarationReachOut, ReachOut
from ooms.reach.service import Reach

router = APIRouter(tags=["determinations"])
Desk = Annotated[Reach, from_office("reach")]


@router.get("/supplier-declarations/{declaration_id}/impact")
def impact(declaration_id: str, *, call: TheCall, desk: Desk) -> DeclarationReachOut:
    """Tell what rests on a declaration, and what would differ without it."""

    def told(work: Work, by: User) -> DeclarationReachOut:
        resting, reached = desk.of_declaration(work, declaration_id, by=by)
        return DeclarationReachOut.told(declaration_id, resting, reached)

    return call.read(Action.SEE_DETERMINATION, told)


@router.get("/determinations/{determination_id}/impact")
def of_determination(determination_id: str, *, call: TheCall, desk: Desk) -> ReachOut:
    """Tell which applications and certificates share a determination, its bill or its proofs."""
    return call.read(
        Action.SEE_DETERMINATION,
        lambda work, by: ReachOut.of(desk.of_determination(work, determination_id, by=by)),
    )
