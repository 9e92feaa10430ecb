"""Takes numbers, reads and writes certificates, keeps what partners said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from ooms.applications.repository import CONTENT
from ooms.certificates import tables
from ooms.certificates.model import Certificate, Copy, Note, Series, State, Why
from ooms.db import Transaction, Window, upsert

_t, _series, _news = tables.certificate, tables.series, tables.news
_copy = tables.copy
#: What a copy and its row call the same.
_OWN = ("certificate_id", "ordinal", "application_id", "document", "made_at", "made_by")


class CertificateRows:
    """Certificates within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def take(self, series: Series, *, count: int = 1) -> int:
        """Take the next numbers of a series and return the last of them.

        Its row stays locked until the transaction ends, so that a number that is not used after
        all is the next one's: no gap and no double.
        """
        first = upsert(self._transaction, _series).values(**asdict(series), last=count)
        taken = first.on_conflict_do_update(
            index_elements=[_series.c.issuer, _series.c.agreement, _series.c.year],
            set_={"last": _series.c.last + count},
        ).returning(_series.c.last)
        return int(self._transaction.execute(taken).scalar_one())

    def add(self, certificate: Certificate) -> None:
        """Keep a new certificate."""
        row = asdict(certificate)
        row["state"] = certificate.state.value
        row["content"] = CONTENT.dump_python(certificate.content, mode="json")
        self._transaction.execute(insert(_t).values(**row))

    def change(self, certificate_id: str, **values: Any) -> None:
        """Write some columns of a certificate that is locked."""
        self._transaction.execute(update(_t).where(_t.c.id == certificate_id).values(**values))

    def lock(self, certificate_id: str) -> Certificate | None:
        """Find a certificate and hold its row until the transaction ends."""
        return self._one(select(_t).where(_t.c.id == certificate_id).with_for_update())

    def find(self, certificate_id: str) -> Certificate | None:
        """Find a certificate by its key."""
        return self._one(select(_t).where(_t.c.id == certificate_id))

    def lock_numbered(self, *, agreement: str, number_key: str) -> Certificate | None:
        """Find a certificate by agreement and number key and hold its row."""
        return self._one(
            select(_t)
            .where(_t.c.agreement == agreement, _t.c.number_key == number_key)
            .with_for_update()
        )

    def numbered(self, number_key: str) -> tuple[Certificate, ...]:
        """Find certificates by number key, one an agreement at most."""
        wanted = select(_t).where(_t.c.number_key == number_key).order_by(_t.c.id)
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())

    def page(
        self,
        window: Window,
        *,
        company: str | None,
        number_key: str | None,
        of: Sequence[str] | None = None,
    ) -> tuple[Certificate, ...]:
        """Return the newest certificates; `company` narrows to one exporter's, `of` to some."""
        wanted = window.of(select(_t), by=_t.c.id)
        if company is not None:
            wanted = wanted.where(_t.c.exporter_id == company)
        if number_key is not None:
            wanted = wanted.where(_t.c.number_key == number_key)
        if of is not None:
            wanted = wanted.where(_t.c.application_id.in_(of))
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())

    def sent_to(self, partner: str, *, agreement: str, since: datetime) -> int:
        """Count the certificates of an agreement that were issued for a partner since then."""
        wanted = select(func.count()).where(
            _t.c.partner == partner, _t.c.agreement == agreement, _t.c.issued_at >= since
        )
        return int(self._transaction.execute(wanted).scalar_one())

    def these(self, wanted: Select[Any]) -> tuple[Certificate, ...]:
        """Return certificates by a statement that selects their columns."""
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())

    def keep_note(self, note: Note, *, certificate_id: str | None, now: datetime) -> bool:
        """Keep a piece of news; False when it was heard before."""
        done = self._transaction.execute(
            upsert(self._transaction, _news)
            .values(
                kind=note.kind,
                partner=note.partner,
                message_id=note.message_id,
                certificate_id=certificate_id,
                ordinal=note.ordinal,
                at=note.at,
                heard_at=now,
                facts=dict(note.facts),
            )
            .on_conflict_do_nothing()
            .returning(_news.c.kind)
        )
        return done.first() is not None

    def notes(self, certificate_id: str) -> tuple[Note, ...]:
        """Return what partners said of a certificate, in the order it happened."""
        rows = self._transaction.execute(
            select(
                _news.c.kind,
                _news.c.partner,
                _news.c.message_id,
                _news.c.at,
                _news.c.facts,
                _news.c.ordinal,
            )
            .where(_news.c.certificate_id == certificate_id)
            .order_by(_news.c.ordinal)
        )
        return tuple(Note(*row) for row in rows)

    def add_copy(self, copy: Copy) -> None:
        """Keep a certified copy."""
        row = {name: getattr(copy, name) for name in _OWN}
        row |= {"reason_code": copy.why.code, "reason": copy.why.text}
        self._transaction.execute(insert(_copy).values(**row))

    def copies(self, certificate_id: str) -> tuple[Copy, ...]:
        """Return the certified copies of a certificate, in order."""
        wanted = select(_copy).where(_copy.c.certificate_id == certificate_id)
        return tuple(
            Copy(
                why=Why(row.reason_code, row.reason), **{name: getattr(row, name) for name in _OWN}
            )
            for row in self._transaction.execute(wanted.order_by(_copy.c.ordinal))
        )

    def _one(self, wanted: Any) -> Certificate | None:  # any statement that selects the columns
        row = self._transaction.execute(wanted).mappings().first()
        return _read(row) if row else None


def _read(row: Mapping[Any, Any]) -> Certificate:
    values = {str(name): value for name, value in row.items()}
    values["state"] = State(values["state"])
    values["content"] = CONTENT.validate_python(values["content"])
    return Certificate(**values)
