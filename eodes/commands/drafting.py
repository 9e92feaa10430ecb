"""Makes messages from files for the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from eodes.bootstrap import Node
from eodes.domain import record
from eodes.domain.certificate import Certificate
from eodes.domain.lifecycle import Exchange
from eodes.domain.message import Header, MessageType
from eodes.domain.verdict import Refusal
from eodes.errors import PermanentError, UnsealableError
from eodes.exchange.seal import inspect
from eodes.messages import CATALOGUE
from eodes.messages.co_issue import CertificateIssue
from eodes.wire import envelope, signer


class UnreadableFileError(PermanentError):
    """A file that should hold a certificate or a message body does not."""

    def __init__(self, *, file: Path, problem: str) -> None:
        self.file = file
        super().__init__(f"{file}: {problem}")


class UnknownTypeError(PermanentError):
    """No message type of this name."""

    def __init__(self, *, kind: str) -> None:
        self.kind = kind
        known = ", ".join(sorted(one.value.lower() for one in MessageType))
        super().__init__(f"no message type {kind}; there are {known}")


def read_body(file: Path, *, kind: str) -> Any:
    """Read a message body from JSON: for co_issue the bare certificate will do.

    Raises:
        UnknownTypeError: no such type.
        UnreadableFileError: the file is no JSON, or has flaws; names every one.

    """
    name = kind.upper().replace("-", "_")
    if name not in MessageType.__members__:
        raise UnknownTypeError(kind=kind)
    body = CATALOGUE[MessageType[name]].body
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if body is CertificateIssue and "certificate" not in data:
            return CertificateIssue(record.read(Certificate, data))
        return record.read(body, data)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UnreadableFileError(file=file, problem=f"no JSON: {error}") from error
    except record.FlawedRecordError as error:
        raise UnreadableFileError(file=file, problem=str(error)) from error


def sign_unsent(node: Node, file: Path, *, partner: str, kind: str) -> tuple[Header, bytes]:
    """Write, validate and sign a message that is not stored; it bears the next free place.

    Raises:
        UnpreparableError: the message cannot be expressed towards the partner.

    """
    body = read_body(file, kind=kind)
    now = node.clock.now()
    profile = node.trust.current().partner(partner).profile
    draft = node.preparing.draft(body, to=profile, now=now)
    header = draft.header
    if not header.is_signal:
        with node.store.read() as unit:
            last_seq, last_digest = unit.outbox.channel(partner)
        header = replace(header, channel_seq=last_seq + 1, previous_digest=last_digest)
    document = signer.seal(envelope.compose(header, draft.payload), signer=node.signer)
    refusal = inspect(document, own_key=node.sealing.own_key, schemas=node.sealing.schemas, now=now)
    if isinstance(refusal, Refusal):
        raise UnsealableError(message_id=header.message_id, refusal=refusal)
    return header, document


def enqueue(node: Node, file: Path, *, partner: str) -> str:
    """Store the intent to send a certificate; returns the message's id.

    Raises:
        UnpreparableError: the certificate cannot be expressed towards the partner.

    """
    body = read_body(file, kind="co_issue")
    now = node.clock.now()
    to = node.trust.current().partner(partner)
    with node.store.begin() as unit:
        prepared = node.preparing.prepare(unit, body, to=to, now=now)
        if prepared.state is Exchange.AWAITING_TRIGGER:
            unit.outbox.trigger(prepared.message_id)
            row = unit.exchanges.by_message(prepared.message_id)
            if row is not None:
                unit.exchanges.move(row, Exchange.QUEUED, now=now, because="operator's order")
    return prepared.message_id
