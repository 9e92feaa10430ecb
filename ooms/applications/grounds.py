"""What the lines of an application stand on, and whether it still stands."""

from __future__ import annotations

from ooms.access.model import User
from ooms.applications.repository import HoldingRows
from ooms.applications.service import Applications
from ooms.audit.service import record
from ooms.db import Work
from ooms.determinations.model import Determined


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
