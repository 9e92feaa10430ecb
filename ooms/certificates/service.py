"""Issue certificates, correct them, take them back, and hear what partners say of them."""

from __future__ import annotations

import base64
import hmac

from ooms.access.model import User
from ooms.applications.checks import Checks
from ooms.applications.model import Application, CheckResult, Content
from ooms.applications.model import State as Applied
from ooms.applications.service import Applications
from ooms.audit.service import record
from ooms.certificates.model import (
    ON_PAPER,
    Certificate,
    Composed,
    Finding,
    Ground,
    Note,
    Numbered,
    Officer,
    Paper,
    State,
    Superseded,
    Why,
    advance,
)
from ooms.certificates.numbering import Numbering
from ooms.certificates.repository import CertificateRows
from ooms.certificates.sender import Sender
from ooms.crosschecks.service import Crosschecks
from ooms.db import Window, Work
from ooms.errors import ConflictError, MissingError, NotSendableError
from ooms.exporters.service import Exporters

CODE_BYTES = 10  # 80 bits: sixteen letters and digits that nobody guesses at a public page
_QUEUED = "QUEUED"
_REFUSING = "REFUSE"


class Certificates:
    """The desk of certificates."""

    def __init__(  # noqa: PLR0913  # the desks it leans on, each by its name
        self,
        *,
        applications: Applications,
        checks: Checks,
        crosschecks: Crosschecks,
        exporters: Exporters,
        sender: Sender,
        numbering: Numbering,
    ) -> None:
        """Issue in the name of the office of a case, through whoever speaks to partners."""
        self._applications = applications
        self._checks = checks
        self._crosschecks = crosschecks
        self._exporters = exporters
        self._sender = sender
        self.numbering = numbering

    def lint(self, work: Work, application_id: str, *, by: User) -> tuple[Finding, ...]:
        """Judge an application's certificate as issuing would, storing nothing."""
        application = self._applications.get(work, application_id, by=by)
        content = application.content
        numbered = self._number(work, application, agreement=content.agreement, is_taken=False)
        paper = self._paper(work, application, content=content, by=by, numbered=numbered)
        try:
            return self._sender.lint(paper, to=self._sender.partner_for(paper))
        except NotSendableError as error:
            return tuple(
                Finding(flaw.code, "REFUSE", flaw.detail, flaw.pointer, flaw.box)
                for flaw in error.flaws
            )

    def check(self, work: Work, application_id: str, *, by: User) -> tuple[CheckResult, ...]:
        """Return what each of the checks before issue finds now."""
        application = self._applications.get(work, application_id, by=by)
        misfilled = tuple(
            f"box {one.box}: {one.detail}" if one.box else one.detail
            for one in self.lint(work, application_id, by=by)
            if one.severity == _REFUSING
        )
        return self._checks.of(work, application, misfilled=misfilled, by=by)

    def issue(
        self, work: Work, application_id: str, *, by: User, by_hand: Numbered | None = None
    ) -> Certificate:
        """Issue the certificate of an approved application.

        A paper that was issued by hand in an outage brings its number and its day along.

        0. Every check passes, and every register that is asked; how the form is filled in is
           judged at step 3, in the same words.
        1. Close the application: of two officers who press the button, one gets through.
        2. Take the next number; it is locked until the transaction ends.
        3. Compose the certificate and queue it for its partner, in this same transaction.
        4. Keep the certificate and record the issue.

        Raises:
            ConflictError: the application is not approved, or issued already.
            OpenChecksError: a check failed, or waits for the officer.
            CrossCheckError: a register was not asked, or stands in the way.
            NotSendableError: the partner could not take it; no number was used.

        """
        application = self._applications.get(work, application_id, by=by)
        if application.state is Applied.APPROVED:
            self._checks.require_all(work, application, misfilled=(), by=by)  # 0
            self._crosschecks.require_clear(work, application, by=by)
        self._applications.mark_issued(work, application)  # 1
        content = application.content
        numbered = by_hand or self._number(work, application, agreement=content.agreement)  # 2
        paper = self._paper(work, application, content=content, by=by, numbered=numbered)
        partner = self._sender.partner_for(paper)  # 3
        if partner is None:
            composed = self._sender.compose(paper)
        else:
            composed = self._sender.issue(paper, to=partner, within=work.transaction)
        certificate = _certificate(work, paper, composed, partner=partner)  # 4
        CertificateRows(work.transaction).add(certificate)
        what = "certificate.registered" if by_hand else "certificate.issued"
        self._record(work, certificate, what=what, by=by)
        return certificate

    def correct(
        self, work: Work, certificate_id: str, *, content: Content | None, why: Why, by: User
    ) -> Certificate:
        """Issue a corrected certificate under a new number that supersedes the old one.

        1. Hold the old certificate: it is replaced once and by one.
        2. Take a number, compose, and queue both names in one message.
        3. Keep the new one beside the old; the old is replaced when the partner registered it.

        Raises:
            ConflictError: the certificate is replaced, cancelled, or about to be.
            NotSendableError: the partner could not take it; no number was used.

        """
        old = self._lock_standing(work, certificate_id)  # 1
        application = self._applications.get(work, old.application_id, by=by)
        content = content or old.content
        paper = self._paper(  # 2
            work,
            application,
            content=content,
            by=by,
            numbered=self._number(work, application, agreement=content.agreement),
            supersedes=Superseded(old.document, old.position),
        )
        if old.partner is None:
            composed = self._sender.compose(paper)
        else:
            composed = self._sender.correct(paper, why=why, to=old.partner, within=work.transaction)
        new = _certificate(work, paper, composed, partner=old.partner, replaces=old)  # 3
        rows = CertificateRows(work.transaction)
        rows.add(new)
        state = State.REPLACED if old.partner is None else old.state
        rows.change(old.id, replaced_by_id=new.id, state=advance(old.state, state))
        self._record(work, new, what="certificate.corrected", by=by, reason_code=why.code)
        return new

    def request_cancellation(
        self, work: Work, certificate_id: str, *, why: Why, by: User
    ) -> Certificate:
        """Ask for a certificate back; it is cancelled when the partner says that it was unused.

        Raises:
            ConflictError: the certificate is replaced, cancelled, or about to be.

        """
        old = self._lock_standing(work, certificate_id)
        rows = CertificateRows(work.transaction)
        if old.partner is None:
            rows.change(old.id, state=advance(old.state, State.CANCELLED))
        else:
            self._sender.request_cancellation(
                old.document, why=why, to=old.partner, within=work.transaction
            )
            rows.change(old.id, cancellation_asked_at=work.now)
        what = "certificate.cancellation_asked" if old.partner else "certificate.cancelled"
        self._record(work, old, what=what, by=by, reason_code=why.code)
        return self._found(rows.find(old.id), certificate_id)

    def link_export(
        self, work: Work, certificate_id: str, *, declarations: tuple[str, ...], by: User
    ) -> Certificate:
        """Name the export declarations; a partner that waited for them gets its certificate now.

        Raises:
            ConflictError: the certificate goes to no partner.

        """
        rows = CertificateRows(work.transaction)
        certificate = self._found(rows.lock(certificate_id), certificate_id)
        if certificate.partner is None:
            raise ConflictError(what="certificate", current="on paper", wanted="linked")
        self._sender.link_export(
            certificate.document,
            declarations=declarations,
            to=certificate.partner,
            within=work.transaction,
        )
        self._record(work, certificate, what="certificate.export_linked", by=by)
        return certificate

    def get(self, work: Work, certificate_id: str, *, by: User) -> Certificate:
        """Return a certificate that the caller may see.

        Raises:
            MissingError: there is none.

        """
        found = self._found(CertificateRows(work.transaction).find(certificate_id), certificate_id)
        by.require_sight(found.exporter_id, what="certificate", id=certificate_id)
        return found

    def notes(self, work: Work, certificate: Certificate, *, by: User) -> tuple[Note, ...]:
        """Return what partners said of a certificate, as far as the caller may know."""
        notes = CertificateRows(work.transaction).notes(certificate.id)
        return notes if by.company is None else tuple(note.for_exporter() for note in notes)

    def page(
        self, work: Work, window: Window, *, number: str | None, by: User
    ) -> tuple[Certificate, ...]:
        """Return the certificates that the caller may see, of a number or all."""
        key = self._sender.number_key(number) if number else None
        return CertificateRows(work.transaction).page(window, company=by.company, number_key=key)

    def show_publicly(
        self, work: Work, *, number: str, code: str
    ) -> tuple[Certificate, Certificate | None] | None:
        """Find a certificate by number and code, with what replaced it.

        A wrong code and an unknown number give the same answer: nothing.
        """
        rows = CertificateRows(work.transaction)
        # On paper the code stands in groups.
        wanted = "".join(code.split()).upper().encode()
        for found in rows.numbered(self._sender.number_key(number)):
            if hmac.compare_digest(found.access_code.encode(), wanted):
                return found, _successor(rows, found)
        return None

    def show_sealed(
        self, work: Work, *, agreement: str, number: str
    ) -> tuple[Certificate, Certificate | None] | None:
        """Find the certificate of an authentic document, with what replaced it.

        No code is asked: whoever holds the sealed document has read it.
        """
        rows = CertificateRows(work.transaction)
        for found in rows.numbered(self._sender.number_key(number)):
            if found.agreement == agreement:
                return found, _successor(rows, found)
        return None

    def _lock_standing(self, work: Work, certificate_id: str) -> Certificate:
        found = self._found(CertificateRows(work.transaction).lock(certificate_id), certificate_id)
        pending = {
            "being replaced": found.replaced_by_id is not None,
            "asked to be cancelled": found.cancellation_asked_at is not None,
            found.state.value: found.state is not State.ISSUED,
        }
        for current, holds in pending.items():
            if holds:
                raise ConflictError(what="certificate", current=current, wanted="taken back")
        return found

    def _number(
        self, work: Work, application: Application, *, agreement: str, is_taken: bool = True
    ) -> Numbered:
        """Take the next number of the office that the case belongs to, or show none taken."""
        office = self.numbering.office(work, application.office)
        if is_taken:
            (number,) = self.numbering.take(work, office, agreement=agreement)
        else:
            series = self.numbering.series(office, agreement=agreement, on=work.today)
            number = self.numbering.printed(office, series, on=work.today, serial=0)
        return Numbered(office, number, work.today)

    def _paper(  # noqa: PLR0913  # the parts of a paper, each by its name
        self,
        work: Work,
        application: Application,
        *,
        content: Content,
        by: User,
        numbered: Numbered,
        supersedes: Superseded | None = None,
    ) -> Paper:
        exporter = self._exporters.get(work, application.exporter_id, by=by)
        determined = self._applications.grounds(work, content, by=by)
        return Paper(
            id=work.new_id(),
            numbered=numbered,
            access_code=base64.b32encode(work.noise(CODE_BYTES)).decode(),
            officer=Officer(by.login, by.name),
            exporter=exporter,
            content=content,
            grounds={
                item_no: Ground(
                    criterion=one.criterion or "",
                    hs_edition=int(str(one.case["hs_edition"])),
                    rule_pack=one.rule_pack,
                )
                for item_no, one in determined.items()
            },
            application_id=application.id,
            declared_on=application.submitted_on or work.today,
            supersedes=supersedes,
        )

    def _found(self, found: Certificate | None, certificate_id: str) -> Certificate:
        if found is None:
            raise MissingError(what="certificate", id=certificate_id)
        return found

    def _record(
        self, work: Work, about: Certificate, *, what: str, by: User, reason_code: str = ""
    ) -> None:
        record(
            work,
            who=by.login,
            what=what,
            subject=f"certificate/{about.id}",
            reason_code=reason_code,
            facts={"number": about.number, "agreement": about.agreement},
        )


def _successor(rows: CertificateRows, found: Certificate) -> Certificate | None:
    return rows.find(found.replaced_by_id) if found.replaced_by_id else None


def _certificate(
    work: Work,
    paper: Paper,
    composed: Composed,
    *,
    partner: str | None,
    replaces: Certificate | None = None,
) -> Certificate:
    content, number = paper.content, paper.numbered.number
    return Certificate(
        id=paper.id,
        number=paper.number,
        number_key=composed.number_key,
        agreement=content.agreement,
        form_type=content.form_type,
        export_country=paper.office.country,
        import_country=content.import_country,
        exporter_id=paper.exporter.id,
        application_id=paper.application_id,
        state=State.ISSUED,
        issued_on=composed.issued_on,
        valid_until=composed.valid_until,
        issued_at=work.now,
        access_code=paper.access_code,
        content=content,
        document=composed.document,
        position=replaces.position + 1 if replaces else 0,
        partner=partner,
        message_id=composed.message_id,
        exchange_state=composed.exchange_state or (_QUEUED if partner else ON_PAPER),
        exchange_at=work.now,
        replaces_id=replaces.id if replaces else None,
        office=paper.office.code,
        series=number.series.issuer,
        series_year=number.series.year,
        serial=number.serial,
    )
