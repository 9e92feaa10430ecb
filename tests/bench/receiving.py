"""Receiving over HTTP: two server processes, durable commits, signed acknowledgements.

The load generator works on the same cores as the servers and the database.  Every answer is judged
afterwards by the sender's own code: it must be the receiver's signed business acknowledgement.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eodes.domain.message import MessageType
from eodes.exchange.judge import Judged
from tests.bench import machine, specimen
from tests.bench.load import Shot, TlsFiles, fire
from tests.bench.nodes import Pair, pair
from tests.bench.servers import serving
from tests.bench.timing import percentile
from tests.integration.postgres import running_server

WORKERS = 2
CONNECTIONS = 64
WARM_UP = 400


@dataclass(frozen=True, slots=True)
class Round:
    """What one round brought."""

    per_s: float
    p50_ms: float
    p99_ms: float
    server_cpu_us: float
    cores_of_others: float


def measure(
    backend: str, *, messages: int, rounds: int, tls: bool = False, has_jobs: bool = False
) -> dict[str, object]:
    """Return the best round, and the rates of all, on one database."""
    with _database(backend) as url, tempfile.TemporaryDirectory(prefix="eodes-bench-") as name:
        databases = {specimen.RECEIVER: url} if url else {}
        with pair(Path(name), databases=databases, tls=tls) as nodes:
            seen = _rounds(nodes, messages=messages, rounds=rounds, tls=tls, has_jobs=has_jobs)
    best = max(seen, key=lambda one: one.per_s)
    return {
        "per_s": best.per_s,
        "p50_ms": best.p50_ms,
        "p99_ms": best.p99_ms,
        "server_cpu_us": best.server_cpu_us,
        "cores_used_by_others": best.cores_of_others,
        "messages": messages,
        "connections": CONNECTIONS,
        "processes": WORKERS,
        "rounds_per_s": [one.per_s for one in seen],
        "median_per_s": statistics.median(one.per_s for one in seen),
    }


@contextmanager
def _database(backend: str) -> Iterator[str | None]:
    if backend == "sqlite":
        yield None  # beside the settings, as a node makes it
        return
    with running_server(is_durable=True) as server:
        server.run("CREATE DATABASE receiver")
        yield server.url("receiver")


def _rounds(nodes: Pair, *, messages: int, rounds: int, tls: bool, has_jobs: bool) -> list[Round]:
    seen = []
    file = nodes.settings_files[specimen.RECEIVER]
    with serving(file, workers=WORKERS, has_jobs=has_jobs) as pids:
        serial = 1
        for _ in range(rounds):
            documents = _documents(nodes, first=serial, count=messages + WARM_UP)
            serial += len(documents)
            _shoot(nodes, documents[:WARM_UP], tls=tls)
            machine.wait_for_quiet()
            used = machine.used(pids)
            with machine.watched(pids) as watch:
                shots = _shoot(nodes, documents[WARM_UP:], tls=tls)
            used = machine.used(pids) - used
            seen.append(_round(shots, cpu=used, others=watch.others))
    return seen


def _documents(nodes: Pair, *, first: int, count: int) -> list[bytes]:
    now = nodes.sender.clock.now()
    return [
        specimen.sealed(nodes.sender, nodes.receiver.own, serial=serial, now=now)
        for serial in range(first, first + count)
    ]


def _shoot(nodes: Pair, documents: Sequence[bytes], *, tls: bool) -> list[Shot]:
    ours, theirs = nodes.sender.settings.keys, nodes.receiver.settings.keys
    files = TlsFiles(ours.tls_key, ours.tls_certificate, theirs.tls_authority) if tls else None
    endpoint = nodes.receiver.settings.endpoint
    shots = fire(endpoint, documents, connections=CONNECTIONS, tls=files)
    _require_acknowledged(nodes, shots, expected=len(documents))
    return shots


def _require_acknowledged(nodes: Pair, shots: Sequence[Shot], *, expected: int) -> None:
    """See that each message got its own acknowledgement, signed by the receiver."""
    trust, now = nodes.sender.trust.current().keys, nodes.sender.clock.now()
    answered = set()
    for shot in shots:
        assert shot.is_ok, shot.answer
        judged = nodes.sender.judge.judge(shot.answer, trust=trust, at=now)
        assert isinstance(judged, Judged), judged
        assert judged.header.type is MessageType.ACK_BUSINESS, judged.header
        assert judged.authority == specimen.RECEIVER
        answered.add(judged.header.causation_id)
    assert len(answered) == expected, f"{len(answered)} of {expected} messages answered"


def _round(shots: Sequence[Shot], *, cpu: float, others: float) -> Round:
    waited = [(shot.done - shot.sent) * 1e3 for shot in shots]
    window = max(shot.done for shot in shots) - min(shot.sent for shot in shots)
    return Round(
        per_s=len(shots) / window,
        p50_ms=percentile(waited, 0.5),
        p99_ms=percentile(waited, 0.99),
        server_cpu_us=cpu / len(shots) * 1e6,
        cores_of_others=others,
    )
