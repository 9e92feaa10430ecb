"""Lookup: find a certificate that a partner sent us, however its number is spelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eodes.domain.certificate import Certificate
from eodes.domain.lifecycle import Registered
from eodes.domain.number import number_key
from eodes.errors import UnknownCertificateError
from eodes.exchange.judge import Judge
from eodes.store.records import ReceivedCertificate, UseRow
from eodes.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Received:
    """A certificate that a partner sent us, as it stands now."""

    certificate: Certificate
    state: Registered
    partner: str
    message_id: str
    registered_at: datetime
    superseded_by: str | None
    used_by_declaration: str | None
    warning: str = ""
    use: tuple[UseRow, ...] = ()


def find(unit: Unit, number: str, *, judge: Judge) -> tuple[Received, ...]:
    """Find certificates by number; hyphens, blanks, width and case do not matter.

    When nothing matches, certificates whose number differs only by letters that are read as digits
    come back with a warning, never silently.
    """
    key = number_key(number)
    entries = unit.register.by_number(key) or unit.register.resembling(key)
    return tuple(_received(unit, entry, asked=number, judge=judge) for entry in entries)


def _received(unit: Unit, entry: ReceivedCertificate, *, asked: str, judge: Judge) -> Received:
    message = unit.inbox.find(entry.partner, entry.message_id)
    if message is None:
        raise UnknownCertificateError(number=entry.number_raw)
    _, body = judge.reread(message.document)
    return Received(
        certificate=body.certificate,
        state=entry.state,
        partner=entry.partner,
        message_id=entry.message_id,
        registered_at=entry.registered_at,
        superseded_by=entry.superseded_by_key,
        used_by_declaration=entry.used_by_declaration,
        warning=_spelling(asked, entry),
        use=unit.exchanges.use_of(entry.key, direction="OUT"),
    )


def _spelling(asked: str, entry: ReceivedCertificate) -> str:
    if number_key(asked) != entry.key.number_key:
        return (
            f"no certificate {asked}; {entry.number_raw} differs only in letters that are read as "
            "digits (O and 0, I, L and 1)"
        )
    if asked != entry.number_raw:
        return f"asked for {asked}, registered as {entry.number_raw}: same number, other spelling"
    return ""
