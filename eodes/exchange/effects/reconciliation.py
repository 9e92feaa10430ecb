"""RECON_DIGEST and RECON_DIFF: the two halves of a comparison of lists."""

from __future__ import annotations

from eodes.domain import manifest
from eodes.domain.manifest import Line
from eodes.exchange import reconcile
from eodes.exchange.effects.case import Case
from eodes.messages.recon_diff import (
    ReconciliationDifference,
    ReconciliationEntry,
    ReconciliationOutcome,
)
from eodes.messages.recon_digest import ReconciliationDigest


def settle_digest(case: Case[ReconciliationDigest]) -> None:
    """Compare the partner's digest with our register and answer MATCH, or DIFF with our lines."""
    body = case.body
    entries = case.unit.register.of_days(
        case.message.partner, first=body.day_from, last=body.day_to
    )
    lines = reconcile.held_lines(entries)
    is_match = len(lines) == body.count and manifest.digest(lines) == body.digest
    outcome = ReconciliationOutcome.MATCH if is_match else ReconciliationOutcome.DIFF
    case.answer(
        ReconciliationDifference(
            run_id=body.run_id,
            outcome=outcome,
            entries=() if is_match else tuple(_entry(line) for line in lines),
        )
    )


def settle_difference(case: Case[ReconciliationDifference]) -> None:
    """Close our run with what the partner answered, and tell the office what was found."""
    body = case.body
    run = case.unit.reconciliations.find(body.run_id)
    if run is None or run.partner != case.message.partner or run.ended_at is not None:
        return
    if body.outcome is ReconciliationOutcome.MATCH:
        reconcile.learn_from_match(case.unit, run, now=case.now)
        case.unit.reconciliations.close(run.run_id, state="MATCH", findings=(), now=case.now)
        count = 0
    else:
        count = len(reconcile.close(case.unit, run, _lines(body), now=case.now))
    case.tell("reconciliation.ended", {"run_id": run.run_id, "findings": count})


def _entry(line: Line) -> ReconciliationEntry:
    return ReconciliationEntry(
        number_key=line.number_key,
        agreement=line.agreement,
        issuing_country=line.issuing_country,
        position=line.position,
        body_digest=line.body_digest,
        state=line.state,
    )


def _lines(body: ReconciliationDifference) -> tuple[Line, ...]:
    return tuple(
        Line(
            issuing_country=one.issuing_country,
            agreement=one.agreement,
            number_key=one.number_key,
            position=one.position,
            body_digest=one.body_digest,
            state=one.state,
        )
        for one in body.entries
    )
