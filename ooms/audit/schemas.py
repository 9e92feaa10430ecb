"""The audit trail on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from ooms.access.schemas import Body
from ooms.audit.model import Entry


class EntryOut(Body):
    """Who did what, when, about which thing, and for which reason."""

    seq: int
    at: datetime
    who: str
    what: str
    subject: str
    reason_code: str
    facts: dict[str, str]
    previous: str
    digest: str

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Show an entry."""
        return cls.model_validate(entry, from_attributes=True)


class VerifiedOut(Body):
    """The trail hangs together: so many entries, and the digest of the last."""

    entries: int
    digest: str
