"""The load generator: a process of its own that posts prepared messages over kept connections."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import multiprocessing
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvloop

_HEAD_ENDS = b"\r\n\r\n"
_LENGTH = b"content-length:"
_OK = (b"HTTP/1.1 200 ", b"HTTP/1.1 201 ")
_XML = "Content-Type: application/xml\r\n"
_PATIENCE = 120
_BETWEEN_CONNECTIONS = 0.01  # so that the workers of a server take turns in accepting


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Who the client is, and whom it trusts."""

    key: Path
    certificate: Path
    authority: Path


@dataclass(frozen=True, slots=True)
class Aim:
    """Where the messages go, and over how many connections."""

    url: str
    connections: int
    tls: TlsFiles | None
    #: The lines of a request's head; may name the request's {turn} and the {digest} of its body.
    head: str = _XML


@dataclass(frozen=True, slots=True)
class Shot:
    """One message posted: when it left, when its answer was complete, and the answer."""

    sent: float
    done: float
    is_ok: bool
    answer: bytes


@dataclass(slots=True)
class _Magazine:
    """The messages that wait, and what came of those that were posted."""

    requests: Sequence[bytes]
    finished: asyncio.Event
    shots: list[Shot] = field(default_factory=list)
    next: int = 0

    def take(self) -> bytes | None:
        if self.next >= len(self.requests):
            return None
        self.next += 1
        return self.requests[self.next - 1]

    def put(self, shot: Shot) -> None:
        self.shots.append(shot)
        if len(self.shots) == len(self.requests):
            self.finished.set()


class _Connection(asyncio.Protocol):
    """Posts one message after the other over one kept connection."""

    def __init__(self, magazine: _Magazine) -> None:
        self._magazine = magazine
        self._received = b""
        self._sent = 0.0
        self._transport: Any = None  # uvloop's transports are no asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def post(self) -> None:
        request = self._magazine.take()
        if request is not None:
            self._sent = time.perf_counter()
            self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, ends, answer = self._received.partition(_HEAD_ENDS)
        if not ends or len(answer) < _announced(head):
            return
        shot = Shot(self._sent, time.perf_counter(), head.startswith(_OK), answer)
        self._received = b""
        self._magazine.put(shot)
        self.post()

    def connection_lost(self, exc: Exception | None) -> None:
        # A server that hangs up would let us wait for ever.
        self._magazine.finished.set()


def _announced(head: bytes) -> int:
    lowered = head.lower()
    start = lowered.index(_LENGTH) + len(_LENGTH)
    return int(lowered[start:].split(b"\r\n", 1)[0])


def fire(
    url: str,
    documents: Sequence[bytes],
    *,
    connections: int,
    tls: TlsFiles | None = None,
    head: str = _XML,
) -> list[Shot]:
    """Post every document once from a process of its own; returns one shot for each."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, Aim(url, connections, tls, head)))
    process.start()
    theirs.close()
    ours.send(list(documents))
    shots: list[Shot] = ours.recv() if ours.poll(_PATIENCE * 2) else []
    process.join()
    assert shots, "the load generator brought nothing back"
    return shots


def _run(pipe: Any, aim: Aim) -> None:
    pipe.send(uvloop.run(_fire(aim, pipe.recv())))


async def _fire(aim: Aim, documents: list[bytes]) -> list[Shot]:
    address = urlsplit(aim.url)
    assert address.hostname
    assert address.port
    requests = [_request(aim, turn, one) for turn, one in enumerate(documents)]
    magazine = _Magazine(requests, asyncio.Event())
    loop = asyncio.get_running_loop()
    opened = []
    for _ in range(aim.connections):
        _, connection = await loop.create_connection(
            lambda: _Connection(magazine),
            address.hostname,
            address.port,
            ssl=_context(aim.tls) if aim.tls else None,
        )
        opened.append(connection)
        await asyncio.sleep(_BETWEEN_CONNECTIONS)
    gc.freeze()
    for connection in opened:
        connection.post()
    await asyncio.wait_for(magazine.finished.wait(), _PATIENCE)
    return magazine.shots


def _request(aim: Aim, turn: int, document: bytes) -> bytes:
    address = urlsplit(aim.url)
    head = aim.head.format(turn=turn, digest=hashlib.sha256(document).hexdigest()[:16])
    return (
        f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\n"
        f"{head}Content-Length: {len(document)}\r\n\r\n"
    ).encode() + document


def _context(files: TlsFiles) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(files.authority)
    context.load_cert_chain(files.certificate, files.key)
    return context
