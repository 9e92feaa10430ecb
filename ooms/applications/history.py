"""What became of an application: each move, when, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ooms.access.model import User
from ooms.access.repository import AccessRows
from ooms.applications.model import Application
from ooms.applications.service import Applications
from ooms.audit.model import Entry
from ooms.audit.repository import AuditRows
from ooms.db import Work

DRAFTED = "drafted"
_FAMILY = "application."
#: What of the trail the exporter is told too; what other registers said is for officers.
_TOLD = frozenset(
    {
        "approved",
        "assigned",
        "completion_requested",
        "ground_withdrawn",
        "postponement_asked",
        "refusal_proposed",
        "refusal_sent_back",
        "refused",
        "released",
        "returned",
        "site_check",
        "site_check_reported",
        "submitted",
        "taken",
        "withdrawn",
    }
)


@dataclass(frozen=True, slots=True)
class Move:
    """What was done, when, and by whom: a person by name and role, or a rule by its name."""

    what: str
    at: datetime
    who: str = ""
    role: str = ""
    reason_code: str = ""


class History:
    """Reads what became of applications out of the trail."""

    def __init__(self, applications: Applications) -> None:
        """Tell of the applications of that desk."""
        self._applications = applications

    def of(self, work: Work, application_id: str, *, by: User) -> tuple[Move, ...]:
        """Return every move of an application, the first one first.

        Raises:
            MissingError: there is no such application that the caller may see.

        """
        application = self._applications.get(work, application_id, by=by)
        return self._moves(work, (application,))[application.id]

    def last(self, work: Work, applications: Iterable[Application]) -> dict[str, Move]:
        """Return the last move of each application."""
        return {key: moves[-1] for key, moves in self._moves(work, tuple(applications)).items()}

    def _moves(
        self, work: Work, applications: tuple[Application, ...]
    ) -> dict[str, tuple[Move, ...]]:
        owners = {f"application/{one.id}": one.id for one in applications}
        moves = {one.id: [Move(DRAFTED, one.drafted_at)] for one in applications}
        trail = AuditRows(work.transaction).about(owners) if owners else ()
        told = [entry for entry, _ in trail if entry.what.removeprefix(_FAMILY) in _TOLD]
        people = AccessRows(work.transaction).named({entry.who for entry in told})
        for entry in told:
            moves[owners[entry.subject]].append(_move(entry, people))
        return {key: tuple(found) for key, found in moves.items()}


def _move(entry: Entry, people: Mapping[str, User]) -> Move:
    person = people.get(entry.who)
    return Move(
        what=entry.what.removeprefix(_FAMILY),
        at=entry.at,
        who=person.name if person else entry.who,
        role=person.role if person else "",
        reason_code=entry.reason_code,
    )
