"""The operator's verbs: `eodes <noun> <verb>`.

Each noun's file is loaded only when it is asked for, so that `--help` answers at once.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import Any

import click

from eodes.commands.outcome import exit_code_of

#: Noun or verb, and the module under `eodes.commands` that knows it.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "doctor": ("doctor", "Say what is well and what is not, each with the way to mend it."),
    "finding": ("finding", "List what comparisons found, and explain what may stand."),
    "message": ("message", "Sign, verify, send, show, list and resend messages."),
    "node": ("node", "Make a node and its partner card."),
    "partner": ("partner", "Trust, list and suspend partners."),
    "reconcile": ("reconcile", "Compare what was exchanged with what a partner registered."),
    "serve": ("serving", "Serve partners over HTTPS, with the jobs beside."),
    "worker": ("serving", "Run the jobs and the delivery only."),
}

EXAMPLES = """\b
Examples:
  eodes node init kr --authority KR-KCS --port 8443
  eodes node card --config kr/eodes.toml > kr-kcs.card.xml
  eodes partner add cn-gacc.card.xml --profile cn-gacc --config kr/eodes.toml
  eodes serve --config kr/eodes.toml
  eodes message send certificate.json --to CN-GACC --wait 30 --config kr/eodes.toml
  eodes message verify received.xml --config kr/eodes.toml

\b
Exit codes: 0 done or accepted, 1 refused or a check failed, 2 usage, 3 configuration,
4 network or partner, 5 refused by rule.
"""


class LazyGroup(click.Group):
    """A group that knows its commands' names without loading them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Name every command, alphabetical."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load the one command that was asked for."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"eodes.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without loading any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.command(cls=LazyGroup, epilog=EXAMPLES)
@click.version_option(package_name="eodes")
def cli() -> None:
    """Exchange certificates of origin with partner customs: signed, checked, proven."""


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; an error of ours becomes one sentence and an exit code."""
    try:
        return cli.main(args=arguments, prog_name="eodes", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Exception as error:
        code = exit_code_of(error)
        if code is None:
            raise
        click.echo(f"eodes: {error}", err=True)
        sys.exit(code)
