"""The office's verbs: `ooms <verb>` and `ooms <noun> <verb>`.

Each noun's file is loaded only when it is asked for, so that `--help` answers at once.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import Any

import click

from ooms.commands.outcome import exit_code_of, sentence_of

#: Noun or verb, and the module under `ooms.commands` that knows it.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "audit": ("audit", "Prove that nobody changed what was recorded."),
    "claims": ("claims", "Judge preference claims; show what is left of a certificate."),
    "crosschecks": ("crosschecks", "Load the lists that registers are asked by; show them."),
    "demo": ("demo", "Play the whole story: three countries on this machine."),
    "determine": ("determine", "Judge whether a good originates, and say why."),
    "hs": ("hs", "Load the office's tariff; show a code and what it became."),
    "impact": ("impact", "Tell what a change of rules or proofs does to goods determined."),
    "letters": ("letters", "Write letters of compliance to companies."),
    "registers": ("registers", "Show what was issued; close days; bundle evidence."),
    "risk": ("risk", "Train tables of risk points; report how routing does; explain it."),
    "rules": ("rules", "Read, show and check the product rules of agreements."),
    "serve": ("serving", "Serve office, gateway and jobs in one process."),
    "training": ("training", "Let people practice where nothing has legal effect."),
    "trust": ("trust", "Hand out the certificate that proves our documents."),
    "user": ("user", "Keep the people who may log in."),
    "verify": ("verify", "Check a certificate's document, offline."),
}

EXAMPLES = """\b
Examples:
  ooms demo                        three countries on this machine, until Ctrl-C
  ooms demo --once --json          the whole story once, for scripts
  ooms serve --config kr/eodes.toml
  ooms determine case.json
  ooms determine --bulk bills.csv --out results.csv
  ooms rules parse annex.csv --out notation.csv
  ooms hs show 850440 --edition 2017 --to 2022
  ooms verify K001260000001.pdf --trust trust
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
        module = importlib.import_module(f"ooms.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without loading any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.command(cls=LazyGroup, epilog=EXAMPLES)
@click.version_option(package_name="eodes")
def cli() -> None:
    """Determine, apply, issue, and claim origin: the office of one administration."""


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; an error of ours becomes one sentence and an exit code."""
    try:
        return cli.main(args=arguments, prog_name="ooms", standalone_mode=False)
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
        click.echo(f"ooms: {sentence_of(error)}", err=True)
        sys.exit(code)
