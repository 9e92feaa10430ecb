"""A comparison of agreements as a table that fits a terminal, in any script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

Json = dict[str, Any]

_COLUMNS = (
    "agreement",
    "verdict",
    "criterion",
    "slack",
    "minimum_price",
    "questions",
    "ways",
    "proof",
)


def table(rows: Iterable[Json], words: Mapping[str, str]) -> str:
    """Write the rows of a comparison below each other, each column as wide as it must be."""
    cells = [[words[f"column.{name}"] for name in _COLUMNS]]
    cells += [_cells(row, words) for row in rows]
    widths = [max(_width(line[n]) for line in cells) for n in range(len(_COLUMNS))]
    return "\n".join(_line(line, widths) for line in cells)


def _cells(row: Json, words: Mapping[str, str]) -> list[str]:
    value = row["value"] or {}
    asked = row["questions"] if row["rule_loaded"] else []
    deciding = [question for question in asked if question.get("decides")]
    verdict = words[f"short.{row['verdict']}"]
    return [
        f"{row['agreement']}/{row['rule_set']}",
        verdict if row["rule_loaded"] else words["comparison.no_rule"],
        row["criterion"] or "",
        value.get("slack") or "",
        value.get("minimum_price") or "",
        ", ".join(question["key"] for question in deciding or asked),
        str(row["ways_out"] or ""),
        ", ".join(dict.fromkeys(words[f"proof.{proof['kind']}"] for proof in row["proofs"])),
    ]


def _line(cells: list[str], widths: list[int]) -> str:
    padded = (
        cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)
    )
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Count the columns of a terminal: Korean letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
