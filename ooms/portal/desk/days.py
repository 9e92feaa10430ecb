"""The office's own day, and how far other days are from it."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from ooms.portal.visit import Visit


def today_of(visit: Visit) -> date:
    """Return today in the office's zone."""
    office = visit.request.app.state.office
    today: date = office.works.clock().astimezone(ZoneInfo(office.issuing.zone)).date()
    return today


def days_left(day: str | None, *, today: date) -> int | None:
    """Count the days until a day; negative when it has passed, None where there is none."""
    return (date.fromisoformat(day) - today).days if day else None
