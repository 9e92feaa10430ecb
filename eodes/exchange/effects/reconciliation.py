"""RECON_DIGEST and RECON_DIFF: the two halves of a comparison of lists."""

from __future__ import annotations

from eodes.domain import manifest
from eodes.exchange import reconcile
from eodes.exchange.effects.case import Case
from eodes.messages.recon_diff import ReconciliationDifference, ReconciliationOutcome
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
            run_id=body.run_id, outcome=outcome, entries=() if is_match else lines
        )
    )


def settle_difference(case: Case[ReconciliationDifference]) -> None:
    """Close our run with what the partner answered, and tell the office what was found."""
    body = case.body
    run = case.unit.reconciliations.find(body.run_id)
    if run is None or run.partner != case.message.partner or run.ended_at is not None:
        return
    if body.outcome is ReconciliationOutcome.MATCH:
        case.unit.reconciliations.close(run.run_id, state="MATCH", findings=(), now=case.now)
        count = 0
    else:
        count = len(reconcile.close(case.unit, run, body.entries, now=case.now))
    case.tell("reconciliation.ended", {"run_id": run.run_id, "findings": count})
