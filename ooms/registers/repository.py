"""Reads the register from the certificates and the trail; keeps the lists of days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, insert, select

from ooms.applications import tables as applied
from ooms.audit import tables as audited
from ooms.audit.model import Entry
from ooms.audit.repository import AuditRows
from ooms.certificates import tables as certified
from ooms.certificates.model import Certificate, Series
from ooms.certificates.repository import CertificateRows
from ooms.db import Transaction, Window
from ooms.registers import tables
from ooms.registers.model import Applied, DailyList, Wanted

_certificate, _daily, _entry = certified.certificate, tables.daily, audited.entry
_application = applied.application


class RegisterRows:
    """The register within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction
        self._certificates = CertificateRows(transaction)

    def page(self, wanted: Wanted, window: Window) -> tuple[Certificate, ...]:
        """Return the newest certificates that are wanted."""
        query = window.of(_those(wanted), by=_certificate.c.id)
        return self._certificates.these(query)

    def in_order(self, wanted: Wanted, *, most: int) -> tuple[Certificate, ...]:
        """Return the certificates that are wanted in the order of their numbers."""
        one = _certificate.c
        order = one.office, one.agreement, one.series_year, one.serial, one.id
        return self._certificates.these(_those(wanted).order_by(*order).limit(most))

    def certificates(self, ids: Iterable[str]) -> dict[str, Certificate]:
        """Return certificates by their keys."""
        query = select(_certificate).where(_certificate.c.id.in_(sorted(set(ids))))
        return {one.id: one for one in self._certificates.these(query)}

    def applications(self, ids: Iterable[str]) -> dict[str, Applied]:
        """Return what a list says of applications, by their keys."""
        one = _application.c
        columns = one.id, one.exporter_id, one.agreement, one.import_country, one.office
        query = select(*columns).where(one.id.in_(sorted(set(ids))))
        return {row.id: Applied(*row) for row in self._transaction.execute(query)}

    def acts(self, since: datetime, until: datetime) -> tuple[Entry, ...]:
        """Return the entries of the trail from an instant until before another."""
        return AuditRows(self._transaction).between(since, until)

    def series_of_day(self, office: str, since: datetime, until: datetime) -> tuple[Series, ...]:
        """Return the series from which an office's certificates of a day have their numbers."""
        one = _certificate.c
        query = (
            select(one.series, one.agreement, one.series_year)
            .where(one.office == office, one.issued_at >= since, one.issued_at < until)
            .distinct()
            .order_by(one.series, one.agreement, one.series_year)
        )
        return tuple(Series(*row) for row in self._transaction.execute(query))

    def last_serial(self, series: Series, *, before: datetime) -> int:
        """Return the highest number of a series that a certificate bore before an instant."""
        one = _certificate.c
        query = select(func.max(one.serial)).where(*_in(series), one.issued_at < before)
        return self._transaction.execute(query).scalar_one() or 0

    def serials(self, series: Series, *, first: int, last: int) -> tuple[int, ...]:
        """Return the numbers of a stretch that certificates bear."""
        one = _certificate.c
        query = select(one.serial).where(*_in(series), one.serial >= first, one.serial <= last)
        return tuple(self._transaction.execute(query).scalars())

    def first_issue(self, office: str) -> datetime | None:
        """Return when an office issued for the first time."""
        one = _certificate.c
        query = select(func.min(one.issued_at)).where(one.office == office)
        found: datetime | None = self._transaction.execute(query).scalar_one()
        return found

    def keep(self, daily: DailyList) -> None:
        """Keep the list of a day."""
        self._transaction.execute(
            insert(_daily).values(
                office=daily.office,
                day=daily.day,
                document=daily.document,
                digest=daily.digest,
                closed_at=daily.closed_at,
            )
        )

    def daily(self, office: str, day: date) -> DailyList | None:
        """Find the list of a day."""
        return self._list(select(_daily).where(_daily.c.office == office, _daily.c.day == day))

    def last_daily(self, office: str) -> DailyList | None:
        """Find an office's last list."""
        query = select(_daily).where(_daily.c.office == office).order_by(_daily.c.day.desc())
        return self._list(query.limit(1))

    def dailies(self, office: str, *, since: date, until: date) -> tuple[DailyList, ...]:
        """Return an office's lists of a period, the first and last day included."""
        query = (
            select(_daily)
            .where(_daily.c.office == office, _daily.c.day >= since, _daily.c.day <= until)
            .order_by(_daily.c.day)
        )
        return tuple(_read(row) for row in self._transaction.execute(query))

    def _list(self, wanted: Select[Any]) -> DailyList | None:
        row = self._transaction.execute(wanted).first()
        return _read(row) if row else None


def _those(wanted: Wanted) -> Select[Any]:
    one = _certificate.c
    conditions = [
        one.issued_on >= wanted.since if wanted.since else None,
        one.issued_on <= wanted.until if wanted.until else None,
        one.office == wanted.office if wanted.office else None,
        one.agreement == wanted.agreement if wanted.agreement else None,
        one.import_country == wanted.import_country if wanted.import_country else None,
        one.exporter_id == wanted.exporter_id if wanted.exporter_id else None,
    ]
    return select(_certificate).where(*[each for each in conditions if each is not None])


def _in(series: Series) -> tuple[Any, ...]:
    one = _certificate.c
    return (
        one.series == series.issuer,
        one.agreement == series.agreement,
        one.series_year == series.year,
    )


def _read(row: Any) -> DailyList:
    return DailyList(row.office, row.day, row.document, row.digest, row.closed_at)
