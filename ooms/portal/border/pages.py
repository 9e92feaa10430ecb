"""Every page of the border."""

from __future__ import annotations

from fastapi import APIRouter

from ooms.portal.border import (
    case,
    case_list,
    claim,
    claim_entry,
    claim_list,
    ledger,
    notices,
    paper,
    routing,
    watch,
)

router = APIRouter(include_in_schema=False)
#: A claim that is entered comes before a claim that is named: their addresses look alike.
for one in (
    claim_list,
    claim_entry,
    claim,
    case_list,
    case,
    notices,
    paper,
    watch,
    ledger,
    routing,
):
    router.include_router(one.router)
