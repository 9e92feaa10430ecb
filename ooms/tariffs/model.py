"""A tariff: the wording of codes and of national lines, in one edition and one language."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum

#: Chapter, heading, subheading, and the national lines that a code may lie in.
LEVELS = (2, 4, 6, 8, 10, 12)


@dataclass(frozen=True, slots=True)
class Line:
    """What a code covers, in the words of the administration."""

    code: str
    description: str


@dataclass(frozen=True, slots=True)
class Tariff:
    """Every line of one edition in one language, by code."""

    edition: int
    language: str
    lines: tuple[Line, ...]

    @property
    def digest(self) -> str:
        """What tells two tariffs apart, whatever the order of their rows in a file."""
        told = "\n".join(f"{line.code}\t{line.description}" for line in self.lines)
        return hashlib.sha256(told.encode()).hexdigest()


class Loading(Enum):
    """What became of a tariff that was loaded."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Wording:
    """A line as it was loaded, with its language."""

    language: str
    line: Line


def levels_of(digits: str) -> tuple[str, ...]:
    """Give a code and those that it lies in, the chapter first."""
    return tuple(digits[:level] for level in LEVELS if level <= len(digits))
