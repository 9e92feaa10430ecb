"""What the lines of an application stand on, and whether it still stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ooms.access.model import User
from ooms.applications.repository import HoldingRows
from ooms.applications.service import Applications
from ooms.audit.service import record
from ooms.db import Work
from ooms.determinations.model import Determined
from ooms.determinations.veil import plain


@dataclass(frozen=True, slots=True)
class GroundWarning:
    """A line whose determination does not stand any more, or not much longer."""

    item_no: int
    determination_id: str
    code: str
    detail: str
    stale: tuple[str, ...] = ()
    until: date | None = None


class Grounds:
    """Shows the grounds of applications, and hears when one is taken away."""

    def __init__(self, applications: Applications) -> None:
        """Look at the applications of that desk."""
        self._applications = applications

    def of(self, work: Work, application_id: str, *, by: User) -> dict[int, Determined]:
        """Return what each line cites, by item number.

        Raises:
            MissingError: there is no such application.

        """
        application = self._applications.get(work, application_id, by=by)
        return self._applications.grounds(work, application.content, by=by)

    def warnings(self, work: Work, application_id: str, *, by: User) -> tuple[GroundWarning, ...]:
        """Warn of the lines whose determination is stale, or rests on a proof that ends soon.

        Raises:
            MissingError: there is no such application.

        """
        cited = self.of(work, application_id, by=by)
        ends = self._applications.proofs_ending(work, cited.values())
        found = []
        for item_no, ground in cited.items():
            if ground.stale_reasons:
                found.append(_stale(item_no, ground))
            elif ground.id in ends:
                found.append(_going_stale(item_no, ground, until=ends[ground.id]))
        return tuple(found)

    def statement_withdrawn(self, work: Work, statement_id: str) -> None:
        """Record in every application that waits for the office that its ground was taken away.

        Its origin check fails from now on, and both sides see the line's ground as stale.
        """
        for application in HoldingRows(work.transaction).citing(statement_id):
            record(
                work,
                who="office",
                what="application.ground_withdrawn",
                subject=f"application/{application.id}",
                facts={"reference": statement_id},
            )


def _stale(item_no: int, ground: Determined) -> GroundWarning:
    why = "; ".join(plain(ground.stale_reasons).values())
    detail = f"determined before something changed: {why}; determine the product again"
    return GroundWarning(
        item_no, ground.id, "RUL-STALE", detail, stale=tuple(sorted(ground.stale_reasons))
    )


def _going_stale(item_no: int, ground: Determined, *, until: date) -> GroundWarning:
    detail = f"a supplier's declaration ends on {until}; ask for the next one in time"
    return GroundWarning(item_no, ground.id, "RUL-GOING-STALE", detail, until=until)
