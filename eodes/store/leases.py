"""Which process runs a job: a row with an owner, an end, and a fence that only grows."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from eodes.store import tables

_lease = tables.lease
_PROCESS = "process:"
#: How long a job, or what a process was sending, waits for an owner that died.
LEASE = timedelta(seconds=6)


def process_lease(owner: str) -> str:
    """Name the lease by which a process says that it lives."""
    return f"{_PROCESS}{owner}"


class Leases:
    """Leases and job runs within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._connection = connection

    def take(self, job: str, *, owner: str, now: datetime, length: timedelta) -> bool:
        """Take or prolong the lease of a job; False while another owner holds it."""
        taken = self._connection.execute(
            update(_lease)
            .where(_lease.c.job == job, or_(_lease.c.until <= now, _lease.c.owner == owner))
            .values(owner=owner, until=now + length, fence=_lease.c.fence + 1)
        ).rowcount
        if taken:
            return True
        if self._connection.execute(select(_lease.c.job).where(_lease.c.job == job)).first():
            return False
        try:
            with self._connection.begin_nested():
                self._connection.execute(
                    insert(_lease).values(job=job, owner=owner, until=now + length, fence=1)
                )
        except IntegrityError:
            return False
        return True

    def release(self, job: str, *, owner: str, now: datetime) -> None:
        """Give a lease back so that another process may run the job at once."""
        self._connection.execute(
            update(_lease).where(_lease.c.job == job, _lease.c.owner == owner).values(until=now)
        )

    def record_run(  # noqa: PLR0913  # the facts of one run, each by its name
        self,
        job: str,
        *,
        owner: str,
        started: datetime,
        ended: datetime,
        done: int,
        error: str = "",
    ) -> None:
        """Record a run: its job's last run always, a row of its own if it did or met anything."""
        outcome = "FAILED" if error else "DONE"
        last = {
            "last_owner": owner,
            "last_started_at": started,
            "last_ended_at": ended,
            "last_outcome": outcome,
        }
        known = self._connection.execute(
            update(tables.job)
            .where(tables.job.c.job == job)
            .values(runs=tables.job.c.runs + 1, **last)
        ).rowcount
        if not known:
            self._connection.execute(insert(tables.job).values(job=job, runs=1, **last))
        if done or error:
            self._connection.execute(
                insert(tables.job_run).values(
                    job=job,
                    owner=owner,
                    started_at=started,
                    ended_at=ended,
                    outcome=outcome,
                    done=done,
                    detail=error or None,
                )
            )

    def jobs(self) -> tuple[RowMapping, ...]:
        """Return the last run of each job."""
        return tuple(
            self._connection.execute(select(tables.job).order_by(tables.job.c.job)).mappings()
        )

    def runs(self, *, limit: int) -> tuple[RowMapping, ...]:
        """Return the latest runs that did something or failed."""
        return tuple(
            self._connection.execute(
                select(tables.job_run).order_by(tables.job_run.c.id.desc()).limit(limit)
            ).mappings()
        )
