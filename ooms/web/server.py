"""Serves an office and its gateway in one process."""

from __future__ import annotations

import os
from pathlib import Path

import structlog
import uvicorn

from eodes.jobs import Job
from eodes.logs import configure_logs
from eodes.web.server import Serving, listen, serve
from ooms.bootstrap import opened
from ooms.jobs import table
from ooms.web.app import make_app

log = structlog.get_logger(__name__)


def serve_office(config: Path) -> None:
    """Serve the partner API, the office's pages and routes, and the jobs, until stopped."""
    configure_logs()
    with opened(config, environment=os.environ) as (node, office):
        http = office.settings.http
        beside = uvicorn.Server(
            uvicorn.Config(
                make_app(office),
                host=http.host,
                port=http.port,
                log_level="warning",
                access_log=False,
                server_header=False,
            )
        )
        listener = listen(node.settings.server.host, node.settings.server.port)
        log.info(
            "office.serve.started",
            authority=node.settings.authority,
            partners=node.settings.endpoint,
            people=f"http://{http.host}:{http.port}/",
        )
        jobs = [
            Job(one.name, one.purpose, one.run, every=one.every, is_shared=True)
            for one in table(office)
        ]
        serve(node, listener, Serving(), beside=(beside,), jobs=jobs)
