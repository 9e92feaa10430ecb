"""Impact runs over files: one file under two tasks, or two files of results."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ooms.determinations.bulk import Hands, Progress, judged_blocks
from ooms.determinations.bulk_columns import RESULTS, BulkFileError
from ooms.determinations.bulk_files import PARQUET, ResultFile, Source, parquet_rows
from ooms.determinations.bulk_judging import Task
from ooms.determinations.impact import Impact, Standing, impacts

IMPACTS = (
    *("case", "agreement", "effect", "verdict_before", "verdict_after", "criterion_before"),
    *("criterion_after", "questions_after", "rule_pack_before", "rule_pack_after"),
)
_FIELDS = ("case", "agreement", "verdict", "criterion", "questions", "rule_pack")
_GROUP = 1000


@dataclass(frozen=True, slots=True)
class Compared:
    """How many cases were compared under an agreement, and what became of them."""

    compared: int
    effects: dict[str, int]


def compare_results(before: Path, after: Path, *, out: Path) -> Compared:
    """Compare two files of results, and write what stands differently.

    Raises:
        BulkFileError: A file is no file of results.
    """
    counted: Counter[str] = Counter()
    compared = _Count()
    found = impacts(standings(before), compared.over(standings(after)))
    with ResultFile(out, IMPACTS) as results:
        _write(found, results.add, counted)
    return Compared(compared.seen, dict(sorted(counted.items())))


def compare_tasks(
    source: Source, tasks: tuple[Task, Task], *, hands: Hands, out: Path, progress: Progress
) -> Compared:
    """Judge a file under two tasks, and write what stands differently under the second."""
    counted: Counter[str] = Counter()
    seen = 0
    both = zip(*(judged_blocks(source, task=task, hands=hands) for task in tasks), strict=True)
    with ResultFile(out, IMPACTS) as results:
        for (before, done), (after, _) in both:
            earlier, later = _parsed(before.text), list(_parsed(after.text))
            seen += len(later)
            _write(impacts(earlier, later), results.add, counted)
            progress(done, source.size)
    return Compared(seen, dict(sorted(counted.items())))


def standings(path: Path) -> Iterator[Standing]:
    """Read a file of results, row by row.

    Raises:
        BulkFileError: It is none.
    """
    if path.suffix == PARQUET:
        for batch in parquet_rows(path):
            yield from _parsed(batch.decode())
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if tuple(next(rows, ())) != RESULTS:
            raise BulkFileError(problem=f"{path.name} is no file of results")
        yield from map(_standing, rows)


def _parsed(text: str) -> Iterator[Standing]:
    return map(_standing, csv.reader(io.StringIO(text)))


def _standing(row: list[str]) -> Standing:
    said: dict[str, Any] = dict(zip(RESULTS, row, strict=True))
    return Standing(**{name: said[name] for name in _FIELDS})


def _write(found: Iterable[Impact], add: Callable[[str], None], counted: Counter[str]) -> None:
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    for number, impact in enumerate(found, start=1):
        counted[impact.effect.value] += 1
        rows.writerow(_row(impact))
        if number % _GROUP == 0:
            add(written.getvalue())
            written.seek(0)
            written.truncate()
    add(written.getvalue())


def _row(impact: Impact) -> list[str]:
    was, now = impact.before, impact.after
    return [
        *(impact.case, impact.agreement, impact.effect.value),
        *(was.verdict if was else "", now.verdict if now else ""),
        *(was.criterion if was else "", now.criterion if now else ""),
        *(now.questions if now else "", was.rule_pack if was else "", now.rule_pack if now else ""),
    ]


@dataclass(slots=True)
class _Count:
    """Counts what passes."""

    seen: int = 0

    def over(self, passing: Iterable[Standing]) -> Iterator[Standing]:
        for one in passing:
            self.seen += 1
            yield one
