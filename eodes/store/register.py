"""The certificates that partners sent us, and what came of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from eodes.domain import lifecycle
from eodes.domain.lifecycle import REGISTERED, Registered
from eodes.domain.number import lookalike_key
from eodes.store import tables
from eodes.store.among import among
from eodes.store.records import CertificateKey, ReceivedCertificate

_reg, _in = tables.received, tables.incoming
_KEY = (_reg.c.issuing_country, _reg.c.agreement, _reg.c.number_key)
_REPLACED = (_reg.c.issuing_country, _reg.c.agreement, _reg.c.supersedes_key)
#: Made once: a statement that is made anew is looked up in the compiler's cache by its whole shape.
_INSERT = insert(_reg)
_IS_KEY = tuple(one == bindparam(f"of_{one.name}") for one in _KEY)
_BY_NUMBERS = select(_reg).where(_reg.c.number_key.in_(bindparam("keys", expanding=True)))
_WITH_DOCUMENTS = _BY_NUMBERS.add_columns(_in.c.document).join_from(
    _reg,
    _in,
    (_in.c.partner == _reg.c.partner) & (_in.c.message_id == _reg.c.message_id),
    isouter=True,
)
_LOOKALIKES = select(_reg).where(_reg.c.lookalike_key.in_(bindparam("alike", expanding=True)))
_LOCK = select(_reg).where(*_IS_KEY).with_for_update()
_MARK_USED = update(_reg).where(*_IS_KEY).values(used_by_declaration=bindparam("declaration"))


class Register:
    """The received certificates within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._connection = connection

    def find(self, keys: Iterable[CertificateKey]) -> dict[CertificateKey, ReceivedCertificate]:
        """Return the certificates registered under these keys."""
        wanted = [(key.issuing_country, key.agreement, key.number_key) for key in keys]
        if not wanted:
            return {}
        found = self._select(select(_reg).where(among(_KEY, wanted)))
        return {one.key: one for one in found}

    def related(
        self, keys: Iterable[CertificateKey]
    ) -> tuple[
        dict[CertificateKey, ReceivedCertificate], dict[CertificateKey, ReceivedCertificate]
    ]:
        """Return, in one look, what is registered under these keys and what replaces it."""
        wanted = {(key.issuing_country, key.agreement, key.number_key) for key in keys}
        if not wanted:
            return {}, {}
        rows = self._select(select(_reg).where(or_(among(_KEY, wanted), among(_REPLACED, wanted))))
        here = {one.key: one for one in rows}
        replacing = {one.replaced: one for one in rows if one.replaced is not None}
        named = {CertificateKey(*one) for one in wanted}
        return (
            {key: one for key, one in here.items() if key in named},
            {key: one for key, one in replacing.items() if key in named},
        )

    def lock(self, key: CertificateKey) -> ReceivedCertificate | None:
        """Return a certificate and hold its row until the transaction ends."""
        found = self._select(_LOCK, _of(key))
        return found[0] if found else None

    def replacing(
        self, keys: Iterable[CertificateKey]
    ) -> dict[CertificateKey, ReceivedCertificate]:
        """Return replacements, in whatever state, by the key of the certificate each replaces."""
        wanted = [(key.issuing_country, key.agreement, key.number_key) for key in keys]
        if not wanted:
            return {}
        found = self._select(select(_reg).where(among(_REPLACED, wanted)))
        return {one.replaced: one for one in found if one.replaced is not None}

    def add(self, certificates: Sequence[ReceivedCertificate]) -> bool:
        """Register certificates; False if another transaction took one of the numbers first."""
        if not certificates:
            return True
        try:
            self._connection.execute(_INSERT, [_row(one) for one in certificates])
        except IntegrityError:
            return False
        return True

    def move(  # the facts of one move, each by its name
        self,
        certificate: ReceivedCertificate,
        state: Registered,
        *,
        now: datetime,
        superseded_by: str | None = None,
    ) -> bool:
        """Move a certificate along its table; False if it is no longer where it was seen."""
        lifecycle.advance(REGISTERED, certificate.state, state)
        key = certificate.key
        return bool(
            self._connection.execute(
                update(_reg)
                .where(
                    _reg.c.issuing_country == key.issuing_country,
                    _reg.c.agreement == key.agreement,
                    _reg.c.number_key == key.number_key,
                    _reg.c.state == certificate.state.value,
                    _reg.c.used_by_declaration.is_(None)
                    if certificate.used_by_declaration is None
                    else _reg.c.used_by_declaration == certificate.used_by_declaration,
                )
                .values(
                    state=state.value,
                    state_at=now,
                    superseded_by_key=superseded_by or certificate.superseded_by_key,
                )
            ).rowcount
        )

    def withdraw(self, held: ReceivedCertificate) -> None:
        """Take a certificate out that waited and was refused in the end; its number is free."""
        key = held.key
        self._connection.execute(
            delete(_reg).where(
                among(_KEY, [(key.issuing_country, key.agreement, key.number_key)]),
                _reg.c.state == Registered.HELD.value,
            )
        )

    def mark_used(self, key: CertificateKey, *, declaration: str | None) -> None:
        """Note the declaration that drew on a certificate, or that none does any more."""
        self._connection.execute(_MARK_USED, {**_of(key), "declaration": declaration})

    def link_export(self, key: CertificateKey, link: object) -> None:
        """Keep the export declarations that the issuing side named for a certificate."""
        self._connection.execute(
            update(_reg)
            .where(among(_KEY, [(key.issuing_country, key.agreement, key.number_key)]))
            .values(export_link=link)
        )

    def by_number(self, number_key: str) -> tuple[ReceivedCertificate, ...]:
        """Return certificates by their number key alone."""
        return self._select(select(_reg).where(_reg.c.number_key == number_key))

    def by_numbers(self, number_keys: Iterable[str]) -> tuple[ReceivedCertificate, ...]:
        """Return certificates by several number keys alone."""
        wanted = sorted(number_keys)
        return self._select(_BY_NUMBERS, {"keys": wanted}) if wanted else ()

    def with_documents(
        self, number_keys: Iterable[str]
    ) -> tuple[tuple[ReceivedCertificate, bytes | None], ...]:
        """Return certificates by several number keys, each with the message that brought it."""
        wanted = sorted(number_keys)
        if not wanted:
            return ()
        rows = self._connection.execute(_WITH_DOCUMENTS, {"keys": wanted}).mappings()
        return tuple((_certificate(row), row["document"]) for row in rows)

    def resembling(self, number_key: str) -> tuple[ReceivedCertificate, ...]:
        """Return certificates whose number differs only in letters that are read as digits."""
        return self._select(
            select(_reg).where(
                _reg.c.lookalike_key == lookalike_key(number_key),
                _reg.c.number_key != number_key,
            )
        )

    def resembling_any(
        self, number_keys: Iterable[str]
    ) -> dict[str, tuple[ReceivedCertificate, ...]]:
        """Return, in one look, what resembles each of several numbers."""
        alike = {key: lookalike_key(key) for key in sorted(number_keys)}
        if not alike:
            return {}
        found = self._select(_LOOKALIKES, {"alike": sorted(set(alike.values()))})
        return {
            key: tuple(
                one
                for one in found
                if lookalike_key(one.key.number_key) == own and one.key.number_key != key
            )
            for key, own in alike.items()
        }

    def of_days(self, partner: str, *, first: date, last: date) -> tuple[ReceivedCertificate, ...]:
        """Return a partner's certificates by the business date of their messages."""
        return self._select(
            select(_reg).where(_reg.c.partner == partner, _reg.c.business_date.between(first, last))
        )

    def _select(
        self, query: Select[Any], values: Mapping[str, object] | None = None
    ) -> tuple[ReceivedCertificate, ...]:
        rows = self._connection.execute(query, values).mappings()
        return tuple(_certificate(row) for row in rows)


