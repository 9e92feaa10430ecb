"""News for the office: kept with the change that made it, told at least once, in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from eodes.store import tables
from eodes.store.records import Facts, News

_news = tables.news
#: After so many failures a piece of news no longer stands in the way of others.
OFTEN = 10


class Newsstand:
    """The news within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._connection = connection

    def add(  # the facts of one piece of news, each by its name
        self, kind: str, *, partner: str, message_id: str, facts: Facts, now: datetime
    ) -> None:
        """Keep one piece of news; the same news of the same message is kept once."""
        if not self.has(kind, partner=partner, message_id=message_id):
            self._connection.execute(
                insert(_news).values(
                    kind=kind, partner=partner, message_id=message_id, facts=facts, created_at=now
                )
            )

    def has(self, kind: str, *, partner: str, message_id: str) -> bool:
        """Tell whether such news was kept before."""
        known = self._connection.execute(
            select(_news.c.id).where(
                _news.c.kind == kind,
                _news.c.partner == partner,
                _news.c.message_id == message_id,
            )
        ).first()
        return known is not None

    def untold(self, *, limit: int) -> tuple[News, ...]:
        """Return news that no listener has taken yet, in order; what often failed comes last."""
        rows = self._connection.execute(
            select(_news)
            .where(_news.c.told_at.is_(None))
            .order_by(_news.c.failures >= OFTEN, _news.c.id)
            .limit(limit)
        ).mappings()
        return tuple(
            News(
                id=row["id"],
                kind=row["kind"],
                partner=row["partner"],
                message_id=row["message_id"],
                facts=row["facts"],
                created_at=row["created_at"],
            )
            for row in rows
        )

    def told(self, ids: Sequence[int], *, now: datetime) -> None:
        """Note that the listener took these."""
        self._connection.execute(
            update(_news).where(_news.c.id.in_(list(ids))).values(told_at=now, last_error=None)
        )

    def untellable(self, id_: int, *, error: str) -> None:
        """Note that the listener failed on one; it is told again."""
        self._connection.execute(
            update(_news)
            .where(_news.c.id == id_)
            .values(failures=_news.c.failures + 1, last_error=error)
        )
