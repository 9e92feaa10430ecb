"""Numbers: which office issues, from which series, and how the number is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ooms.certificates.model import IssuingOffice, Number, Series
from ooms.certificates.repository import CertificateRows
from ooms.db import Work
from ooms.officers.service import Officers


class Numbering:
    """Takes numbers for the offices of this node; a seventh file, for outages take them too."""

    def __init__(self, own: IssuingOffice, officers: Officers) -> None:
        """Number in the name of the office that a case belongs to, or else of this node's own."""
        self.own = own
        self._officers = officers

    def office(self, work: Work, code: str | None) -> IssuingOffice:
        """Return the office that issues: its code, name and place stand on the certificate."""
        place = self._officers.place(work, code) if code else None
        if place is None:
            return self.own
        return replace(
            self.own, code=place.code, name=place.name, place=place.place or self.own.place
        )

    def series(self, office: IssuingOffice, *, agreement: str, on: date) -> Series:
        """Return the series that a number comes from.

        What the pattern does not print tells no series apart: two offices whose numbers would
        look alike share one, and a number without a year is not given again in the next.
        """
        names_issuer = "{issuer" in self.own.number_pattern
        names_year = "{yy" in self.own.number_pattern
        return Series(
            issuer=office.code if names_issuer else self.own.code,
            agreement=agreement,
            year=on.year if names_year else 0,
        )

    def printed(self, office: IssuingOffice, series: Series, *, on: date, serial: int) -> Number:
        """Print a number of a series."""
        text = office.number(agreement=series.agreement, on=on, serial=serial)
        return Number(text, series, serial)

    def take(
        self, work: Work, office: IssuingOffice, *, agreement: str, count: int = 1
    ) -> tuple[Number, ...]:
        """Take the next numbers of today; their series is locked until the transaction ends."""
        series = self.series(office, agreement=agreement, on=work.today)
        last = CertificateRows(work.transaction).take(series, count=count)
        return tuple(
            self.printed(office, series, on=work.today, serial=serial)
            for serial in range(last - count + 1, last + 1)
        )
