"""Show the register, and close each day with a list that nobody can change unseen."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from ooms.audit.model import Entry
from ooms.audit.repository import AuditRows
from ooms.audit.service import record
from ooms.certificates.model import Certificate
from ooms.certificates.numbering import Numbering
from ooms.db import Window, Work
from ooms.errors import Flaw, MissingError, UnfitError
from ooms.officers.service import Officers
from ooms.outages.model import Block, BlockNumber, Fate
from ooms.outages.repository import BlockRows
from ooms.registers.model import (
    Act,
    Anchor,
    Applied,
    DailyList,
    Line,
    Stretch,
    Wanted,
    act_of,
    daily_document,
    digest_of,
    lines_of,
    missing_in,
)
from ooms.registers.repository import RegisterRows

#: A sheet is built in one piece: more than this is asked for in several periods.
MOST_ON_A_SHEET = 20_000
_FIRST_LIST = "0" * 64
_HS6 = 6
_CLOSER = "registers-daily"


class Registers:
    """The desk of registers."""

    def __init__(self, *, numbering: Numbering, officers: Officers, zone: tzinfo) -> None:
        """Keep the registers of the offices of this node; days are those of its zone."""
        self._numbering = numbering
        self._officers = officers
        self._zone = zone

    def page(
        self, work: Work, wanted: Wanted, window: Window
    ) -> tuple[tuple[Line, ...], str | None]:
        """Return lines of the newest certificates, and the cursor of what follows.

        The first page also bears the numbers that carry no certificate.
        """
        found = RegisterRows(work.transaction).page(wanted, window)
        lines = tuple(line for one in found for line in lines_of(one))
        if window.before is None:
            lines = (*self._without(work, wanted), *lines)
        return lines, window.next(found)

    def sheet(self, work: Work, wanted: Wanted) -> tuple[Line, ...]:
        """Return every line that is wanted, in the order of the numbers.

        Raises:
            UnfitError: there are more than fit on one sheet.

        """
        found = RegisterRows(work.transaction).in_order(wanted, most=MOST_ON_A_SHEET + 1)
        if len(found) > MOST_ON_A_SHEET:
            detail = f"more than {MOST_ON_A_SHEET} certificates; ask for fewer days at once"
            raise UnfitError(Flaw("query:since", detail))
        lines = [line for one in found for line in lines_of(one)]
        lines += self._without(work, wanted)
        return tuple(sorted(lines, key=lambda one: (one.office, one.agreement, one.number)))

    def daily(self, work: Work, office: str, *, day: date) -> DailyList:
        """Return the list of a day.

        Raises:
            MissingError: the day is not closed, or the office does not exist.

        """
        found = RegisterRows(work.transaction).daily(office, day)
        if found is None:
            raise MissingError(what="daily list", id=f"{office}/{day}")
        return found

    def dailies(
        self, work: Work, office: str, *, since: date, until: date
    ) -> tuple[DailyList, ...]:
        """Return the lists of a period."""
        return RegisterRows(work.transaction).dailies(office, since=since, until=until)

    def close_next(self, work: Work) -> DailyList | None:
        """Close the oldest day that is over and has no list yet; None when all have.

        1. Find the office and the day.
        2. Gather every act of the day from the trail, and check the numbers that it brought.
        3. Write the list, with the digest of the one before and the place of the trail.
        4. Keep it, and record its digest in the trail.
        """
        rows = RegisterRows(work.transaction)
        audit = AuditRows(work.transaction)
        seq, head = audit.lock_head()  # two that close at once come one by one
        due = self._due(work, rows)  # 1
        if due is None:
            return None
        office, day, previous = due
        since, until = self._bounds(day)
        document = daily_document(  # 3
            office,
            day,
            acts=self._acts(rows, office, since=since, until=until),  # 2
            stretches=self._stretches(work, office, since=since, until=until),
            previous=previous,
            anchor=Anchor(seq, head),
        )
        closed = DailyList(office, day, document, digest_of(document), work.now)
        rows.keep(closed)  # 4
        facts = {"digest": closed.digest, "acts": str(len(document["acts"]))}
        subject = f"daily-list/{office}/{day}"
        record(work, who=_CLOSER, what="register.closed", subject=subject, facts=facts)
        return closed

    def _due(self, work: Work, rows: RegisterRows) -> tuple[str, date, str] | None:
        yesterday = work.today - timedelta(days=1)
        codes = {self._numbering.own.code, *(one.code for one in self._officers.places(work))}
        for office in sorted(codes):
            last = rows.last_daily(office)
            if last is not None:
                day, previous = last.day + timedelta(days=1), last.digest
            else:
                began = rows.first_issue(office)
                day = began.astimezone(self._zone).date() if began else yesterday
                previous = _FIRST_LIST
            if day <= yesterday:
                return office, day, previous
        return None

    def _bounds(self, day: date) -> tuple[datetime, datetime]:
        since = datetime.combine(day, time(), self._zone)
        return since, datetime.combine(day + timedelta(days=1), time(), self._zone)

    def _acts(
        self, rows: RegisterRows, office: str, *, since: datetime, until: datetime
    ) -> list[Act]:
        entries = rows.acts(since, until)
        certificates = rows.certificates(_keys(entries, "certificate"))
        applications = rows.applications(_keys(entries, "application"))
        acts = []
        for entry in entries:
            said = act_of(entry.what, reason_code=entry.reason_code)
            _, _, key = entry.subject.partition("/")
            if said is None:
                continue
            certificate = certificates.get(key)
            application = applications.get(key)
            if certificate is not None and certificate.office == office:
                acts.append(_of_certificate(said, entry, certificate))
            elif application is not None and office == (
                application.office or self._numbering.own.code
            ):
                acts.append(_of_application(said, entry, application))
        return acts

    def _stretches(
        self, work: Work, office: str, *, since: datetime, until: datetime
    ) -> list[Stretch]:
        rows, blocks = RegisterRows(work.transaction), BlockRows(work.transaction)
        found = []
        for series in rows.series_of_day(office, since, until):
            first = rows.last_serial(series, before=since) + 1
            last = rows.last_serial(series, before=until)
            aside = blocks.of_series(series, first=first, last=last)
            known = (*rows.serials(series, first=first, last=last), *(one.serial for one in aside))
            found.append(
                Stretch(
                    series,
                    first,
                    last,
                    missing=missing_in(first, last, known=known),
                    without_certificate={
                        one.printed: one.fate.value
                        for one in aside
                        if one.fate is not Fate.REGISTERED
                    },
                )
            )
        return found

    def _without(self, work: Work, wanted: Wanted) -> tuple[Line, ...]:
        if wanted.import_country or wanted.exporter_id:
            return ()
        found = BlockRows(work.transaction).without_certificate()
        return tuple(_gap(block, one) for block, one in found if _fits(block, one, wanted))


def _keys(entries: tuple[Entry, ...], kind: str) -> list[str]:
    parts = (entry.subject.partition("/") for entry in entries)
    return [key for named, _, key in parts if named == kind]


def _of_certificate(said: str, entry: Entry, certificate: Certificate) -> Act:
    hs6 = {line.hs[:_HS6] for line in certificate.content.lines}
    return Act(
        act=said,
        at=entry.at,
        subject=entry.subject,
        number=certificate.number,
        agreement=certificate.agreement,
        import_country=certificate.import_country,
        exporter_id=certificate.exporter_id,
        hs6=tuple(sorted(hs6)),
        issued_on=certificate.issued_on,
        reason_code=entry.reason_code,
    )


def _of_application(said: str, entry: Entry, applied: Applied) -> Act:
    return Act(
        act=said,
        at=entry.at,
        subject=entry.subject,
        number="",
        agreement=applied.agreement,
        import_country=applied.import_country,
        exporter_id=applied.exporter_id,
        hs6=(),
        issued_on=None,
        reason_code=entry.reason_code,
    )


def _gap(block: Block, number: BlockNumber) -> Line:
    return Line(
        number=number.printed,
        issued_on=None,
        office=block.office,
        agreement=block.series.agreement,
        state=number.fate.value,
        reason=number.reason,
    )


def _fits(block: Block, number: BlockNumber, wanted: Wanted) -> bool:
    day = number.decided_at.date() if number.decided_at else block.reserved_on
    return (
        wanted.office in (None, block.office)
        and wanted.agreement in (None, block.series.agreement)
        and (wanted.since is None or day >= wanted.since)
        and (wanted.until is None or block.reserved_on <= wanted.until)
    )
