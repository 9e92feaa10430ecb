"""CO_USE: importing customs says, item by item, what preference was granted."""

from __future__ import annotations

import json

from eodes.domain import record
from eodes.domain.certificate import Certificate
from eodes.domain.lifecycle import EXCHANGE, Exchange
from eodes.exchange.effects.case import Case, name_of
from eodes.exchange.progress import prove_registered
from eodes.exchange.usage import amounts_to
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
    # Who decides on a certificate has registered it, whether or not he told us so before.
    because = case.message.message_id
    row = prove_registered(case.unit, row, because=because, now=case.now)
    certificate = record.read(Certificate, json.loads(row.certificate))
    every = case.unit.exchanges.use_of(key, direction="IN", partner=case.message.partner)
    wanted = amounts_to({item.item_no for item in certificate.items}, every)
    if wanted is Exchange.LINKED and row.state in (Exchange.USED, Exchange.USED_PARTLY):
        wanted = Exchange.REGISTERED  # every use was taken back
    if wanted in EXCHANGE.moves[row.state]:
        case.unit.exchanges.move(row, wanted, now=case.now, because=because)
    case.tell(
        "certificate.used",
        {
            **name_of(key),
            "state": wanted.value,
            "declaration_number": body.declaration_number,
            "decisions": record.write(body.decisions),
        },
    )
