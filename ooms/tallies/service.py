"""Count applications and their errors; an application counts once, whatever went wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ooms.db import Work
from ooms.listings.model import Tally
from ooms.tallies.repository import TallyRows

COMPLETION = "COMPLETION"
CORRECTED = "CORRECTED"


class RecordedTallies:
    """Counts what the desks of applications and certificates recorded."""

    def count(
        self,
        work: Work,
        *,
        year: int,
        counted: frozenset[str],
        faults: frozenset[str],
        exporter_id: str | None = None,
    ) -> tuple[Tally, ...]:
        """Count the applications of a year, by company; `counted` names what is an error."""
        rows = TallyRows(work.transaction, year=year, exporter_id=exporter_id)
        errors: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for company, application, what in _recorded(rows, faults):
            if what in counted:
                errors[company][application].append(what)
        return tuple(
            Tally(company, year, total, {one: tuple(what) for one, what in errors[company].items()})
            for company, total in sorted(rows.totals().items())
        )


def _recorded(rows: TallyRows, faults: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Walk over what was recorded: company, application, and what of it may be an error."""
    yield from rows.decided()
    yield from ((company, application, COMPLETION) for company, application in rows.completed())
    for company, application in rows.corrected(faults):
        yield company, application, CORRECTED
