"""Take notices of error: find what they reach, draft what follows, tell whom they concern."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Protocol

from ooms.access.model import User
from ooms.applications import model as applied
from ooms.audit.service import record
from ooms.certificates.model import Asked, Certificate, Document
from ooms.certificates.model import State as Issued
from ooms.certificates.service import Certificates
from ooms.db import Transaction, Window, Work
from ooms.error_notices.letters import Concerned, Letter, letters
from ooms.error_notices.model import (
    SPREADS,
    ErrorNotice,
    Hit,
    Remedy,
    State,
    Statement,
    Way,
    advance,
)
from ooms.error_notices.repository import ErrorNoticeRows
from ooms.errors import ConflictError, Flaw, MissingError, NotSendableError, UnfitError
from ooms.exporters.service import Exporters
from ooms.procedures.model import ClockKind
from ooms.procedures.running import Clocks
from ooms.reach.model import Link, ReachedCertificate
from ooms.reach.service import Reach

#: For each remedy the kinds of application that may ask for it, the best first, with the reason.
_KINDS = {
    Remedy.CORRECTION: (
        (applied.Kind.REPLACEMENT, "WRONGLY_ISSUED"),
        (applied.Kind.CORRECTION, "MISSTATEMENT"),
    ),
    Remedy.CANCELLATION: ((applied.Kind.CANCELLATION, "ISSUED_IN_ERROR"),),
}
_HIDDEN = frozenset({State.DRAFT, State.WITHDRAWN})


class Annuller(Protocol):
    """What this desk needs of whoever speaks to partners."""

    def annul(
        self, document: Document, *, reason: str, on: date, to: str, within: Transaction
    ) -> str:
        """Declare a certificate void to a partner, for its exporter's notice of error.

        Raises:
            NotSendableError: the partner takes no such message.

        """
        ...


class ErrorNotices:
    """The desk of notices of error."""

    def __init__(  # noqa: PLR0913  # the parts of a desk, each by its name
        self,
        *,
        certificates: Certificates,
        exporters: Exporters,
        reach: Reach,
        clocks: Clocks,
        annuller: Annuller,
        office: str,
    ) -> None:
        """Take notices about the certificates of that desk, for an office."""
        self._certificates = certificates
        self._exporters = exporters
        self._reach = reach
        self._clocks = clocks
        self._annuller = annuller
        self._office = office

    def draft(self, work: Work, statement: Statement, *, by: User) -> ErrorNotice:
        """Keep a draft; its period runs from the day on which the error was learned of.

        Raises:
            MissingError: there is no such certificate of the caller's.
            UnfitError: the day is still to come, or lies before the certificate.

        """
        certificate = self._certificates.get(work, statement.certificate_id, by=by)
        if not certificate.issued_on <= statement.learned_on <= work.today:
            detail = f"between the issue on {certificate.issued_on} and today, {work.today}"
            raise UnfitError(Flaw("/learned_on", detail, code="RUL-PERIOD"))
        notice = ErrorNotice(
            id=work.new_id(),
            exporter_id=certificate.exporter_id,
            number=certificate.number,
            statement=statement,
            state=State.DRAFT,
            version=1,
            clock=self._clocks.begin(ClockKind.ERROR_NOTICE, statement.learned_on),
            drafted_at=work.now,
        )
        ErrorNoticeRows(work.transaction).add(notice)
        return notice

    def file(self, work: Work, notice_id: str, *, by: User) -> ErrorNotice:
        """Give notice, late or not: lateness is told, and bars nothing.

        1. Find every certificate that the error reaches, and the applications under way.
        2. Draft the application that mends each certificate that still stands.
        3. Keep all of it with the notice.

        Raises:
            ConflictError: it is filed or withdrawn already.

        """
        current = self.get(work, notice_id, by=by)
        state = advance(current.state, State.FILED)
        hits, under_way = self._find(work, current, by=by)  # 1
        hits = tuple(self._mended(work, one, current.statement, by=by) for one in hits)  # 2
        filed = replace(
            current,
            state=state,
            filed_on=work.today,
            hits=hits,
            open_applications=under_way,
        )
        return self._change(work, current, filed, by=by)  # 3

    def withdraw(self, work: Work, notice_id: str, *, by: User) -> ErrorNotice:
        """Take a draft back.

        Raises:
            ConflictError: it is filed, so customs knows of it.

        """
        current = self.get(work, notice_id, by=by)
        gone = replace(current, state=advance(current.state, State.WITHDRAWN))
        return self._change(work, current, gone, by=by)

    def acknowledge(self, work: Work, notice_id: str, *, by: User) -> ErrorNotice:
        """Say that customs has the notice.

        Raises:
            ConflictError: it is acknowledged already.

        """
        current = self.get(work, notice_id, by=by)
        state = advance(current.state, State.ACKNOWLEDGED)
        known = replace(current, state=state, acknowledged_by=by.id, acknowledged_at=work.now)
        return self._change(work, current, known, by=by)

    def pass_on(self, work: Work, notice_id: str, *, by: User) -> ErrorNotice:
        """Tell the partners: by an annulment where the certificate is to end, else by letter.

        No message of the catalogue says that a certificate is wrong and will be corrected: the
        correction itself is one, and until it is issued the letter tells it.

        Raises:
            ConflictError: it is not acknowledged, or passed on already.

        """
        current = self.get(work, notice_id, by=by)
        state = advance(current.state, State.PASSED_ON)
        hits = tuple(self._told(work, one, current.statement, by=by) for one in current.hits)
        told = replace(current, state=state, hits=hits, passed_on_at=work.now)
        return self._change(work, current, told, by=by)

    def close(self, work: Work, notice_id: str, *, words: str, by: User) -> ErrorNotice:
        """Say that everything that follows from a notice is done.

        Raises:
            ConflictError: it is not acknowledged yet, or closed already.

        """
        current = self.get(work, notice_id, by=by)
        state = advance(current.state, State.CLOSED)
        closed = replace(current, state=state, closed_at=work.now, closing_words=words)
        return self._change(work, current, closed, by=by)

    def get(self, work: Work, notice_id: str, *, by: User) -> ErrorNotice:
        """Return a notice that the caller may see; a draft is its exporter's own.

        Raises:
            MissingError: there is none.

        """
        found = ErrorNoticeRows(work.transaction).find(notice_id)
        if found is None or (found.state in _HIDDEN and by.company is None):
            raise MissingError(what="notice of error", id=notice_id)
        by.require_sight(found.exporter_id, what="notice of error", id=notice_id)
        return found

    def page(
        self, work: Work, window: Window, *, state: State | None, by: User
    ) -> tuple[ErrorNotice, ...]:
        """Return the notices that the caller may see, in a state or in all."""
        return ErrorNoticeRows(work.transaction).page(window, company=by.company, state=state)

    def impact(self, work: Work, notice_id: str, *, by: User) -> tuple[Hit, ...]:
        """Return what a notice reaches: as it was found when it was filed, of a draft now.

        Raises:
            MissingError: there is no such notice.

        """
        current = self.get(work, notice_id, by=by)
        return self._find(work, current, by=by)[0] if current.filed_on is None else current.hits

    def letters(self, work: Work, notice_id: str, *, by: User) -> tuple[Letter, ...]:
        """Write the letters of a notice.

        Raises:
            MissingError: there is no such notice.

        """
        notice = self.get(work, notice_id, by=by)
        hits = self.impact(work, notice_id, by=by)
        concerned = Concerned(
            notice=notice,
            exporter=self._exporters.get(work, notice.exporter_id, by=by),
            office=self._office,
            certificates=tuple(
                self._certificates.get(work, one.certificate_id, by=by) for one in hits
            ),
        )
        return letters(concerned, on=work.today)

    def letter(self, work: Work, notice_id: str, *, key: str, by: User) -> Letter:
        """Write one letter of a notice.

        Raises:
            MissingError: there is no such notice or letter.

        """
        for one in self.letters(work, notice_id, by=by):
            if one.key == key:
                return one
        raise MissingError(what="letter", id=key)

    def _find(
        self, work: Work, notice: ErrorNotice, *, by: User
    ) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
        """Find the certificates and applications that share what is wrong with this one."""
        statement = notice.statement
        first = self._certificates.get(work, statement.certificate_id, by=by)
        hits = {first.id: _hit_of(first)}
        under_way: dict[str, None] = {}
        ways = SPREADS[statement.cause]
        cited = {line.determination_id for line in _wrong_lines(first, statement)} if ways else ()
        for key in sorted(one for one in cited if one):
            reached = self._reach.of_determination(work, key, by=by, by_way_of=ways)
            for one in reached.certificates:
                if one.id not in hits and one.state == Issued.ISSUED.value:
                    hits[one.id] = _hit(one, reached.links_of(one))
            under_way |= dict.fromkeys(one.id for one in reached.applications)
        return tuple(hits.values()), tuple(under_way)

    def _mended(self, work: Work, hit: Hit, statement: Statement, *, by: User) -> Hit:
        """Draft the application that mends a certificate, of the kind that its agreement knows."""
        procedure = self._clocks.procedure
        certificate = self._certificates.get(work, hit.certificate_id, by=by)
        if certificate.state is not Issued.ISSUED:
            return replace(hit, not_drafted=f"the certificate is {certificate.state}")
        for kind, code in _KINDS[statement.remedy]:
            if procedure.kind_rule(kind, agreement=hit.agreement) is None:
                continue
            asked = Asked(kind, applied.Cause(code, statement.explanation))
            try:
                drafted = self._certificates.apply(work, hit.certificate_id, asked=asked, by=by)
            except UnfitError as error:
                return replace(hit, not_drafted=str(error))
            return replace(hit, application_id=drafted.id)
        return replace(hit, not_drafted=f"{hit.agreement} knows no such application; write")

    def _told(self, work: Work, hit: Hit, statement: Statement, *, by: User) -> Hit:
        if hit.partner is None or statement.remedy is not Remedy.CANCELLATION:
            return replace(hit, way=Way.LETTER)
        certificate = self._certificates.get(work, hit.certificate_id, by=by)
        if certificate.state is not Issued.ISSUED:
            return replace(hit, way=Way.LETTER)
        try:
            message_id = self._annuller.annul(
                certificate.document,
                reason=statement.explanation,
                on=work.today,
                to=hit.partner,
                within=work.transaction,
            )
        except NotSendableError:
            return replace(hit, way=Way.LETTER)
        return replace(hit, way=Way.MESSAGE, message_id=message_id)

    def _change(
        self, work: Work, since: ErrorNotice, changed: ErrorNotice, *, by: User
    ) -> ErrorNotice:
        changed = replace(changed, version=since.version + 1)
        if not ErrorNoticeRows(work.transaction).change(changed, since=since):
            current = "changed meanwhile"
            raise ConflictError(what="notice of error", current=current, wanted=changed.state)
        record(
            work,
            who=by.login,
            what=f"error_notice.{changed.state.lower()}",
            subject=f"error_notice/{changed.id}",
            reason_code=changed.statement.cause,
            facts={
                "number": changed.number,
                "certificates": str(len(changed.hits)),
                "in_time": str(changed.is_in_time(work.today)).lower(),
            },
        )
        return changed


def _wrong_lines(certificate: Certificate, statement: Statement) -> tuple[applied.Line, ...]:
    """Return the lines that are said to be wrong; all of them when no line is named."""
    named = {one.line_no for one in statement.errors if one.line_no is not None}
    lines = certificate.content.lines
    return tuple(one for one in lines if one.item_no in named) or lines


def _hit_of(certificate: Certificate) -> Hit:
    return Hit(
        certificate.id,
        certificate.number,
        certificate.agreement,
        certificate.import_country,
        certificate.partner,
    )


def _hit(one: ReachedCertificate, links: tuple[Link, ...]) -> Hit:
    named = tuple(link.value for link in links)
    return Hit(one.id, one.number, one.agreement, one.import_country, one.partner, named)
