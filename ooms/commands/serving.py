"""`ooms serve`: the office, the gateway and the jobs in one process."""

from __future__ import annotations

from pathlib import Path

import click

from ooms.commands.options import CONFIG


@click.command()
@CONFIG
def serve(*, config: Path) -> None:
    """Serve office, gateway and jobs in one process until stopped."""
    from ooms.web.server import serve_office  # noqa: PLC0415  # heavy; help goes without

    serve_office(config)
