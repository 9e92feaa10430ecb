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
from ooms.agreements.model import Agreement
from ooms.agreements.nomenclature import EDITIONS, Nomenclature
from ooms.agreements.registry import Registry, load_shipped
from ooms.determinations.bulk_cases import CaseRows, Overrides, Row, RowError, case_of, plain_case
from ooms.determinations.bulk_columns import Layout
from ooms.kernel.country import CountryCode
from ooms.kernel.money import Money
from ooms.kernel.quantity import EXACT
from ooms.origin.bill import BillTooDeepError
from ooms.origin.compiled.brief import Brief
from ooms.origin.compiled.judge import judge_in_force
from ooms.origin.compiled.prepared import CodeBook, PreparedBill, prepare
from ooms.origin.compiled.rules import CompiledRuleSet, compile_rule_set
from ooms.origin.court import ENGINE
from ooms.origin.determine import CaseError, determine
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
class _Chamber:
    """One agreement with those of its rule sets compiled whose edition has its codes here."""

    agreement: Agreement
    compiled: dict[str, CompiledRuleSet]

    def in_force(self, case: Case) -> tuple[CompiledRuleSet, ...]:
        """Give the compiled rule sets of the case's day; none where one cannot be compiled."""
        found = self.agreement.rule_sets_on(case.on)
        compiled = tuple(self.compiled[rs.id] for rs in found if rs.id in self.compiled)
        return compiled if len(compiled) == len(found) else ()

    def importer(self, case: Case) -> CountryCode | None:
        """Give the case's importing Party, or any other; None where the Parties do not fit."""
        parties, home = self.agreement.parties, case.exporting_party
        if home not in parties:
            return None
        if case.importing_party == home:  # the file leaves it open
            return next((party for party in sorted(parties) if party != home), None)
        return case.importing_party if case.importing_party in parties else None

    def brief(self, prepared: PreparedBill) -> Brief | None:
        """Judge by the compiled rules, or give None for the traced engine."""
        compiled = self.in_force(prepared.case)
        return judge_in_force(compiled, prepared) if compiled else None


@dataclass(frozen=True, slots=True)
class _Here:
    """Under which agreement a case is judged, for whom, and the hash of its inputs there."""

    chamber: _Chamber
    importer: CountryCode
    hashed: str


class Bench:
    """What a process keeps from block to block: packs, compiled rules, places of codes."""

    def __init__(self, task: Task) -> None:
        """Load what the task names."""
        self.task = task
        self.layout = Layout.of(task.header)
        self.editions = load_editions()
        self.book = CodeBook(self.editions)
        registry = registry_of(task.packs)
        self.chambers = [
            _chamber(registry.agreement(code), task.edition)
            for code in task.agreements or registry.codes
        ]
        self.is_open = not task.agreements


@lru_cache(maxsize=2)
def bench_for(task: Task) -> Bench:
    """Give the process's bench for a task, made once."""
    return Bench(task)


def registry_of(packs: str) -> Registry:
    """Index the shipped packs and those of a folder that take their place."""
    shipped = load_shipped()
    if not packs:
        return shipped
    own = Registry.in_folders(sorted(f for f in Path(packs).iterdir() if f.is_dir()))
    return Registry(
        folders={**shipped.folders, **own.folders}, names={**shipped.names, **own.names}
    )


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
        found = here.chamber.brief(prepared) if not self.bench.task.traced_only else None
        self.counted["traced" if found is None else "compiled"] += 1
        try:
            found = found or self._traced(case, here)
        except (CaseError, BillTooDeepError) as refused:
            wrong = RowError(row=rows.first, column="case", problem=str(refused))
            return self._failed(rows.name, code, wrong)
        self.counted[found.verdict.value] += 1
        where = (rows.name, code, here.importer.letters)
        slack, minimum = _value(found, case.price.currency if case.price else "")
        return [
            *(*where, found.verdict.value, found.criterion, found.rule, slack, minimum),
            *(";".join(found.questions), found.rule_pack, ENGINE, here.hashed, ""),
        ]

    def _traced(self, case: Case, here: _Here) -> Brief:
        agreement = here.chamber.agreement
        case = replace(case, agreement=agreement.code, importing_party=here.importer)
        return Brief.of(determine(case, agreement, editions=self.bench.editions))

    def _unfit(self, rows: CaseRows, chamber: _Chamber) -> Row:
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


def _chamber(agreement: Agreement, edition: int | None) -> _Chamber:
    if edition is not None:
        moved = tuple(replace(rs, hs_edition=edition) for rs in agreement.rule_sets)
        agreement = replace(agreement, rule_sets=moved)
    compiled = {
        rs.id: compile_rule_set(
            rs, agreement=agreement, nomenclature=Nomenclature.of(rs.hs_edition)
        )
        for rs in agreement.rule_sets
        if rs.hs_edition in EDITIONS
    }
    return _Chamber(agreement, compiled)
