"""Every page of the desk."""

from __future__ import annotations

from fastapi import APIRouter

from ooms.portal.desk import (
    application,
    approvals,
    approved,
    certificate_acts,
    certificates,
    checking,
    completing,
    deciding,
    lookups,
    more,
    queue,
    registers,
    verification_acts,
    verifications,
    visiting,
)

router = APIRouter(include_in_schema=False)
for one in (
    queue,
    application,
    checking,
    deciding,
    completing,
    visiting,
    certificates,
    certificate_acts,
    registers,
    verifications,
    verification_acts,
    approvals,
    approved,
    lookups,
    more,
):
    router.include_router(one.router)
