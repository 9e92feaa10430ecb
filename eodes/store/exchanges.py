"""How far each certificate of ours has come with the partner it is for, and what was used of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    bindparam,
    insert,
    select,
    update,
)

from eodes.domain import lifecycle
from eodes.domain.lifecycle import EXCHANGE, Exchange
from eodes.store import tables
from eodes.store.records import CertificateKey, ExchangeRow, UseRow

_ex = tables.exchange
#: Made once: a statement that is made anew is looked up in the compiler's cache by its whole shape.
_INSERT = insert(_ex)
_INSERT_MOVE = insert(tables.exchange_move)
_INSERT_USE = insert(tables.use)
_USE_OF = (
    select(tables.use)
    .where(
        tables.use.c.number_key == bindparam("of_number_key"),
        tables.use.c.agreement == bindparam("of_agreement"),
        tables.use.c.issuing_country == bindparam("of_issuing_country"),
        tables.use.c.direction == bindparam("told"),
    )
    .order_by(tables.use.c.at, tables.use.c.message_id, tables.use.c.item_no)
)
_REJECTED = (Exchange.REJECTED_TECHNICAL, Exchange.REJECTED_BUSINESS)


class Exchanges:
    """The exchanges within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._connection = connection

    def add(self, row: ExchangeRow, *, now: datetime, because: str) -> None:
        """Open the exchange of a certificate with a partner."""
        self._connection.execute(
            _INSERT,
            {
                "partner": row.partner,
                "issuing_country": row.key.issuing_country,
                "agreement": row.key.agreement,
                "number_key": row.key.number_key,
                "number_raw": row.number_raw,
                "position": row.position,
                "state": row.state.value,
                "state_at": now,
                "message_id": row.message_id,
                "body_digest": row.body_digest,
                "business_date": row.business_date,
                "certificate": row.certificate,
                "supersedes_key": row.supersedes_key,
            },
        )
        self._trace(row, None, row.state, now=now, because=because)

    def move(  # noqa: PLR0913  # the facts of one move, each by its name
        self,
        row: ExchangeRow,
        state: Exchange,
        *,
        now: datetime,
        because: str,
        code: str | None = None,
        detail: str | None = None,
    ) -> bool:
        """Move an exchange along its table; False when it already stood there."""
        lifecycle.advance(EXCHANGE, row.state, state)
        if row.state == state:
            return False
        self._connection.execute(
            update(_ex)
            .where(self._is(row.partner, row.key))
            .values(state=state.value, state_at=now, code=code, detail=detail)
        )
        self._trace(row, row.state, state, now=now, because=because)
        return True

    def find(self, key: CertificateKey, *, partner: str | None = None) -> ExchangeRow | None:
        """Return the exchange of a certificate and hold its row."""
        where = [
            _ex.c.issuing_country == key.issuing_country,
            _ex.c.agreement == key.agreement,
            _ex.c.number_key == key.number_key,
        ]
        if partner:
            where.append(_ex.c.partner == partner)
        found = self._select(select(_ex).where(*where).with_for_update())
        return found[0] if found else None

    def replacing(self, key: CertificateKey, *, partner: str) -> ExchangeRow | None:
        """Return the exchange of the certificate that replaces another, with the same partner."""
        found = self._select(
            select(_ex)
            .where(
                _ex.c.partner == partner,
                _ex.c.issuing_country == key.issuing_country,
                _ex.c.agreement == key.agreement,
                _ex.c.supersedes_key == key.number_key,
            )
            .order_by(_ex.c.position)
        )
        return next((row for row in found if row.state not in _REJECTED), None)

    def by_message(self, message_id: str) -> ExchangeRow | None:
        """Return the exchange whose certificate a message carries."""
        found = self._select(select(_ex).where(_ex.c.message_id == message_id).with_for_update())
        return found[0] if found else None

    def by_number(self, number_key: str) -> tuple[ExchangeRow, ...]:
        """Return exchanges by the certificate's number key."""
        return self._select(select(_ex).where(_ex.c.number_key == number_key))

    def of_days(self, partner: str, *, first: date, last: date) -> tuple[ExchangeRow, ...]:
        """Return the exchanges with a partner by the business date of their messages."""
        return self._select(
            select(_ex).where(_ex.c.partner == partner, _ex.c.business_date.between(first, last))
        )

    def moves(self, key: CertificateKey) -> tuple[RowMapping, ...]:
        """Return every move of a certificate's exchanges, oldest first."""
        columns = tables.exchange_move.c
        return tuple(
            self._connection.execute(
                select(tables.exchange_move)
                .where(
                    columns.number_key == key.number_key,
                    columns.agreement == key.agreement,
                    columns.issuing_country == key.issuing_country,
                )
                .order_by(columns.id)
            ).mappings()
        )

    def add_use(self, rows: Sequence[UseRow]) -> None:
        """Keep use feedback, ours or a partner's."""
        if rows:
            self._connection.execute(
                _INSERT_USE,
                [
                    {
                        "message_id": row.message_id,
                        "item_no": row.item_no,
                        "direction": row.direction,
                        "partner": row.partner,
                        "issuing_country": row.key.issuing_country,
                        "agreement": row.key.agreement,
                        "number_key": row.key.number_key,
                        "declaration_number": row.declaration_number,
                        "outcome": row.outcome,
                        "quantity": row.quantity,
                        "unit": row.unit,
                        "reason_code": row.reason_code,
                        "at": row.at,
                    }
                    for row in rows
                ],
            )

    def use_of(
        self, key: CertificateKey, *, direction: str, partner: str | None = None
    ) -> tuple[UseRow, ...]:
        """Return the use feedback on a certificate, of one partner or of all, oldest first."""
        query = _USE_OF.where(tables.use.c.partner == partner) if partner else _USE_OF
        asked = {
            "of_number_key": key.number_key,
            "of_agreement": key.agreement,
            "of_issuing_country": key.issuing_country,
            "told": direction,
        }
        return tuple(_use(row) for row in self._connection.execute(query, asked).mappings())

    def _is(self, partner: str, key: CertificateKey) -> ColumnElement[bool]:
        return and_(
            _ex.c.partner == partner,
            _ex.c.issuing_country == key.issuing_country,
            _ex.c.agreement == key.agreement,
            _ex.c.number_key == key.number_key,
        )

    def _trace(  # the facts of one move, each by its name
        self,
        row: ExchangeRow,
        before: Exchange | None,
        after: Exchange,
        *,
        now: datetime,
        because: str,
    ) -> None:
        self._connection.execute(
            _INSERT_MOVE,
            {
                "partner": row.partner,
                "issuing_country": row.key.issuing_country,
                "agreement": row.key.agreement,
                "number_key": row.key.number_key,
                "from_state": before.value if before else None,
                "to_state": after.value,
                "at": now,
                "because": because,
            },
        )

    def _select(self, query: object) -> tuple[ExchangeRow, ...]:
        rows = self._connection.execute(query).mappings()  # type: ignore[call-overload]  # any select of exchange rows
        return tuple(_exchange(row) for row in rows)


def _exchange(row: RowMapping) -> ExchangeRow:
    return ExchangeRow(
        partner=row["partner"],
        key=CertificateKey(row["issuing_country"], row["agreement"], row["number_key"]),
        number_raw=row["number_raw"],
        position=row["position"],
        state=Exchange(row["state"]),
        business_date=row["business_date"],
        certificate=row["certificate"],
        body_digest=row["body_digest"],
        message_id=row["message_id"],
        supersedes_key=row["supersedes_key"],
        code=row["code"],
        detail=row["detail"],
        state_at=row["state_at"],
    )


def _use(row: RowMapping) -> UseRow:
    return UseRow(
        message_id=row["message_id"],
        item_no=row["item_no"],
        direction=row["direction"],
        partner=row["partner"],
        key=CertificateKey(row["issuing_country"], row["agreement"], row["number_key"]),
        declaration_number=row["declaration_number"],
        outcome=row["outcome"],
        at=row["at"],
        quantity=row["quantity"],
        unit=row["unit"],
        reason_code=row["reason_code"],
    )
