"""Preparing and sealing a message: without a database, and with one in groups."""

from __future__ import annotations

import time
from datetime import datetime

from eodes.domain.message import Header
from eodes.domain.verdict import Refusal
from eodes.exchange import seal
from eodes.wire import signer
from tests.bench import specimen
from tests.bench.nodes import Pair
from tests.bench.timing import cpu_us

MESSAGES = 100


def measure(pair: Pair) -> dict[str, float]:
    """Return processor time in microseconds a message."""
    now = pair.sender.clock.now()
    return {**_without_store(pair, now), **_with_store(pair, now)}


def _without_store(pair: Pair, now: datetime) -> dict[str, float]:
    node, to = pair.sender, pair.receiver.own
    drafts = [specimen.draft(node, to, serial=one, now=now) for one in range(1, MESSAGES + 1)]

    def sealed(draft: tuple[Header, bytes]) -> bytes:
        return signer.seal(specimen.placed(*draft, seq=1), signer=node.signer)

    def inspected(draft: tuple[Header, bytes]) -> Refusal | None:
        return seal.inspect(
            sealed(draft), own_key=node.sealing.own_key, schemas=node.sealing.schemas, now=now
        )

    certificates = cpu_us(specimen.certificate, range(MESSAGES))
    prepare = cpu_us(
        lambda one: specimen.draft(node, to, serial=one, now=now), range(1, MESSAGES + 1)
    )
    return {
        "prepare_us": prepare - certificates,
        "seal_us": cpu_us(sealed, drafts),
        "seal_and_inspect_us": cpu_us(inspected, drafts),
    }


def _with_store(pair: Pair, now: datetime) -> dict[str, float]:
    """Prepare and seal a hundred in one transaction each, as a batch issue does."""
    node = pair.sender
    partner = node.trust.current().partner(specimen.RECEIVER)
    windows = []
    for window in range(3):
        first = 100_000 * (window + 1)
        made = [specimen.certificate(first + one) for one in range(MESSAGES)]
        started, wall = time.process_time(), time.perf_counter()
        with node.store.begin() as unit:
            for certificate in made:
                body = specimen.issue(certificate)
                node.preparing.prepare(unit, body, to=partner, now=now)
        prepared = time.process_time()
        while node.seal():
            pass
        ended = time.process_time()
        windows.append((ended - started, prepared - started, time.perf_counter() - wall))
    whole, prepared, wall = min(windows)
    return {
        "prepare_stored_us": prepared / MESSAGES * 1e6,
        "prepare_and_seal_stored_us": whole / MESSAGES * 1e6,
        "prepare_and_seal_stored_wall_us": wall / MESSAGES * 1e6,
    }
