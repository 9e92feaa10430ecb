"""What a company's own data tells of errors that are likely, over the interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from ooms.portal.client import Refused
from ooms.portal.visit import Visit

_MOST = 200
#: What is known of a company, by the scope under which a broker is told of it.
_FILLED: Mapping[str, frozenset[str]] = {
    "GOODS": frozenset({"STALE_DETERMINATIONS", "SUPPLIER_PROOFS"}),
    "CERTIFICATES": frozenset({"DRAFT_FINDINGS", "ERROR_NOTICES"}),
    "APPROVALS": frozenset({"ERROR_SHARE"}),
}
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
    #: What the company does not let a broker see, by the codes of the self-check's fillings.
    unseen: frozenset[str] = frozenset()

    @property
    def flawed(self) -> Sequence[Draft]:
        """Return the drafts that something is held against."""
        return [one for one in self.drafts if one.report is not None and one.report["findings"]]

    @property
    def count(self) -> int:
        """Tell how many things are to be looked after."""
        return len(self.stale) + len(self.ending) + len(self.flawed) + len(self.notices)


async def known(visit: Visit, *, year: int) -> Known:
    """Gather what is known of a company, as far as it lets the visitor see."""
    determinations = await _listed(visit, "/determinations", "GOODS", limit=_MOST)
    proofs = await _listed(visit, "/supplier-declarations", "GOODS", limit=_MOST)
    drafts = await _listed(visit, "/applications", "CERTIFICATES", state="DRAFT", limit=_DRAFTS)
    notices = await _listed(visit, "/error-notices", "CERTIFICATES", limit=_MOST)
    return Known(
        stale=[one for one in determinations if one["state"] == "STALE"],
        ending=[one for one in proofs if one["state"] in _ENDING],
        awaited=[one for one in proofs if one["state"] in _AWAITED],
        drafts=[await _judged(visit, one) for one in drafts if one["state"] == "DRAFT"],
        notices=[one for one in notices if one["state"] == "DRAFT"],
        standing=await standing(visit, year=year) if sees(visit, "APPROVALS") else None,
        unseen=frozenset().union(*(_FILLED[one] for one in _FILLED if not sees(visit, one))),
    )


def sees(visit: Visit, scope: str) -> bool:
    """Tell whether the visitor is let see what a scope covers; a company sees all of itself."""
    return visit.who is not None and visit.who.may(scope)


async def standing(visit: Visit, *, year: int) -> Any | None:
    """Return the company's figures; nothing in a country that lists nobody by figures."""
    try:
        return await visit.api.get("/approvals/standing", year=year)
    except Refused as refused:
        if refused.status is HTTPStatus.NOT_FOUND:
            return None
        raise


async def _listed(visit: Visit, path: str, scope: str, **query: Any) -> Sequence[Any]:
    if not sees(visit, scope):
        return ()
    items: Sequence[Any] = (await visit.api.get(path, **query))["items"]
    return items


async def _judged(visit: Visit, application: Any) -> Draft:
    try:
        return Draft(application, await visit.api.get(f"/applications/{application['id']}/lint"))
    except Refused as refused:
        if refused.status not in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY):
            raise
        return Draft(application, None)
