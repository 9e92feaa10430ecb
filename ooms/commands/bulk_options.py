"""The options of a run over a bulk file; loads nothing, so that `--help` answers at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_F = TypeVar("_F", bound=Callable[..., Any])
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_DAY = click.DateTime(formats=["%Y-%m-%d"])

_RUN = (
    click.option(
        "--agreements",
        default="all",
        show_default=True,
        help="Codes with commas between, or all that both countries are Parties to.",
    ),
    click.option(
        "--out",
        type=click.Path(dir_okay=False, path_type=Path),
        help="The file of results, .csv or .parquet; beside the bulk file when left out.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(min=1),
        default=os.cpu_count() or 1,
        show_default="one a core",
        help="Processes that judge.",
    ),
    click.option("--packs", type=_FOLDER, help="Packs that take the place of the shipped ones."),
    click.option("--on", type=_DAY, help="Judge on this day instead of each case's own."),
    click.option("--expired", type=_FILE, help="Names of supplier's proofs that are gone."),
    click.option(
        "--engine",
        type=click.Choice(["local", "dask"]),
        default="local",
        show_default=True,
        help="Where blocks are judged.",
    ),
    click.option("--scheduler", help="The address of the Dask scheduler."),
)


def run_options(command: _F) -> _F:
    """Give a command the options of a run over a bulk file."""
    for option in reversed(_RUN):
        command = option(command)
    return command
