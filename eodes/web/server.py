"""Serves a node: the partner API under TLS, the operator API on loopback, the jobs beside them."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import multiprocessing
import os
import signal
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType

import structlog
import uvicorn

from eodes.bootstrap import Node
from eodes.jobs import Job, Ticker, table
from eodes.transport import tls
from eodes.trust.registry import TrustRegistry
from eodes.web.app import make_operator_app, make_partner_app
from eodes.web.tls_protocol import TlsProtocol

_COLLECT_AFTER = (20_000, 50, 100)  # objects, then rounds of the younger generation
_BACKLOG = 512
_KEEP_ALIVE_SECONDS = 75
#: A message under way takes milliseconds; an idle TLS connection may not answer its closing at all.
_GRACE_SECONDS = 3
_LOOK_AGAIN_SECONDS = 0.5

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Serving:
    """What a serving process does beside the partner API."""

    has_jobs: bool = True
    has_operator: bool = True


@dataclass(frozen=True, slots=True)
class Beside:
    """A server beside the partner API; processes that share its port bring its listener."""

    server: uvicorn.Server
    listener: socket.socket | None = None


class LiveTls:
    """The listener's TLS context, which learns new partners without a restart."""

    def __init__(self, node: Node) -> None:
        """Build the context from the trust register and follow its changes."""
        self.context = tls.server_context(
            node.settings,
            client_authorities=(),
            asks_for_certificates=node.own.wire.client_certificate,
        )
        self._known: set[bytes] = set()
        node.trust.watch(self._follow)

    def _follow(self, trust: TrustRegistry) -> None:
        new = {
            der
            for partner in trust.partners.values()
            for der in partner.tls_authorities
            if der not in self._known
        }
        tls.trust_authorities(self.context, authorities=new)
        self._known |= new


def serve(
    node: Node,
    listener: socket.socket,
    serving: Serving,
    *,
    beside: Sequence[Beside] = (),
    jobs: Sequence[Job] = (),
) -> None:
    """Serve a node in this process until a signal ends it, with other servers and jobs beside it.

    1. Start the committer and, if wanted, the jobs.
    2. Serve partners, and operators on their own port, in one event loop.
    3. On a signal: take no more, finish what is under way, record what waits, stop the jobs.
    """
    receiving = node.receiving()
    ticker = Ticker(node, (*table(node), *jobs))
    if serving.has_jobs:  # 1
        ticker.start()
    partner_app = make_partner_app(receiving)
    servers = [_partner_server(node, receiving_app=partner_app), *(one.server for one in beside)]
    bound = [listener, *(one.listener for one in beside)]
    sockets = [[one] if one is not None else None for one in bound]
    port = node.settings.server.operator_port
    if serving.has_operator and port:
        servers.append(
            uvicorn.Server(
                uvicorn.Config(
                    make_operator_app(node, receiving),
                    host="127.0.0.1",
                    port=port,
                    log_level="warning",
                    access_log=False,
                )
            )
        )
        sockets.append(None)
    try:
        # What was built stays, and a message leaves no cycles: a collector that walks all of it
        # again and again costs a tenth of the time.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_COLLECT_AFTER)
        # uvicorn's choice of a loop: uvloop, where there is one.
        with asyncio.Runner(loop_factory=servers[0].config.get_loop_factory()) as runner:
            runner.run(_serve_all(servers, sockets))  # 2
    finally:
        if serving.has_jobs:  # 3
            ticker.stop()
        node.close()


async def _serve_all(
    servers: list[uvicorn.Server], sockets: list[list[socket.socket] | None]
) -> None:
    # Each server catches signals itself; with several, all of them are to hear the same one.
    loop = asyncio.get_running_loop()

    def stop() -> None:
        for server in servers:
            server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    await asyncio.gather(
        *(
            _without_own_signals(server).serve(sockets=bound)
            for server, bound in zip(servers, sockets, strict=True)
        )
    )


def _without_own_signals(server: uvicorn.Server) -> uvicorn.Server:
    server.capture_signals = contextlib.nullcontext  # type: ignore[assignment,method-assign]  # uvicorn has no option for it
    return server


def _partner_server(node: Node, *, receiving_app: object) -> uvicorn.Server:
    settings = node.settings
    context: ssl.SSLContext | None = LiveTls(node).context if settings.server.tls else None
    return uvicorn.Server(
        uvicorn.Config(
            receiving_app,  # type: ignore[arg-type]  # an ASGI application
            http=TlsProtocol,
            # Who calls is told by a certificate and a signature, never by a header.
            proxy_headers=False,
            log_level="warning",
            access_log=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=_GRACE_SECONDS,
            server_header=False,
            ssl_context_factory=(lambda _config, _default: context) if context else None,
        )
    )


def listen(host: str, port: int) -> socket.socket:
    """Bind the partner listener; done once, so that workers share it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(_BACKLOG)
    listener.setblocking(False)  # noqa: FBT003  # the socket's own signature
    listener.set_inheritable(True)
    return listener


def serve_in_processes(
    settings_file: Path, listener: socket.socket, *, workers: int, has_jobs: bool = True
) -> None:
    """Serve with several processes on one listener.

    Every process judges, records and runs jobs; leases decide who does what only once.
    """
    keep_running(
        lambda place: _start(settings_file, listener, place=place, has_jobs=has_jobs),
        processes=workers,
    )


def keep_running(start: Callable[[int], BaseProcess], *, processes: int) -> None:
    """Run several processes until a signal ends them; one that dies is started again."""
    is_stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        is_stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    running = [start(place) for place in range(processes)]
    while not is_stopping.wait(_LOOK_AGAIN_SECONDS):
        for place, process in enumerate(running):
            if not process.is_alive():
                log.error("worker.process.died", place=place, exit_code=process.exitcode)
                running[place] = start(place)
    _end(running)


def _end(processes: list[BaseProcess]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(_GRACE_SECONDS * 2)
        if process.is_alive():
            process.kill()


def _start(
    settings_file: Path, listener: socket.socket, *, place: int, has_jobs: bool
) -> BaseProcess:
    # Spawned, not forked: keys in tokens, threads and connections must not be shared.
    process = multiprocessing.get_context("spawn").Process(
        target=_serve_child,
        args=(settings_file, listener, Serving(has_jobs=has_jobs, has_operator=place == 0)),
    )
    process.start()
    return process


def _serve_child(settings_file: Path, listener: socket.socket, serving: Serving) -> None:
    from eodes.bootstrap import build_node  # noqa: PLC0415  # only the child needs a node
    from eodes.settings import load_settings  # noqa: PLC0415

    node = build_node(load_settings(settings_file, environment=os.environ))
    serve(node, listener, serving)
