"""Codes and agreements that were looked up, on the wire."""

from __future__ import annotations

from typing import Self

from ooms.access.schemas import Body
from ooms.tariffs.lookup import Found


class LineOut(Body):
    """A code, and its words where the office has loaded a tariff."""

    code: str
    description: str


class LinesOut(Body):
    """Codes that were found, in their order; without `is_worded` only digits find any."""

    items: tuple[LineOut, ...]
    is_worded: bool

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show what was found."""
        lines = (LineOut(code=one.code, description=one.description) for one in found.lines)
        return cls(items=tuple(lines), is_worded=found.is_worded)


class AgreementOut(Body):
    """An agreement of this country: its code, its name, and the countries beyond."""

    code: str
    name: str
    partners: tuple[str, ...]


class AgreementsOut(Body):
    """The agreements of this country."""

    items: tuple[AgreementOut, ...]
