"""Registers on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from ooms.access.schemas import Body
from ooms.registers.model import DailyList, Line


class LineOut(Body):
    """A line of the register: one kind of goods of one certificate, or a number without one."""

    number: str
    issued_on: date | None
    office: str
    agreement: str
    state: str
    certificate_id: str | None
    applicant: str
    export_declarations: tuple[str, ...]
    exporter: str
    producer: str
    importer: str
    import_country: str
    goods: str
    hs6: str
    criterion: str
    reason: str

    @classmethod
    def of(cls, line: Line) -> Self:
        """Show a line."""
        return cls.model_validate(line, from_attributes=True)


class DailyListOut(Body):
    """The list of a day as it was closed, with its digest."""

    office: str
    day: date
    digest: str
    closed_at: datetime
    document: dict[str, Any]

    @classmethod
    def of(cls, daily: DailyList) -> Self:
        """Show a list."""
        return cls.model_validate(daily, from_attributes=True)


class DailyListsOut(Body):
    """The lists of a period."""

    items: tuple[DailyListOut, ...]
