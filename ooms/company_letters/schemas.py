"""Letters of compliance on the wire."""

from __future__ import annotations

from datetime import date, datetime

from ooms.access.schemas import Body


class CompanyLetterOut(Body):
    """A letter of compliance: from a first day until before another, and its digest."""

    id: str
    period: str
    first: date
    until: date
    sha256: str
    sealed_at: datetime
