"""Reads and writes applications; every change compares the version before it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from ooms.access import tables as access
from ooms.access.confidentiality import Kind
from ooms.applications import tables
from ooms.applications.model import (
    HELD_IN,
    PENDING,
    Application,
    Check,
    CheckResult,
    CompletionRequest,
    Content,
    Decision,
    Finding,
    Lack,
    Outcome,
    State,
)
from ooms.db import Transaction, Window
from ooms.determinations import tables as grounds
from ooms.exporters import tables as companies
from ooms.procedures.running import RunningClock

_t, _line, _completion = tables.application, tables.citation, tables.completion
CONTENT = TypeAdapter(Content)
_check = tables.check
_CLOCK = TypeAdapter(RunningClock)
_LACKS = TypeAdapter(tuple[Lack, ...])


class ApplicationRows:
    """Applications within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, application: Application) -> None:
        """Keep a new application."""
        self._transaction.execute(
            insert(_t).values(
                id=application.id,
                exporter_id=application.exporter_id,
                drafted_at=application.drafted_at,
                **_changing(application),
            )
        )
        self._cite(application)

    def change(self, application: Application, *, since: Application) -> bool:
        """Write a changed application; False when somebody else changed it since it was read."""
        done = self._transaction.execute(
            update(_t)
            .where(_t.c.id == since.id, _t.c.version == since.version, _t.c.state == since.state)
            .values(**_changing(application))
        )
        if done.rowcount == 1 and application.content != since.content:
            self._cite(application)
        return done.rowcount == 1

    def find(self, application_id: str) -> Application | None:
        """Find an application by its key."""
        wanted = select(_t).where(_t.c.id == application_id)
        row = self._transaction.execute(wanted).mappings().first()
        return read(row) if row else None

    def page(
        self, window: Window, *, company: str | None, state: State | None, drafts: bool
    ) -> tuple[Application, ...]:
        """Return the newest applications, with drafts or without; `company` narrows to one's."""
        wanted = window.of(select(_t), by=_t.c.id)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        if not drafts:
            wanted = wanted.where(_t.c.state != State.DRAFT.value)
        if state is not None:
            wanted = wanted.where(_t.c.state == state.value)
        return tuple(read(row) for row in self._transaction.execute(wanted).mappings())

    def overdue(self, window: Window, *, on: date) -> tuple[Application, ...]:
        """Return the applications whose clock ran out before a day, the newest first."""
        late = (_t.c.due_on < on) & _t.c.state.in_([one.value for one in PENDING])
        wanted = window.of(select(_t).where(late), by=_t.c.id)
        return tuple(read(row) for row in self._transaction.execute(wanted).mappings())

    def load(self) -> dict[str, int]:
        """Count what every officer has to do."""
        wanted = (
            select(_t.c.officer_id, func.count())
            .where(_t.c.officer_id.is_not(None), _t.c.state.in_([one.value for one in PENDING]))
            .group_by(_t.c.officer_id)
        )
        return {row[0]: row[1] for row in self._transaction.execute(wanted)}

    def _cite(self, application: Application) -> None:
        self._transaction.execute(delete(_line).where(_line.c.application_id == application.id))
        cited = [
            {
                "application_id": application.id,
                "item_no": line.item_no,
                "determination_id": line.determination_id,
            }
            for line in application.content.lines
            if line.determination_id
        ]
        if cited:
            self._transaction.execute(insert(_line), cited)


_user, _exporter = access.user, companies.exporter
_QUEUED = _t.join(_exporter, _exporter.c.id == _t.c.exporter_id).outerjoin(
    _user, _user.c.id == _t.c.officer_id
)


