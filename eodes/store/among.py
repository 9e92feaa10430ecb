"""Composite keys asked for in a way that every database answers by its index.

SQLite walks the whole table for `(a, b) IN ((…), (…))`; for `a = … AND b IN (…)` it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, false, or_


def among(
    columns: Sequence[Column[Any]], wanted: Iterable[tuple[object, ...]]
) -> ColumnElement[bool]:
    """Return the condition that a row has one of these keys; with none of them, no row does.

    Keys that differ in their last part only are asked for together: those of one partner.
    """
    together: dict[tuple[object, ...], list[object]] = {}
    for *first, last in wanted:
        together.setdefault(tuple(first), []).append(last)
    return or_(
        false(),
        *(
            and_(*map(_equals, columns, first), columns[-1].in_(last))
            for first, last in together.items()
        ),
    )


def _equals(column: Column[Any], value: object) -> ColumnElement[bool]:
    return column == value
