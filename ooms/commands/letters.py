"""`ooms letters`: write what companies are told of the period that is over."""

from __future__ import annotations

import json
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

import click

from ooms.commands.options import ALWAYS_JSON, CONFIG


@click.group()
def letters() -> None:
    """Write letters of compliance to companies."""


@letters.command("write")
@ALWAYS_JSON
@CONFIG
def write(*, config: Path) -> None:
    """Write now what the job would: each company's letter of the period that is over, once."""
    # Heavy, and help goes without.
    from ooms.bootstrap import opened  # noqa: PLC0415
    from ooms.company_letters.writing import write_due  # noqa: PLC0415

    # What is logged goes to stderr: stdout is the report.
    with opened(config, environment=os.environ) as (_, office), redirect_stdout(sys.stderr):
        written = write_due(office.company_letters, office.works)
    click.echo(json.dumps({"written": written}))
