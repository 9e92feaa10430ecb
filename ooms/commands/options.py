"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path

import click

REFUSED = 1

CONFIG = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("eodes.toml"),
    show_default=True,
    help="The node's file of settings; ooms.toml beside it holds the office's.",
)
ALWAYS_JSON = click.option(
    "--json", is_flag=True, expose_value=False, help="Print JSON, which it does anyway."
)
