"""Lookup: find a certificate that a partner sent us, however its number is spelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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


def find_all(
    unit: Unit, numbers: Iterable[str], *, judge: Judge
) -> dict[str, tuple[Received, ...]]:
    """Find certificates by many numbers at once, each number as it was asked; without their use.

    1. One look for all keys; a key of which nothing is known is looked for by its lookalikes.
    2. One look for the messages that brought them.
    """
    keys = {number: number_key(number) for number in numbers}
    by_key: dict[str, list[ReceivedCertificate]] = {}
    for entry in unit.register.by_numbers(set(keys.values())):  # 1
        by_key.setdefault(entry.key.number_key, []).append(entry)
    found = {
        number: tuple(by_key.get(key, ())) or unit.register.resembling(key)
        for number, key in keys.items()
    }
    brought = {(one.partner, one.message_id) for entries in found.values() for one in entries}
    documents = unit.inbox.documents(brought)  # 2
    return {
        number: tuple(_read(one, documents, asked=number, judge=judge) for one in entries)
        for number, entries in found.items()
    }


def _read(
    entry: ReceivedCertificate,
    documents: Mapping[tuple[str, str], bytes],
    *,
    asked: str,
    judge: Judge,
) -> Received:
    document = documents.get((entry.partner, entry.message_id))
    if document is None:
        raise UnknownCertificateError(number=entry.number_raw)
    return _shown(entry, document, asked=asked, judge=judge)


def _received(unit: Unit, entry: ReceivedCertificate, *, asked: str, judge: Judge) -> Received:
    message = unit.inbox.find(entry.partner, entry.message_id)
    if message is None:
        raise UnknownCertificateError(number=entry.number_raw)
    use = unit.exchanges.use_of(entry.key, direction="OUT")
    return replace(_shown(entry, message.document, asked=asked, judge=judge), use=use)


def _shown(entry: ReceivedCertificate, document: bytes, *, asked: str, judge: Judge) -> Received:
    _, body = judge.reread(document)
    return Received(
        certificate=body.certificate,
        state=entry.state,
        partner=entry.partner,
        message_id=entry.message_id,
        registered_at=entry.registered_at,
        superseded_by=entry.superseded_by_key,
        used_by_declaration=entry.used_by_declaration,
        warning=_spelling(asked, entry),
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
