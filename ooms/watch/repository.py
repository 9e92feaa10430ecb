"""Reads and writes tips, the watch list and capacities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, Table, bindparam, insert, select, union_all, update

from ooms.db import Transaction, Window, any_of, constant, one_of, upsert
from ooms.watch import tables
from ooms.watch.model import (
    ROUTING_TIPS,
    Capacity,
    Known,
    Noted,
    Subject,
    SubjectKind,
    Tip,
    TipState,
    Watched,
)

_tip, _watched, _capacity = tables.tip, tables.watched, tables.capacity
_TIP, _WATCH, _CAPACITY = "TIP", "WATCH", "CAPACITY"
#: Made once, for every claim asks it: all registers that name one of some words on a day.
_KNOWN = union_all(
    select(
        constant(_TIP).label("register"), _tip.c.id, _tip.c.subject, _tip.c.kind, _tip.c.source
    ).where(one_of(_tip.c.subject, "words"), any_of(_tip.c.state, *sorted(ROUTING_TIPS))),
    select(
        constant(_WATCH), _watched.c.id, _watched.c.subject, _watched.c.reason, _watched.c.source
    ).where(
        one_of(_watched.c.subject, "words"),
        _watched.c.since <= bindparam("on"),
        _watched.c.until > bindparam("on"),
    ),
    select(
        constant(_CAPACITY),
        constant(""),
        _capacity.c.subject,
        # The plain digits, as the other registers have words here.
        _capacity.c.kilograms.cast(_tip.c.kind.type),
        _capacity.c.source,
    ).where(one_of(_capacity.c.subject, "words")),
)


class WatchRows:
    """What officers keep beside the papers, within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def known(self, words: Iterable[str], *, on: date) -> Known:
        """Return everything that names one of the words on a day, in one statement."""
        found: dict[str, dict[str, list[Noted]]] = {_TIP: {}, _WATCH: {}}
        capacities = {}
        for register, key, word, reason, source in self._transaction.execute(
            _KNOWN, {"words": sorted(set(words)), "on": on}
        ):
            if register == _CAPACITY:
                capacities[word] = Decimal(reason)
            else:
                noted = Noted(key, subject_of(word), reason, source)
                found[register].setdefault(word, []).append(noted)
        return Known(
            {word: tuple(some) for word, some in found[_TIP].items()},
            {word: tuple(some) for word, some in found[_WATCH].items()},
            capacities,
        )

    def add_tip(self, tip: Tip) -> None:
        """Keep a tip."""
        self._transaction.execute(insert(_tip).values(**_row(_tip, tip)))

    def tip(self, tip_id: str) -> Tip | None:
        """Find a tip by its key."""
        return next(iter(self._tips(select(_tip).where(_tip.c.id == tip_id))), None)

    def tips(self, window: Window, *, state: TipState | None) -> tuple[Tip, ...]:
        """Return the newest tips, of one state or of all."""
        wanted = window.of(select(_tip), by=_tip.c.id)
        if state is not None:
            wanted = wanted.where(_tip.c.state == state)
        return self._tips(wanted)

    def change_tip(self, tip: Tip, *, since: Tip) -> bool:
        """Write a decided tip; False when somebody decided it meanwhile."""
        done = self._transaction.execute(
            update(_tip)
            .where(_tip.c.id == tip.id, _tip.c.state == since.state)
            .values(**_row(_tip, tip))
        )
        return done.rowcount == 1

    def add_watched(self, watched: Watched) -> None:
        """Keep an entry of the watch list."""
        self._transaction.execute(insert(_watched).values(**_row(_watched, watched)))

    def watched(self, watched_id: str) -> Watched | None:
        """Find an entry by its key."""
        wanted = select(_watched).where(_watched.c.id == watched_id)
        return next(iter(self._entries(wanted)), None)

    def watch_list(self, window: Window, *, on: date | None) -> tuple[Watched, ...]:
        """Return the newest entries: those of a day, or all."""
        wanted = window.of(select(_watched), by=_watched.c.id)
        if on is not None:
            wanted = wanted.where(_watched.c.since <= on, _watched.c.until > on)
        return self._entries(wanted)

    def end_watched(self, watched: Watched) -> None:
        """Write the last day of an entry, and why it ended."""
        self._transaction.execute(
            update(_watched)
            .where(_watched.c.id == watched.id)
            .values(until=watched.until, end_reason=watched.end_reason)
        )

    def state_capacity(self, capacity: Capacity) -> None:
        """Keep a capacity; it takes the place of what was stated before."""
        row = {
            "kilograms": capacity.kilograms,
            "source": capacity.source,
            "stated_on": capacity.stated_on,
            "kept_by": capacity.kept_by,
        }
        self._transaction.execute(
            upsert(self._transaction, _capacity)
            .values(subject=capacity.word, **row)
            .on_conflict_do_update(index_elements=["subject"], set_=row)
        )

    def capacities(self, *, limit: int) -> tuple[Capacity, ...]:
        """Return the capacities that are stated, the latest first."""
        wanted = select(_capacity).order_by(_capacity.c.stated_on.desc(), _capacity.c.subject)
        found = []
        for row in self._transaction.execute(wanted.limit(limit)).mappings():
            _, exporter, hs6 = row["subject"].split("/")
            content = {name: row[name] for name in ("kilograms", "source", "stated_on", "kept_by")}
            found.append(Capacity(exporter, hs6, **content))
        return tuple(found)

    def _tips(self, wanted: Select[Any]) -> tuple[Tip, ...]:
        rows = self._transaction.execute(wanted).mappings()
        return tuple(
            Tip(**{**row, "subject": subject_of(row["subject"]), "state": TipState(row["state"])})
            for row in rows
        )

    def _entries(self, wanted: Select[Any]) -> tuple[Watched, ...]:
        rows = self._transaction.execute(wanted).mappings()
        return tuple(Watched(**{**row, "subject": subject_of(row["subject"])}) for row in rows)


def subject_of(word: str) -> Subject:
    """Read a subject as it is found by."""
    kind, _, key = word.partition("/")
    return Subject(SubjectKind(kind), key)


def _row(table: Table, kept: Tip | Watched) -> dict[str, Any]:
    return {one.name: getattr(kept, one.name) for one in table.c} | {"subject": kept.subject.word}
