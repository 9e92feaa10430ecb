"""A dialect as data: which canonical datum stands in which element, row by row.

A row without a path opens an element that holds more rows of the same record; a row with a path
and a group holds a record, or every record of a list; any other row holds one value.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

from eodes import strict_toml
from eodes.domain.partner import NumberStyle
from eodes.domain.record import Count, Text, Whole

FOLDER = Path(__file__).resolve().parent


class IfPresent(StrEnum):
    """What happens to a datum that the partner's document has no place for."""

    DROP = "drop"
    REFUSE = "refuse"


class Style(StrEnum):
    """How a value is spelled when its type alone does not say it."""

    NUMBER = "number"  # a certificate number, in the partner's number style


@dataclass(frozen=True, slots=True)
class Row:
    """One element of the partner's document and the canonical datum in it."""

    element: Annotated[str, Text(60, 1, "[A-Z][A-Za-z0-9]*")]
    path: Annotated[str, Text(120)] | None = None
    group: Annotated[str, Text(60)] | None = None
    style: Style | None = None
    codes: Annotated[str, Text(40)] | None = None
    refers_to: Annotated[str, Text(120)] | None = None
    longest: Annotated[int, Whole(1, 2048)] | None = None
    required: bool = False
    edifact: Annotated[str, Text(4, 4, "[0-9]{4}")] | None = None
    ours: bool = False
    note: Annotated[str, Text(300)] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The content of one kind of element: the canonical record it speaks of, and its rows."""

    name: Annotated[str, Text(60, 1, "[A-Z][A-Za-z0-9]*")]
    of: Annotated[str, Text(60)]
    rows: Annotated[tuple[Row, ...], Count(1)]
    note: Annotated[str, Text(300)] | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """One pair of a code list."""

    ours: Annotated[str, Text(40)]
    theirs: Annotated[str, Text(40)]


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A code list of the partner for one of our enumerations."""

    name: Annotated[str, Text(40)]
    pairs: Annotated[tuple[Code, ...], Count(1)]
    note: Annotated[str, Text(300)] | None = None


@dataclass(frozen=True, slots=True)
class NotCarried:
    """A canonical field without an element, and why."""

    path: Annotated[str, Text(120)]
    reason: Annotated[str, Text(300)]
    if_present: IfPresent = IfPresent.DROP


@dataclass(frozen=True)
class Mapping:
    """A whole dialect."""

    name: Annotated[str, Text(20, 2, "[a-z][a-z0-9]+")]
    version: Annotated[str, Text(8, 3, "[0-9]+\\.[0-9]+")]
    namespace: Annotated[str, Text(60, 5, "urn:[a-z0-9:.\\-]+")]
    root: Annotated[str, Text(60)]
    about: Annotated[str, Text(2000)]
    groups: Annotated[tuple[Group, ...], Count(1)]
    number_style: NumberStyle = NumberStyle.AS_PRINTED
    codes: tuple[CodeTable, ...] = ()
    not_carried: tuple[NotCarried, ...] = ()

    @cached_property
    def group_names(self) -> Table[str, Group]:
        """Return the groups by their name."""
        return {group.name: group for group in self.groups}

    @cached_property
    def code_tables(self) -> Table[str, CodeTable]:
        """Return the code lists by their name."""
        return {table.name: table for table in self.codes}


def load(file: Path) -> Mapping:
    """Read a mapping file.

    Raises:
        ConfigurationError: the file is missing or flawed; every flaw is named.

    """
    return strict_toml.load(file, Mapping)
