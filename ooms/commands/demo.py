"""`ooms demo`: the whole story on this machine."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ooms.demo.play import play


@click.command()
@click.option("--once", is_flag=True, help="Tell the story once and end; exit 0 if all went well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the three nodes here; a temporary folder unless given.",
)
def demo(*, once: bool, as_json: bool, folder: Path | None) -> None:
    """Play the whole story: Korea, China and Indonesia as real processes on this machine."""
    sys.exit(play(once=once, as_json=as_json, folder=folder))
