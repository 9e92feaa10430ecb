"""What happened to a company at this office: each event, when, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ooms.access.repository import AccessRows
from ooms.audit.repository import AuditRows
from ooms.db import Work
from ooms.exporters.model import Exporter

_FAMILY = "exporter."
#: What of the trail its own people are told too; what officers state of applicants is not theirs.
TOLD = frozenset(
    {
        "account_moved",
        "delegated",
        "delegation_revoked",
        "registered",
        "signatory_added",
        "signatory_changed",
        "signatory_revoked",
        "site_added",
        "site_closed",
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """What was done, when, and by whom: a person by name and role."""

    what: str
    at: datetime
    who: str
    role: str
    facts: Mapping[str, str]


def history_of(work: Work, company: Exporter) -> tuple[Event, ...]:
    """Return what happened to a company, the first first, out of the trail."""
    trail = AuditRows(work.transaction).about((f"exporter/{company.id}",))
    told = [one for one, _ in trail if one.what.removeprefix(_FAMILY) in TOLD]
    people = AccessRows(work.transaction).named({one.who for one in told})
    return tuple(
        Event(
            what=one.what.removeprefix(_FAMILY),
            at=one.at,
            who=people[one.who].name if one.who in people else one.who,
            role=people[one.who].role if one.who in people else "",
            facts=one.facts,
        )
        for one in told
    )
