"""`ooms trust`: the certificates by which documents are checked offline."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from ooms.commands.options import CONFIG


@click.group()
def trust() -> None:
    """Hand out the certificate by which this office's documents are checked offline."""


@trust.command("export")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder."
)
@CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def export(*, out: Path, config: Path, as_json: bool) -> None:
    """Write this office's present certificate into a folder for `ooms verify --trust`."""
    # Heavy; help goes without.
    from ooms.bootstrap import opened, own_issuer  # noqa: PLC0415
    from ooms.documents.trust import write_issuer  # noqa: PLC0415

    with opened(config, environment=os.environ) as (node, _):
        issuer = own_issuer(node)
    file = write_issuer(issuer, out)
    report = {
        "file": str(file),
        "authority": issuer.authority,
        "sha256": issuer.sha256.hex(),
        "valid_until": issuer.valid_until.isoformat(),
    }
    click.echo(
        json.dumps(report, indent=2) if as_json else f"{file}\nSHA-256 {issuer.sha256.hex()}"
    )