class QueueRows:
    """The queue within one transaction, as it is on a day."""

    def __init__(self, transaction: Transaction, *, on: date) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction
        self._on = on

    def page(  # noqa: PLR0913  # the filters of the queue, each by its name
        self,
        window: Window,
        *,
        state: State | None,
        agreement: str | None,
        officer: str | None,
        overdue: bool,
        company: str | None,
    ) -> tuple[tuple[Application, str, str | None], ...]:
        """Return applications with the names of exporter and officer, the oldest first."""
        states = [state] if state in PENDING else [] if state else sorted(PENDING)
        limits: list[ColumnElement[bool]] = [_t.c.state.in_([one.value for one in states])]
        if agreement:
            limits.append(_t.c.agreement == agreement)
        if officer is not None:
            limits.append(_t.c.officer_id == officer if officer else _t.c.officer_id.is_(None))
        if overdue:
            limits.append(_t.c.due_on < self._on)
        if company is not None:
            limits.append(_t.c.exporter_id == company)
        wanted = (
            select(_t, _exporter.c.name.label("exporter"), _user.c.name.label("officer"))
            .select_from(_QUEUED)
            .where(*limits, *self._after(window))
            .order_by(_t.c.submitted_on, _t.c.id)
            .limit(window.limit)
        )
        return tuple(
            (read(row), row["exporter"], row["officer"])
            for row in self._transaction.execute(wanted).mappings()
        )

    def _after(self, window: Window) -> tuple[ColumnElement[bool], ...]:
        """Begin after the one that the part before ended with."""
        if window.before is None:
            return ()
        last = select(_t.c.submitted_on).where(_t.c.id == window.before).scalar_subquery()
        same_day = and_(_t.c.submitted_on == last, _t.c.id > window.before)
        return (or_(_t.c.submitted_on > last, same_day),)


class HoldingRows:
    """What the applications cite that somebody decides on, within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def of_officer(self, officer_id: str, ids: Iterable[str], *, kind: Kind) -> frozenset[str]:
        """Return which of these things an application of the officer cites."""
        states = [one.value for one in HELD_IN]
        return self._cited(ids, kind, (_t.c.officer_id == officer_id) & _t.c.state.in_(states))

    def to_confirm(self, person_id: str, ids: Iterable[str], *, kind: Kind) -> frozenset[str]:
        """Return which of these things a refusal is about that the person may confirm."""
        proposed = _t.c.state == State.REFUSAL_PROPOSED.value
        return self._cited(ids, kind, proposed & (_t.c.officer_id != person_id))

    def citing(self, determination_id: str) -> tuple[Application, ...]:
        """Return the applications that cite a determination and wait for the office."""
        lines = select(_line.c.application_id).where(_line.c.determination_id == determination_id)
        states = [State.DRAFT.value, *(one.value for one in PENDING)]
        wanted = select(_t).where(_t.c.id.in_(lines), _t.c.state.in_(states)).order_by(_t.c.id)
        return tuple(read(row) for row in self._transaction.execute(wanted).mappings())

    def _cited(self, ids: Iterable[str], kind: Kind, decided: Any) -> frozenset[str]:
        """Look for one application that cites each: a thing may be cited by thousands."""
        key, determination_id = _CITED[kind]
        cites = exists().select_from(_lines).where(_of_line == determination_id, decided)
        wanted = select(key).where(key.in_(sorted(set(ids))), cites)
        return frozenset(self._transaction.execute(wanted.distinct()).scalars())


_of_line = _line.c.determination_id
_lines = _t.join(_line, _line.c.application_id == _t.c.id)
#: The key of each kind of thing, and of the determination that stands on it.
_CITED: Mapping[Kind, tuple[Any, Any]] = {
    Kind.DETERMINATION: (grounds.determination.c.id, grounds.determination.c.id),
    Kind.PRODUCT: (grounds.determination.c.product_id, grounds.determination.c.id),
    Kind.DECLARATION: (grounds.proof.c.declaration_id, grounds.proof.c.determination_id),
}


class CompletionRows:
    """Requests for completion within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, request: CompletionRequest) -> None:
        """Keep a new request."""
        row = {name: getattr(request, name) for name in _completion.c.keys()}  # noqa: SIM118  # columns, not a dict
        row["lacks"] = _LACKS.dump_python(request.lacks, mode="json")
        row["stated"] = CONTENT.dump_python(request.stated, mode="json") if request.stated else None
        row["outcome"] = request.outcome.value
        self._transaction.execute(insert(_completion).values(**row))

    def end(self, request_id: str, *, outcome: Outcome, answer: str, now: datetime) -> bool:
        """Close an open request; False when it is closed already."""
        done = self._transaction.execute(
            update(_completion)
            .where(_completion.c.id == request_id, _completion.c.outcome == Outcome.OPEN.value)
            .values(outcome=outcome.value, answer=answer, ended_at=now)
        )
        return done.rowcount == 1

    def of(self, application_id: str) -> tuple[CompletionRequest, ...]:
        """Return an application's requests, the oldest first."""
        wanted = select(_completion).where(_completion.c.application_id == application_id)
        return self._read(wanted.order_by(_completion.c.id))

    def ended_before(self, day: date, *, most: int) -> tuple[CompletionRequest, ...]:
        """Return open requests whose period ended before a day."""
        return self._read(
            select(_completion)
            .where(_completion.c.outcome == Outcome.OPEN.value, _completion.c.due_on < day)
            .order_by(_completion.c.due_on, _completion.c.id)
            .limit(most)
        )

    def _read(self, wanted: Select[Any]) -> tuple[CompletionRequest, ...]:
        found = []
        for row in self._transaction.execute(wanted).mappings():
            values = {str(name): value for name, value in row.items()}
            values["lacks"] = _LACKS.validate_python(values["lacks"])
            values["outcome"] = Outcome(values["outcome"])
            stated = values["stated"]
            values["stated"] = CONTENT.validate_python(stated) if stated else None
            found.append(CompletionRequest(**values))
        return tuple(found)


