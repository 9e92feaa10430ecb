"""Reads a pack's table of product rules, row by row, each problem with its row and column."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ooms.agreements import notation
from ooms.agreements.model import ProductRule
from ooms.agreements.pack_reading import PackError, Problem, text
from ooms.agreements.policies import Cited
from ooms.kernel.hs import HsRange

COLUMNS = ("hs_from", "hs_to", "goods", "rule", "source", "verified")
WITHOUT_GOODS = ("hs_from", "hs_to", "rule", "source", "verified")
_FIRST_ROW = 2  # the header is row 1

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table and where its problems go."""

    file: str
    number: int
    problems: list[Problem]

    def complain(self, column: str, what: str) -> None:
        self.problems.append(Problem(self.file, self.number, column, what))

    def read(self, column: str, read: Callable[[], _T]) -> _T | None:
        try:
            return read()
        except (ValueError, TypeError) as refused:
            self.complain(column, str(refused))
            return None


def read_product_rules(
    name: str, written: str, *, problems: list[Problem]
) -> tuple[ProductRule, ...]:
    """Read the rows of a table; what is wrong with a row goes to `problems`.

    Raises:
        PackError: The header is not the one of a table of product rules.
    """
    rows = csv.reader(written.splitlines())
    header = tuple(next(rows, ()))
    if header not in {COLUMNS, WITHOUT_GOODS}:
        raise PackError(problems=[Problem(name, 1, "header", f"must be {','.join(COLUMNS)}")])
    seen: dict[tuple[HsRange, str], int] = {}
    rules: list[ProductRule] = []
    for number, cells in enumerate(rows, start=_FIRST_ROW):
        row = _Row(name, number, problems)
        product_rule = _product_rule(header, cells, row)
        if product_rule is None:
            continue
        key = (product_rule.codes, product_rule.goods)
        if key in seen:
            row.complain("hs_from", f"repeats the codes of row {seen[key]}")
        seen[key] = number
        rules.append(product_rule)
    return tuple(rules)


def _product_rule(header: tuple[str, ...], cells: list[str], row: _Row) -> ProductRule | None:
    if len(cells) != len(header):
        row.complain("row", f"has {len(cells)} cells instead of {len(header)}")
        return None
    cell = dict(zip(header, cells, strict=True))
    codes = row.read("hs_from", lambda: HsRange.parse(cell["hs_from"], cell["hs_to"]))
    rule = row.read("rule", lambda: notation.read(cell["rule"]))
    cited = row.read("verified", lambda: Cited(text(cell["source"]), _boolean(cell["verified"])))
    if codes is None or rule is None or cited is None:
        return None
    return ProductRule(codes, rule, cell["rule"], row.number, cited, cell.get("goods", ""))


def _boolean(written: str) -> bool:
    if written not in {"true", "false"}:
        raise ValueError(f"must be true or false, not {written!r}")
    return written == "true"
