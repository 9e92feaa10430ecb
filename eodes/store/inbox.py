"""Messages of partners: the exact bytes, our verdict and our exact answer, in one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    Connection,
    RowMapping,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.exc import IntegrityError

from eodes.domain import lifecycle
from eodes.domain.lifecycle import INCOMING, Incoming
from eodes.domain.message import MessageType
from eodes.store import tables
from eodes.store.among import among
from eodes.store.paging import newest
from eodes.store.records import (
    Gap,
    IncomingMessage,
    KnownMessage,
    Page,
    RefusedBefore,
    RefusedDocument,
)

_in = tables.incoming
#: Made once: a statement that is made anew is looked up in the compiler's cache by its whole shape.
_INSERT = insert(_in)
_INSERT_REFUSED = insert(tables.refused)
_DOCUMENTS = select(_in.c.message_id, _in.c.document).where(
    _in.c.partner == bindparam("of_partner"),
    _in.c.message_id.in_(bindparam("ids", expanding=True)),
)


class Inbox:
    """The incoming messages within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._connection = connection

    def known(
        self, ids: Iterable[tuple[str, str]], places: Iterable[tuple[str, int]]
    ) -> tuple[KnownMessage, ...]:
        """Return stored messages with one of these ids or one of these places in a channel."""
        columns = (
            _in.c.partner,
            _in.c.message_id,
            _in.c.document_digest,
            _in.c.channel_seq,
            _in.c.answer,
        )
        rows = self._connection.execute(
            select(*columns).where(
                or_(
                    among((_in.c.partner, _in.c.message_id), ids),
                    among((_in.c.partner, _in.c.channel_seq), places),
                )
            )
        )
        return tuple(KnownMessage(*row) for row in rows)

    def add(self, messages: Sequence[IncomingMessage]) -> bool:
        """Store messages with their answers; False if another transaction was first with one."""
        if not messages:
            return True
        try:
            self._connection.execute(_INSERT, [_row(message) for message in messages])
        except IntegrityError:
            return False
        return True

    def add_refused(self, documents: Sequence[RefusedDocument]) -> bool:
        """Store refused documents with their answers; False if one is stored already."""
        if not documents:
            return True
        try:
            self._connection.execute(
                _INSERT_REFUSED,
                [
                    {
                        "partner": one.partner,
                        "sha256": one.sha256,
                        "claimed_message_id": one.claimed_message_id,
                        "channel_seq": one.channel_seq,
                        "document": one.document,
                        "code": one.code,
                        "detail": one.detail,
                        "path": one.path,
                        "received_at": one.received_at,
                        "answer_id": one.answer_id,
                        "answer": one.answer,
                    }
                    for one in documents
                ],
            )
        except IntegrityError:
            return False
        return True

    def known_refused(
        self, wanted: Iterable[tuple[str, str]]
    ) -> dict[tuple[str, str], RefusedBefore]:
        """Return what was said to documents refused before, by partner and SHA-256."""
        columns = tables.refused.c
        rows = self._connection.execute(
            select(columns.partner, columns.sha256, columns.answer, columns.code).where(
                among((columns.partner, columns.sha256), wanted)
            )
        )
        return {
            (row.partner, row.sha256): RefusedBefore(answer=row.answer, code=row.code)
            for row in rows
        }

    def refused_page(self, page: Page) -> tuple[RowMapping, ...]:
        """Return refused documents, newest first."""
        query = (
            select(tables.refused).order_by(tables.refused.c.received_at.desc()).limit(page.limit)
        )
        if page.partner:
            query = query.where(tables.refused.c.partner == page.partner)
        return tuple(self._connection.execute(query).mappings())

    def peek(
        self,
        state: Incoming,
        *,
        now: datetime,
        limit: int,
        after: IncomingMessage | None = None,
    ) -> tuple[IncomingMessage, ...]:
        """Return messages in a state that may be looked at now, oldest first, without holding them.

        With `after`, those that follow a message: a long list is gone through page by page.
        """
        place = tuple_(_in.c.received_at, _in.c.partner, _in.c.message_id)
        query = select(_in).where(
            _in.c.state == state.value, or_(_in.c.due_at.is_(None), _in.c.due_at <= now)
        )
        if after is not None:
            last = literal(after.received_at, _in.c.received_at.type)
            query = query.where(place > tuple_(last, after.partner, after.message_id))
        rows = self._connection.execute(query.order_by(*place).limit(limit)).mappings()
        return tuple(_message(row) for row in rows)

    def put_off(self, message: IncomingMessage, *, until: datetime, code: str) -> None:
        """Let a message rest whose consequences could not be drawn, and note why."""
        self._connection.execute(
            update(_in)
            .where(_in.c.partner == message.partner, _in.c.message_id == message.message_id)
            .values(due_at=until, code=code)
        )

    def lock(self, message: IncomingMessage, state: Incoming) -> bool:
        """Hold a message's row; False if it is no longer in this state or another holds it."""
        row = self._connection.execute(
            select(_in.c.message_id)
            .where(
                _in.c.partner == message.partner,
                _in.c.message_id == message.message_id,
                _in.c.state == state.value,
            )
            .with_for_update(skip_locked=True)
        ).first()
        return row is not None

    def move(
        self,
        message: IncomingMessage,
        state: Incoming,
        *,
        now: datetime,
        code: str | None = None,
    ) -> None:
        """Move a message along its table; the code says why it ends without effect."""
        lifecycle.advance(INCOMING, message.state, state)
        self._connection.execute(
            update(_in)
            .where(_in.c.partner == message.partner, _in.c.message_id == message.message_id)
            .values(state=state.value, settled_at=now, due_at=None, code=code)
        )

    def find(self, partner: str, message_id: str) -> IncomingMessage | None:
        """Return a partner's message, or None."""
        row = (
            self._connection.execute(
                select(_in).where(_in.c.partner == partner, _in.c.message_id == message_id)
            )
            .mappings()
            .one_or_none()
        )
        return _message(row) if row else None

    def documents(self, ids: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
        """Return the exact bytes of messages, by partner and id."""
        of_partner: dict[str, list[str]] = {}
        for partner, message_id in ids:
            of_partner.setdefault(partner, []).append(message_id)
        return {
            (partner, row.message_id): row.document
            for partner, wanted in of_partner.items()
            for row in self._connection.execute(_DOCUMENTS, {"of_partner": partner, "ids": wanted})
        }

    def find_by_id(self, message_id: str) -> IncomingMessage | None:
        """Return a message by its id alone; ids of different partners do not meet in practice."""
        row = (
            self._connection.execute(select(_in).where(_in.c.message_id == message_id).limit(1))
            .mappings()
            .one_or_none()
        )
        return _message(row) if row else None

    def page(self, page: Page) -> tuple[IncomingMessage, ...]:
        """Return a page of messages, newest first."""
        return tuple(
            _message(row) for row in self._connection.execute(newest(_in, page)).mappings()
        )

    def gaps(self, partner: str, *, since: datetime, until: datetime) -> tuple[Gap, ...]:
        """Return the holes in a channel before messages received in a time.

        A place is filled by a recorded message, or by a refused one whose signature stood.
        """
        known = union_all(
            select(_in.c.channel_seq).where(_in.c.partner == partner),
            select(tables.refused.c.channel_seq).where(tables.refused.c.partner == partner),
        ).subquery()
        later = (
            select(_in.c.message_id, _in.c.channel_seq)
            .where(
                _in.c.partner == partner,
                _in.c.channel_seq > 1,
                _in.c.received_at.between(since, until),
                ~exists().where(known.c.channel_seq == _in.c.channel_seq - 1),
            )
            .order_by(_in.c.channel_seq)
        )
        found = []
        for row in self._connection.execute(later):
            before = self._connection.execute(
                select(func.max(known.c.channel_seq)).where(known.c.channel_seq < row.channel_seq)
            ).scalar()
            found.append(Gap((before or 0) + 1, row.channel_seq - 1, row.message_id))
        return tuple(found)

    def broken_links(self, partner: str, *, since: datetime) -> tuple[str, ...]:
        """Return messages that name another predecessor than the one received before them."""
        before = _in.alias("before")
        rows = self._connection.execute(
            select(_in.c.message_id)
            .join(
                before,
                and_(
                    before.c.partner == _in.c.partner,
                    before.c.channel_seq == _in.c.channel_seq - 1,
                ),
            )
            .where(
                _in.c.partner == partner,
                _in.c.received_at >= since,
                before.c.document_digest != _in.c.previous_digest,
            )
        )
        return tuple(rows.scalars())


def _row(message: IncomingMessage) -> dict[str, object]:
    return {
        "partner": message.partner,
        "message_id": message.message_id,
        "type": message.type.value,
        "state": message.state.value,
        "conversation_id": message.conversation_id,
        "causation_id": message.causation_id,
        "channel_seq": message.channel_seq,
        "previous_digest": message.previous_digest,
        "document": message.document,
        "document_digest": message.document_digest,
        "body_digest": message.body_digest,
        "business_date": message.business_date,
        "received_at": message.received_at,
        "trust_version": message.trust_version,
        "key_sha256": message.key_sha256,
        "code": message.code,
        "answer_id": message.answer_id,
        "answer_type": message.answer_type.value,
        "answer": message.answer,
    }


def _message(row: RowMapping) -> IncomingMessage:
    return IncomingMessage(
        partner=row["partner"],
        message_id=row["message_id"],
        type=MessageType(row["type"]),
        state=Incoming(row["state"]),
        conversation_id=row["conversation_id"],
        document=row["document"],
        document_digest=row["document_digest"],
        body_digest=row["body_digest"],
        business_date=row["business_date"],
        received_at=row["received_at"],
        trust_version=row["trust_version"],
        key_sha256=row["key_sha256"],
        answer_id=row["answer_id"],
        answer_type=MessageType(row["answer_type"]),
        answer=row["answer"],
        causation_id=row["causation_id"],
        channel_seq=row["channel_seq"],
        previous_digest=row["previous_digest"],
        code=row["code"],
    )
