"""Claims over HTTP: an office served as an operator serves it, and clients on the same cores."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from ooms.demo.nodes import free_ports
from tests.bench import machine
from tests.bench.load import Shot, fire
from tests.bench.timing import percentile

_OOMS = "from ooms.cli import main; main()"
_START_SECONDS = 120
_STOP_SECONDS = 30
CONNECTIONS = 16
#: Checks that each process works on at once.
AT_ONCE = 1
#: A process that has just started makes its statements and plans anew: not what is measured.
_WARM_ONE_IN = 4
#: Others may use the machine: the best round is shown, with the median and all of them beside it.
_ROUNDS = 3
_EXAMINED, _CLAIMED = "/api/v1/claims/examination", "/api/v1/claims"


def measure(
    settings_file: Path, token: str, *, bodies: Sequence[bytes], database: int
) -> dict[str, Any]:
    """Ask with one process and with two; then claim with two, each body once.

    The load generator shares the cores, so the processor time of the office's processes and of
    the database server's is told beside the rate: what a check costs whoever serves it.
    """
    half = len(bodies) // 2
    figures: dict[str, Any] = {
        "connections": CONNECTIONS,
        "checks_at_once": AT_ONCE,
        "checks_before_the_rounds": half // _WARM_ONE_IN,
    }
    for workers in (1, 2):
        with _served(settings_file, workers=workers) as (address, office):
            servers = {"office": office, "postgresql": database}
            figures[f"examine {workers} processes"] = _round(
                f"{address}{_EXAMINED}", token, bodies=bodies[:half], servers=servers
            )
            if workers > 1:
                figures[f"check_and_draw {workers} processes"] = _round(
                    f"{address}{_CLAIMED}", token, bodies=bodies[half:], servers=servers
                )
    return figures


def _round(
    url: str, token: str, *, bodies: Sequence[bytes], servers: Mapping[str, int]
) -> dict[str, Any]:
    head = f"Content-Type: application/json\r\nAuthorization: Bearer {token}\r\n"
    keyed = head + "Idempotency-Key: bench-{turn}-{digest}\r\n"
    warm = len(bodies) // _WARM_ONE_IN
    _answered(fire(url, bodies[:warm], connections=CONNECTIONS, head=keyed))
    before = _used(servers)
    rounds = [
        _answered(fire(url, bodies[first::_ROUNDS], connections=CONNECTIONS, head=keyed))
        for first in range(warm, warm + _ROUNDS)
    ]
    cost = {name: used - before[name] for name, used in _used(servers).items()}
    shots = [one for shots in rounds for one in shots]
    waited = [(one.done - one.sent) * 1000 for one in shots]
    rates = [_rate(one) for one in rounds]
    return {
        "per_s": max(rates),
        "median_per_s": statistics.median(rates),
        "rounds_per_s": rates,
        "p50_ms": percentile(waited, 0.5),
        "p99_ms": percentile(waited, 0.99),
        "granted_of_lines": _granted(shots),
        "cpu_ms_each": {name: used / len(shots) * 1000 for name, used in cost.items()},
    }


def _rate(shots: Sequence[Shot]) -> float:
    window = max(one.done for one in shots) - min(one.sent for one in shots)
    return len(shots) / window


def _used(servers: Mapping[str, int]) -> dict[str, float]:
    """Return the processor seconds of servers, each with all of its processes."""
    return {name: machine.used(machine.family(root)) for name, root in servers.items()}


def _answered(shots: list[Shot]) -> list[Shot]:
    wrong = [one.answer for one in shots if not one.is_ok]
    assert not wrong, wrong[0]
    return shots


def _granted(shots: Sequence[Shot]) -> str:
    lines = [line for one in shots for line in json.loads(one.answer)["lines"]]
    granted = sum(one["decision"] == "GRANTED" for one in lines)
    return f"{granted} of {len(lines)}"


@contextmanager
def _served(settings_file: Path, *, workers: int) -> Iterator[tuple[str, int]]:
    """Run `ooms serve` until it answers, and stop it at the end; tell address and process."""
    (port,) = free_ports(1)
    beside = settings_file.parent / "ooms.toml"
    # The database is on the same machine: there is nothing to wait for that a second check
    # might use, as the reference of the settings says.
    beside.write_text(f"[http]\nport = {port}\nchecks_at_once = {AT_ONCE}\n", "utf-8")
    command = [sys.executable, "-c", _OOMS, "serve", "--config", str(settings_file)]
    with (settings_file.parent / "serve.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--workers", str(workers)], stdout=log, stderr=log, start_new_session=True
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/readyz", process)
        time.sleep(3)  # until the other processes are up too
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(_STOP_SECONDS)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the office does not serve"
        try:
            if httpx2.get(address, timeout=2).status_code == httpx2.codes.OK:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    raise TimeoutError(address)
