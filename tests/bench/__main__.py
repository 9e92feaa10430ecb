"""Measures the project: `make bench`; tables on the screen, figures in build/bench.json."""

from __future__ import annotations

import argparse
import gc
import json
import logging
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from tests.bench import (
    border,
    determining,
    documents,
    end_to_end,
    judging,
    library_round,
    machine,
    office_week,
    pages,
    preparing,
    receiving,
    report,
)
from tests.bench.nodes import Pair, pair
from tests.integration.postgres import NoServerError

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "build" / "bench.json"
PAGE = ROOT / "docs" / "reference" / "performance.md"


def main() -> None:
    """Measure what was asked for, show it, and keep it."""
    options = _options()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    figures = json.loads(FIGURES.read_text()) if options.only and FIGURES.exists() else {}
    figures |= {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    for part, measure in _parts(options).items():
        figures[part] = measure()
        print(*report.tables({part: figures[part]}), sep="\n", flush=True)
    figures["machine"]["load"] = (
        "shared with other work; each figure is the best of several windows or rounds, "
        f"load average afterwards {machine.load_average():.2f}"
    )
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.write_text(json.dumps(figures, indent=2) + "\n")
    if options.write_docs:
        PAGE.write_text(report.page(figures))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=report.PARTS, help="measure these parts only")
    parser.add_argument("--messages", type=int, default=4000, help="messages a round of receiving")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of receiving")
    parser.add_argument("--certificates", type=int, default=400, help="certificates end to end")
    parser.add_argument(
        "--determinations", type=int, default=determining.MILLION, help="determinations in bulk"
    )
    parser.add_argument(
        "--applications", type=int, default=office_week.WEEK, help="applications in a week"
    )
    parser.add_argument(
        "--certificates-held", type=int, default=border.MILLION, help="certificates at the border"
    )
    parser.add_argument(
        "--certificates-issued", type=int, default=pages.HELD, help="certificates behind the pages"
    )
    parser.add_argument("--write-docs", action="store_true", help=f"write {PAGE.name}")
    return parser.parse_args()


def _parts(options: argparse.Namespace) -> dict[str, Callable[[], dict[str, Any]]]:
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "library_round": lambda: _with_pair(library_round.measure),
        "judge": lambda: _with_pair(judging.measure),
        "prepare": lambda: _with_pair(preparing.measure),
        "determine": determining.measure,
        "document": documents.measure,
        "determine_million": lambda: determining.measure_million(
            determinations=options.determinations
        ),
        "office_week": lambda: office_week.measure(applications=options.applications),
        "claims": lambda: border.measure(certificates_held=options.certificates_held),
        "pages": lambda: pages.measure(certificates=options.certificates_issued),
        "receive": lambda: _receive(options),
        "end_to_end": lambda: end_to_end.measure(certificates=options.certificates),
    }
    asked = options.only or [name for name in parts if name not in report.ON_DEMAND]
    return {name: parts[name] for name in asked}


def _with_pair(measure: Callable[[Pair], dict[str, Any]]) -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory(prefix="eodes-bench-") as folder,
        pair(Path(folder), databases={}) as nodes,
    ):
        gc.collect()
        gc.freeze()  # as a server does before it serves
        return measure(nodes)


def _receive(options: argparse.Namespace) -> dict[str, Any]:
    """Receive on both databases, and once with TLS and certificates on both sides."""
    asked = {"messages": options.messages, "rounds": options.rounds}
    figures: dict[str, Any] = {"sqlite": receiving.measure("sqlite", **asked)}
    try:
        figures["postgresql"] = receiving.measure("postgresql", **asked)
    except NoServerError as error:
        figures["postgresql"] = {"missing": str(error)}
    figures["sqlite_mutual_tls"] = receiving.measure("sqlite", tls=True, **asked)
    return figures


if __name__ == "__main__":
    main()
