"""`ooms crosschecks`: load the lists that registers are asked by, and show how they stand."""

from __future__ import annotations

import json
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

import click

from ooms.commands.options import ALWAYS_JSON, CONFIG, REFUSED


@click.group()
def crosschecks() -> None:
    """Load the lists that registers are asked by, and show how they stand."""


@crosschecks.command("refresh")
@ALWAYS_JSON
@CONFIG
def refresh(*, config: Path) -> None:
    """Load every list whose file is new; exit 1 when one was refused, and say at which line."""
    # Heavy, and help goes without.
    from ooms.bootstrap import opened  # noqa: PLC0415

    # What is logged goes to stderr: stdout is the report.
    with opened(config, environment=os.environ) as (_, office), redirect_stdout(sys.stderr):
        found = office.crosscheck_lists.refresh()
    told = [
        {
            "kind": one.kind.value,
            "file": one.file,
            "loaded_edition": one.edition,
            "problem": one.problem,
        }
        for one in found
    ]
    click.echo(json.dumps(told, indent=2))
    if any(one.problem for one in found):
        raise SystemExit(REFUSED)


@crosschecks.command("sources")
@ALWAYS_JSON
@CONFIG
def sources(*, config: Path) -> None:
    """Show every register that is asked: policy, list in use, and why a file was refused."""
    from ooms.bootstrap import opened  # noqa: PLC0415
    from ooms.crosschecks.schemas import SourcesOut  # noqa: PLC0415

    with opened(config, environment=os.environ) as (_, office):
        lists = office.works.read(office.crosscheck_lists.sources)
        shown = SourcesOut.of(office.crosschecks.rules, lists)
    click.echo(shown.model_dump_json(indent=2))
