"""Runs over a bulk file, as `ooms determine --bulk` and `ooms impact` make them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from ooms.agreements.registry import load_packs
from ooms.commands.options import REFUSED
from ooms.determinations import bulk
from ooms.determinations.bulk import Hands, Progress, Summary
from ooms.determinations.bulk_cases import Overrides
from ooms.determinations.bulk_columns import BulkFileError
from ooms.determinations.bulk_files import MissingExtraError, Source
from ooms.determinations.bulk_judging import Task


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of a run, as they were given."""

    agreements: str
    out: Path | None
    workers: int
    packs: Path | None
    on: Any
    expired: Path | None
    engine: str
    scheduler: str | None

    @classmethod
    def taken_from(cls, options: dict[str, Any], *, shelf: Path | None) -> RunOptions:
        """Take these options out of all that a command was given; `shelf` is the node's own."""
        taken = {option.name: options[option.name] for option in fields(cls)}
        return cls(**taken | {"packs": taken["packs"] or shelf})

    def task(self, source: Source, **more: Any) -> Task:
        """Say what every block is judged by."""
        return Task(
            header=source.header,
            delimiter=source.delimiter,
            agreements=_codes(self.agreements, self.packs),
            packs=str(self.packs or ""),
            given=Overrides(self._day, self._expired),
            **more,
        )

    def hands(self) -> AbstractContextManager[Hands]:
        """Give those who judge."""
        if self.engine == "dask":
            if not self.scheduler:
                raise click.UsageError("--engine dask needs --scheduler ADDRESS")
            return bulk.on_dask(self.scheduler)
        return bulk.in_processes(self.workers)

    @property
    def _day(self) -> date | None:
        return self.on.date() if self.on else None

    @property
    def _expired(self) -> frozenset[str]:
        lines = self.expired.read_text(encoding="utf-8").splitlines() if self.expired else []
        return frozenset(line.strip() for line in lines if line.strip())


def determine_file(path: Path, *, options: RunOptions, as_json: bool) -> NoReturn:
    """Judge every case of a file, tell what it came to, and exit 1 when one was unreadable."""
    out = options.out or path.with_name(f"{path.stem}.results.csv")
    with speaking():
        source = Source.of(path)
        task = options.task(source)
        with options.hands() as hands, progress_bar(source) as progress:
            summary = bulk.run(source, out, task=task, hands=hands, progress=progress)
    click.echo(json.dumps({"results": str(out), **asdict(summary)}) if as_json else _told(summary))
    click.echo(f"results in {out}", err=True)
    sys.exit(REFUSED if summary.errors else 0)


@contextmanager
def speaking() -> Iterator[None]:
    """Tell a file or an extra that is not as it should be in one sentence."""
    try:
        yield
    except (BulkFileError, MissingExtraError) as refused:
        raise click.UsageError(str(refused)) from refused


@contextmanager
def progress_bar(source: Source) -> Iterator[Progress]:
    """Show how far a file is read, on standard error and only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _size: None
        return
    with click.progressbar(length=source.size, label=source.path.name, file=sys.stderr) as bar:
        yield lambda done, _size: bar.update(done - bar.pos)


def _codes(written: str, packs: Path | None) -> tuple[str, ...]:
    if written == "all":
        return ()
    registry = load_packs(packs)
    return tuple(registry.agreement(code.strip()).code for code in written.split(","))


def _told(summary: Summary) -> str:
    lines = [
        f"{summary.cases:,} cases, {summary.determinations:,} determinations",
        f"  originating      {summary.originating:,}",
        f"  non-originating  {summary.non_originating:,}",
        f"  needs a fact     {summary.needs_fact:,}",
    ]
    if summary.errors:
        lines.append(f"  not judged       {summary.errors:,} (see the column error)")
    return "\n".join(lines)
