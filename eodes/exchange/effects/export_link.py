"""EXPORT_LINK: the issuing side names the export declarations of a certificate."""

from __future__ import annotations

from eodes.domain import record
from eodes.exchange.effects.case import Case, name_of
from eodes.messages.export_link import ExportLink
from eodes.store.records import CertificateKey


def settle(case: Case[ExportLink]) -> None:
    """Keep the link with the certificate, if it is the sender's own, and tell the office."""
    key = CertificateKey.named(case.body.certificate)
    entry = case.unit.register.lock(key)
    is_known = entry is not None and entry.partner == case.message.partner
    link = {"declarations": record.write(case.body.declarations)}
    if is_known:
        case.unit.register.link_export(key, link)
    case.tell("export.linked", {**name_of(key), **link, "is_known": is_known})
