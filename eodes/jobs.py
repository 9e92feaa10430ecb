"""The scheduler's table of jobs: a name, how often, and the use case; no logic lives here.

APScheduler is only the ticker of each process, with its memory store; who runs a job is decided by
a lease row in the database, so that any number of processes may tick.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from eodes.bootstrap import Node
from eodes.errors import EodesError
from eodes.store.leases import LEASE, process_lease

log = structlog.get_logger(__name__)

HEARTBEAT = timedelta(seconds=2)
#: Runs that find nothing to do are recorded this often.
IDLE_RECORD = timedelta(seconds=15)
_MISFIRE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Job:
    """One job: what it is called, what it does, and when it ticks."""

    name: str
    purpose: str
    run: Callable[[], int]
    every: float | None = None
    hour: int | None = None
    is_shared: bool = False


def table(node: Node) -> tuple[Job, ...]:
    """Return the jobs of a node, alphabetical.

    Sealing runs under a lease, because a channel's order is one line; delivering and settling claim
    their rows and may run in every process at once.
    """
    pace = node.settings.jobs
    return (
        Job(
            "deliver",
            "send what is sealed and due, settle the answers",
            node.deliver,
            every=float(pace.deliver),
            is_shared=True,
        ),
        Job(
            "expire",
            "give up waiting for answers past their deadline",
            node.expire,
            every=float(pace.expire),
        ),
        Job(
            "reconcile",
            "compare yesterday with every partner",
            node.reconcile_yesterday,
            hour=pace.reconcile_hour,
        ),
        Job(
            "release",
            "let held replacements go",
            node.release,
            every=float(pace.settle) * 5,
        ),
        Job(
            "seal",
            "number and sign what is prepared",
            node.seal,
            every=float(pace.seal),
        ),
        Job(
            "settle",
            "let received messages take effect",
            node.settle,
            every=float(pace.settle),
            is_shared=True,
        ),
        Job("tell", "tell the office the news", node.tell, every=float(pace.tell)),
        Job(
            "watch",
            "see gaps in the channels and ask for what is missing",
            node.watch,
            every=float(pace.expire),
        ),
    )


class Ticker:
    """Runs the table of jobs in the background of one process."""

    def __init__(self, node: Node, jobs: tuple[Job, ...]) -> None:
        """Prepare the ticks; `start` lets them run."""
        self._node = node
        self._store = node.store
        self._clock = node.clock
        self._owner = node.owner
        self._held_until: dict[str, datetime] = {}
        self._recorded_at: dict[str, datetime] = {}
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": {"type": "threadpool", "max_workers": len(jobs) + 1}},
            job_defaults={
                "coalesce": True,
                "max_instances": 1,
                "misfire_grace_time": _MISFIRE_SECONDS,
            },
        )
        for job in jobs:
            when = (
                {"trigger": "interval", "seconds": job.every}
                if job.every
                else {"trigger": "cron", "hour": job.hour}
            )
            self._scheduler.add_job(self.tick, args=[job], id=job.name, **when)
        self._scheduler.add_job(
            self.beat, id="heartbeat", trigger="interval", seconds=HEARTBEAT.total_seconds()
        )

    def start(self) -> None:
        """Let the jobs tick, the first heartbeat first."""
        self.beat()
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking; a job that runs is waited for, and its leases are given back."""
        self._scheduler.shutdown(wait=True)
        with self._store.begin() as unit:
            for job in (*self._held_until, process_lease(self._owner)):
                unit.leases.release(job, owner=self._owner, now=self._clock.now())

    def beat(self) -> None:
        """Say that this process lives; a failure is made good by the next beat."""
        try:
            self._node.say_alive()
        except EodesError:
            log.exception("process.beat.failed", owner=self._owner)

    def tick(self, job: Job) -> None:
        """Run one job if this process may, and record the run."""
        started = self._clock.now()
        try:
            if not job.is_shared and not self._may_run(job, now=started):
                return
            done, error = job.run(), ""
        except Exception as failure:
            # The edge of a job: whatever it met, the next tick comes.
            log.exception("job.run.failed", job=job.name)
            done, error = 0, f"{type(failure).__name__}: {failure}"[:500]
        self._record(job, started=started, done=done, error=error)

    def _may_run(self, job: Job, *, now: datetime) -> bool:
        """Hold the job's lease; it is renewed in time, not with every tick."""
        if self._held_until.get(job.name, now) > now + LEASE / 2:
            return True
        with self._store.begin() as unit:
            is_ours = unit.leases.take(job.name, owner=self._owner, now=now, length=LEASE)
        if is_ours:
            self._held_until[job.name] = now + LEASE
        else:
            self._held_until.pop(job.name, None)
        return is_ours

    def _record(self, job: Job, *, started: datetime, done: int, error: str) -> None:
        """Record the run; of runs that found nothing to do, one in a while is enough."""
        ended = self._clock.now()
        last = self._recorded_at.get(job.name)
        if not done and not error and last is not None and ended - last < IDLE_RECORD:
            return
        self._recorded_at[job.name] = ended
        try:
            with self._store.begin() as unit:
                unit.leases.record_run(
                    job.name,
                    owner=self._owner,
                    started=started,
                    ended=ended,
                    done=done,
                    error=error,
                )
        except EodesError:
            log.exception("job.record.failed", job=job.name)
