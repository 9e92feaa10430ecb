"""Reads and writes approvals and their applications; every change compares the version."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, insert, select, update

from ooms.approvals import tables
from ooms.approvals.model import LIVE, OPEN, Approval, Level, Request, RequestState
from ooms.db import Transaction, Window, upsert

_r, _a, _series = tables.request, tables.approval, tables.series
_REQUEST, _APPROVAL = TypeAdapter(Request), TypeAdapter(Approval)
_LIVE = tuple(one.value for one in LIVE)


class RequestRows:
    """Applications for approval within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, request: Request) -> None:
        """Keep a new application."""
        self._transaction.execute(
            insert(_r).values(
                id=request.id, exporter_id=request.exporter_id, **_of_request(request)
            )
        )

    def change(self, request: Request, *, since: Request) -> bool:
        """Write a changed application; False when somebody changed it since it was read."""
        done = self._transaction.execute(
            update(_r)
            .where(_r.c.id == since.id, _r.c.version == since.version)
            .values(**_of_request(request))
        )
        return done.rowcount == 1

    def find(self, request_id: str) -> Request | None:
        """Find an application by its key."""
        found = self._read(select(_r.c.content).where(_r.c.id == request_id))
        return found[0] if found else None

    def page(
        self, window: Window, *, company: str | None, state: RequestState | None
    ) -> tuple[Request, ...]:
        """Return the newest applications, of one company or of all."""
        wanted = window.of(select(_r.c.content), by=_r.c.id)
        if company is not None:
            wanted = wanted.where(_r.c.exporter_id == company)
        if state is not None:
            wanted = wanted.where(_r.c.state == state.value)
        return self._read(wanted)

    def open_of(self, exporter_id: str) -> tuple[Request, ...]:
        """Return a company's applications that wait for an answer."""
        states = [one.value for one in OPEN]
        return self._read(
            select(_r.c.content).where(_r.c.exporter_id == exporter_id, _r.c.state.in_(states))
        )

    def _read(self, wanted: Select[Any]) -> tuple[Request, ...]:
        rows = self._transaction.execute(wanted)
        return tuple(_REQUEST.validate_python(row.content) for row in rows)


class ApprovalRows:
    """Approvals within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def next_serial(self, *, level: Level, year: int) -> int:
        """Take the next number of a series; its row stays locked until the transaction ends."""
        first = upsert(self._transaction, _series).values(level=level.value, year=year, last=1)
        taken = first.on_conflict_do_update(
            index_elements=[_series.c.level, _series.c.year], set_={"last": _series.c.last + 1}
        ).returning(_series.c.last)
        return int(self._transaction.execute(taken).scalar_one())

    def add(self, approval: Approval) -> None:
        """Keep a new approval."""
        self._transaction.execute(
            insert(_a).values(
                id=approval.id,
                number=approval.number,
                exporter_id=approval.exporter_id,
                level=approval.scope.level.value,
                agreement=approval.scope.agreement,
                hs6=approval.scope.hs6,
                approved_on=approval.approved_on,
                **_of_approval(approval),
            )
        )

    def change(self, approval: Approval, *, since: Approval) -> bool:
        """Write a changed approval; False when somebody changed it since it was read."""
        done = self._transaction.execute(
            update(_a)
            .where(_a.c.id == since.id, _a.c.version == since.version)
            .values(**_of_approval(approval))
        )
        return done.rowcount == 1

    def find(self, approval_id: str) -> Approval | None:
        """Find an approval by its key."""
        found = self._read(select(_a.c.content).where(_a.c.id == approval_id))
        return found[0] if found else None

    def numbered(self, number: str) -> Approval | None:
        """Find an approval by its number."""
        found = self._read(select(_a.c.content).where(_a.c.number == number))
        return found[0] if found else None

    def of(self, exporter_id: str) -> tuple[Approval, ...]:
        """Return every approval of a company, the oldest first."""
        wanted = select(_a.c.content).where(_a.c.exporter_id == exporter_id)
        return self._read(wanted.order_by(_a.c.id))

    def page(self, window: Window, *, company: str | None) -> tuple[Approval, ...]:
        """Return the newest approvals, of one company or of all."""
        wanted = window.of(select(_a.c.content), by=_a.c.id)
        if company is not None:
            wanted = wanted.where(_a.c.exporter_id == company)
        return self._read(wanted)

    def holding(self, on: date) -> tuple[Approval, ...]:
        """Return the approvals that are good on a day."""
        found = self._read(
            select(_a.c.content)
            .where(_a.c.approved_on <= on, _a.c.valid_until >= on)
            .order_by(_a.c.id)
        )
        return tuple(one for one in found if one.holds(on))

    def ending_by(self, day: date, *, after: str, most: int) -> tuple[Approval, ...]:
        """Return live approvals whose last day comes until a day, a group at a time."""
        return self._read(
            select(_a.c.content)
            .where(_a.c.state.in_(_LIVE), _a.c.valid_until <= day, _a.c.id > after)
            .order_by(_a.c.id)
            .limit(most)
        )

    def _read(self, wanted: Select[Any]) -> tuple[Approval, ...]:
        rows = self._transaction.execute(wanted)
        return tuple(_APPROVAL.validate_python(row.content) for row in rows)


def _of_request(request: Request) -> dict[str, Any]:
    return {
        "state": request.state.value,
        "version": request.version,
        "decide_by": request.decide_by,
        "content": _REQUEST.dump_python(request, mode="json"),
    }


def _of_approval(approval: Approval) -> dict[str, Any]:
    return {
        "state": approval.state.value,
        "version": approval.version,
        "valid_until": approval.valid_until,
        "ended_on": approval.ended_on,
        "content": _APPROVAL.dump_python(approval, mode="json"),
    }
