"""The public look-up of an approved exporter: by number, no login, as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request

from ooms.access.dependencies import from_office, refuse_haste
from ooms.approvals.service import Approvals
from ooms.approvals.shown import PublicOut
from ooms.db import Works

router = APIRouter(prefix="/public/approved-exporters", tags=["approved exporters"])


@router.get("/{number}")
def show(
    number: str,
    *,
    on: Annotated[date | None, Query(description="The day asked about; today if none.")] = None,
    request: Request,
    desk: Annotated[Approvals, from_office("approvals")],
    works: Annotated[Works, from_office("works")],
) -> PublicOut:
    """Tell whether the approval of a number is good on a day.

    Raises:
        HTTPException: too many look-ups came from this address within a minute.

    """
    refuse_haste(request, at=works.clock())
    return works.read(
        lambda work: PublicOut.of(desk.show_publicly(work, number, on=on or work.today))
    )
