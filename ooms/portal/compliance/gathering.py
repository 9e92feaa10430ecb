"""What a company's own data tells of errors that are likely, over the interface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from ooms.portal.client import Refused
from ooms.portal.visit import Visit

_MOST = 200
#: Drafts that are judged for one page, the newest first.
_DRAFTS = 5
_ENDING = frozenset({"EXPIRING", "EXPIRED"})
_AWAITED = frozenset({"REQUESTED", "REMINDED"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, and what the partner's checks would hold against it; None where it has holes."""

    application: Any
    report: Any | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a company's likely errors today."""

    stale: Sequence[Any]
    ending: Sequence[Any]
    awaited: Sequence[Any]
    drafts: Sequence[Draft]
    notices: Sequence[Any]
    standing: Any | None

    @property
    def flawed(self) -> Sequence[Draft]:
        """Return the drafts that something is held against."""
        return [one for one in self.drafts if one.report is not None and one.report["findings"]]

    @property
    def count(self) -> int:
        """Tell how many things are to be looked after."""
        return len(self.stale) + len(self.ending) + len(self.flawed) + len(self.notices)


async def known(visit: Visit, *, year: int) -> Known:
    """Gather what is known of a company."""
    determinations = (await visit.api.get("/determinations", limit=_MOST))["items"]
    proofs = (await visit.api.get("/supplier-declarations", limit=_MOST))["items"]
    drafts = (await visit.api.get("/applications", state="DRAFT", limit=_DRAFTS))["items"]
    notices = (await visit.api.get("/error-notices", limit=_MOST))["items"]
    return Known(
        stale=[one for one in determinations if one["state"] == "STALE"],
        ending=[one for one in proofs if one["state"] in _ENDING],
        awaited=[one for one in proofs if one["state"] in _AWAITED],
        drafts=[await _judged(visit, one) for one in drafts if one["state"] == "DRAFT"],
        notices=[one for one in notices if one["state"] == "DRAFT"],
        standing=await standing(visit, year=year),
    )


async def standing(visit: Visit, *, year: int) -> Any | None:
    """Return the company's figures; nothing in a country that lists nobody by figures."""
    try:
        return await visit.api.get("/approvals/standing", year=year)
    except Refused as refused:
        if refused.status is HTTPStatus.NOT_FOUND:
            return None
        raise


async def _judged(visit: Visit, application: Any) -> Draft:
    try:
        return Draft(application, await visit.api.get(f"/applications/{application['id']}/lint"))
    except Refused as refused:
        if refused.status not in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY):
            raise
        return Draft(application, None)
