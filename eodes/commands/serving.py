"""`eodes serve` and `eodes worker`: a node at work."""

from __future__ import annotations

import threading
from pathlib import Path

import click

from eodes.commands.outcome import configured


@click.command()
@click.option("--workers", type=click.IntRange(1, 64), help="Processes; as the settings say.")
@click.option("--no-jobs", is_flag=True, help="Only answer partners; workers run elsewhere.")
@configured
def serve(*, workers: int | None, no_jobs: bool, config: Path) -> None:
    """Serve partners over HTTPS until stopped, with the jobs beside."""
    from eodes.commands.opening import opened, settings_of  # noqa: PLC0415  # only here
    from eodes.store import migrations  # noqa: PLC0415
    from eodes.store.database import Database  # noqa: PLC0415
    from eodes.web.server import Serving, listen, serve, serve_in_processes  # noqa: PLC0415

    settings = settings_of(config)
    database = Database(settings.database.url)
    migrations.upgrade(database)
    database.dispose()
    listener = listen(settings.server.host, settings.server.port)
    count = workers or settings.server.workers
    click.echo(f"{settings.authority} serves {settings.endpoint}", err=True)
    if count > 1:
        # The first look at the files is ours: a flaw is told once, not by every worker.
        with opened(config):
            pass
        serve_in_processes(settings.file, listener, workers=count, has_jobs=not no_jobs)
        return
    with opened(config) as node:
        serve(node, listener, Serving(has_jobs=not no_jobs))


@click.command()
@configured
def worker(*, config: Path) -> None:
    """Run the jobs and the delivery only, until stopped."""
    import signal  # noqa: PLC0415  # only this command needs these

    from eodes.commands.opening import opened  # noqa: PLC0415
    from eodes.jobs import Ticker, table  # noqa: PLC0415

    is_stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: is_stopping.set())
    with opened(config) as node:
        ticker = Ticker(node, table(node))
        ticker.start()
        click.echo(f"{node.settings.authority} works as {node.owner}", err=True)
        is_stopping.wait()
        ticker.stop()
