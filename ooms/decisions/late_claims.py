"""Claims after release: within a year, or after a reclassification; decided within their period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ooms.access.model import User
from ooms.claims.declaration import ClaimType, Declaration
from ooms.claims.model import Claim
from ooms.claims.service import Claims
from ooms.db import Window, Work
from ooms.decisions.asked import LateClaim, LateKind
from ooms.decisions.late_register import LateRegister
from ooms.decisions.law import Law
from ooms.errors import Flaw, UnfitError


class LateClaims:
    """The intake of claims after release."""

    def __init__(self, claims: Claims, register: LateRegister, *, law: Law) -> None:
        """Hand claims on to that desk, under this law; the register hears of them from there."""
        self._claims = claims
        self._register = register
        self._law = law

    def file(  # noqa: PLR0913  # the facts of one claim, each by its name
        self,
        work: Work,
        declaration: Declaration,
        *,
        kind: LateKind,
        since: date,
        paper_because: str | None,
        by: User,
    ) -> tuple[LateClaim, Claim]:
        """Take a claim after release; one that comes too late is denied line by line.

        1. Say in the declaration since when its period runs.
        2. Check the claim as any other; its lines are held against their last day.
        3. Ask for the paper if a reason of the law wants it.

        Raises:
            UnfitError: the claim runs from a day that is still to come, or no reason for the
                paper is one of the law's.

        """
        if since > work.today:
            raise UnfitError(Flaw("/since", "this day is still to come", code="RUL-PERIOD"))
        if paper_because is not None and paper_because not in self._law.paper.asked_when:
            reasons = ", ".join(self._law.paper.asked_when)
            raise UnfitError(Flaw("/paper_because", f"not one of {reasons}", code="REF-CODE"))
        late = _late(declaration, kind=kind, since=since, today=work.today)  # 1
        claim = self._claims.check(work, late, by=by)  # 2
        taken = self._register.take(work, claim)
        assert taken is not None  # such a claim says since when
        if paper_because is not None and not taken.paper_needed:  # 3
            taken = self._register.ask_for_paper(work, taken, claim, because=paper_because)
        return taken, claim

    def page(
        self, work: Work, window: Window, *, only_open: bool, overdue: bool
    ) -> tuple[LateClaim, ...]:
        """Return the claims after release, the newest first; the open ones, or the overdue."""
        return self._register.page(work, window, only_open=only_open, overdue=overdue)


def _late(declaration: Declaration, *, kind: LateKind, since: date, today: date) -> Declaration:
    about = replace(declaration.about, claim_type=ClaimType(kind.value), claimed_on=today)
    if kind is LateKind.LATE:
        return replace(declaration, about=replace(about, released_on=since))
    return replace(declaration, about=replace(about, reclassified_on=since))
