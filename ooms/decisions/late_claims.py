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
from ooms.decisions.lateness import last_day
from ooms.decisions.law import ClockKind, Due, Law
from ooms.decisions.repository import late_claims
from ooms.errors import Flaw, UnfitError
from ooms.languages.catalogues import LANGUAGES, catalogue


class LateClaims:
    """The intake of claims after release."""

    def __init__(self, claims: Claims, law: Law) -> None:
        """Hand claims on to that desk, under this law."""
        self._claims = claims
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
        3. Keep by when it is decided, and whether the paper is asked for.

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
        known = late_claims(work.transaction).of_claim(claim.id)
        if known:
            return known[0], claim
        agreement = _agreement(claim)
        last = last_day(self._law, late, agreement=agreement)
        assert last is not None  # such a claim says since when
        decide_by = self._law.due(ClockKind.REFUND_DECISION, work.today, agreement=agreement)
        taken = LateClaim(  # 3
            id=work.new_id(),
            claim_id=claim.id,
            declaration_number=declaration.number,
            kind=kind,
            since=since,
            received_on=work.today,
            last_day=last.on,
            in_time=work.today <= last.on,
            decide_by=decide_by.on,
            paper_needed=paper_because is not None or not self._law.paper.waived_when_exchanged,
            texts=self._receipt(declaration, work.today, due=decide_by, because=paper_because),
        )
        late_claims(work.transaction).add(taken)
        return taken, claim

    def page(self, work: Work, window: Window) -> tuple[LateClaim, ...]:
        """Return the claims after release, the newest first."""
        return late_claims(work.transaction).page(window)

    def _receipt(
        self, declaration: Declaration, on: date, *, due: Due, because: str | None
    ) -> dict[str, str]:
        paper = self._law.paper
        texts = {}
        for language in LANGUAGES:
            words = catalogue(language)
            said = words["late_claim.received"].format(
                declaration=declaration.number, on=on, until=due.on, source=due.source
            )
            asked = (
                words["late_claim.paper_waived"].format(source=paper.source)
                if because is None
                else words["late_claim.paper_asked"].format(reason=paper.asked_when[because])
            )
            texts[language] = f"{said}\n{asked}"
        return texts


def _late(declaration: Declaration, *, kind: LateKind, since: date, today: date) -> Declaration:
    about = replace(declaration.about, claim_type=ClaimType(kind.value), claimed_on=today)
    if kind is LateKind.LATE:
        return replace(declaration, about=replace(about, released_on=since))
    return replace(declaration, about=replace(about, reclassified_on=since))


def _agreement(claim: Claim) -> str:
    named = (one.key.agreement if one.key else one.line.agreement for one in claim.lines)
    return next((one for one in named if one), "")
