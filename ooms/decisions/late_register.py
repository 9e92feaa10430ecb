"""The register of claims after release: each with its last day, and by when it is decided.

However such a claim was handed in, its clock runs from the day on which it was made, and ends with
the decision on its last line. A later version of the declaration goes on with the clock that runs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ooms.claims.declaration import ClaimType, Declaration
from ooms.claims.model import Claim
from ooms.db import Window, Work
from ooms.decisions.asked import LateClaim, LateEnd, LateKind
from ooms.decisions.lateness import first_day, last_day, made_on
from ooms.decisions.law import ClockKind, Due, Law
from ooms.decisions.model import FINAL, last_of
from ooms.decisions.repository import DecisionRows, late_claims
from ooms.errors import Flaw, UnfitError
from ooms.languages.catalogues import LANGUAGES, catalogue


class LateRegister:
    """Claims after release."""

    def __init__(self, law: Law) -> None:
        """Count days under this law."""
        self._law = law

    def take(self, work: Work, claim: Claim) -> LateClaim | None:
        """Keep a claim after release with its clock, once; a claim at import has none.

        Raises:
            UnfitError: the claim runs from a day that is still to come.

        """
        declaration, since = claim.declaration, first_day(claim.declaration)
        if since is None:
            return None
        rows = late_claims(work.transaction)
        known = rows.of_claim(claim.id)
        if known:
            return known[0]
        if since > work.today:
            raise UnfitError(Flaw("/released_on", "this day is still to come", code="RUL-PERIOD"))
        before = rows.withdrawn(declaration.number)
        received_on = before.received_on if before else made_on(declaration, today=work.today)
        agreement = _agreement(claim)
        last = last_day(self._law, declaration, agreement=agreement)
        assert last is not None  # such a claim says since when
        due = self._law.due(ClockKind.REFUND_DECISION, received_on, agreement=agreement)
        taken = LateClaim(
            id=work.new_id(),
            claim_id=claim.id,
            declaration_number=declaration.number,
            kind=LateKind(declaration.about.claim_type.value),
            since=since,
            received_on=received_on,
            last_day=last.on,
            in_time=received_on <= last.on,
            decide_by=due.on,
            paper_needed=not self._law.paper.waived_when_exchanged,
            texts=self._receipt(declaration, received_on, due=due, because=None),
        )
        rows.add(taken)
        return taken

    def ask_for_paper(
        self, work: Work, late: LateClaim, claim: Claim, *, because: str
    ) -> LateClaim:
        """Ask for the paper all the same, for a reason of the law; say so in the receipt."""
        due = self._law.due(
            ClockKind.REFUND_DECISION, late.received_on, agreement=_agreement(claim)
        )
        texts = self._receipt(claim.declaration, late.received_on, due=due, because=because)
        asked = replace(late, paper_needed=True, texts=texts)
        late_claims(work.transaction).rewrite(asked)
        return asked

    def follow(self, work: Work, claim: Claim) -> None:
        """End the clock of a claim whose lines are all decided."""
        if claim.declaration.about.claim_type is ClaimType.AT_IMPORT:
            return
        entries = DecisionRows(work.transaction).of_claim(claim.id)
        standing = [
            last_of(one for one in entries if (one.place.line_no, one.place.spec_no) == place)
            for place in (one.line.place for one in claim.lines)
        ]
        if all(one is not None and one.verdict in FINAL for one in standing):
            self._end(work, claim.id, LateEnd.DECIDED)

    def withdraw(self, work: Work, claim: Claim) -> None:
        """End the clock of a claim that a later version takes the place of."""
        if claim.declaration.about.claim_type is not ClaimType.AT_IMPORT:
            self._end(work, claim.id, LateEnd.WITHDRAWN)

    def page(
        self, work: Work, window: Window, *, only_open: bool, overdue: bool
    ) -> tuple[LateClaim, ...]:
        """Return the claims after release, the newest first; the open ones, or the overdue."""
        before = work.today if overdue else None
        is_open = only_open or overdue
        return late_claims(work.transaction).some(window, only_open=is_open, before=before)

    def _end(self, work: Work, claim_id: str, ended_by: LateEnd) -> None:
        rows = late_claims(work.transaction)
        for one in rows.of_claim(claim_id):
            if one.ended_on is None:
                rows.rewrite(replace(one, ended_on=work.today, ended_by=ended_by))

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


def _agreement(claim: Claim) -> str:
    named = (one.key.agreement if one.key else one.line.agreement for one in claim.lines)
    return next((one for one in named if one), "")
