"""Lookup: find a certificate that a partner sent us, however its number is spelled."""

from __future__ import annotations

import threading
from collections import OrderedDict
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

#: Some 20 KB of memory each.
MOST_READINGS = 2048
#: A message by partner and id.
Name = tuple[str, str]


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


class Readings:
    """Certificates as they were last read from the messages that brought them.

    What a partner sent never changes, so a reading stays good; the least used go first.  How a
    certificate stands is not in its message and is asked every time.
    """

    def __init__(self, judge: Judge, *, most: int = MOST_READINGS) -> None:
        """Read as a judge does, and keep so many."""
        self._judge = judge
        self._most = most
        self._lock = threading.Lock()
        #: By number, then by the message: several Parties may have given the same number.
        self._kept: OrderedDict[str, dict[Name, Certificate]] = OrderedDict()

    def have(self, number_keys: Iterable[str]) -> bool:
        """Tell whether certificates of all these numbers were read lately."""
        with self._lock:
            return all(one in self._kept for one in number_keys)

    def of(
        self,
        unit: Unit,
        entries: Iterable[ReceivedCertificate],
        *,
        brought: Mapping[Name, bytes],
    ) -> Mapping[Name, Certificate]:
        """Return certificates by the messages that brought them.

        One look for those that were neither read lately nor are `brought` along.
        """
        wanted = {(one.partner, one.message_id): one.key.number_key for one in entries}
        known = self._known(wanted)
        missing = wanted.keys() - known.keys()
        documents = {**brought, **unit.inbox.documents(missing - brought.keys())}
        read = {
            name: self._judge.reread_body(documents[name]).certificate
            for name in missing & documents.keys()
        }
        self._keep(read, numbers=wanted)
        return {**known, **read}

    def _known(self, wanted: Mapping[Name, str]) -> dict[Name, Certificate]:
        known = {}
        with self._lock:
            for name, number in wanted.items():
                certificate = self._kept.get(number, {}).get(name)
                if certificate is not None:
                    known[name] = certificate
                    self._kept.move_to_end(number)
        return known

    def _keep(self, read: Mapping[Name, Certificate], *, numbers: Mapping[Name, str]) -> None:
        with self._lock:
            for name, certificate in read.items():
                self._kept.setdefault(numbers[name], {})[name] = certificate
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def find_all(
    unit: Unit, numbers: Iterable[str], *, readings: Readings
) -> dict[str, tuple[Received, ...]]:
    """Find certificates by many numbers at once, each number as it was asked; without their use.

    1. One look for all keys, and where one was not read lately for the messages too.
    2. Keys of which nothing is known are looked for by their lookalikes.
    3. One look for messages that are still to be read.
    """
    keys = {number: number_key(number) for number in numbers}
    brought: dict[Name, bytes] = {}
    by_key: dict[str, list[ReceivedCertificate]] = {}
    for entry, document in _registered(unit, set(keys.values()), readings):  # 1
        by_key.setdefault(entry.key.number_key, []).append(entry)
        if document is not None:
            brought[entry.partner, entry.message_id] = document
    alike = unit.register.resembling_any(set(keys.values()) - by_key.keys())  # 2
    found = {
        number: tuple(by_key.get(key, ())) or alike.get(key, ()) for number, key in keys.items()
    }
    every = (one for entries in found.values() for one in entries)
    read = readings.of(unit, every, brought=brought)  # 3
    return {
        number: tuple(_found(one, read, asked=number) for one in entries)
        for number, entries in found.items()
    }


def _registered(
    unit: Unit, keys: set[str], readings: Readings
) -> Iterable[tuple[ReceivedCertificate, bytes | None]]:
    if readings.have(keys):
        return ((one, None) for one in unit.register.by_numbers(keys))
    return unit.register.with_documents(keys)


def _found(entry: ReceivedCertificate, read: Mapping[Name, Certificate], *, asked: str) -> Received:
    certificate = read.get((entry.partner, entry.message_id))
    if certificate is None:
        raise UnknownCertificateError(number=entry.number_raw)
    return _shown(entry, certificate, asked=asked)


def _received(unit: Unit, entry: ReceivedCertificate, *, asked: str, judge: Judge) -> Received:
    message = unit.inbox.find(entry.partner, entry.message_id)
    if message is None:
        raise UnknownCertificateError(number=entry.number_raw)
    use = unit.exchanges.use_of(entry.key, direction="OUT")
    body = judge.reread_body(message.document)
    return replace(_shown(entry, body.certificate, asked=asked), use=use)


def _shown(entry: ReceivedCertificate, certificate: Certificate, *, asked: str) -> Received:
    return Received(
        certificate=certificate,
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