def _of(key: CertificateKey) -> dict[str, object]:
    return {
        "of_issuing_country": key.issuing_country,
        "of_agreement": key.agreement,
        "of_number_key": key.number_key,
    }


def _row(one: ReceivedCertificate) -> dict[str, object]:
    return {
        "issuing_country": one.key.issuing_country,
        "agreement": one.key.agreement,
        "number_key": one.key.number_key,
        "partner": one.partner,
        "number_raw": one.number_raw,
        "lookalike_key": lookalike_key(one.number_raw),
        "position": one.position,
        "state": one.state.value,
        "message_id": one.message_id,
        "body_digest": one.body_digest,
        "issued_on": one.issued_on,
        "valid_until": one.valid_until,
        "business_date": one.business_date,
        "registered_at": one.registered_at,
        "state_at": one.registered_at,
        "supersedes_key": one.supersedes_key,
        "superseded_by_key": one.superseded_by_key,
    }


def _certificate(row: RowMapping) -> ReceivedCertificate:
    return ReceivedCertificate(
        key=CertificateKey(row["issuing_country"], row["agreement"], row["number_key"]),
        partner=row["partner"],
        number_raw=row["number_raw"],
        position=row["position"],
        state=Registered(row["state"]),
        message_id=row["message_id"],
        body_digest=row["body_digest"],
        issued_on=row["issued_on"],
        valid_until=row["valid_until"],
        business_date=row["business_date"],
        registered_at=row["registered_at"],
        supersedes_key=row["supersedes_key"],
        superseded_by_key=row["superseded_by_key"],
        used_by_declaration=row["used_by_declaration"],
        export_link=row["export_link"],
    )
