"""Judges every case of a file: blocks of whole cases, here, in processes, or on a cluster.

Every block is judged by the same pure function, and the results are written in the order of the
file, so where it ran does not show in the result.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from ooms.determinations.bulk_columns import Layout
from ooms.determinations.bulk_files import MissingExtraError, ResultFile, Source
from ooms.determinations.bulk_judging import ERROR, Block, Judged, Task, judge_block

AHEAD = 3  # blocks that wait for each worker, so that memory does not grow with the file

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to; `traced` counts what the compiled rules left to the traced engine."""

    cases: int
    determinations: int
    originating: int
    non_originating: int
    needs_fact: int
    errors: int
    compiled: int
    traced: int


class Pending(Protocol):
    """A block being judged somewhere."""

    def result(self) -> Judged:
        """Wait for it."""
        ...


@dataclass(frozen=True, slots=True)
class Hands:
    """Who judges blocks: how many at once, and how one is handed over."""

    workers: int
    hand_over: Callable[[Block, Task], Pending]


@dataclass(frozen=True, slots=True)
class _Done:
    """A block judged at once, in this process."""

    judged: Judged

    def result(self) -> Judged:
        return self.judged


def run(source: Source, out: Path, *, task: Task, hands: Hands, progress: Progress) -> Summary:
    """Judge a file and write its results.

    Raises:
        BulkFileError: The header is not one of a bulk file, or a case does not end.
    """
    Layout.of(source.header)
    counted: Counter[str] = Counter()
    with ResultFile(out) as results:
        for judged, done in judged_blocks(source, task=task, hands=hands):
            results.add(judged.text)
            counted += judged.counted
            progress(done, source.size)
    verdicts = {v: counted[v] for v in ("originating", "non_originating", "needs_fact")}
    return Summary(
        cases=counted["cases"],
        determinations=sum(verdicts.values()),
        **verdicts,
        errors=counted[ERROR],
        compiled=counted["compiled"],
        traced=counted["traced"],
    )


def judged_blocks(source: Source, *, task: Task, hands: Hands) -> Iterator[tuple[Judged, int]]:
    """Judge blocks with a few under way, and give them in order with the bytes read so far."""
    waiting: deque[tuple[Pending, int]] = deque()
    read = 0
    for block in source.blocks():
        read += source.weigh(block)
        waiting.append((hands.hand_over(block, task), read))
        if len(waiting) >= hands.workers * AHEAD:
            pending, done = waiting.popleft()
            yield pending.result(), done
    for pending, done in waiting:
        yield pending.result(), done


def here() -> Hands:
    """Judge in this process."""
    return Hands(1, lambda block, task: _Done(judge_block(block, task)))


@contextmanager
def in_processes(workers: int) -> Iterator[Hands]:
    """Judge in processes of their own; one worker is this process."""
    if workers <= 1:
        yield here()
        return
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=fresh) as pool:
        yield Hands(workers, lambda block, task: pool.submit(judge_block, block, task))


@contextmanager
def on_dask(scheduler: str) -> Iterator[Hands]:
    """Judge on the workers of a Dask cluster, which have this package installed.

    Raises:
        MissingExtraError: Dask is not here.
    """
    try:
        client_of = import_module("distributed").Client
    except ImportError as missing:
        raise MissingExtraError(extra="dask") from missing
    with client_of(scheduler) as client:
        yield on_client(client)


def on_client(client: Any) -> Hands:
    """Judge on the workers of a cluster that a client is connected to."""
    workers = max(1, sum(client.nthreads().values()))
    return Hands(workers, lambda block, task: client.submit(judge_block, block, task, pure=False))
