"""The reference page of the jobs, from the tables of the gateway and of the office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from eodes import jobs
from eodes.jobs import Job
from eodes.settings import Jobs
from eodes.store.leases import LEASE
from ooms import jobs as office_jobs
from ooms.jobs import OfficeJob
from tools.docs import markdown


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {"jobs.md": markdown.page("Jobs", "`eodes/jobs.py` and `ooms/jobs.py`", _lines())}


def all_jobs() -> tuple[Job, ...]:
    """Return the table of jobs at the default settings; none of them can be run."""
    node: Any = _Nowhere()
    return jobs.table(node)


def all_office_jobs() -> tuple[OfficeJob, ...]:
    """Return the table of the office's jobs; none of them can be run."""
    office: Any = _Nowhere()
    return office_jobs.table(office)


class _Nowhere:
    """A node or an office that has settings and nothing else."""

    settings = SimpleNamespace(jobs=Jobs())

    def __getattr__(self, verb: str) -> Callable[[], int]:
        def run() -> int:
            raise NotImplementedError(verb)

        return run


def _lines() -> Iterator[str]:
    yield "`eodes serve` runs the jobs beside the listener, `eodes worker` runs them alone."
    yield "Every process ticks; who runs a job is decided by a lease row in the database, which"
    yield f"lasts {LEASE.total_seconds():g} s and is renewed in time."
    yield "A shared job runs in every process at once and claims its rows."
    yield "The last run of each job and the latest runs that did something stand in the tables"
    yield "`eodes_job` and `eodes_job_run`; `eodes doctor` and `/operator/v1/jobs` show them."
    yield ""
    yield from markdown.table(
        ("job", "what it does", "when", "runs in"),
        ((markdown.code(one.name), one.purpose, _when(one), _where(one)) for one in all_jobs()),
    )
    yield ""
    yield "## Of the office"
    yield ""
    yield "`ooms serve` runs these beside those of its node, in every process: each ends what is"
    yield "past its day, and doing that twice does nothing."
    yield ""
    yield from markdown.table(
        ("job", "what it does", "when"),
        (
            (markdown.code(one.name), one.purpose, f"every {one.every:g} s")
            for one in all_office_jobs()
        ),
    )


def _when(job: Job) -> str:
    return f"every {job.every:g} s" if job.every else f"daily at {job.hour:02}:00 UTC"


def _where(job: Job) -> str:
    return "every process" if job.is_shared else "one process, under a lease"
