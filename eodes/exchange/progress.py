"""Progress: how far a certificate of ours has come with a partner, whichever proof came first.

An acknowledgement, use feedback, a reply to a cancellation and a reconciliation can each be the
first to prove that a certificate is registered; where it ends does not depend on their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from eodes.domain.lifecycle import EXCHANGE, Exchange
from eodes.store.records import ExchangeRow
from eodes.store.unit import Unit

#: Nothing has proved yet that the partner registered the certificate; in every other state a late
#: answer to the message that carried it changes nothing any more.
UNPROVEN = frozenset(
    {
        Exchange.QUEUED,
        Exchange.SUSPENDED,
        Exchange.SENT,
        Exchange.UNKNOWN,
        Exchange.RECEIVED,
        Exchange.ACCEPTED,
        Exchange.HELD,
        Exchange.REJECTED_TECHNICAL,
        Exchange.REJECTED_BUSINESS,
    }
)
_UNSENT = frozenset({Exchange.NOT_EXCHANGEABLE, Exchange.AWAITING_TRIGGER})


def prove_registered(
    unit: Unit, row: ExchangeRow, *, because: str, now: datetime, told_by: str | None = None
) -> ExchangeRow:
    """Move an exchange to REGISTERED if that was not known yet, and settle its lineage.

    1. The certificate is registered; the office is told.
    2. The one that it replaces is superseded, as the partner did in the same commit.
    3. If its own replacement was registered before, it is superseded itself.
    """
    if row.state not in UNPROVEN or Exchange.REGISTERED not in EXCHANGE.moves[row.state]:
        return row
    unit.exchanges.move(row, Exchange.REGISTERED, now=now, because=because)  # 1
    row = replace(row, state=Exchange.REGISTERED)
    tell_exchange(unit, row, message_id=told_by or because, now=now)
    if row.supersedes_key:  # 2
        key = replace(row.key, number_key=row.supersedes_key)
        old = unit.exchanges.find(key, partner=row.partner)
        if old is not None:
            _supersede(unit, old, because=because, now=now)
    successor = unit.exchanges.replacing(row.key, partner=row.partner)
    if successor is not None and successor.state not in UNPROVEN | _UNSENT:  # 3
        return _supersede(unit, row, because=because, now=now)
    return row


def _supersede(unit: Unit, row: ExchangeRow, *, because: str, now: datetime) -> ExchangeRow:
    if Exchange.SUPERSEDED not in EXCHANGE.moves[row.state]:
        return row
    unit.exchanges.move(row, Exchange.SUPERSEDED, now=now, because=because)
    row = replace(row, state=Exchange.SUPERSEDED)
    tell_exchange(unit, row, message_id=row.message_id or because, now=now)
    return row


def tell_exchange(  # noqa: PLR0913  # the facts of one piece of news, each by its name
    unit: Unit,
    row: ExchangeRow,
    *,
    message_id: str,
    now: datetime,
    code: str | None = None,
    detail: str | None = None,
    refusals: Sequence[Mapping[str, str]] = (),
) -> None:
    """Tell the office the state that a certificate of ours has reached, and every reason for it."""
    facts: dict[str, object] = {
        "issuing_country": row.key.issuing_country,
        "agreement": row.key.agreement,
        "number_key": row.key.number_key,
        "number_raw": row.number_raw,
        "state": row.state.value,
    }
    reasons = {"code": code, "detail": detail, "refusals": list(refusals) or None}
    unit.newsstand.add(
        f"exchange.{row.state.value.lower()}",
        partner=row.partner,
        message_id=message_id,
        facts=facts | {name: value for name, value in reasons.items() if value is not None},
        now=now,
    )
