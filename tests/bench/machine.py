"""What the figures were measured on, and how much of it others used meanwhile."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from lxml import etree

_PACKAGES = (
    *("aiohttp", "cryptography", "fastapi", "httpx2", "lxml", "psycopg"),
    *("signxml", "sqlalchemy", "uvicorn", "uvloop"),
)
_QUIET_SECONDS = 1
_QUIET_TRIES = 20
_QUIET_CORES = 0.3
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Watch:
    """Processor time over a window, in cores: what some processes used, and what others did."""

    seconds: float = 0.0
    ours: float = 0.0
    others: float = 0.0


@contextmanager
def watched(pids: Iterable[int]) -> Iterator[Watch]:
    """Watch who uses the processors while the block runs; `pids` and this process are ours."""
    known = (os.getpid(), *pids)
    watch = Watch()
    started, busy, ours = time.perf_counter(), _busy(), used(known)
    yield watch
    watch.seconds = time.perf_counter() - started
    watch.ours = (used(known) - ours) / watch.seconds
    watch.others = max(0.0, (_busy() - busy) / watch.seconds - watch.ours)


def wait_for_quiet() -> None:
    """Wait a while for others to leave the processors; measure anyway when they do not."""
    for _ in range(_QUIET_TRIES):
        with watched(()) as watch:
            time.sleep(_QUIET_SECONDS)
        if watch.others < _QUIET_CORES:
            return


def describe() -> dict[str, object]:
    """Describe the machine."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1),
        "system": platform.system(),
        "load_average_before": os.getloadavg()[0],
    }


def versions() -> dict[str, str]:
    """Name the versions that decide the figures."""
    return {
        "python": platform.python_version(),
        "libxml2": ".".join(map(str, etree.LIBXML_VERSION)),
        **{name: version(name) for name in _PACKAGES},
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def _busy() -> float:
    """Return the seconds that all processors have worked; idle, waiting and stolen time aside."""
    user, nice, system, _, _, irq, soft, *_ = map(
        int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    )
    return (user + nice + system + irq + soft) / _TICKS


def used(pids: Iterable[int]) -> float:
    """Return the processor seconds of some processes and of their ended children."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / _TICKS


def family(*roots: int) -> tuple[int, ...]:
    """Return processes and all that they started, as far as those still run."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found = list(roots)
    for one in found:  # grows while it is walked
        found += children.get(one, [])
    return tuple(found)


def load_average() -> float:
    """Return how many processes wanted to run in the last minute."""
    return os.getloadavg()[0]
