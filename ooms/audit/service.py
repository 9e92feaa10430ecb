"""Record what was decided, and prove that nobody changed the record."""

from __future__ import annotations

from ooms.audit.model import FIRST_LINK, Entry, Wanted
from ooms.audit.repository import AuditRows
from ooms.db import Window, Work
from ooms.errors import BrokenChainError, Flaw, UnfitError


def record(  # noqa: PLR0913  # the facts of one entry, each by its name
    work: Work,
    *,
    who: str,
    what: str,
    subject: str,
    reason_code: str = "",
    facts: dict[str, str] | None = None,
) -> None:
    """Add an entry to the trail, in the transaction of what it records.

    The head of the chain stays locked until that transaction ends: record last.
    """
    rows = AuditRows(work.transaction)
    seq, digest = rows.lock_head()
    rows.add(
        Entry(
            seq=seq + 1,
            at=work.now,
            who=who,
            what=what,
            subject=subject,
            reason_code=reason_code,
            facts=facts or {},
            previous=digest,
        )
    )


def verify_chain(work: Work) -> int:
    """Walk the whole trail and return its length.

    Raises:
        BrokenChainError: an entry was changed, taken out, or added beside the chain.

    """
    rows = AuditRows(work.transaction)
    seq, digest = 0, FIRST_LINK
    for entry, stored in rows.every():
        if entry.seq != seq + 1 or entry.previous != digest:
            raise BrokenChainError(at=seq + 1, problem="the entry is missing or out of order")
        if entry.digest != stored:
            raise BrokenChainError(at=entry.seq, problem="its words were changed")
        seq, digest = entry.seq, stored
    if rows.head() != (seq, digest):
        raise BrokenChainError(at=seq + 1, problem="entries at the end are missing")
    return seq


def page(work: Work, window: Window, *, wanted: Wanted) -> tuple[Entry, ...]:
    """Return entries of the trail, the newest first; the cursor is an entry's place.

    Raises:
        UnfitError: the cursor is none that this list gave.

    """
    before = window.before
    if before is not None and not before.isdecimal():
        raise UnfitError(Flaw("query:cursor", "is no cursor of this list"))
    place = int(before) if before is not None else None
    return AuditRows(work.transaction).page(wanted, limit=window.limit, before=place)


def head(work: Work) -> str:
    """Return the digest of the last entry, to compare with one that was written down."""
    return AuditRows(work.transaction).head()[1]
