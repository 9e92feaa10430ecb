"""The reference page of the error classes: what stops the program doing its work."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import eodes
from eodes.commands.outcome import exit_code_of
from eodes.errors import EodesError
from tools.docs import markdown


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {"errors.md": markdown.page("Errors", "`eodes/errors.py`", _lines())}


def all_errors() -> tuple[type[EodesError], ...]:
    """Return every error class of the gateway, parents before children."""
    for module in pkgutil.walk_packages(eodes.__path__, "eodes."):
        importlib.import_module(module.name)
    return tuple(_below(EodesError))


def _below(kind: type[EodesError]) -> Iterator[type[EodesError]]:
    yield kind
    for inner in sorted(kind.__subclasses__(), key=lambda one: one.__name__):
        if inner.__module__.startswith("eodes."):
            yield from _below(inner)


def _lines() -> Iterator[str]:
    yield "What may honestly happen to a message is no error but a [refusal](refusals.md)."
    yield "An error says what stops the program."
    yield "Its class says whether to repeat, to call a person, or to report a defect."
    yield ""
    yield "```text"
    yield from (f"{'  ' * _depth(kind)}{kind.__name__}" for kind in all_errors())
    yield "```"
    yield ""
    yield from markdown.table(
        ("class", "means", "exit code", "where"),
        (
            (
                markdown.code(kind.__name__),
                markdown.first_line(kind.__doc__),
                _exit(kind),
                markdown.code(kind.__module__),
            )
            for kind in all_errors()
        ),
    )
    yield ""
    yield "A defect has no exit code of its own: the program stops with a traceback to report."


def _depth(kind: type[EodesError]) -> int:
    return len(kind.__mro__) - len(EodesError.__mro__)


def _exit(kind: type[EodesError]) -> int | None:
    return exit_code_of(kind.__new__(kind))
