"""Serves an office and its gateway, in one process or in several on the same two ports."""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from socket import socket

import structlog
import uvicorn

from eodes.jobs import Job
from eodes.logs import configure_logs
from eodes.web.server import Beside, Serving, keep_running, listen, serve
from ooms.bootstrap import Office, opened
from ooms.jobs import table
from ooms.web.app import make_app

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ports:
    """The bound listeners that all processes of an office share."""

    partners: socket
    people: socket


def serve_office(config: Path, *, workers: int = 1) -> None:
    """Serve the partner API, the office's pages and routes, and the jobs, until stopped.

    1. Open the office once: a flaw of its files is told once, not by every process.
    2. Bind both ports, which all processes share.
    3. Serve here, or start the processes and stay with them; leases decide who runs which job.
    """
    configure_logs()
    with opened(config, environment=os.environ) as (node, office):  # 1
        http = office.settings.http
        ports = Ports(  # 2
            partners=listen(node.settings.server.host, node.settings.server.port),
            people=listen(http.host, http.port),
        )
        log.info(
            "office.serve.started",
            authority=node.settings.authority,
            partners=node.settings.endpoint,
            people=f"http://{http.host}:{http.port}/",
            processes=workers,
        )
        if workers == 1:  # 3
            _serve(office, ports)
            return
    keep_running(lambda place: _start(config, ports, place=place), processes=workers)


def _start(config: Path, ports: Ports, *, place: int) -> BaseProcess:
    # Spawned, not forked: keys in tokens, threads and connections must not be shared.
    process = multiprocessing.get_context("spawn").Process(
        target=_serve_child, args=(config, ports), kwargs={"has_operator": place == 0}
    )
    process.start()
    return process


def _serve_child(config: Path, ports: Ports, *, has_operator: bool) -> None:
    configure_logs()
    with opened(config, environment=os.environ) as (_, office):
        _serve(office, ports, has_operator=has_operator)


def _serve(office: Office, ports: Ports, *, has_operator: bool = True) -> None:
    beside = uvicorn.Server(
        uvicorn.Config(make_app(office), log_level="warning", access_log=False, server_header=False)
    )
    jobs = [
        Job(one.name, one.purpose, one.run, every=one.every, is_shared=True)
        for one in table(office)
    ]
    serving = Serving(has_operator=has_operator)
    serve(office.node, ports.partners, serving, beside=(Beside(beside, ports.people),), jobs=jobs)
