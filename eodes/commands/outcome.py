"""What a command leaves behind: data on stdout, talk on stderr, a documented exit code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

DONE = 0
REFUSED = 1
USAGE = 2
CONFIGURATION = 3
NETWORK = 4
RULE = 5

#: Errors by name, so that nothing heavy is imported to answer `--help`; most specific first.
_CODES = {
    "ConfigurationError": CONFIGURATION,
    "UnpreparableError": RULE,
    "PartnerUnreachableError": NETWORK,
    "TransientError": NETWORK,
    "EodesError": REFUSED,
}

Command = TypeVar("Command", bound=Callable[..., Any])


def exit_code_of(error: Exception) -> int | None:
    """Return the exit code of an error of ours, None for one that is a defect."""
    names = [kind.__name__ for kind in type(error).__mro__]
    if "EodesError" not in names or "OursError" in names:
        return None
    return next(_CODES[name] for name in names if name in _CODES)


def reporting(command: Command) -> Command:
    """Give a command the options that every reporting command has."""
    command = click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)
    return configured(command)


def configured(command: Command) -> Command:
    """Give a command the option that names the node."""
    return click.option(
        "--config",
        type=click.Path(dir_okay=False, path_type=Path),
        default=Path("eodes.toml"),
        show_default=True,
        help="The node's file of settings.",
    )(command)


def emit(data: object, *, as_json: bool, text: str) -> None:
    """Print the result: as JSON for programs, as text for people."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str) if as_json else text)


def table(rows: Iterable[Mapping[str, object]], columns: tuple[str, ...]) -> str:
    """Lay rows out in columns as wide as they need to be."""
    lines = [[column.upper().replace("_", " ") for column in columns]]
    lines += [[_cell(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _cell(value: object) -> str:
    return "-" if value is None or value == "" else str(value)
