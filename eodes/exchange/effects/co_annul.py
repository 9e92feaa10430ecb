"""CO_ANNUL: the issuing side declares a certificate void, used or not."""

from __future__ import annotations

from eodes.domain.lifecycle import REGISTERED, Registered
from eodes.exchange.effects.case import Case, name_of
from eodes.messages.co_annul import CertificateAnnulment
from eodes.store.records import CertificateKey


def settle(case: Case[CertificateAnnulment]) -> None:
    """Annul the certificate and tell the office, which has past claims to look at."""
    key = CertificateKey.named(case.body.certificate)
    entry = case.unit.register.lock(key)
    is_known = entry is not None and entry.partner == case.message.partner
    if entry is not None and is_known and Registered.ANNULLED in REGISTERED.moves[entry.state]:
        case.unit.register.move(entry, Registered.ANNULLED, now=case.now)
    case.tell(
        "certificate.annulled",
        {
            **name_of(key),
            "is_known": is_known,
            "reason": case.body.reason,
            "declaration_number": entry.used_by_declaration if entry else None,
        },
    )
