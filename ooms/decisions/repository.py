"""Reads and writes decisions, and what goes on around them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Table, bindparam, func, insert, select, update

from ooms.db import Transaction, Window
from ooms.decisions import tables
from ooms.decisions.asked import (
    Completion,
    LateClaim,
    LateEnd,
    Objection,
    Settlement,
)
from ooms.decisions.model import Entry, Place
from ooms.decisions.prior_notice import OPEN, PriorNotice

_t = tables.decision
_ENTRY = TypeAdapter(Entry)
_MONTH = "%Y-%m"

# Made once, for every claim asks and writes them.
_INSERT = insert(_t)
_LAST_SEQS = (
    select(_t.c.line_no, _t.c.spec_no, func.max(_t.c.seq).label("seq"))
    .where(_t.c.claim_id == bindparam("claim"))
    .group_by(_t.c.line_no, _t.c.spec_no)
)


class Keepable(Protocol):
    """Whatever has a key of its own."""

    @property
    def id(self) -> str:
        """The key."""
        ...


Kept = TypeVar("Kept", bound=Keepable)


class DecisionRows:
    """Decisions within one transaction; each is added once and never changed."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, entries: tuple[Entry, ...]) -> None:
        """Keep new decisions."""
        if entries:
            self._transaction.execute(_INSERT, [_row(one) for one in entries])

    def of_line(self, place: Place) -> tuple[Entry, ...]:
        """Return every decision on a line, the oldest first."""
        wanted = select(_t.c.content).where(
            _t.c.claim_id == place.claim_id,
            _t.c.line_no == place.line_no,
            _t.c.spec_no == place.spec_no,
        )
        return self._read(wanted.order_by(_t.c.seq))

    def of_claim(self, claim_id: str) -> tuple[Entry, ...]:
        """Return every decision on a claim, the oldest first."""
        return self._read(select(_t.c.content).where(_t.c.claim_id == claim_id).order_by(_t.c.id))

    def find(self, decision_id: str) -> Entry | None:
        """Find a decision by its key."""
        found = self._read(select(_t.c.content).where(_t.c.id == decision_id))
        return found[0] if found else None

    def last_seqs(self, claim_id: str) -> dict[tuple[int, int], int]:
        """Say by line how many decisions there are on a claim."""
        rows = self._transaction.execute(_LAST_SEQS, {"claim": claim_id})
        return {(row.line_no, row.spec_no): row.seq for row in rows}

    def _read(self, wanted: Any) -> tuple[Entry, ...]:
        rows = self._transaction.execute(wanted).scalars()
        return tuple(_ENTRY.validate_python(one) for one in rows)


class KeptRows(Generic[Kept]):
    """What goes on around decisions, one kind of it, within one transaction."""

    def __init__(self, transaction: Transaction, table: Table, shape: type[Kept]) -> None:
        """Work inside an open transaction, on one of the tables."""
        self._transaction = transaction
        self._table = table
        self._shape: TypeAdapter[Kept] = TypeAdapter(shape)
        self._own = [name for name in table.c.keys() if name != "content"]  # noqa: SIM118  # no dictionary

    def add(self, kept: Kept) -> None:
        """Keep something new."""
        self._transaction.execute(insert(self._table).values(**self._values(kept)))

    def change(self, kept: Kept, *, since: StrEnum) -> bool:
        """Write what changed; False when somebody else changed it since."""
        of = self._table.c
        done = self._transaction.execute(
            update(self._table)
            .where(of.id == kept.id, of.state == since.value)
            .values(**self._values(kept))
        )
        return done.rowcount == 1

    def find(self, kept_id: str) -> Kept | None:
        """Find one by its key."""
        found = self._read(self._all().where(self._table.c.id == kept_id))
        return found[0] if found else None

    def of_claim(self, claim_id: str) -> tuple[Kept, ...]:
        """Return those of a claim, the oldest first."""
        wanted = self._all().where(self._table.c.claim_id == claim_id)
        return self._read(wanted.order_by(self._table.c.id))

    def page(
        self, window: Window, *, state: StrEnum | None = None, before: date | None = None
    ) -> tuple[Kept, ...]:
        """Return the newest; in a state, or due before a day."""
        of = self._table.c
        wanted = window.of(self._all(), by=of.id)
        if state is not None:
            wanted = wanted.where(of.state == state.value)
        if before is not None:
            wanted = wanted.where(of.due_on < before)
        return self._read(wanted)

    def _all(self) -> Any:
        return select(self._table.c.content)

    def _read(self, wanted: Any) -> tuple[Kept, ...]:
        rows = self._transaction.execute(wanted).scalars()
        return tuple(self._shape.validate_python(one) for one in rows)

    def _values(self, kept: Kept) -> dict[str, Any]:
        place = getattr(kept, "place", None)
        values = {
            name: place.claim_id if name == "claim_id" and place else getattr(kept, name)
            for name in self._own
        }
        if "state" in values:
            values["state"] = values["state"].value
        return values | {"content": self._shape.dump_python(kept, mode="json")}


