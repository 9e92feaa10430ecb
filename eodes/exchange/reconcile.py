"""Reconcile: compare, through signed messages, what we sent with what the partner registered.

Both sides list the certificates by the business date in the signed head of the message that
carried them, so both cut the days alike.  Only what must be certain by then is compared: what is
still on its way is left to the next run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from eodes.domain import manifest
from eodes.domain.lifecycle import EXCHANGE, Exchange, Registered
from eodes.domain.manifest import Difference, DifferenceKind, Line
from eodes.exchange.ports import Ids
from eodes.exchange.prepare import Preparing
from eodes.exchange.progress import prove_registered
from eodes.messages.recon_digest import ReconciliationDigest
from eodes.store.records import (
    ExchangeRow,
    FoundDifference,
    ReceivedCertificate,
    ReconciliationRun,
)
from eodes.store.unit import Store, Unit
from eodes.trust.registry import Partner

#: How the sender names, in the register's words, what it believes the receiver holds.
_THEIRS_BY_OURS = {
    Exchange.REGISTERED: Registered.AVAILABLE,
    Exchange.LINKED: Registered.AVAILABLE,
    Exchange.CANCEL_PENDING: Registered.AVAILABLE,
    Exchange.USED_PARTLY: Registered.AVAILABLE,
    Exchange.USED: Registered.AVAILABLE,
    Exchange.DENIED: Registered.AVAILABLE,
    Exchange.CANCELLED: Registered.CANCELLED,
    Exchange.SUPERSEDED: Registered.SUPERSEDED,
    Exchange.ANNULLED: Registered.ANNULLED,
    Exchange.HELD: Registered.HELD,
    # Nobody knows: expected there, so that the comparison tells.
    Exchange.UNKNOWN: Registered.AVAILABLE,
    Exchange.SENT: Registered.AVAILABLE,
    Exchange.RECEIVED: Registered.AVAILABLE,
    Exchange.ACCEPTED: Registered.AVAILABLE,
}


@dataclass(frozen=True, slots=True)
class Reconciling:
    """What reconciling needs, prebuilt."""

    store: Store
    preparing: Preparing
    ids: Ids

    def start(self, partner: Partner, *, first: date, last: date, now: datetime) -> str:
        """Ask a partner to compare some days with us; returns the run's id.

        1. List what we believe the partner holds of those days.
        2. Send count and digest; the partner answers MATCH, or DIFF with its own lines.
        """
        run_id = self.ids.new(now=now)
        with self.store.begin() as unit:
            ours = sent_lines(unit.exchanges.of_days(partner.authority, first=first, last=last))
            body = ReconciliationDigest(
                run_id=run_id,
                day_from=first,
                day_to=last,
                count=len(ours),
                digest=manifest.digest(ours),
            )
            prepared = self.preparing.prepare(unit, body, to=partner, now=now)
            unit.reconciliations.open(
                ReconciliationRun(
                    run_id=run_id,
                    partner=partner.authority,
                    day_from=first,
                    day_to=last,
                    state="DIGEST_SENT",
                    ours_count=body.count,
                    ours_digest=body.digest,
                    message_id=prepared.message_id,
                    started_at=now,
                )
            )
        return run_id


def yesterday(partner: Partner, *, now: datetime) -> date:
    """Return the last whole day, in the zone by which messages to the partner are dated."""
    return now.astimezone(ZoneInfo(partner.profile.content.zone)).date() - timedelta(days=1)


def sent_lines(rows: Iterable[ExchangeRow]) -> tuple[Line, ...]:
    """List what we believe a partner holds, in the register's words."""
    return tuple(
        Line(
            issuing_country=row.key.issuing_country,
            agreement=row.key.agreement,
            number_key=row.key.number_key,
            position=row.position,
            body_digest=row.body_digest or "",
            state=_THEIRS_BY_OURS[row.state].value,
        )
        for row in rows
        if row.state in _THEIRS_BY_OURS
    )


def held_lines(entries: Iterable[ReceivedCertificate]) -> tuple[Line, ...]:
    """List what we hold of a partner's certificates."""
    return tuple(
        Line(
            issuing_country=entry.key.issuing_country,
            agreement=entry.key.agreement,
            number_key=entry.key.number_key,
            position=entry.position,
            body_digest=entry.body_digest,
            state=entry.state.value,
        )
        for entry in entries
    )


def close(
    unit: Unit, run: ReconciliationRun, theirs: tuple[Line, ...], *, now: datetime
) -> tuple[FoundDifference, ...]:
    """Compare the partner's lines with ours, repair what policy allows, record the findings.

    1. Missing there: the original bytes go again.
    2. Present there with our content while we did not know: the exchange is registered.
    3. Everything else is for a person; nothing is overwritten on either side.
    """
    rows = unit.exchanges.of_days(run.partner, first=run.day_from, last=run.day_to)
    by_subject = {_subject(row): row for row in rows}
    lines = sent_lines(rows)
    same = {line.subject for line in theirs}
    for row in rows:
        if _subject(row) in same and row.state in _UNSETTLED:
            _learn(unit, row, theirs, run=run, now=now)
    found = tuple(
        _record(unit, one, by_subject.get(one.subject), run=run, now=now)
        for one in manifest.compare(lines, theirs)
    )
    state = "DIFF" if found else "MATCH"
    unit.reconciliations.close(run.run_id, state=state, findings=found, now=now)
    return found


def learn_from_match(unit: Unit, run: ReconciliationRun, *, now: datetime) -> None:
    """Take as registered what we only expected there, for the partner's equal list proves it.

    Only while our list is still the one that was compared.
    """
    rows = unit.exchanges.of_days(run.partner, first=run.day_from, last=run.day_to)
    lines = sent_lines(rows)
    if manifest.digest(lines) != run.ours_digest:
        return
    for row in rows:
        if row.state in _UNSETTLED:
            _learn(unit, row, lines, run=run, now=now)


_UNSETTLED = frozenset({Exchange.UNKNOWN, Exchange.SENT, Exchange.RECEIVED, Exchange.ACCEPTED})


def _subject(row: ExchangeRow) -> str:
    return f"{row.key.issuing_country}/{row.key.agreement}/{row.key.number_key}"


def _learn(
    unit: Unit,
    row: ExchangeRow,
    theirs: tuple[Line, ...],
    *,
    run: ReconciliationRun,
    now: datetime,
) -> None:
    line = next(line for line in theirs if line.subject == _subject(row))
    registered = line.state == Registered.AVAILABLE.value and line.body_digest == row.body_digest
    if registered and Exchange.REGISTERED in EXCHANGE.moves[row.state]:
        because = f"reconciled {run.run_id}"
        prove_registered(unit, row, because=because, now=now, told_by=row.message_id)


def _record(
    unit: Unit,
    difference: Difference,
    row: ExchangeRow | None,
    *,
    run: ReconciliationRun,
    now: datetime,
) -> FoundDifference:
    repair = ""
    if difference.kind is DifferenceKind.MISSING_THERE and row is not None and row.message_id:
        unit.outbox.resend(row.message_id, now=now)
        repair = "SENT_AGAIN"
    return FoundDifference(
        run_id=run.run_id,
        partner=run.partner,
        kind=difference.kind.value,
        subject=difference.subject,
        ours=difference.ours.text() if difference.ours else "",
        theirs=difference.theirs.text() if difference.theirs else "",
        found_at=now,
        repair=repair,
    )
