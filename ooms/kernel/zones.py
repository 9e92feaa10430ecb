"""Two places and their calendars: a day begins in the east first."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo


def days_ahead(there: tzinfo, *, of: tzinfo, on: date) -> int:
    """Count the days that another calendar is ahead by when a day of ours is over; 2 at most."""
    over = datetime.combine(on, time.max, of)
    return max(0, (over.astimezone(there).date() - on).days)
