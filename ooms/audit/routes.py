"""The audit trail over HTTP, for those who read it and change nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime

from ooms.access.dependencies import TheCall, TheWindow
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.audit.model import Wanted
from ooms.audit.schemas import EntryOut, VerifiedOut
from ooms.audit.service import head, page, verify_chain
from ooms.db import Work

router = APIRouter(prefix="/audit", tags=["audit"])


def _wanted(
    *,
    who: Annotated[str | None, Query(max_length=80)] = None,
    what: Annotated[str | None, Query(max_length=60)] = None,
    subject: Annotated[str | None, Query(max_length=120)] = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
) -> Wanted:
    return Wanted(who=who, what=what, subject=subject, since=since, until=until)


TheWanted = Annotated[Wanted, Depends(_wanted)]


@router.get("")
def entries(window: TheWindow, wanted: TheWanted, *, call: TheCall) -> PageOut[EntryOut]:
    """List entries, the newest first: of one person, one kind (`certificate.`), one thing."""
    found = call.read(Action.SEE_AUDIT, lambda work, _by: page(work, window, wanted=wanted))
    return PageOut[EntryOut](
        items=tuple(EntryOut.of(one) for one in found),
        next=str(found[-1].seq) if len(found) == window.limit else None,
    )


@router.get("/verification")
def verification(*, call: TheCall) -> VerifiedOut:
    """Walk the whole chain; a trail that was changed answers with the entry where it breaks."""

    def verified(work: Work, _by: User) -> VerifiedOut:
        return VerifiedOut(entries=verify_chain(work), digest=head(work))

    return call.read(Action.SEE_AUDIT, verified)
