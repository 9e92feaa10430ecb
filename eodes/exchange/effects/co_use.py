"""CO_USE: importing customs says, item by item, what preference was granted."""

from __future__ import annotations

import json

from eodes.domain import record
from eodes.domain.certificate import Certificate
from eodes.domain.lifecycle import EXCHANGE, Exchange
from eodes.exchange.effects.case import Case, name_of
from eodes.messages.co_use import CertificateUse
from eodes.store.records import CertificateKey, UseRow


def settle(case: Case[CertificateUse]) -> None:
    """Keep the decisions, move the exchange to what they amount to, and tell the office."""
    body = case.body
    key = CertificateKey.named(body.certificate)
    rows = [
        UseRow(
            message_id=case.message.message_id,
            item_no=one.item_no,
            direction="IN",
            partner=case.message.partner,
            key=key,
            declaration_number=body.declaration_number,
            outcome=one.outcome.value,
            at=case.now,
            quantity=format(one.quantity.value, "f") if one.quantity else None,
            unit=one.quantity.unit if one.quantity else None,
            reason_code=one.reason_code,
        )
        for one in body.decisions
    ]
    case.unit.exchanges.add_use(rows)
    row = case.unit.exchanges.find(key, partner=case.message.partner)
    if row is None:
        case.tell("use.unmatched", {**name_of(key), "declaration": body.declaration_number})
        return
    certificate = record.read(Certificate, json.loads(row.certificate))
    every = case.unit.exchanges.use_of(key, direction="IN")
    wanted = amounts_to({item.item_no for item in certificate.items}, every)
    if wanted in EXCHANGE.moves[row.state]:
        case.unit.exchanges.move(row, wanted, now=case.now, because=case.message.message_id)
    case.tell(
        "certificate.used",
        {
            **name_of(key),
            "state": wanted.value,
            "declaration_number": body.declaration_number,
            "decisions": record.write(body.decisions),
        },
    )


def amounts_to(items: set[int], rows: tuple[UseRow, ...]) -> Exchange:
    """Say what all decisions on a certificate amount to; the latest on each item counts."""
    latest = {row.item_no: row.outcome for row in rows}
    outcomes = set(latest.values())
    if outcomes == {"DENIED"}:
        return Exchange.DENIED
    if outcomes <= {"SUSPENDED", "WITHDRAWN"}:
        return Exchange.LINKED
    if outcomes == {"GRANTED"} and set(latest) == items:
        return Exchange.USED
    return Exchange.USED_PARTLY
