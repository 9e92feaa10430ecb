"""Judges one block of a bulk file: a pure function of its bytes and the task.

The local processes and a cluster run this same function, so their results are the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from functools import lru_cache
from itertools import islice
from pathlib import Path

from ooms.agreements.edition_tables import load_editions
from ooms.agreements.registry import load_packs
from ooms.determinations.bulk_cases import CaseRows, Overrides, Row, RowError, case_of, plain_case
from ooms.determinations.bulk_columns import Layout
from ooms.determinations.chambers import Chamber
from ooms.kernel.country import CountryCode
from ooms.kernel.money import Money
from ooms.kernel.quantity import EXACT
from ooms.origin.bill import BillTooDeepError
from ooms.origin.compiled.brief import Brief
from ooms.origin.compiled.prepared import CodeBook, PreparedBill, prepare
from ooms.origin.court import ENGINE
from ooms.origin.determine import CaseError
from ooms.origin.facts import Case
from ooms.origin.inputs import inputs_hash, inputs_hashes

ERROR = "error"


@dataclass(frozen=True, slots=True)
class Task:
    """What every block of a run is judged by.

    `packs` is a folder of packs that take the place of the shipped ones of their code.
    `edition` reads the rules as if they were written in another edition of the HS.
    """

    header: tuple[str, ...]
    delimiter: str
    agreements: tuple[str, ...] = ()
    packs: str = ""
    edition: int | None = None
    given: Overrides = field(default_factory=Overrides)
    traced_only: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Whole cases of a file, as bytes; `row` is the number of the first row."""

    text: bytes
    row: int


@dataclass(frozen=True, slots=True)
class Judged:
    """The rows of results of a block, as CSV, and what was counted on the way."""

    text: str
    counted: Counter[str]


@dataclass(frozen=True, slots=True)
class _Here:
    """Under which agreement a case is judged, for whom, and the hash of its inputs there."""

    chamber: Chamber
    importer: CountryCode
    hashed: str


class Bench:
    """What a process keeps from block to block: packs, compiled rules, places of codes."""

    def __init__(self, task: Task) -> None:
        """Load what the task names."""
        self.task = task
        self.layout = Layout.of(task.header)
        self.book = CodeBook(load_editions())
        registry = load_packs(Path(task.packs) if task.packs else None)
        self.chambers = [
            Chamber.of(registry.agreement(code), book=self.book, edition=task.edition)
            for code in task.agreements or registry.codes
        ]
        self.is_open = not task.agreements


@lru_cache(maxsize=2)
def bench_for(task: Task) -> Bench:
    """Give the process's bench for a task, made once."""
    return Bench(task)


def judge_block(block: Block, task: Task) -> Judged:
    """Judge every case of a block under every agreement of the task."""
    desk = _Desk(bench_for(task), Counter())
    written = io.StringIO()
    results = csv.writer(written, lineterminator="\n")
    with localcontext(EXACT):
        for rows in _cases(block, desk.bench):
            desk.counted["cases"] += 1
            results.writerows(desk.judge(rows))
    return Judged(written.getvalue(), desk.counted)


def _cases(block: Block, bench: Bench) -> Iterator[CaseRows]:
    """Take rows together that follow each other and name the same case."""
    held: list[Row] = []
    first = block.row
    for number, row in _rows(block, bench.task.delimiter):
        if held and row[0] != held[0][0]:
            yield CaseRows(held[0][0], tuple(held), first, bench.layout)
            held = []
        first = first if held else number
        held.append(row)
    if held:
        yield CaseRows(held[0][0], tuple(held), first, bench.layout)


def _rows(block: Block, delimiter: str) -> Iterator[tuple[int, Row]]:
    """Read the rows with their numbers; a quote left open ends with its line.

    Such a line becomes a row of one cell, which no case can be read from: what follows it is
    not lost.
    """
    lines = block.text.decode("utf-8", errors="replace").split("\n")
    start = 0
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter)
        read = 0
        for row in _until_broken(reader):
            if reader.line_num > read + 1:
                break
            if row:
                yield block.row + start + read, row
            read = reader.line_num
        start += read
        if start < len(lines):
            yield block.row + start, [lines[start].split(delimiter, 1)[0].strip('"')]
            start += 1


