"""The reference page of the command line: every command with its own help."""

from __future__ import annotations

from collections.abc import Iterator

import click

import eodes.cli
import ooms.cli
from eodes.commands import outcome
from tools.docs import markdown

_WIDTH = 92
_EXITS = (
    (outcome.DONE, "done, accepted"),
    (outcome.REFUSED, "refused, or a check failed"),
    (outcome.USAGE, "the command was called wrongly"),
    (outcome.CONFIGURATION, "settings, a profile, a key or the database is not as it must be"),
    (outcome.NETWORK, "the network or the partner failed, or did not answer in time"),
    (outcome.RULE, "a certificate cannot be sent: a rule of its form or of the partner"),
)


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {"command-line.md": markdown.page("Command line", "the programs themselves", _lines())}


def all_commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield every command of both programs by its full name, groups before their commands."""
    yield from _below("eodes", eodes.cli.cli, None)
    yield from _below("ooms", ooms.cli.cli, None)


def _below(
    name: str, command: click.Command, parent: click.Context | None
) -> Iterator[tuple[str, click.Command, click.Context]]:
    context = click.Context(
        command,
        info_name=name.rpartition(" ")[2],
        parent=parent,
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
    )
    yield name, command, context
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from _below(f"{name} {inner}", found, context)


def _lines() -> Iterator[str]:
    yield "Data goes to standard output, talk to standard error; `--json` prints JSON."
    yield "`eodes` is the gateway alone, `ooms` the office with the gateway."
    yield "`eodes evidence` and `eodes conformance` come with later issues and do not exist yet."
    yield from markdown.section("Exit codes")
    yield from markdown.table(("code", "means"), _EXITS)
    for name, command, context in all_commands():
        yield from markdown.section(f"`{name}`")
        yield "```text"
        yield from (line.rstrip() for line in command.get_help(context).splitlines())
        yield "```"
