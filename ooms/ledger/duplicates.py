"""Finds what several offices or importers use, without reading what only one of them does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ooms.ledger.model import Duplicate, Entry, ItemKey, Twice, links_of, spread
from ooms.ledger.repository import LedgerRows


def find_duplicates(
    rows: LedgerRows,
    *,
    keys: Sequence[ItemKey],
    invoices: Sequence[str],
    declarations: Sequence[str],
) -> tuple[Duplicate, ...]:
    """Find items, invoices and declarations that several offices or importers use.

    1. Let the database say which are named at several offices or by several importers.
    2. Read the newest entries of those, and leave out what was given back.
    """
    named = (  # 1
        (Twice.ITEM, rows.spread_items(keys)),
        (Twice.INVOICE, rows.spread_over("invoice", invoices)),
        (Twice.DECLARATION, rows.spread_over("reference", declarations)),
    )
    return tuple(one for what, values in named for one in _used(rows, what, values))  # 2


def _used(rows: LedgerRows, what: Twice, values: Iterable[ItemKey | str]) -> Iterator[Duplicate]:
    for value in values:
        # The entry that a return belongs to may be older than those that were read.
        links = tuple(one for one in links_of(_newest(rows, what, value)) if one.share > 0)
        if spread(links):
            name = value if isinstance(value, str) else f"{value.number_key}/{value.item_no}"
            yield Duplicate(what, name, links)


def _newest(rows: LedgerRows, what: Twice, value: ItemKey | str) -> tuple[Entry, ...]:
    if isinstance(value, ItemKey):
        return rows.newest_of(value)
    return rows.newest_naming("invoice" if what is Twice.INVOICE else "reference", value)
