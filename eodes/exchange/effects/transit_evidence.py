"""TRANSIT_EVIDENCE: proof of direct transport for a certificate."""

from __future__ import annotations

from eodes.domain import record
from eodes.exchange.effects.case import Case, name_of
from eodes.messages.transit_evidence import TransitEvidence
from eodes.store.records import CertificateKey


def settle(case: Case[TransitEvidence]) -> None:
    """Keep the evidence with the certificate and tell the office."""
    key = CertificateKey.named(case.body.certificate)
    evidence = record.write(case.body)
    case.unit.reconciliations.add_transit_evidence(
        key,
        partner=case.message.partner,
        message_id=case.message.message_id,
        evidence=evidence,
        now=case.now,
    )
    case.tell("transit.proven", {**name_of(key), "kind": case.body.kind.value})
