"""Reads and writes claims."""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ooms.claims import tables
from ooms.claims.model import CheckedLine, Claim, Declaration
from ooms.db import Transaction, Window

_t, _line = tables.claim, tables.line
CHECKED_LINE = TypeAdapter(CheckedLine)


class ClaimRows:
    """Claims within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction
        is_postgresql = transaction.dialect.name == "postgresql"
        self._insert = postgresql.insert if is_postgresql else sqlite.insert

    def open(
        self, claim_id: str, declaration: Declaration, *, fingerprint: str, now: datetime
    ) -> bool:
        """Keep a claim without its lines; False when this version of the declaration is known."""
        done = self._transaction.execute(
            self._insert(_t)
            .values(
                id=claim_id,
                declaration_number=declaration.number,
                version=declaration.version,
                declared_on=declaration.declared_on,
                fingerprint=fingerprint,
                superseded=False,
                made_at=now,
            )
            .on_conflict_do_nothing()
            .returning(_t.c.id)
        )
        return done.first() is not None

    def add_lines(self, claim_id: str, lines: tuple[CheckedLine, ...]) -> None:
        """Keep the lines of a claim."""
        self._transaction.execute(
            insert(_line),
            [
                {
                    "claim_id": claim_id,
                    "line_no": one.line.line_no,
                    "content": CHECKED_LINE.dump_python(one, mode="json"),
                    "decision": one.decision.value,
                }
                for one in lines
            ],
        )

    def decide_line(self, claim_id: str, line: CheckedLine, *, since: CheckedLine) -> bool:
        """Write the decision on a line; False when somebody decided it meanwhile."""
        done = self._transaction.execute(
            update(_line)
            .where(
                _line.c.claim_id == claim_id,
                _line.c.line_no == line.line.line_no,
                _line.c.decision == since.decision.value,
            )
            .values(
                content=CHECKED_LINE.dump_python(line, mode="json"), decision=line.decision.value
            )
        )
        return done.rowcount == 1

    def supersede(self, claim_id: str) -> None:
        """Note that a later version of the declaration took the place of a claim."""
        self._transaction.execute(update(_t).where(_t.c.id == claim_id).values(superseded=True))

    def fingerprint(self, declaration: Declaration) -> tuple[str, str] | None:
        """Return key and fingerprint of the claim of a declaration's version."""
        row = self._transaction.execute(
            select(_t.c.id, _t.c.fingerprint).where(
                _t.c.declaration_number == declaration.number, _t.c.version == declaration.version
            )
        ).first()
        return (row.id, row.fingerprint) if row else None

    def others(self, declaration: Declaration) -> tuple[Claim, ...]:
        """Return the claims of the other versions of a declaration, the newest first."""
        rows = self._transaction.execute(
            select(_t.c.id)
            .where(
                _t.c.declaration_number == declaration.number, _t.c.version != declaration.version
            )
            .order_by(_t.c.version.desc())
        ).scalars()
        found = (self.find(one) for one in rows.all())
        return tuple(one for one in found if one is not None)

    def find(self, claim_id: str) -> Claim | None:
        """Find a claim by its key."""
        row = self._transaction.execute(select(_t).where(_t.c.id == claim_id)).first()
        if row is None:
            return None
        contents = self._transaction.execute(
            select(_line.c.content).where(_line.c.claim_id == claim_id).order_by(_line.c.line_no)
        ).scalars()
        lines = tuple(CHECKED_LINE.validate_python(one) for one in contents)
        declaration = Declaration(
            row.declaration_number, row.version, row.declared_on, tuple(one.line for one in lines)
        )
        return Claim(claim_id, declaration, lines, row.made_at, superseded=row.superseded)

    def page(self, window: Window, *, number: str | None) -> tuple[Claim, ...]:
        """Return the newest claims, of one declaration or of all."""
        wanted = select(_t.c.id).order_by(_t.c.id.desc()).limit(window.limit)
        if window.before is not None:
            wanted = wanted.where(_t.c.id < window.before)
        if number is not None:
            wanted = wanted.where(_t.c.declaration_number == number)
        found = (self.find(one) for one in self._transaction.execute(wanted).scalars().all())
        return tuple(one for one in found if one is not None)
