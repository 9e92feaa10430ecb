"""CO_QUERY: the partner looks a certificate of ours up (the pull way of EOCVS)."""

from __future__ import annotations

import json

from eodes.domain import record
from eodes.domain.certificate import Certificate, CertificateState
from eodes.domain.lifecycle import Exchange
from eodes.domain.number import number_key
from eodes.exchange.effects.case import Case
from eodes.messages.co_query import CertificateQuery
from eodes.messages.co_record import CertificateRecord, QueryOutcome
from eodes.store.records import ExchangeRow

_STATES = {
    Exchange.SUPERSEDED: CertificateState.REPLACED,
    Exchange.CANCELLED: CertificateState.CANCELLED,
    Exchange.ANNULLED: CertificateState.ANNULLED,
}


def settle(case: Case[CertificateQuery]) -> None:
    """Answer with the certificate if it was issued for this partner, else with NOT_FOUND.

    A certificate for another administration is not found either: who asks learns nothing of it.
    """
    rows = case.unit.exchanges.by_number(number_key(case.body.number_raw))
    matching = [row for row in rows if _matches(row, case)]
    if len(matching) != 1:
        case.answer(CertificateRecord(outcome=QueryOutcome.NOT_FOUND))
        return
    certificate = record.read(Certificate, json.loads(matching[0].certificate))
    case.answer(
        CertificateRecord(
            outcome=QueryOutcome.FOUND,
            state=_STATES.get(matching[0].state, CertificateState.ISSUED),
            certificate=certificate,
        )
    )


def _matches(row: ExchangeRow, case: Case[CertificateQuery]) -> bool:
    asked = case.body
    if row.partner != case.message.partner:
        return False
    certificate = record.read(Certificate, json.loads(row.certificate))
    return (
        asked.issued_on in (None, certificate.issued_on)
        and asked.agreement in (None, certificate.agreement)
        and asked.access_code in (None, certificate.access_code)
    )
