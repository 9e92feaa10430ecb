"""Server processes of a node, each running the program's own code on one shared listener."""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Any

import structlog

from eodes.bootstrap import build_node
from eodes.settings import load_settings
from eodes.web.server import Serving, listen, serve

_START_SECONDS = 60
_STOP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Service:
    """What a process is told across the border."""

    settings_file: Path
    has_jobs: bool


@contextmanager
def serving(settings_file: Path, *, workers: int, has_jobs: bool) -> Iterator[tuple[int, ...]]:
    """Serve a node with so many processes; gives their process ids."""
    settings = load_settings(settings_file)
    listener = listen(settings.server.host, settings.server.port)
    context = multiprocessing.get_context("spawn")
    ready = context.Semaphore(0)
    processes = [
        context.Process(target=_serve, args=(Service(settings_file, has_jobs), listener, ready))
        for _ in range(workers)
    ]
    for process in processes:
        process.start()
    try:
        for _ in processes:
            assert ready.acquire(timeout=_START_SECONDS), "a server did not start"
        time.sleep(1)  # from built to serving
        yield tuple(process.pid or 0 for process in processes)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(_STOP_SECONDS)
            if process.is_alive():
                process.kill()
        listener.close()


def _serve(service: Service, listener: socket, ready: Any) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a busy job skips its next tick
    node = build_node(load_settings(service.settings_file))
    ready.release()
    serve(node, listener, Serving(has_jobs=service.has_jobs, has_operator=False))