def _until_broken(reader: Iterator[Row]) -> Iterator[Row]:
    try:
        yield from reader
    except csv.Error:
        return


@dataclass(frozen=True, slots=True)
class _Desk:
    """Judges the cases of one block, and counts."""

    bench: Bench
    counted: Counter[str]

    def judge(self, rows: CaseRows) -> Iterator[Row]:
        """Judge one case under every agreement that has its Parties."""
        try:
            case = plain_case(rows, given=self.bench.task.given)
            yield from self._by_documents(rows) if case is None else self._plainly(rows, case)
        except RowError as wrong:
            yield self._failed(rows.name, "", wrong)

    def _plainly(self, rows: CaseRows, case: Case) -> Iterator[Row]:
        """Judge a case that is the same under every agreement, so that it is prepared once."""
        prepared = prepare(case, book=self.bench.book)
        under = [(chamber, chamber.importer(case)) for chamber in self.bench.chambers]
        fitting = [(chamber.agreement.code, importer) for chamber, importer in under if importer]
        hashes = inputs_hashes(case, fitting)
        for chamber, importer in under:
            if importer is not None:
                here = _Here(chamber, importer, next(hashes))
                yield self._judged(rows, prepared, here)
            elif not self.bench.is_open:
                yield self._unfit(rows, chamber)

    def _by_documents(self, rows: CaseRows) -> Iterator[Row]:
        """Judge a case whose document differs from agreement to agreement, or is wrong."""
        for chamber in self.bench.chambers:
            code = chamber.agreement.code
            case = case_of(rows, given=self.bench.task.given, agreement=code)
            importer = chamber.importer(case)
            if importer is not None:
                case = replace(case, importing_party=importer)
                here = _Here(chamber, importer, inputs_hash(case))
                yield self._judged(rows, prepare(case, book=self.bench.book), here)
            elif not self.bench.is_open:
                yield self._unfit(rows, chamber)

    def _judged(self, rows: CaseRows, prepared: PreparedBill, here: _Here) -> Row:
        code, case = here.chamber.agreement.code, prepared.case
        try:
            judged = here.chamber.judge(prepared, importer=here.importer, traced=self._is_traced)
        except (CaseError, BillTooDeepError) as refused:
            wrong = RowError(row=rows.first, column="case", problem=str(refused))
            return self._failed(rows.name, code, wrong)
        found = judged.brief
        self.counted["compiled" if judged.is_compiled else "traced"] += 1
        self.counted[found.verdict.value] += 1
        where = (rows.name, code, here.importer.letters)
        slack, minimum = _value(found, case.price.currency if case.price else "")
        return [
            *(*where, found.verdict.value, found.criterion, found.rule, slack, minimum),
            *(";".join(found.questions), found.rule_pack, ENGINE, here.hashed, ""),
        ]

    @property
    def _is_traced(self) -> bool:
        return self.bench.task.traced_only

    def _unfit(self, rows: CaseRows, chamber: Chamber) -> Row:
        """Refuse a case whose countries are not Parties to an agreement that was asked for."""
        code = chamber.agreement.code
        problem = f"the countries are not Parties to {code}"
        wrong = RowError(row=rows.first, column="exporting_party", problem=problem)
        return self._failed(rows.name, code, wrong)

    def _failed(self, case: str, agreement: str, wrong: RowError) -> Row:
        self.counted[ERROR] += 1
        return [case, agreement, "", ERROR, *[""] * 8, str(wrong)]


def _value(found: Brief, currency: str) -> tuple[str, str]:
    """Write slack and minimum price as an answer does: never in the good's favor."""
    if found.value is None:
        return "", ""
    slack = f"{found.value.slack.quantize(Decimal('0.01'), 'ROUND_FLOOR')}"
    lowest = found.value.minimum_price
    if lowest is None:
        return slack, ""
    return slack, f"{Money(lowest, currency).rounded_up().amount}"
