"""Every page of operators, partner desks and auditors."""

from __future__ import annotations

from fastapi import APIRouter

from ooms.portal.operator import exchanges, offices, retention, trail, users

router = APIRouter(include_in_schema=False)
for one in (exchanges, users, offices, retention, trail):
    router.include_router(one.router)
