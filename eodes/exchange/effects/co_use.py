"""CO_USE: importing customs says, item by item, what preference was granted."""

from __future__ import annotations

import json

from eodes.domain import record
from eodes.domain.certificate import Certificate
from eodes.domain.lifecycle import EXCHANGE, Exchange
from eodes.exchange.effects.case import Case, name_of
from eodes.exchange.progress import prove_registered
from eodes.exchange.usage import amounts_to, rows_of
from eodes.messages.co_use import CertificateUse
from eodes.store.records import CertificateKey


def settle(case: Case[CertificateUse]) -> None:
    """Keep the decisions, move the exchange to what they amount to, and tell the office."""
    body = case.body
    key = CertificateKey.named(body.certificate)
    partner = case.message.partner
    told = rows_of(body, case.message.message_id, direction="IN", partner=partner, at=case.now)
    case.unit.exchanges.add_use(told)
    row = case.unit.exchanges.find(key, partner=partner)
    if row is None:
        case.tell("use.unmatched", {**name_of(key), "declaration": body.declaration_number})
        return
    # Who decides on a certificate has registered it, whether or not he told us so before.
    because = case.message.message_id
    row = prove_registered(case.unit, row, because=because, now=case.now)
    certificate = record.read(Certificate, json.loads(row.certificate))
    every = case.unit.exchanges.use_of(key, direction="IN", partner=partner)
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
