"""The notices that an importer was sent about a claim: the words as they were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ooms.db import Work
from ooms.decisions.asked import Texts
from ooms.decisions.repository import (
    DecisionRows,
    completions,
    late_claims,
    objections,
    prior_notices,
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: about what, on which day, in every language."""

    kind: str
    about: str
    line_no: int | None
    dated: date
    texts: Texts


def notices_of(work: Work, claim_id: str) -> tuple[Notice, ...]:
    """Return every notice about a claim, the oldest first."""
    found = [
        Notice(one.verdict.value, one.id, one.place.line_no, one.decided_on, one.texts)
        for one in DecisionRows(work.transaction).of_claim(claim_id)
        if one.texts
    ]
    found += [
        Notice("COMPLETION", one.id, one.place.line_no, one.asked_on, one.texts)
        for one in completions(work.transaction).of_claim(claim_id)
    ]
    found += [
        Notice("PRIOR_NOTICE", one.id, one.place.line_no, one.sent_on, one.texts)
        for one in prior_notices(work.transaction).of_claim(claim_id)
    ]
    found += [
        Notice("OBJECTION", one.id, one.place.line_no, one.decided_on or one.received_on, one.texts)
        for one in objections(work.transaction).of_claim(claim_id)
    ]
    found += [
        Notice("SUPPLEMENT", one.id, one.place.line_no, asked.asked_on, asked.texts)
        for one in objections(work.transaction).of_claim(claim_id)
        for asked in one.supplements
    ]
    found += [
        Notice("LATE_CLAIM", one.id, None, one.received_on, one.texts)
        for one in late_claims(work.transaction).of_claim(claim_id)
    ]
    return tuple(sorted(found, key=lambda one: (one.dated, one.about)))
