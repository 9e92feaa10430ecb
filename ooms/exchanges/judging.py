"""When something is green, amber or red; the limits are this office's own, not a law's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from ooms.exchanges.model import Channel, Condition, Finding, Job, Light

KEY_WARNS = timedelta(days=60)
KEY_FAILS = timedelta(days=7)
#: A partner's answer takes seconds; an hour without one is worth a look, a day is worth a call.
ANSWER_WARNS = timedelta(hours=1)
ANSWER_FAILS = timedelta(days=1)
#: An export declaration follows its certificate within days; what waits longer was forgotten.
TRIGGER_WARNS = timedelta(days=7)
TRIGGER_FAILS = timedelta(days=30)
FREE_WARNS = 2_000_000_000
FREE_FAILS = 200_000_000
OFTEN_LATE = timedelta(minutes=5)
DAILY_LATE = timedelta(hours=26)
CLOCK_WRONG = timedelta(minutes=1)
_MEGABYTE = 1_000_000


def of_channel(channel: Channel, *, now: datetime) -> tuple[Finding, ...]:
    """Tell what is not well with a partner; nothing where all is."""
    return tuple(one for one in _channel(channel, now) if one.light is not Light.GREEN)


def _channel(one: Channel, now: datetime) -> Iterator[Finding]:
    if one.key_until is None:
        yield Finding("KEY-MISSING", Light.RED)
    else:
        yield _key("KEY-ENDS", one.key_until, now)
    if one.set_aside:
        yield Finding("SET-ASIDE", Light.RED, figure=one.set_aside)
    yield from _waits(one, now)
    if one.suspended_until is not None:
        yield Finding("SUSPENDED", Light.AMBER, at=one.suspended_until)
    missing = sum(hole.last - hole.first + 1 for hole in one.holes)
    if missing:
        yield Finding("GAPS", Light.AMBER, figure=missing)
    if one.broken_links:
        yield Finding("BROKEN-CHAIN", Light.RED, figure=one.broken_links)
    if one.differences:
        yield Finding("DIFFERENCES", Light.AMBER, figure=one.differences, at=one.compared_on)


def _waits(one: Channel, now: datetime) -> Iterator[Finding]:
    if one.oldest_at is not None:
        light = _aged(now - one.oldest_at, ANSWER_WARNS, ANSWER_FAILS)
        yield Finding("UNANSWERED", light, figure=one.on_the_way, at=one.oldest_at)
    if one.untriggered_since is not None:
        light = _aged(now - one.untriggered_since, TRIGGER_WARNS, TRIGGER_FAILS)
        yield Finding("UNTRIGGERED", light, figure=one.untriggered, at=one.untriggered_since)


def of_system(
    condition: Condition, channels: Sequence[Channel], *, free_bytes: int
) -> tuple[Finding, ...]:
    """Tell how the system stands, part by part: what is well too."""
    now = condition.now
    return (
        _schema(condition),
        _clock(condition),
        _key("OWN-KEY", condition.own_key_until, now),
        _disk(free_bytes),
        *_jobs(condition.jobs, now),
        *(_partner(one, now) for one in channels),
    )


def _schema(condition: Condition) -> Finding:
    is_current = condition.schema == condition.schema_wanted
    light = Light.GREEN if is_current else Light.RED
    code = "DATABASE" if is_current else "DATABASE-OLD"
    return Finding(code, light, subject=f"{condition.backend} {condition.schema}")


def _clock(condition: Condition) -> Finding:
    ahead = [one for one in condition.jobs if one.ended_at > condition.now + CLOCK_WRONG]
    if ahead:
        return Finding("CLOCK-BACK", Light.RED, subject=ahead[0].name, at=condition.now)
    return Finding("CLOCK", Light.GREEN, at=condition.now)


def _key(code: str, until: datetime, now: datetime) -> Finding:
    left = until - now
    light = Light.RED if left < KEY_FAILS else Light.AMBER if left < KEY_WARNS else Light.GREEN
    return Finding(code, light, figure=max(left.days, 0), at=until)


def _disk(free: int) -> Finding:
    light = Light.RED if free < FREE_FAILS else Light.AMBER if free < FREE_WARNS else Light.GREEN
    return Finding("DISK", light, figure=free // _MEGABYTE)


def _jobs(jobs: Sequence[Job], now: datetime) -> Iterator[Finding]:
    if not jobs:
        yield Finding("JOBS-NEVER", Light.RED)
        return
    bad = tuple(found for one in jobs if (found := _job(one, now)) is not None)
    yield from bad or (Finding("JOBS", Light.GREEN, figure=len(jobs)),)


def _job(one: Job, now: datetime) -> Finding | None:
    if not one.is_done:
        return Finding("JOB-FAILED", Light.AMBER, subject=one.name, at=one.ended_at)
    if now - one.ended_at > (OFTEN_LATE if one.is_often else DAILY_LATE):
        return Finding("JOB-LATE", Light.AMBER, subject=one.name, at=one.ended_at)
    return None


def _partner(one: Channel, now: datetime) -> Finding:
    found = of_channel(one, now=now)
    lights = {each.light for each in found}
    light = Light.RED if Light.RED in lights else Light.AMBER if lights else Light.GREEN
    return Finding("PARTNER", light, subject=one.partner, figure=len(found))


def _aged(age: timedelta, warns: timedelta, fails: timedelta) -> Light:
    return Light.RED if age > fails else Light.AMBER if age > warns else Light.GREEN