class LateRows(KeptRows[LateClaim]):
    """Claims after release within one transaction; each ends without a state of its own."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        super().__init__(transaction, tables.late_claim, LateClaim)

    def rewrite(self, late: LateClaim) -> None:
        """Write what changed of a claim after release."""
        own = self._table.c.id == late.id
        self._transaction.execute(update(self._table).where(own).values(**self._values(late)))

    def withdrawn(self, declaration: str) -> LateClaim | None:
        """Find the last version of a declaration whose period a later version goes on with."""
        of = self._table.c
        wanted = self._all().where(of.declaration_number == declaration).order_by(of.id.desc())
        found = self._read(wanted.limit(1))
        return next((one for one in found if one.ended_by is LateEnd.WITHDRAWN), None)

    def some(
        self, window: Window, *, only_open: bool, before: date | None
    ) -> tuple[LateClaim, ...]:
        """Return the newest; those that nothing ended, or that are to be decided before a day."""
        of = self._table.c
        wanted = window.of(self._all(), by=of.id)
        if only_open:
            wanted = wanted.where(of.ended_on.is_(None))
        if before is not None:
            wanted = wanted.where(of.decide_by < before)
        return self._read(wanted)


class NoticeRows(KeptRows[PriorNotice]):
    """Notices before denials within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        super().__init__(transaction, tables.prior_notice, PriorNotice)

    def ripe(self, window: Window, *, on: date) -> tuple[PriorNotice, ...]:
        """Return the newest that are to be decided: overdue for an answer, or answered in full."""
        of = self._table.c
        is_open = of.state.in_(sorted(one.value for one in OPEN))
        is_waived = of.content["nothing_more"].as_boolean()
        return self._read(
            window.of(self._all(), by=of.id).where(is_open, (of.due_on < on) | is_waived)
        )


def completions(transaction: Transaction) -> KeptRows[Completion]:
    """Open the requests for completion."""
    return KeptRows(transaction, tables.completion, Completion)


def objections(transaction: Transaction) -> KeptRows[Objection]:
    """Open the objections."""
    return KeptRows(transaction, tables.objection, Objection)


def settlements(transaction: Transaction) -> KeptRows[Settlement]:
    """Open the amounts to be settled."""
    return KeptRows(transaction, tables.settlement, Settlement)


def prior_notices(transaction: Transaction) -> NoticeRows:
    """Open the notices before denials."""
    return NoticeRows(transaction)


def late_claims(transaction: Transaction) -> LateRows:
    """Open the claims after release."""
    return LateRows(transaction)


def _row(entry: Entry) -> dict[str, Any]:
    about, place = entry.about, entry.place
    return {
        "id": entry.id,
        "claim_id": place.claim_id,
        "line_no": place.line_no,
        "spec_no": place.spec_no,
        "seq": entry.seq,
        "verdict": entry.verdict.value,
        "cause": entry.cause.value,
        "declaration_number": about.declaration_number,
        "number_key": about.number_key,
        "agreement": about.agreement,
        "issuing_country": about.issuing_country,
        "item_no": about.item_no,
        "chapter": about.hs[:2],
        "month": entry.decided_on.strftime(_MONTH),
        "reason_class": entry.why.reason_class if entry.why else "",
        "decided_by": entry.decided_by,
        "decided_on": entry.decided_on,
        "decided_at": entry.decided_at,
        "content": _ENTRY.dump_python(entry, mode="json"),
    }
