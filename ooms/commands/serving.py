"""`ooms serve`: the office, the gateway and the jobs, in one process or in several."""

from __future__ import annotations

from pathlib import Path

import click

from ooms.commands.options import CONFIG


@click.command()
@CONFIG
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes on the same ports; more than one wants PostgreSQL.",
)
def serve(*, config: Path, workers: int) -> None:
    """Serve office, gateway and jobs until stopped."""
    from ooms.web.server import serve_office  # noqa: PLC0415  # heavy; help goes without

    serve_office(config, workers=workers)
