"""From the office's enqueue to REGISTERED: two nodes as processes, jobs and all."""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from eodes.domain.lifecycle import Exchange
from eodes.store import tables
from tests.bench import specimen
from tests.bench.nodes import Pair, pair
from tests.bench.servers import serving
from tests.bench.timing import percentile

PATIENCE_SECONDS = 180
_LOOK_AGAIN_SECONDS = 0.05


def measure(*, certificates: int) -> dict[str, object]:
    """Return the rate from the first enqueue to the last registration, and the waiting times."""
    with (
        tempfile.TemporaryDirectory(prefix="eodes-bench-") as name,
        pair(Path(name), databases={}) as nodes,
    ):
        return _measure(nodes, certificates)


def _measure(nodes: Pair, certificates: int) -> dict[str, object]:
    sender = nodes.settings_files[specimen.SENDER]
    receiver = nodes.settings_files[specimen.RECEIVER]
    with (
        serving(receiver, workers=1, has_jobs=True),
        serving(sender, workers=1, has_jobs=True),
    ):
        started = time.perf_counter()
        for serial in range(1, certificates + 1):
            _issue(nodes, serial)
        _wait_until_registered(nodes, certificates)
        seconds = time.perf_counter() - started
    waited = _waits(nodes)
    return {
        "per_s": certificates / seconds,
        "p50_ms": percentile(waited, 0.5),
        "p99_ms": percentile(waited, 0.99),
        "certificates": certificates,
        "database": "sqlite",
    }


def _issue(nodes: Pair, serial: int) -> None:
    """Enqueue one certificate in a transaction of its own, as an officer's click does."""
    with nodes.sender.store.begin() as unit:
        nodes.sender.gateway.issue(
            specimen.certificate(serial), to=specimen.RECEIVER, within=unit.connection
        )


def _wait_until_registered(nodes: Pair, certificates: int) -> None:
    counted = select(func.count()).where(tables.exchange.c.state == Exchange.REGISTERED.value)
    deadline = time.monotonic() + PATIENCE_SECONDS
    registered = 0
    while time.monotonic() < deadline:
        with nodes.sender.database.read() as connection:
            registered = connection.execute(counted).scalar_one()
        if registered == certificates:
            return
        time.sleep(_LOOK_AGAIN_SECONDS)
    raise AssertionError(f"{registered} of {certificates} registered in {PATIENCE_SECONDS} s")


def _waits(nodes: Pair) -> list[float]:
    out = tables.outgoing.c
    with nodes.sender.database.read() as connection:
        rows = connection.execute(select(out.created_at, out.answered_at)).all()
    assert all(row.answered_at is not None for row in rows)
    return [(row.answered_at - row.created_at) / timedelta(milliseconds=1) for row in rows]
