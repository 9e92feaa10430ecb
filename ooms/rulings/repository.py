"""Reads and writes advance rulings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, func, insert, select, true, update

from ooms.db import Transaction, Window, any_of, one_of
from ooms.rulings import tables
from ooms.rulings.model import Ruling, Search, State

_t = tables.ruling
_RULING = TypeAdapter(Ruling)
_RULED = (State.IN_FORCE, State.REVOKED)
#: Made once, for every claim asks it.
_ABOUT = (
    select(_t.c.content)
    .where(one_of(_t.c.hs6, "subheadings"), any_of(_t.c.state, *_RULED))
    .order_by(_t.c.id)
)


class RulingRows:
    """Advance rulings within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, ruling: Ruling) -> None:
        """Keep an application for a ruling."""
        self._transaction.execute(insert(_t).values(**_row(ruling)))

    def find(self, ruling_id: str) -> Ruling | None:
        """Find a ruling by its key."""
        return next(iter(self._rulings(select(_t.c.content).where(_t.c.id == ruling_id))), None)

    def change(self, ruling: Ruling, *, since: Ruling) -> bool:
        """Write a changed ruling; False when somebody changed it meanwhile."""
        done = self._transaction.execute(
            update(_t)
            .where(_t.c.id == ruling.id, _t.c.version == since.version)
            .values(**_row(ruling))
        )
        return done.rowcount == 1

    def numbered(self, prefix: str) -> int:
        """Count the rulings whose number begins so; who numbers meanwhile waits for us."""
        begins_so = _t.c.number.startswith(prefix, autoescape=True)
        last = select(_t.c.id).where(begins_so).order_by(_t.c.number.desc()).limit(1)
        self._transaction.execute(last.with_for_update())
        wanted = select(func.count()).where(begins_so)
        return int(self._transaction.execute(wanted).scalar_one())

    def about(self, subheadings: Iterable[str]) -> tuple[Ruling, ...]:
        """Return what was ruled on goods of some subheadings, in one statement."""
        return self._rulings(_ABOUT, {"subheadings": sorted(set(subheadings))})

    def page(
        self, window: Window, *, company: str | None, state: State | None
    ) -> tuple[Ruling, ...]:
        """Return the newest rulings, of one company and state or of all."""
        wanted = window.of(select(_t.c.content), by=_t.c.id)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        if state is not None:
            wanted = wanted.where(_t.c.state == state)
        return self._rulings(wanted)

    def published(self, window: Window, *, search: Search) -> tuple[Ruling, ...]:
        """Return the newest published rulings that are searched for."""
        wanted = window.of(select(_t.c.content), by=_t.c.id).where(_t.c.is_published == true())
        if search.hs:
            wanted = wanted.where(_t.c.hs6.startswith(search.hs, autoescape=True))
        if search.agreement:
            wanted = wanted.where(_t.c.agreement == search.agreement)
        for word in search.words:
            wanted = wanted.where(_t.c.published_words.contains(word.casefold(), autoescape=True))
        if search.process:
            process = search.process.casefold()
            wanted = wanted.where(_t.c.published_processes.contains(process, autoescape=True))
        return self._rulings(wanted)

    def _rulings(
        self, wanted: Select[Any], asked: Mapping[str, object] | None = None
    ) -> tuple[Ruling, ...]:
        found = self._transaction.execute(wanted, asked).scalars()
        return tuple(_RULING.validate_python(one) for one in found)


def _row(ruling: Ruling) -> dict[str, Any]:
    goods, shown = ruling.request.goods, ruling.published
    return {
        "id": ruling.id,
        "number": ruling.decided.number if ruling.decided else None,
        "exporter_id": ruling.exporter_id,
        "state": ruling.state.value,
        "holder": goods.holder,
        "agreement": goods.agreement,
        "hs6": goods.hs6,
        "due_on": ruling.due_on,
        "is_published": shown is not None,
        "published_words": f"{shown.description} {shown.text}".casefold() if shown else "",
        "published_processes": "\n".join(shown.processes).casefold() if shown else "",
        "version": ruling.version,
        "content": _RULING.dump_python(ruling, mode="json"),
    }
