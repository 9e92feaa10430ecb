"""Reads and writes applications; every change compares the version before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select, update

from ooms.applications import tables
from ooms.applications.model import Application, Content, Decision, State
from ooms.db import Transaction, Window

_t, _line = tables.application, tables.citation
CONTENT = TypeAdapter(Content)


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
        return _read(row) if row else None

    def page(
        self, window: Window, *, company: str | None, state: State | None
    ) -> tuple[Application, ...]:
        """Return the newest applications: one exporter's with drafts, or everybody's without."""
        wanted = select(_t).order_by(_t.c.id.desc()).limit(window.limit)
        if window.before is not None:
            wanted = wanted.where(_t.c.id < window.before)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        else:
            wanted = wanted.where(_t.c.state != State.DRAFT.value)
        if state is not None:
            wanted = wanted.where(_t.c.state == state.value)
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())

    def _cite(self, application: Application) -> None:
        self._transaction.execute(delete(_line).where(_line.c.application_id == application.id))
        self._transaction.execute(
            insert(_line),
            [
                {
                    "application_id": application.id,
                    "item_no": line.item_no,
                    "determination_id": line.determination_id,
                }
                for line in application.content.lines
            ],
        )


def _changing(application: Application) -> dict[str, Any]:
    content, decision = application.content, application.decision
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
    }


def _read(row: Mapping[Any, Any]) -> Application:
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
    )
