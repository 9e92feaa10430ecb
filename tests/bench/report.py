"""The measured figures as tables: on the screen, and as the reference page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

PARTS = {
    "library_round": "Sign and verify in turn, P-256, one core",
    "judge": "Judge a message: processor time on one core",
    "prepare": "Prepare and seal a message: processor time on one core",
    "receive": "Receive over HTTP, durable commit, signed acknowledgement",
    "end_to_end": "From enqueue to REGISTERED, two nodes",
    "determine": "Determine origin, one core",
    "document": "A certificate as a sealed document: processor time on one core",
    "office_week": "A week of a medium office, one process, over the office's API",
    "pages": "Main pages of the portal: time on the server, weight of a first visit, PostgreSQL",
    "claims": "Check claims against many certificates and a long ledger, PostgreSQL",
    "determine_million": "Determine a file of a million product and agreement pairs, two cores",
}
#: Parts that take minutes, some a gigabyte of disk: only with --only.
ON_DEMAND = frozenset({"claims", "determine_million", "office_week", "pages"})

_INTRODUCTION = """# Performance

<!-- Written by `python -m tests.bench --write-docs` from build/bench.json; do not edit. -->

Every figure on this page was measured by `make bench`, none is estimated.
Load generator, servers and database shared the cores of one machine.
Of several rounds the best is shown, because others may have used the machine; the figures in
`build/bench.json` keep all rounds and what others used meanwhile.
"""


def tables(figures: Mapping[str, Any], *, markdown: bool = False) -> Iterator[str]:
    """Write one table for each part that was measured."""
    for part, title in PARTS.items():
        if part in figures:
            rows = [(name, _shown(value)) for name, value in _flat(figures[part])]
            yield _markdown(title, rows) if markdown else _plain(title, rows)


def page(figures: Mapping[str, Any]) -> str:
    """Write the reference page."""
    about = {"date": figures["date"], **figures["machine"], **figures["versions"]}
    rows = [(name, _shown(value)) for name, value in _flat(about)]
    parts = [_INTRODUCTION, _markdown("Machine and versions", rows)]
    return "\n".join([*parts, *tables(figures, markdown=True)])


def _flat(figures: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{within}{name} ")
        else:
            yield f"{within}{name}", value


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return str(value)


def _plain(title: str, rows: list[tuple[str, str]]) -> str:
    width = max(len(name) for name, _ in rows)
    return "\n".join([title, *(f"  {name:<{width}}  {value}" for name, value in rows), ""])


def _markdown(title: str, rows: list[tuple[str, str]]) -> str:
    lines = [f"## {title}", "", "| what | figure |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| {name} | {value} |" for name, value in rows), ""])
