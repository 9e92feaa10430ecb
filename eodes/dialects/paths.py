"""Canonical paths: `items`, `issuance.body.code`, `parties[role=EXPORTER].name`, `parties[*]`.

A row of a mapping names its datum with one of these, relative to the record of its group.
`[role=EXPORTER]` picks list elements by a code, `[*]` means those that no other row picks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_STEP = re.compile(r"(?P<field>[a-z][a-z0-9_]*)(?:\[(?:(?P<key>[a-z_]+)=(?P<code>\w+)|\*)\])?")
REST = "[*]"


@dataclass(frozen=True, slots=True)
class Step:
    """One field on the way, and which elements of it where it is a list."""

    field: str
    key: str = ""
    code: str = ""
    rest: bool = False

    @property
    def text(self) -> str:
        """Return the step as it is written."""
        if self.rest:
            return self.field + REST
        return f"{self.field}[{self.key}={self.code}]" if self.key else self.field

    @property
    def picks(self) -> bool:
        """Tell whether the step picks among the elements of a list."""
        return self.rest or bool(self.key)


def steps_of(path: str) -> tuple[Step, ...]:
    """Take a path apart.

    Raises:
        ValueError: the path cannot be read.

    """
    return tuple(_step(part) for part in path.split("."))


def _step(part: str) -> Step:
    match = _STEP.fullmatch(part)
    if match is None:
        raise ValueError(f"{part!r} is no step of a path")
    return Step(match["field"], match["key"] or "", match["code"] or "", rest=part.endswith(REST))
