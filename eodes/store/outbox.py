"""Messages of ours on their way out: stored intent, place in the channel, attempts, answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, and_, bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from eodes.domain import lifecycle
from eodes.domain.lifecycle import OUTGOING, Outgoing
from eodes.domain.message import NO_PREVIOUS_DIGEST, MessageType
from eodes.errors import UnknownMessageError
from eodes.store import tables
from eodes.store.paging import newest
from eodes.store.records import (
    CertificateKey,
    NewMessage,
    Numbered,
    Outcome,
    OutgoingMessage,
    Page,
    Receipt,
    Sealed,
)

_out = tables.outgoing
#: Made once: a statement that is made anew is looked up in the compiler's cache by its whole shape.
_INSERT = insert(_out)
_KEEP_SEALED = (
    update(_out)
    .where(_out.c.message_id == bindparam("id"), _out.c.state == Outgoing.NUMBERED.value)
    .values(
        state=Outgoing.SEALED.value,
        sealed=bindparam("bytes"),
        sealed_at=bindparam("at"),
        due_at=bindparam("at"),
        answer_due_at=bindparam("patience"),
    )
)


class Outbox:
    """The outgoing messages within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._connection = connection

    def add(self, message: NewMessage) -> None:
        """Store the intent to send; visible to the sealing step once the transaction commits."""
        key = message.key
        self._connection.execute(
            _INSERT,
            {
                "message_id": message.message_id,
                "partner": message.partner,
                "type": message.type.value,
                "state": Outgoing.QUEUED.value,
                "conversation_id": message.conversation_id,
                "causation_id": message.causation_id,
                "header": message.header,
                "payload": message.payload,
                "body_digest": message.body_digest,
                "agreement": key.agreement if key else None,
                "issuing_country": key.issuing_country if key else None,
                "number_key": key.number_key if key else None,
                "created_at": message.created_at,
                "is_waiting": message.waits,
            },
        )

    def trigger(self, message_id: str) -> None:
        """Let a message go that waited for its trigger."""
        self._connection.execute(
            update(_out).where(_out.c.message_id == message_id).values(is_waiting=False)
        )

    def queued(self, *, limit: int) -> tuple[OutgoingMessage, ...]:
        """Return messages that have no place in their channel yet, oldest first."""
        return self._select(
            select(_out)
            .where(_out.c.state == Outgoing.QUEUED.value, _out.c.is_waiting.is_(False))
            .order_by(_out.c.created_at, _out.c.message_id)
            .limit(limit)
            # Two that number at once must not give the same message two places.
            .with_for_update(skip_locked=True)
        )

    def unsealed(self, *, limit: int) -> tuple[OutgoingMessage, ...]:
        """Return numbered messages that wait for their signature, oldest first."""
        return self._select(
            select(_out)
            .where(_out.c.state == Outgoing.NUMBERED.value)
            .order_by(_out.c.created_at, _out.c.message_id)
            .limit(limit)
        )

    def channel(self, partner: str) -> tuple[int, str]:
        """Lock a channel and return its last sequence number and digest."""
        locked = (
            select(tables.channel.c.last_seq, tables.channel.c.last_digest)
            .where(tables.channel.c.partner == partner)
            .with_for_update()
        )
        row = self._connection.execute(locked).one_or_none()
        if row is None:
            self._open_channel(partner)
            row = self._connection.execute(locked).one()
        return row.last_seq, row.last_digest

    def _open_channel(self, partner: str) -> None:
        first = {"partner": partner, "last_seq": 0, "last_digest": NO_PREVIOUS_DIGEST}
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(tables.channel).values(first))
        except IntegrityError:
            return  # another opened it meanwhile

    def number(self, partner: str, numbered: Sequence[Numbered], *, last: tuple[int, str]) -> None:
        """Give messages their places and keep the channel's new end."""
        self._connection.execute(
            update(_out)
            .where(_out.c.message_id == bindparam("id"), _out.c.state == Outgoing.QUEUED.value)
            .values(
                state=Outgoing.NUMBERED.value,
                unsigned=bindparam("bytes"),
                document_digest=bindparam("digest"),
                channel_seq=bindparam("seq"),
            ),
            [
                {
                    "id": one.message_id,
                    "bytes": one.unsigned,
                    "digest": one.document_digest,
                    "seq": one.channel_seq,
                }
                for one in numbered
            ],
        )
        self._connection.execute(
            update(tables.channel)
            .where(tables.channel.c.partner == partner)
            .values(last_seq=last[0], last_digest=last[1])
        )

    def keep_sealed(self, sealed: Sequence[Sealed], *, now: datetime) -> None:
        """Keep the signed bytes that every attempt sends; a second signing changes nothing."""
        self._connection.execute(
            _KEEP_SEALED,
            [
                {
                    "id": one.message_id,
                    "bytes": one.document,
                    "at": now,
                    "patience": one.answer_due,
                }
                for one in sealed
            ],
        )

    def fail(self, message_id: str, *, code: str, detail: str) -> None:
        """Set a message aside for a person, from any state that may still move there."""
        current = self.get(message_id).state
        lifecycle.advance(OUTGOING, current, Outgoing.FAILED)
        self._connection.execute(
            update(_out)
            .where(_out.c.message_id == message_id)
            .values(state=Outgoing.FAILED.value, code=code, detail=detail, lease_until=None)
        )

    def claim_due(
        self, *, owner: str, now: datetime, limit: int, lease: timedelta, skip: Iterable[str]
    ) -> tuple[OutgoingMessage, ...]:
        """Claim messages to send now: due ones, asked-for repeats, and those a crash left behind.

        A message in SENDING whose lease ran out, or whose process no longer says that it lives,
        was being sent when its worker died: the same bytes go again, and the partner's duplicate
        answer settles it.
        """
        living = select(tables.lease.c.owner).where(
            tables.lease.c.job == "process:" + tables.lease.c.owner, tables.lease.c.until > now
        )
        due = or_(
            and_(_out.c.state == Outgoing.SEALED.value, _out.c.due_at <= now),
            and_(
                _out.c.state == Outgoing.SENDING.value,
                or_(_out.c.lease_until <= now, _out.c.lease_owner.not_in(living)),
            ),
            and_(_out.c.resend_due_at.is_not(None), _out.c.resend_due_at <= now),
        )
        rows = self._connection.execute(
            select(_out.c.message_id, _out.c.state)
            .where(due, _out.c.sealed.is_not(None), _out.c.partner.not_in(list(skip)))
            .order_by(_out.c.due_at, _out.c.message_id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        if not rows:
            return ()
        sending = {Outgoing.SEALED.value, Outgoing.SENDING.value}
        self._connection.execute(
            update(_out)
            .where(_out.c.message_id == bindparam("id"))
            .values(
                state=bindparam("to"),
                attempts=_out.c.attempts + 1,
                lease_owner=owner,
                lease_until=now + lease,
                resend_due_at=None,
            ),
            [
                {
                    "id": row.message_id,
                    "to": Outgoing.SENDING.value if row.state in sending else row.state,
                }
                for row in rows
            ],
        )
        claimed = self._select(select(_out).where(_out.c.message_id.in_([r[0] for r in rows])))
        self._connection.execute(
            insert(tables.attempt),
            [
                {"message_id": one.message_id, "attempt": one.attempts, "started_at": now}
                for one in claimed
            ],
        )
        return claimed

    def record(self, outcomes: Sequence[Outcome], *, now: datetime) -> None:
        """Record what attempts or answers brought; a final state is never left again."""
        states = self._states([outcome.message_id for outcome in outcomes])
        for outcome in outcomes:
            current = states[outcome.message_id]
            if OUTGOING.is_final(current):
                continue
            lifecycle.advance(OUTGOING, current, outcome.state)
            values: dict[str, object] = {
                "state": outcome.state.value,
                "due_at": outcome.due_at,
                "lease_until": None,
                "code": outcome.code,
                "detail": outcome.detail,
                "answered_at": now if outcome.due_at is None else None,
            }
            if outcome.state is Outgoing.AWAITING and current is not Outgoing.AWAITING:
                values["answer_due_at"] = outcome.answer_due_at
            self._connection.execute(
                update(_out).where(_out.c.message_id == outcome.message_id).values(values)
            )
        ended = [one for one in outcomes if one.attempt]
        if ended:
            self._connection.execute(
                update(tables.attempt)
                .where(
                    tables.attempt.c.message_id == bindparam("id"),
                    tables.attempt.c.attempt == bindparam("number"),
                )
                .values(ended_at=now, outcome=bindparam("what"), detail=bindparam("why")),
                [
                    {
                        "id": one.message_id,
                        "number": one.attempt,
                        "what": one.outcome,
                        "why": one.detail,
                    }
                    for one in ended
                ],
            )

    def keep_receipts(self, receipts: Sequence[Receipt]) -> None:
        """Keep signed answers; the same answer twice is kept once."""
        known = set(
            self._connection.execute(
                select(tables.receipt.c.receipt_id).where(
                    tables.receipt.c.receipt_id.in_([one.receipt_id for one in receipts])
                )
            ).scalars()
        )
        for one in receipts:
            if one.receipt_id in known:
                continue
            known.add(one.receipt_id)
            self._connection.execute(
                insert(tables.receipt).values(
                    receipt_id=one.receipt_id,
                    partner=one.partner,
                    message_id=one.message_id,
                    type=one.type.value,
                    document=one.document,
                    received_at=one.received_at,
                    body=one.body,
                )
            )

    def receipts(self, message_id: str) -> tuple[Receipt, ...]:
        """Return the signed answers to a message, oldest first."""
        rows = self._connection.execute(
            select(tables.receipt)
            .where(tables.receipt.c.message_id == message_id)
            .order_by(tables.receipt.c.received_at)
        ).mappings()
        return tuple(
            Receipt(
                receipt_id=row["receipt_id"],
                partner=row["partner"],
                message_id=row["message_id"],
                type=MessageType(row["type"]),
                document=row["document"],
                received_at=row["received_at"],
                body=row["body"],
            )
            for row in rows
        )

    def attempts(self, message_id: str) -> tuple[RowMapping, ...]:
        """Return every attempt to send a message."""
        return tuple(
            self._connection.execute(
                select(tables.attempt)
                .where(tables.attempt.c.message_id == message_id)
                .order_by(tables.attempt.c.attempt)
            ).mappings()
        )

    def get(self, message_id: str) -> OutgoingMessage:
        """Return a message of ours.

        Raises:
            UnknownMessageError: there is none under this id.

        """
        found = self._select(select(_out).where(_out.c.message_id == message_id))
        if not found:
            raise UnknownMessageError(message_id=message_id)
        return found[0]

    def find(self, message_id: str) -> OutgoingMessage | None:
        """Return a message of ours, or None."""
        found = self._select(select(_out).where(_out.c.message_id == message_id))
        return found[0] if found else None

    def carrying(self, key: CertificateKey) -> tuple[OutgoingMessage, ...]:
        """Return the messages about a certificate, oldest first."""
        return self._select(
            select(_out)
            .where(
                _out.c.number_key == key.number_key,
                _out.c.agreement == key.agreement,
                _out.c.issuing_country == key.issuing_country,
            )
            .order_by(_out.c.created_at, _out.c.message_id)
        )

    def in_channel(self, partner: str, *, first: int, last: int) -> tuple[OutgoingMessage, ...]:
        """Return the messages of a range of places in a channel."""
        return self._select(
            select(_out)
            .where(_out.c.partner == partner, _out.c.channel_seq.between(first, last))
            .order_by(_out.c.channel_seq)
        )

    def resend(self, message_id: str, *, now: datetime) -> OutgoingMessage:
        """Have the same bytes sent again, whatever the message's state; repeats begin anew.

        Raises:
            UnknownMessageError: there is none under this id.

        """
        message = self.get(message_id)
        values: dict[str, object] = {"resend_due_at": now, "attempts_before": message.attempts}
        if message.state is Outgoing.FAILED and message.sealed is not None:
            values |= {"state": Outgoing.SEALED.value, "due_at": now, "resend_due_at": None}
        self._connection.execute(update(_out).where(_out.c.message_id == message_id).values(values))
        return self.get(message_id)

    def cancel(self, message_id: str) -> bool:
        """Take a message back that has no place in its channel yet."""
        return bool(
            self._connection.execute(
                update(_out)
                .where(_out.c.message_id == message_id, _out.c.state == Outgoing.QUEUED.value)
                .values(state=Outgoing.CANCELLED.value)
            ).rowcount
        )

    def overdue(self, *, now: datetime, limit: int) -> tuple[OutgoingMessage, ...]:
        """Return messages whose final answer is past the partner's own deadline."""
        return self._select(
            select(_out)
            .where(_out.c.state == Outgoing.AWAITING.value, _out.c.answer_due_at <= now)
            .order_by(_out.c.answer_due_at)
            .limit(limit)
        )

    def page(self, page: Page) -> tuple[OutgoingMessage, ...]:
        """Return a page of messages, newest first."""
        return self._select(newest(_out, page))

    def _states(self, ids: Sequence[str]) -> dict[str, Outgoing]:
        rows = self._connection.execute(
            select(_out.c.message_id, _out.c.state)
            .where(_out.c.message_id.in_(ids))
            .with_for_update()
        )
        return {row.message_id: Outgoing(row.state) for row in rows}

    def _select(self, query: object) -> tuple[OutgoingMessage, ...]:
        rows = self._connection.execute(query).mappings()  # type: ignore[call-overload]  # any select of outgoing rows
        return tuple(_message(row) for row in rows)


def _message(row: RowMapping) -> OutgoingMessage:
    key = None
    if row["number_key"]:
        key = CertificateKey(row["issuing_country"], row["agreement"], row["number_key"])
    return OutgoingMessage(
        message_id=row["message_id"],
        partner=row["partner"],
        type=MessageType(row["type"]),
        state=Outgoing(row["state"]),
        header=row["header"],
        payload=row["payload"],
        body_digest=row["body_digest"],
        attempts=row["attempts"],
        attempts_before=row["attempts_before"],
        created_at=row["created_at"],
        unsigned=row["unsigned"],
        sealed=row["sealed"],
        document_digest=row["document_digest"],
        channel_seq=row["channel_seq"],
        causation_id=row["causation_id"],
        key=key,
        code=row["code"],
        detail=row["detail"],
    )
