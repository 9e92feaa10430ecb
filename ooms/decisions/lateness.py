"""Is a claim after release in time? The days are the agreement's, else the country's law's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ooms.claims.declaration import ClaimType, Declaration
from ooms.claims.model import Checked, CheckedLine, Outcome
from ooms.decisions.law import ClockKind, Due, Law
from ooms.languages.catalogues import catalogue

CODE = "RUL-LATE-CLAIM"
_CLOCKS: Mapping[ClaimType, ClockKind] = {
    ClaimType.LATE: ClockKind.LATE_CLAIM,
    ClaimType.RECLASSIFIED: ClockKind.RECLASSIFIED_CLAIM,
}


def first_day(declaration: Declaration) -> date | None:
    """Give the day that the period for a claim after release runs from; None for one at import."""
    about = declaration.about
    starts = {
        ClaimType.LATE: about.released_on,
        ClaimType.RECLASSIFIED: about.reclassified_on,
    }
    return starts.get(about.claim_type)


def made_on(declaration: Declaration, *, today: date) -> date:
    """Give the day of a claim: the stated one counts, for the data may come after the paper."""
    return min(declaration.about.claimed_on or today, today)


def last_day(law: Law, declaration: Declaration, *, agreement: str) -> Due | None:
    """Give the last day for a claim after release; None where nothing says when it ends."""
    since = first_day(declaration)
    if since is None:
        return None
    return law.due(_CLOCKS[declaration.about.claim_type], since, agreement=agreement)


def too_late(
    law: Law, declaration: Declaration, line: CheckedLine, *, today: date
) -> Checked | None:
    """Say that a line is claimed too late; None for a timely one, on its last day too."""
    agreement = line.key.agreement if line.key else line.line.agreement or ""
    last = last_day(law, declaration, agreement=agreement)
    on = made_on(declaration, today=today)
    if last is None or on <= last.on:
        return None
    words = catalogue("en")["late_claim.too_late"]
    return Checked(
        "late_claim",
        Outcome.FAIL,
        words.format(on=on, until=last.on, source=last.source),
        {"claimed_on": on.isoformat(), "last_day": last.on.isoformat()},
        code=CODE,
        source=last.source,
    )
