"""Reads and writes catalogues in the PO format of gettext: context, English, translation.

The context (`msgctxt`) is the key; `msgid` is the English text that was translated, so that a
changed English text shows which translations are out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"$')
_ESCAPE = re.compile(r"\\(.)")
_CHARACTERS = {"n": "\n", "t": "\t"}


class CatalogueError(ValueError):
    """A catalogue is not in the PO format; correct the line it names."""

    def __init__(self, *, line: int, problem: str) -> None:
        self.line = line
        self.problem = problem
        super().__init__(f"line {line}: {problem}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One message: its key, the English it was translated from, and its translation."""

    key: str
    english: str
    text: str


def read_entries(written: str) -> tuple[Entry, ...]:
    """Read the messages of a catalogue; the header, which has no context, is left out.

    Raises:
        CatalogueError: A line is not of the format.
    """
    return tuple(
        Entry(fields["msgctxt"], fields.get("msgid", ""), fields.get("msgstr", ""))
        for fields in _blocks(written)
        if "msgctxt" in fields
    )


def write_entries(language: str, entries: Iterable[Entry]) -> str:
    """Write a catalogue, its header first."""
    header = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
    header += '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    return "\n".join([header, *(_written(entry) for entry in entries)])


def _written(entry: Entry) -> str:
    fields = (("msgctxt", entry.key), ("msgid", entry.english), ("msgstr", entry.text))
    return "".join(f'{name} "{_escaped(text)}"\n' for name, text in fields)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _blocks(written: str) -> Iterator[dict[str, str]]:
    """Yield the fields of each block of lines; a quoted line alone continues the last field."""
    fields: dict[str, str] = {}
    name = ""
    for number, raw in enumerate(written.splitlines(), start=1):
        line = raw.strip()
        if not line:
            yield fields
            fields, name = {}, ""
        elif not line.startswith("#"):
            started, _, _ = line.partition(" ") if not line.startswith('"') else ("", "", "")
            name = started or name
            fields[name] = fields.get(name, "") + _text(line, name, number)
    yield fields


def _text(line: str, name: str, number: int) -> str:
    quoted = _QUOTED.search(line)
    if quoted is None or name not in {"msgctxt", "msgid", "msgstr"}:
        raise CatalogueError(line=number, problem="is not msgctxt, msgid or msgstr with a text")
    return _ESCAPE.sub(lambda found: _CHARACTERS.get(found[1], found[1]), quoted[1])
