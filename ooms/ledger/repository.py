"""Reads and writes the ledger; entries are added, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from ooms.db import Transaction
from ooms.kernel.quantity import Quantity
from ooms.ledger import tables
from ooms.ledger.model import (
    Balance,
    CertificateKey,
    Draft,
    Entry,
    EntryKind,
    ItemKey,
    Source,
    Use,
)

_draw, _balance = tables.draw, tables.balance
_ITEM = ("issuing_country", "agreement", "number_key", "item_no")
_DRAW_ITEM = tuple_(*(_draw.c[name] for name in _ITEM))
#: Which number an entry is found by.
Naming: TypeAlias = Literal["invoice", "reference"]
#: More entries than anybody would look through.
MOST_ENTRIES = 1000
_SPREAD = or_(
    func.count(_draw.c.office.distinct()) > 1, func.count(_draw.c.importer.distinct()) > 1
)

# Made once: a statement that is made anew is looked up in the compiler's cache by its whole shape.
_INSERT = insert(_draw)
_STANDS = (
    update(_balance)
    .where(*(_balance.c[name] == bindparam(f"of_{name}") for name in _ITEM))
    .values(
        used_share=bindparam("used"),
        reserved_share=bindparam("reserved"),
        entries=bindparam("count"),
    )
)
_OF_CERTIFICATE = select(_balance).where(
    *(_balance.c[name] == bindparam(f"of_{name}") for name in _ITEM[:-1])
)
_BALANCES = select(_balance).where(
    *(_balance.c[name].in_(bindparam(f"any_{name}", expanding=True)) for name in _ITEM)
)


def _holding(kind: Any) -> Any:
    return (
        kind(_balance)
        .on_conflict_do_update(
            index_elements=list(_balance.primary_key.columns),
            set_={"entries": _balance.c.entries},
        )
        .returning(_balance)
    )


_HOLD = {"postgresql": _holding(postgresql.insert), "sqlite": _holding(sqlite.insert)}


class LedgerRows:
    """The ledger within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def hold(self, keys: Iterable[ItemKey]) -> dict[ItemKey, Balance]:
        """Hold items until the transaction ends, in one order and one statement.

        An update that changes nothing takes the lock; rows that are missing are made at their
        place in the order, so that nobody who holds a later item can wait for an earlier one.
        """
        rows = [
            {**asdict(key), "used_share": "0", "reserved_share": "0", "entries": 0}
            for key in sorted(set(keys))
        ]
        if not rows:
            return {}
        held = self._transaction.execute(_HOLD[self._transaction.dialect.name], rows)
        return {one.key: one for one in map(_read_balance, held)}

    def balances(self, keys: Iterable[ItemKey]) -> dict[ItemKey, Balance]:
        """Return how items stand, without holding them; what nobody drew on is left out."""
        wanted = frozenset(keys)
        if not wanted:
            return {}
        rows = self._transaction.execute(*_asked(wanted))
        return {one.key: one for one in map(_read_balance, rows) if one.key in wanted}

    def write(self, entries: Sequence[Entry], *, balances: Iterable[Balance]) -> None:
        """Add entries, and write how their items stand after them."""
        self._transaction.execute(_INSERT, [_entry_row(one) for one in entries])
        self._transaction.execute(
            _STANDS,
            [
                {
                    **{f"of_{name}": value for name, value in asdict(one.key).items()},
                    "used": str(one.used),
                    "reserved": str(one.reserved),
                    "count": one.entries,
                }
                for one in balances
            ],
        )

    def entry(self, entry_id: str) -> Entry | None:
        """Find an entry by its key."""
        row = self._transaction.execute(select(_draw).where(_draw.c.id == entry_id)).first()
        return _read_entry(row) if row else None

    def entries(self, key: ItemKey, *, until: datetime | None = None) -> tuple[Entry, ...]:
        """Return the entries of an item, up to a moment, the oldest first."""
        wanted = select(_draw).where(_DRAW_ITEM.in_([tuple(asdict(key).values())]))
        if until is not None:
            wanted = wanted.where(_draw.c.at <= until)
        return self._entries(wanted.order_by(_draw.c.turn))

    def entries_of(
        self, certificate: CertificateKey, *, until: datetime | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries of every item of a certificate, up to a moment."""
        wanted = select(_draw).where(_is(_draw, certificate))
        if until is not None:
            wanted = wanted.where(_draw.c.at <= until)
        return self._entries(wanted.order_by(_draw.c.item_no, _draw.c.turn))

    def entries_from(
        self, source: Source, source_id: str, *, line: tuple[int, int] | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries of a claim or certificate, or of one line and specification of it."""
        wanted = select(_draw).where(_draw.c.source_id == source_id, _draw.c.source == source.value)
        if line is not None:
            wanted = wanted.where(_draw.c.line_no == line[0], _draw.c.spec_no == line[1])
        return self._entries(wanted.order_by(_draw.c.id))

    def spread_items(self, keys: Iterable[ItemKey]) -> tuple[ItemKey, ...]:
        """Return those of several items that several offices or importers drew on."""
        wanted = [tuple(asdict(key).values()) for key in sorted(set(keys))]
        if not wanted:
            return ()
        columns = [_draw.c[name] for name in _ITEM]
        found = select(*columns).where(_DRAW_ITEM.in_(wanted)).group_by(*columns).having(_SPREAD)
        return tuple(map(_key, self._transaction.execute(found.order_by(*columns))))

    def spread_over(self, column: Naming, values: Iterable[str]) -> tuple[str, ...]:
        """Return those of several numbers that several offices or importers named."""
        wanted, named = sorted(set(values)), _draw.c[column]
        if not wanted:
            return ()
        found = select(named).where(named.in_(wanted)).group_by(named).having(_SPREAD)
        return tuple(self._transaction.execute(found.order_by(named)).scalars())

    def newest_of(self, key: ItemKey) -> tuple[Entry, ...]:
        """Return the newest entries of an item, as many as somebody would look through."""
        return self._newest(select(_draw).where(_DRAW_ITEM.in_([tuple(asdict(key).values())])))

    def newest_naming(self, column: Naming, value: str) -> tuple[Entry, ...]:
        """Return the newest entries that name a number, as many as somebody looks through."""
        return self._newest(select(_draw).where(_draw.c[column] == value))

    def entries_called(self, references: Iterable[str]) -> tuple[Entry, ...]:
        """Return the entries of declarations, or of certificates of ours, by their numbers."""
        return self._entries(
            select(_draw).where(_draw.c.reference.in_(sorted(set(references)))).order_by(_draw.c.id)
        )

    def _newest(self, wanted: Select[Any]) -> tuple[Entry, ...]:
        return self._entries(wanted.order_by(_draw.c.id.desc()).limit(MOST_ENTRIES))[::-1]

    def _entries(self, wanted: Select[Any]) -> tuple[Entry, ...]:
        return tuple(_read_entry(row) for row in self._transaction.execute(wanted))


def _is(table: Any, certificate: CertificateKey) -> ColumnElement[bool]:
    return and_(
        table.c.number_key == certificate.number_key,
        table.c.agreement == certificate.agreement,
        table.c.issuing_country == certificate.issuing_country,
    )


def _key(row: Row[Any]) -> ItemKey:
    return ItemKey(row.issuing_country, row.agreement, row.number_key, row.item_no)


def _read_balance(row: Row[Any]) -> Balance:
    return Balance(
        _key(row),
        used=Fraction(row.used_share),
        reserved=Fraction(row.reserved_share),
        entries=row.entries,
    )


def _entry_row(entry: Entry) -> dict[str, Any]:
    what = entry.what
    return {
        "id": entry.id,
        **asdict(what.key),
        "turn": entry.turn,
        "kind": what.kind.value,
        "share": str(what.share),
        "quantity": what.quantity.amount,
        "unit": what.quantity.unit,
        "source": what.use.source.value,
        "source_id": what.use.id,
        "line_no": what.use.line_no,
        "spec_no": what.use.spec_no,
        "reference": what.use.reference,
        "office": what.use.office,
        "importer": what.use.importer,
        "invoice": what.use.invoice,
        "reverses_id": what.reverses,
        "reason": what.reason,
        "by": what.by,
        "at": entry.at,
    }


def _read_entry(row: Row[Any]) -> Entry:
    use = Use(
        Source(row.source),
        row.source_id,
        row.line_no,
        row.spec_no,
        reference=row.reference,
        office=row.office,
        importer=row.importer,
        invoice=row.invoice,
    )
    what = Draft(
        _key(row),
        EntryKind(row.kind),
        Fraction(row.share),
        quantity=Quantity(row.quantity, row.unit),
        use=use,
        by=row.by,
        reason=row.reason,
        reverses=row.reverses_id,
    )
    return Entry(row.id, row.turn, what, row.at)


def _asked(wanted: Iterable[ItemKey]) -> tuple[Select[Any], dict[str, object]]:
    """Return a statement that finds items, and may find more of their certificates."""
    parts = {name: sorted({getattr(key, name) for key in wanted}) for name in _ITEM}
    if all(len(parts[name]) == 1 for name in _ITEM[:-1]):
        # Mostly all are of one certificate, and its few items are found with less ado.
        return _OF_CERTIFICATE, {f"of_{name}": parts[name][0] for name in _ITEM[:-1]}
    return _BALANCES, {f"any_{name}": values for name, values in parts.items()}
