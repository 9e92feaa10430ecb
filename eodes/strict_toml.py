"""TOML files read strictly into typed records; every flaw is named with its line.

`tomllib` forgets lines once it has parsed, so a second, lenient pass over text that is already
known to be valid TOML finds the line of each path.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from eodes.domain.record import Flaw, FlawedRecordError, read
from eodes.errors import ConfigurationError

Kind = TypeVar("Kind")
Steps = tuple[str, ...]

_AT_LINE = re.compile(r"\(at line (\d+)")
_SPACE = re.compile(r"[ \t]*")
_FILLER = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_PART = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'([^'\n]*)'|([A-Za-z0-9_-]+)")
_QUOTED = re.compile(
    r"""
    \"{3} (?:[^\\]|\\.)*? \"{3,5}    # basic, several lines
    | '{3} .*? '{3,5}                # literal, several lines
    | \" (?:[^\"\\\n]|\\.)* \"
    | ' [^'\n]* '
    """,
    re.DOTALL | re.VERBOSE,
)
_BARE = re.compile(r"[^,\]}\n#]*")


def load(path: Path, kind: type[Kind]) -> Kind:
    """Read a TOML file into a record of a kind.

    Raises:
        ConfigurationError: no such file, no TOML, or flaws; all are named, the first line first.

    """
    try:
        text = path.read_text("utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise ConfigurationError(file=path, problem=f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(file=path, problem=f"is not UTF-8 text ({error})") from error
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at.group(1)) if at else None
        raise ConfigurationError(file=path, problem=f"no TOML: {error}", line=line) from error
    try:
        return read(kind, data)
    except FlawedRecordError as error:
        raise _with_lines(path, text, error.flaws) from error


def line_of(text: str, pointer: str) -> int:
    """Return the line of a path ("/boxes/2/title") in TOML text, or of its nearest parent."""
    lines = _lines(text)
    steps = tuple(pointer.split("/")[1:])
    while steps and steps not in lines:
        steps = steps[:-1]
    return lines.get(steps, 1)


def _with_lines(path: Path, text: str, flaws: tuple[Flaw, ...]) -> ConfigurationError:
    placed = sorted((line_of(text, flaw.path), flaw) for flaw in flaws)
    first, flaw = placed[0]
    said = [f"{_dotted(flaw.path)}: {flaw.problem}"]
    said += [f"line {line}, {_dotted(flaw.path)}: {flaw.problem}" for line, flaw in placed[1:]]
    return ConfigurationError(file=path, line=first, problem="; ".join(said))


def _dotted(pointer: str) -> str:
    dotted = re.sub(r"/(\d+)(?=/|$)", r"[\1]", pointer)
    return dotted.strip("/").replace("/", ".") or "the file"


def _lines(text: str) -> dict[Steps, int]:
    scan = _Scan(text)
    scan.document()
    return scan.lines


@dataclass(slots=True)
class _Scan:
    """One walk through valid TOML that notes where each path begins."""

    text: str
    at: int = 0
    lines: dict[Steps, int] = field(default_factory=dict)
    last: dict[Steps, int] = field(default_factory=dict)

    def document(self) -> None:
        table: Steps = ()
        while self._skip(_FILLER) < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Steps:
        line, width = self._line(), 2 if self.text.startswith("[[", self.at) else 1
        self.at += width
        *parents, name = self._key()
        self._skip(_SPACE)
        self.at += width
        table = self._entered(tuple(parents))
        if width == 1:
            table = (*table, name)
        else:
            index = self.last[*table, name] = self.last.get((*table, name), -1) + 1
            self.lines.setdefault((*table, name), line)
            table = (*table, name, str(index))
        self.lines.setdefault(table, line)
        return table

    def _entered(self, steps: Steps) -> Steps:
        # A header below an array of tables means the array's last element.
        entered: Steps = ()
        for step in steps:
            entered = (*entered, step)
            if entered in self.last:
                entered = (*entered, str(self.last[entered]))
        return entered

    def _pair(self, table: Steps) -> None:
        line, key = self._line(), self._key()
        for depth in range(1, len(key) + 1):
            self.lines.setdefault((*table, *key[:depth]), line)
        self._skip(_SPACE)
        self.at += len("=")
        self._value((*table, *key))

    def _key(self) -> Steps:
        parts: list[str] = []
        while True:
            self._skip(_SPACE)
            match = _KEY_PART.match(self.text, self.at)
            assert match, "valid TOML has a key here"
            parts.append(next(part for part in match.groups() if part is not None))
            self.at = match.end()
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return tuple(parts)
            self.at += len(".")

    def _value(self, steps: Steps) -> None:
        self._skip(_FILLER)
        self.lines.setdefault(steps, self._line())
        opening = self.text[self.at]
        if opening == "[":
            self._members(steps, closing="]")
        elif opening == "{":
            self._members(steps, closing="}")
        else:
            self._skip(_QUOTED if opening in "\"'" else _BARE)

    def _members(self, steps: Steps, *, closing: str) -> None:
        self.at += 1
        index = 0
        while self._skip(_FILLER) < len(self.text):
            if self.text.startswith(closing, self.at):
                break
            if self.text.startswith(",", self.at):
                self.at += 1
            elif closing == "}":
                self._pair(steps)
            else:
                self._value((*steps, str(index)))
                index += 1
        self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at + 1
        return self.at

    def _line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1
