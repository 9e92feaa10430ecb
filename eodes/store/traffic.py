"""How things stand with one partner, as the rows of both directions tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ScalarSelect, exists, func, select

from eodes.domain.lifecycle import Outgoing
from eodes.store import tables

#: A message in one of these states is on its way: the partner's final answer is still to come.
ON_THE_WAY = (
    Outgoing.QUEUED,
    Outgoing.NUMBERED,
    Outgoing.SEALED,
    Outgoing.SENDING,
    Outgoing.AWAITING,
)


@dataclass(frozen=True, slots=True)
class Traffic:
    """When each side last spoke, what is on its way, and what the last comparison found."""

    last_sent_at: datetime | None
    last_heard_at: datetime | None
    on_the_way: int
    oldest_at: datetime | None
    set_aside: int
    compared_on: datetime | None
    #: What the last comparison found and nobody has explained; beside it, what somebody has.
    differences: int
    explained: int
    #: What waits for a trigger of its own, such as the number of the export declaration.
    untriggered: int
    untriggered_since: datetime | None


def traffic(connection: Connection, partner: str) -> Traffic:
    """Look at the rows of a partner; what waits for a trigger of its own is not on its way."""
    out, heard, run = tables.outgoing, tables.incoming, tables.reconciliation
    sent = (
        select(out.c.created_at)
        .where(out.c.partner == partner, out.c.channel_seq.is_not(None))
        .order_by(out.c.channel_seq.desc())
        .limit(1)
    )
    received = (
        select(heard.c.received_at)
        .where(heard.c.partner == partner)
        .order_by(heard.c.message_id.desc())
        .limit(1)
    )
    unended = select(func.count(), func.min(out.c.created_at)).where(
        out.c.partner == partner, out.c.state.in_([one.value for one in ON_THE_WAY])
    )
    waiting = unended.where(out.c.is_waiting.is_(False))
    untriggered = unended.where(out.c.is_waiting.is_(True))
    aside = select(func.count()).where(
        out.c.partner == partner, out.c.state == Outgoing.FAILED.value
    )
    compared = (
        select(run.c.ended_at, run.c.findings, _explained(run.c.run_id))
        .where(run.c.partner == partner, run.c.ended_at.is_not(None))
        .order_by(run.c.started_at.desc())
        .limit(1)
    )
    count, oldest = connection.execute(waiting).one()
    held, held_since = connection.execute(untriggered).one()
    comparison = connection.execute(compared).one_or_none()
    return Traffic(
        last_sent_at=connection.execute(sent).scalar(),
        last_heard_at=connection.execute(received).scalar(),
        on_the_way=count,
        oldest_at=oldest,
        set_aside=connection.execute(aside).scalar_one(),
        compared_on=comparison[0] if comparison else None,
        differences=comparison[1] - comparison[2] if comparison else 0,
        explained=comparison[2] if comparison else 0,
        untriggered=held,
        untriggered_since=held_since,
    )


def _explained(run_id: ColumnElement[str]) -> ScalarSelect[int]:
    found, explanation = tables.finding, tables.explanation
    return (
        select(func.count())
        .select_from(found)
        .where(
            found.c.run_id == run_id,
            exists().where(explanation.c.digest == found.c.digest),
        )
        .scalar_subquery()
    )