class CheckRows:
    """What checks found, within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def keep(self, application_id: str, results: Iterable[CheckResult], *, now: datetime) -> None:
        """Keep results in the place of earlier ones of the same checks.

        The application is locked first, so that two who check it at once come one by one.
        """
        locked = select(tables.application.c.id).where(tables.application.c.id == application_id)
        self._transaction.execute(locked.with_for_update())
        rows = [
            {
                "application_id": application_id,
                "name": one.check.value,
                "finding": one.finding.value,
                "detail": one.detail,
                "decided_by": one.decided_by,
                "decided_at": one.decided_at or now,
            }
            for one in results
        ]
        names = [row["name"] for row in rows]
        of_these = _check.c.application_id == application_id, _check.c.name.in_(names)
        self._transaction.execute(delete(_check).where(*of_these))
        self._transaction.execute(insert(_check), rows)

    def forget(self, application_id: str) -> None:
        """Forget what was found in an application that was written anew."""
        self._transaction.execute(delete(_check).where(_check.c.application_id == application_id))

    def of(self, application_id: str) -> dict[Check, CheckResult]:
        """Return what was found, by check."""
        wanted = select(_check).where(_check.c.application_id == application_id)
        found = (
            CheckResult(
                Check(row["name"]),
                Finding(row["finding"]),
                row["detail"],
                row["decided_by"],
                row["decided_at"],
            )
            for row in self._transaction.execute(wanted).mappings()
        )
        return {one.check: one for one in found}


def _changing(application: Application) -> dict[str, Any]:
    content, decision = application.content, application.decision
    clock = application.clock
    return {
        "state": application.state.value,
        "version": application.version,
        "agreement": content.agreement,
        "import_country": content.import_country,
        "content": CONTENT.dump_python(content, mode="json"),
        "submitted_on": application.submitted_on,
        "officer_id": application.officer_id,
        "reason_code": decision.reason_code if decision else None,
        "reason": decision.reason if decision else None,
        "decided_at": decision.decided_at if decision else None,
        "clock": _CLOCK.dump_python(clock, mode="json") if clock else None,
        "due_on": clock.due_on if clock else None,
        "office": application.office,
    }


def read(row: Mapping[Any, Any]) -> Application:
    """Return the application of a row."""
    decided = row["decided_at"] is not None
    return Application(
        id=row["id"],
        exporter_id=row["exporter_id"],
        state=State(row["state"]),
        version=row["version"],
        content=CONTENT.validate_python(row["content"]),
        drafted_at=row["drafted_at"],
        submitted_on=row["submitted_on"],
        officer_id=row["officer_id"],
        decision=(
            Decision(row["reason_code"], row["reason"], row["decided_at"]) if decided else None
        ),
        clock=_CLOCK.validate_python(row["clock"]) if row["clock"] else None,
        office=row["office"],
    )
