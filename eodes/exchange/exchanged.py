"""Exchanged: the exact bytes that went to and fro about a certificate of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eodes.store.records import CertificateKey, OutgoingMessage
from eodes.store.unit import Unit


class Way(StrEnum):
    """Which way a document went."""

    SENT = "SENT"  # our message, as it was signed
    ANSWER = "ANSWER"  # the partner's signed answer to it
    HEARD = "HEARD"  # a message of the partner's own, such as what customs decided


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One document; without bytes it is not signed yet, or not kept."""

    way: Way
    message_id: str
    type: str
    partner: str
    at: datetime
    document: bytes | None


def exchanged(
    unit: Unit, key: CertificateKey, *, heard: Iterable[tuple[str, str]] = ()
) -> Iterator[Exchanged]:
    """Yield our messages about a certificate with their answers, then what partners sent.

    `heard` names messages of partners, each by partner and id.
    """
    yield from _ours(unit, unit.outbox.carrying(key))
    yield from _theirs(unit, heard)


def _ours(unit: Unit, messages: Iterable[OutgoingMessage]) -> Iterator[Exchanged]:
    for sent in messages:
        yield Exchanged(
            Way.SENT, sent.message_id, sent.type.value, sent.partner, sent.created_at, sent.sealed
        )
        for one in unit.outbox.receipts(sent.message_id):
            yield Exchanged(
                Way.ANSWER,
                one.receipt_id,
                one.type.value,
                one.partner,
                one.received_at,
                one.document,
            )


def _theirs(unit: Unit, heard: Iterable[tuple[str, str]]) -> Iterator[Exchanged]:
    for partner, message_id in sorted(set(heard)):
        came = unit.inbox.find(partner, message_id)
        if came is not None:
            yield Exchanged(
                Way.HEARD, message_id, came.type.value, partner, came.received_at, came.document
            )
