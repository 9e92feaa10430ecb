"""`ooms audit`: prove that nobody changed what was recorded."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from ooms.commands.options import ALWAYS_JSON, CONFIG


@click.group()
def audit() -> None:
    """Prove that nobody changed what was recorded."""


@audit.command("verify")
@ALWAYS_JSON
@CONFIG
def verify(*, config: Path) -> None:
    """Walk the whole trail; print its length and last digest, or say where it breaks (exit 1)."""
    # Heavy, and help goes without.
    from ooms.audit.service import head, verify_chain  # noqa: PLC0415
    from ooms.bootstrap import opened  # noqa: PLC0415

    with opened(config, environment=os.environ) as (_, office):
        entries, digest = office.works.read(lambda work: (verify_chain(work), head(work)))
    click.echo(json.dumps({"entries": entries, "digest": digest}, indent=2))
