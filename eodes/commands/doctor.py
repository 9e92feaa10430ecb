"""`eodes doctor`: each line OK, WARN or FAIL, and the way to mend it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eodes.commands.outcome import DONE, REFUSED, emit, reporting

if TYPE_CHECKING:
    from eodes.bootstrap import Node
    from eodes.settings import Settings

OK = "OK"
WARN = "WARN"
FAIL = "FAIL"
#: Days before the end of a certificate at which an operator is warned.
WARN_DAYS = 60
FAIL_DAYS = 7
_MEGABYTE = 1_000_000
_FREE_WARN = 2_000 * _MEGABYTE
_FREE_FAIL = 200 * _MEGABYTE
_OPEN_TO_OTHERS = 0o077
_STALE_JOB = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at."""

    state: str
    subject: str
    finding: str
    mend: str = ""


@click.command()
@reporting
def doctor(*, as_json: bool, config: Path) -> None:
    """Say what is well and what is not, each with the way to mend it; exit 1 on any FAIL."""
    lines = list(examine(config))
    text = "\n".join(
        f"{one.state:4}  {one.subject:22}  {one.finding}"
        + (f"\n{'':30}-> {one.mend}" if one.mend else "")
        for one in lines
    )
    report = [
        {"state": one.state, "subject": one.subject, "finding": one.finding, "mend": one.mend}
        for one in lines
    ]
    emit(report, as_json=as_json, text=text)
    sys.exit(REFUSED if any(one.state == FAIL for one in lines) else DONE)


def examine(config: Path) -> Iterator[Line]:
    """Look at a node from the ground up; what rests on something broken is not looked at."""
    from eodes.bootstrap import build_node  # noqa: PLC0415  # only this command needs these
    from eodes.commands.opening import settings_of  # noqa: PLC0415
    from eodes.errors import ConfigurationError  # noqa: PLC0415

    yield Line(OK, "python", sys.version.split()[0])
    try:
        settings = settings_of(config)
    except ConfigurationError as error:
        yield Line(FAIL, "settings", str(error), "correct the file at the line named")
        return
    yield Line(OK, "settings", f"{settings.authority}, {settings.file}")
    yield from _files(settings)
    try:
        node = build_node(settings)
    except ConfigurationError as error:
        yield Line(FAIL, "configuration", str(error), "correct the file at the line named")
        return
    try:
        yield Line(OK, "forms and schemas", "every file read, every checksum right")
        yield from _database(node)
    finally:
        node.close()


def _files(settings: Settings) -> Iterator[Line]:
    keys = settings.keys
    secret = [path for path in (keys.signing_key, keys.tls_key) if path.exists()]
    for path in secret:
        mode = path.stat().st_mode & 0o777
        if mode & _OPEN_TO_OTHERS:
            yield Line(FAIL, "key file", f"{path} has mode {mode:o}", f"chmod 600 {path}")
        else:
            yield Line(OK, "key file", f"{path} is for its owner only")
    free = shutil.disk_usage(settings.file.parent).free
    state = FAIL if free < _FREE_FAIL else WARN if free < _FREE_WARN else OK
    mend = "" if state == OK else "free space, or move the database to a larger disk"
    yield Line(state, "disk", f"{free // _MEGABYTE} MB free", mend)
    if not os.access(settings.file.parent, os.W_OK):
        yield Line(FAIL, "folder", f"{settings.file.parent} cannot be written", "mend its owner")


def _database(node: Node) -> Iterator[Line]:
    from eodes.store import migrations  # noqa: PLC0415  # only this command needs it

    backend = node.database.url.get_backend_name()
    if not node.database.is_reachable():
        yield Line(FAIL, "database", f"{backend} does not answer", "start it, or mend the URL")
        return
    if not migrations.is_current(node.database):
        at = migrations.current(node.database) or "empty"
        yield Line(FAIL, "database", f"{backend} stands at {at}", "run `eodes node upgrade`")
        return
    yield Line(OK, "database", f"{backend}, migrated to {migrations.current(node.database)}")
    looks: tuple[Callable[[Node], Iterator[Line]], ...] = (_own_key, _partners, _queue, _jobs)
    for look in looks:
        yield from look(node)


def _own_key(node: Node) -> Iterator[Line]:
    key = node.sealing.own_key
    yield _expiry(
        "own signing key", key.valid_until, now=node.clock.now(), mend="roll the key over"
    )


def _partners(node: Node) -> Iterator[Line]:
    from eodes.errors import PartnerUnreachableError  # noqa: PLC0415  # only this command needs it

    now = node.clock.now()
    trust = node.trust.current()
    if not trust.partners:
        yield Line(WARN, "partners", "none", "add one with `eodes partner add CARD --profile NAME`")
    for partner in trust.partners.values():
        keys = [key for key in trust.keys.values() if key.authority == partner.authority]
        last = max((key.valid_until for key in keys if key.revoked_at is None), default=None)
        if last is None:
            yield Line(FAIL, partner.authority, "no key in force", "add the partner's new card")
        else:
            yield _expiry(partner.authority, last, now=now, mend="ask for the partner's new card")
        try:
            node.delivery.transport.reach(partner)
        except PartnerUnreachableError as error:
            yield Line(
                WARN, partner.authority, error.reason, f"look whether {partner.endpoint} is up"
            )
        else:
            yield Line(OK, partner.authority, f"{partner.endpoint} answers")
        if partner.is_suspended(now=now):
            yield Line(WARN, partner.authority, f"suspended: {partner.suspended_reason}")


def _expiry(subject: str, until: datetime, *, now: datetime, mend: str) -> Line:
    days = (until - now).days
    state = FAIL if days < FAIL_DAYS else WARN if days < WARN_DAYS else OK
    return Line(state, subject, f"key valid for {days} days", "" if state == OK else mend)


def _queue(node: Node) -> Iterator[Line]:
    with node.store.read() as unit:
        counted = unit.statistics()
    stuck = sum(one.count for one in counted if one.direction == "out" and one.state == "FAILED")
    waiting = sum(
        one.count
        for one in counted
        if one.direction == "out" and one.state in ("QUEUED", "NUMBERED", "SEALED", "SENDING")
    )
    if stuck:
        yield Line(
            WARN,
            "messages",
            f"{stuck} set aside",
            "`eodes message list --state FAILED` shows why; `eodes message resend ID` sends again",
        )
    yield Line(OK, "messages", f"{waiting} on their way")


def _jobs(node: Node) -> Iterator[Line]:
    with node.store.read() as unit:
        jobs = unit.leases.jobs()
    if not jobs:
        yield Line(WARN, "jobs", "never ran", "start `eodes serve` or `eodes worker`")
    now = node.clock.now()
    for row in jobs:
        age = now - row["last_ended_at"]
        if row["last_outcome"] != "DONE":
            yield Line(WARN, f"job {row['job']}", "its last run failed", "look at the log")
        elif age > _STALE_JOB and row["job"] != "reconcile":
            yield Line(
                WARN,
                f"job {row['job']}",
                f"last ran {int(age.total_seconds())} s ago",
                "start `eodes serve` or `eodes worker`",
            )
