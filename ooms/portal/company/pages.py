"""The pages of companies, in the order in which their addresses are looked up."""

from __future__ import annotations

from fastapi import APIRouter

from ooms.portal.company import (
    acting,
    applications,
    approvals,
    approved,
    certificates,
    consents,
    goods,
    handing_in,
    inquiries,
    invoices,
    notices,
    sections,
    sheet,
    signatory,
)

router = APIRouter(include_in_schema=False)
for pages in (
    acting,
    applications,
    sections,
    invoices,
    sheet,
    goods,
    handing_in,
    notices,
    certificates,
    inquiries,
    consents,
    approvals,
    approved,
    signatory,
):
    router.include_router(pages.router)
