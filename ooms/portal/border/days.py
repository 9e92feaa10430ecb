"""Days that are left or gone, in the zone of the office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ooms.portal.visit import Visit


def today(visit: Visit) -> date:
    """Return which day it is at the office."""
    office = visit.request.app.state.office
    now: datetime = office.works.clock()
    return now.astimezone(ZoneInfo(office.issuing.zone)).date()


def left(visit: Visit, day: str | None) -> int | None:
    """Count the days until a last day: none on the day itself, less than none afterwards."""
    return (date.fromisoformat(day) - today(visit)).days if day else None


def clocks(visit: Visit, case: dict[str, Any]) -> dict[str, Any]:
    """Tell how a case stands with its last day and with our own."""
    return {
        "left": left(visit, case["due_on"]),
        "internal_left": left(visit, case["internal_due_on"]),
    }
