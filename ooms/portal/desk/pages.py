"""Every page of the desk."""

from __future__ import annotations

from fastapi import APIRouter

from ooms.portal.desk import (
    applicants,
    application,
    approvals,
    approved,
    certificate_acts,
    certificates,
    checking,
    companies,
    company_acts,
    completing,
    consents,
    deciding,
    error_notices,
    lookups,
    more,
    outages,
    paper_applications,
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
    companies,
    company_acts,
    applicants,
    error_notices,
    consents,
    outages,
    paper_applications,
    lookups,
    more,
):
    router.include_router(one.router)
