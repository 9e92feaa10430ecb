"""Processor time of small steps: the best of several windows, because others use the machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")

WINDOWS = 7


def cpu_us(
    step: Callable[[Item], object], items: Sequence[Item], *, windows: int = WINDOWS
) -> float:
    """Return the processor time of a step in microseconds for each item."""
    return min(_window(step, items) for _ in range(windows))


def together_us(
    steps: dict[str, Callable[[Item], object]], items: Sequence[Item], *, windows: int = WINDOWS
) -> dict[str, float]:
    """Measure steps in turns, so that a slow moment of the machine meets all of them."""
    seen: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(windows):
        for name, step in steps.items():
            seen[name].append(_window(step, items))
    return {name: min(values) for name, values in seen.items()}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _window(step: Callable[[Item], object], items: Sequence[Item]) -> float:
    started = time.process_time()
    for item in items:
        step(item)
    return (time.process_time() - started) / len(items) * 1e6
