"""Tells the desk of risk what became of lines: each decision, and the word of a verification."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.claims.declaration import Line, bare
from ooms.claims.repository import ClaimRows
from ooms.db import Work
from ooms.decisions.model import Entry, Verdict
from ooms.risk.model import Outcome, OutcomeKind, Result
from ooms.risk.service import Risk
from ooms.verifications import outcomes as verified

#: What is pending or withdrawn found nothing out, and takes an earlier word of the line back.
_DECIDED: Mapping[Verdict, Result] = {
    Verdict.GRANTED: Result.RIGHT,
    Verdict.PARTLY: Result.WRONG,
    Verdict.DENIED: Result.WRONG,
}
_PUT_RIGHT = "PUT_RIGHT_BY_IMPORTER"
#: Silence, and a reply that says too little, find nothing out.
_VERIFIED: Mapping[verified.Outcome, Result] = {
    verified.Outcome.ORIGINATING: Result.RIGHT,
    verified.Outcome.NOT_ORIGINATING: Result.WRONG,
}


class Outcomes:
    """What decisions and verifications teach the selection of risks."""

    def __init__(self, risk: Risk) -> None:
        """Tell a desk of risk."""
        self._risk = risk

    def decided(self, work: Work, entries: tuple[Entry, ...]) -> None:
        """Tell what was decided on lines, by rule or by somebody."""
        self._risk.hear(work, tuple(_of_entry(one) for one in entries))

    def determined(self, work: Work, found: tuple[verified.ItemOutcome, ...], *, who: str) -> None:
        """Tell what verifications came to, for every line that uses such an item."""
        rows = ClaimRows(work.transaction)
        told = {
            (declaration, place): Outcome(
                declaration=declaration,
                line_no=place[0],
                spec_no=place[1],
                kind=OutcomeKind.VERIFICATION,
                result=_VERIFIED.get(one.outcome, Result.OPEN),
                told_at=work.now,
                told_by=who,
                detail=one.ground,
            )
            for one in found
            for declaration, place in rows.using(
                bare(one.certificate_number), one.item_no, agreement=one.agreement
            )
        }
        self._risk.hear(work, tuple(told.values()))

    def put_right(self, work: Work, lines: Mapping[str, tuple[Line, ...]], *, who: str) -> None:
        """Tell which lines an importer put right himself, by the number of their declaration."""
        told = tuple(
            Outcome(
                declaration=declaration,
                line_no=one.line_no,
                spec_no=one.spec_no,
                kind=OutcomeKind.VERIFICATION,
                result=Result.WRONG,
                told_at=work.now,
                told_by=who,
                detail=_PUT_RIGHT,
            )
            for declaration, several in lines.items()
            for one in several
        )
        self._risk.hear(work, told)


def _of_entry(entry: Entry) -> Outcome:
    return Outcome(
        declaration=entry.about.declaration_number,
        line_no=entry.place.line_no,
        spec_no=entry.place.spec_no,
        kind=OutcomeKind.DECISION,
        result=_DECIDED.get(entry.verdict, Result.OPEN),
        told_at=entry.decided_at,
        told_by=entry.decided_by,
        detail=entry.why.ground if entry.why else "",
    )
