"""How much memory processes hold: this one and those that it started."""

from __future__ import annotations

from pathlib import Path


def resident_mib(pid: int) -> float:
    """Return the resident memory of a process and its living children, in MiB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own_mib(pid) + sum(resident_mib(int(child)) for child in children)


def own_mib(pid: int) -> float:
    """Return the resident memory of a process alone, in MiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
