"""Determining origin: one bill of twenty lines by both engines, and a million of them in a file."""

from __future__ import annotations

import os
import tempfile
import time
from decimal import localcontext
from pathlib import Path
from typing import Any

from ooms.agreements import notation, registry
from ooms.agreements.edition_tables import load_editions
from ooms.agreements.nomenclature import Nomenclature
from ooms.determinations import bulk
from ooms.determinations.bulk_files import Source
from ooms.determinations.bulk_judging import Task
from ooms.kernel.quantity import EXACT
from ooms.origin.case import read_case
from ooms.origin.compiled.judge import verdict
from ooms.origin.compiled.prepared import CodeBook, prepare
from ooms.origin.compiled.rules import compile_rule_set
from ooms.origin.determine import determine
from ooms.origin.explain import answer
from tests.bench import bills
from tests.bench.memory import resident_mib
from tests.bench.timing import cpu_us

LINES = 20
ROUNDS = 50
AGREEMENTS = ("AKFTA", "KCFTA", "KRIN", "KVFTA")
MILLION = 1_000_000
MARKS = (10, 50, 100)  # percent of the file at which memory is read
CORES = 2
_HEADINGS = ("853400", "853224", "854129", "850450", "741121", "732690", "392690", "854442")


def case() -> dict[str, Any]:
    """Return a static converter made of twenty materials, half of them of foreign origin."""
    materials = [
        {
            "name": f"material {line}",
            "hs": _HEADINGS[line % len(_HEADINGS)],
            "originating": line % 2 == 0,
            "origin": "KR" if line % 2 == 0 else "JP",
            "value": f"{2 + line % 3}.50",
        }
        for line in range(LINES)
    ]
    return {
        "agreement": "AKFTA",
        "rule": None,
        "on": "2026-11-20",
        "hs_edition": 2017,
        "exporting_party": "KR",
        "importing_party": "VN",
        "product": {"hs": "850440", "description": "static converter"},
        "price": {"basis": "FOB", "amount": "100.00", "currency": "USD"},
        "materials": materials,
        "processes": ["assembly"],
        "facts": {},
    }


def measure() -> dict[str, object]:
    """Return processor time a determination, on one core: compiled, traced, JSON to answer."""
    agreements, editions, document = registry.load_shipped(), load_editions(), case()
    read = read_case(document, read_rule=notation.read)
    agreement = agreements.agreement(read.agreement)
    (rule_set,) = agreement.rule_sets_on(read.on)
    compiled = compile_rule_set(
        rule_set, agreement=agreement, nomenclature=Nomenclature.of(rule_set.hs_edition)
    )
    book = CodeBook(editions)
    prepared = prepare(read, book=book)

    def answered(_round: int) -> dict[str, Any]:
        again = read_case(document, read_rule=notation.read)
        return answer(determine(again, agreement, editions=editions))

    rounds = range(ROUNDS)
    with localcontext(EXACT):
        figures = {
            "compiled_us": cpu_us(lambda _: verdict(compiled, prepared), rounds),
            "prepare_and_compiled_us": cpu_us(
                lambda _: verdict(compiled, prepare(read, book=book)), rounds
            ),
            "traced_us": cpu_us(lambda _: determine(read, agreement, editions=editions), rounds),
        }
    spent = cpu_us(answered, rounds)
    return {
        "lines": LINES,
        **figures,
        "us": spent,
        "per_s": 1e6 / spent,
        "verdict": answered(0)["verdict"],
    }


def measure_million(*, determinations: int = MILLION) -> dict[str, object]:
    """Return the time of a real file of so many determinations on two cores, and its memory.

    The file is on the disk before the clock starts; starting the processes is within it.
    """
    with tempfile.TemporaryDirectory(prefix="ooms-bench-") as folder:
        cases = -(-determinations // len(AGREEMENTS))
        source = Source.of(bills.write(Path(folder) / "bills.csv", cases=cases))
        task = Task(source.header, source.delimiter, AGREEMENTS)
        marks: dict[int, float] = {}
        started = time.perf_counter()
        with bulk.in_processes(CORES) as hands:

            def watch(done: int, size: int) -> None:
                for mark in MARKS:
                    if done * 100 >= size * mark:
                        marks.setdefault(mark, resident_mib(os.getpid()))

            out = Path(folder) / "results.csv"
            summary = bulk.run(source, out, task=task, hands=hands, progress=watch)
        spent = time.perf_counter() - started
    return {
        "cores": CORES,
        "lines": LINES,
        "agreements": list(AGREEMENTS),
        "file_mib": source.size / 2**20,
        "determinations": summary.determinations,
        "seconds": spent,
        "per_s": summary.determinations / spent,
        "by_traced_engine": summary.traced,
        "errors": summary.errors,
        "needs_fact": summary.needs_fact,
        "resident_mib": {f"at_{mark}_percent": marks[mark] for mark in MARKS if mark in marks},
        "resident_grows_by": max(marks.values()) / min(marks.values()),
    }
