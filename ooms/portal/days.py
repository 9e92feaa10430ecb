"""The office's own day, and how far other days are from it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ooms.portal.visit import Visit


def today_of(visit: Visit) -> date:
    """Return today in the office's zone."""
    office = visit.request.app.state.office
    now: datetime = office.works.clock()
    return now.astimezone(ZoneInfo(office.issuing.zone)).date()


def days_left(visit: Visit, day: str | None) -> int | None:
    """Count the days until a day; negative when it has passed, None where there is none."""
    return (date.fromisoformat(day) - today_of(visit)).days if day else None
