"""How many messages there are, by direction, partner and state."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from eodes.store import tables


@dataclass(frozen=True, slots=True)
class Counted:
    """One count."""

    direction: str
    partner: str
    state: str
    count: int


def counts(connection: Connection) -> tuple[Counted, ...]:
    """Count the messages of both directions."""
    found = []
    for direction, table in (("out", tables.outgoing), ("in", tables.incoming)):
        rows = connection.execute(
            select(table.c.partner, table.c.state, func.count()).group_by(
                table.c.partner, table.c.state
            )
        )
        found += [Counted(direction, *row) for row in rows]
    return tuple(found)
