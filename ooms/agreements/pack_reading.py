"""Reads the tables of a pack and remembers every problem with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from ooms.agreements.policies import Cited
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode, HsRange
from ooms.kernel.period import Period

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with a pack, where to find it."""

    file: str
    row: int
    column: str
    what: str

    @property
    def text(self) -> str:
        """The problem in one line."""
        return f"{self.file}: row {self.row}, {self.column}: {self.what}"


class PackError(ValueError):
    """A pack cannot be loaded; correct every problem it lists."""

    def __init__(self, *, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(problem.text for problem in self.problems))


@dataclass(slots=True)
class Reading:
    """The file being read and the problems found so far."""

    file: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    def complain(self, path: str, what: str) -> None:
        """Note a problem with the row it is on."""
        self.problems.append(Problem(self.file, _row_of(self.text, path), path, what))


@dataclass(slots=True)
class Table:
    """A TOML table that knows its place and notices keys nobody asked for."""

    values: dict[str, Any]
    path: str
    reading: Reading
    asked: set[str] = field(default_factory=set)

    def get(self, key: str, read: Callable[[Any], _T], default: _T) -> _T:
        """Read a value that must be there; a problem is noted and the default stands in."""
        if key not in self.values:
            self.reading.complain(self._at(key), "is missing")
            return default
        return self.maybe(key, read, default)

    def maybe(self, key: str, read: Callable[[Any], _T], default: _T) -> _T:
        """Read a value that may be left out."""
        self.asked.add(key)
        if key not in self.values:
            return default
        try:
            return read(self.values[key])
        except (ValueError, TypeError) as refused:
            self.reading.complain(self._at(key), str(refused))
            return default

    def maybe_one(self, key: str, read: Callable[[Table], _T]) -> _T | None:
        """Read and close a table that may be left out."""
        return self.one(key, read) if key in self.values else None

    def one(self, key: str, read: Callable[[Table], _T]) -> _T:
        """Read and close a table that must be there."""
        table = self.table(key)
        value = read(table)
        table.close()
        return value

    def table(self, key: str) -> Table:
        """Give the one table under a key."""
        self.asked.add(key)
        if not isinstance(self.values.get(key), dict):
            self.reading.complain(self._at(key), "must be a table")
            return Table({}, self._at(key), self.reading)
        return Table(self.values[key], self._at(key), self.reading)

    def tables(self, key: str) -> Iterator[Table]:
        """Give the tables of an array one by one, each closed after use."""
        self.asked.add(key)
        for index, values in enumerate(self.values.get(key, [])):
            table = Table(values, f"{self._at(key)}[{index}]", self.reading)
            yield table
            table.close()

    def cited(self) -> Cited:
        """Read where the table's values were read."""
        source = self.get("source", text, "")
        return Cited(source, self.get("verified", boolean, default=False))

    def close(self) -> None:
        """Complain about every key that nobody asked for."""
        for key in self.values.keys() - self.asked:
            self.reading.complain(self._at(key), "is not a key of a pack")

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def read_text(folder: Traversable, name: str) -> str:
    """Read a file of a pack.

    Raises:
        PackError: The file is missing or is not text.
    """
    try:
        return folder.joinpath(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        problem = Problem(name, 0, "file", f"cannot be read: {type(unreadable).__name__}")
        raise PackError(problems=[problem]) from unreadable


def parse_toml(name: str, text: str) -> dict[str, Any]:
    """Parse a file of a pack.

    Raises:
        PackError: It is not TOML; the problem says where it breaks.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        place = re.search(r"line (\d+), column (\d+)", str(broken))
        row, column = (int(place[1]), place[2]) if place else (text.count("\n") + 1, "end")
        problem = Problem(name, row, f"column {column}", str(broken))
        raise PackError(problems=[problem]) from broken


def _row_of(text: str, path: str) -> int:
    """Find the line of a key such as `rule_set[0].tolerance[1].percent`, or of its table."""
    header, _, key = path.rpartition(".")
    counts: dict[str, int] = {}
    current, table_row = "", 0
    for row, line in enumerate(text.splitlines(), start=1):
        opened = re.match(r"\s*(\[\[?)\s*([\w.]+)", line)
        if opened:
            current = _place(opened[2], counts, repeated=opened[1] == "[[")
            table_row = row if current in {header, path} else table_row
        elif current == header and re.match(rf"\s*{re.escape(key)}\s*=", line):
            return row
    return table_row or 1


def _place(name: str, counts: dict[str, int], *, repeated: bool) -> str:
    """Give the indexed path of a table header, counting arrays of tables as they come."""
    path = ""
    parts = name.split(".")
    for depth, part in enumerate(parts):
        path = f"{path}.{part}" if path else part
        last = depth == len(parts) - 1
        if last and repeated:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path


def text(value: Any) -> str:
    """Take a text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text that says something")
    return value


def boolean(value: Any) -> bool:
    """Take a truth value."""
    if not isinstance(value, bool):
        raise TypeError("must be true or false")
    return value


def edition(value: Any) -> int:
    """Take an edition of the Harmonized System."""
    if value not in {2002, 2007, 2012, 2017, 2022}:
        raise ValueError("must be an edition of the Harmonized System")
    return int(value)


def countries(value: Any) -> tuple[CountryCode, ...]:
    """Take country codes."""
    return tuple(CountryCode.parse(text) for text in value)


def period(value: Any) -> Period:
    """Take a period of days."""
    return Period.parse(value["from"], value.get("until", ""))


def hs_range(value: Any) -> HsRange:
    """Take `8504`, `c50..c63` or `7208..7217`."""
    start, _, end = text(value).replace("c", "").partition("..")
    return HsRange(HsCode.parse(start), HsCode.parse(end or start))


def template(value: Any) -> str:
    """Take a text with the blanks that a printed criterion may have."""
    text(value).format(level="", threshold="", content="", parts="")
    return str(value)


def each(read: Callable[[Any], _T]) -> Callable[[Any], tuple[_T, ...]]:
    """Make a reader of lists from a reader of items."""

    def read_all(values: Any) -> tuple[_T, ...]:
        return tuple(read(value) for value in values)

    return read_all


def whole(value: Any) -> int:
    """Take a whole number from zero up."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("must be a whole number from 0 up")
    return value
