"""The bench on which every kind of certificate is made; a seventh file, for the kinds share it."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from ooms.access.model import User
from ooms.applications.model import Application, Content, Kind
from ooms.applications.service import Applications
from ooms.audit.service import record
from ooms.back_to_back.model import First
from ooms.back_to_back.service import BackToBack
from ooms.certificates.model import (
    ON_PAPER,
    Certificate,
    Composed,
    Ground,
    Numbered,
    Officer,
    Paper,
    State,
    Superseded,
    Why,
    advance,
    require_content,
)
from ooms.certificates.numbering import Numbering
from ooms.certificates.repository import CertificateRows
from ooms.certificates.sender import Sender
from ooms.db import Work
from ooms.errors import ConflictError, MissingError
from ooms.exporters.service import Exporters
from ooms.ledger.units import Units

CODE_BYTES = 10  # 80 bits: sixteen letters and digits that nobody guesses at a public page
_QUEUED = "QUEUED"


@dataclass(frozen=True, slots=True)
class Workshop:
    """Numbers, composes and keeps certificates, and tells partners of them."""

    applications: Applications
    exporters: Exporters
    sender: Sender
    numbering: Numbering
    first_certificates: BackToBack
    units: Units

    def issue(
        self, work: Work, application: Application, *, by: User, by_hand: Numbered | None = None
    ) -> Certificate:
        """Issue what an application says, as a certificate of its own.

        1. Take the next number; it is locked until the transaction ends.
        2. Compose the certificate and queue it for its partner, in this same transaction.
        3. Keep the certificate; take what it re-exports from its first certificates.

        Raises:
            NotSendableError: the partner could not take it; no number was used.
            OverdrawnError: its first certificates have less left; no number was used.

        """
        content = application.content
        numbered = by_hand or self.number(work, application, agreement=content.agreement)  # 1
        paper = self.paper(work, application, content=content, by=by, numbered=numbered)
        partner = self.sender.partner_for(paper)  # 2
        if partner is None:
            composed = self.sender.compose(paper)
        else:
            composed = self.sender.issue(paper, to=partner, within=work.transaction)
        certificate = _certificate(work, paper, composed, partner=partner)
        CertificateRows(work.transaction).add(certificate)  # 3
        if content.first_certificates:
            holder = self.first_certificates.holder(certificate.id, number=certificate.number)
            self.first_certificates.take(work, content, holder=holder, by=by.login, beyond=None)
        what = "certificate.registered" if by_hand else "certificate.issued"
        self.record(work, certificate, what=what, by=by)
        return certificate

    def supersede(  # noqa: PLR0913  # the facts of one replacement, each by its name
        self,
        work: Work,
        old: Certificate,
        *,
        application: Application,
        content: Content,
        wanted: Kind | None,
        why: Why,
        by: User,
    ) -> Certificate:
        """Issue a certificate under a new number that takes the place of one that is held.

        1. Take a number, compose, and queue both names in one message.
        2. Keep the new one beside the old; the old is replaced when the partner registered it.
        3. Let the new one take over what the old one re-exports.

        Raises:
            NotSendableError: the partner could not take it; no number was used.
            OverdrawnError: first certificates have less left; no number was used.

        """
        paper = self.paper(  # 1
            work,
            application,
            content=content,
            by=by,
            numbered=self.number(work, application, agreement=content.agreement),
            supersedes=Superseded(old.document, old.position, wanted),
        )
        if old.partner is None:
            composed = self.sender.compose(paper)
        else:
            composed = self.sender.correct(paper, why=why, to=old.partner, within=work.transaction)
        new = _certificate(work, paper, composed, partner=old.partner, replaces=old)  # 2
        rows = CertificateRows(work.transaction)
        rows.add(new)
        state = State.REPLACED if old.partner is None else old.state
        rows.change(old.id, replaced_by_id=new.id, state=advance(old.state, state))
        if content.first_certificates:  # 3
            firsts, login = self.first_certificates, by.login
            holder = firsts.holder(new.id, number=new.number)
            firsts.take(work, content, holder=holder, by=login, beyond=old.id)
            if old.partner is None:
                firsts.settle(work, old.id, new=holder, content=content, by=login)
        self.record(work, new, what="certificate.corrected", by=by, reason_code=why.code)
        return new

    def take_back(self, work: Work, old: Certificate, *, why: Why, by: User) -> Certificate:
        """Ask for a held certificate back; the partner says whether it was unused.

        On paper it ends at once, and gives back what it took from first certificates.
        """
        rows = CertificateRows(work.transaction)
        if old.partner is None:
            rows.change(old.id, state=advance(old.state, State.CANCELLED))
            self.first_certificates.give_back(work, old.id, by=by.login)
        else:
            self.sender.request_cancellation(
                old.document, why=why, to=old.partner, within=work.transaction
            )
            rows.change(old.id, cancellation_asked_at=work.now)
        what = "certificate.cancellation_asked" if old.partner else "certificate.cancelled"
        self.record(work, old, what=what, by=by, reason_code=why.code)
        return self.found(rows.find(old.id), old.id)

    def lock_standing(self, work: Work, certificate_id: str) -> Certificate:
        """Hold a certificate that stands, and that nothing is about to end.

        Raises:
            MissingError: there is none.
            ErasedError: its content was deleted after its period.
            ConflictError: it is replaced, cancelled, or about to be.

        """
        found = self.found(CertificateRows(work.transaction).lock(certificate_id), certificate_id)
        require_content(found)
        standing = standing_of(found)
        if standing is not None:
            raise ConflictError(what="certificate", current=standing, wanted="taken back")
        return found

    def number(
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

    def paper(  # noqa: PLR0913  # the parts of a paper, each by its name
        self,
        work: Work,
        application: Application,
        *,
        content: Content,
        by: User,
        numbered: Numbered,
        supersedes: Superseded | None = None,
    ) -> Paper:
        """Gather everything that a certificate is made of."""
        known = self.first_certificates.firsts(work, content)
        firsts = tuple(one for one in known if one is not None)
        whole = len(firsts) == len(known)
        return Paper(
            id=work.new_id(),
            numbered=numbered,
            access_code=base64.b32encode(work.noise(CODE_BYTES)).decode(),
            officer=Officer(by.login, by.name),
            exporter=self.exporters.get(work, application.exporter_id, by=by),
            content=content,
            grounds={
                **self._determined(work, content, by=by),
                **(_taken_over(content, firsts) if whole else {}),
            },
            application_id=application.id,
            declared_on=application.submitted_on or work.today,
            supersedes=supersedes,
            firsts=firsts if whole else (),
        )

    def found(self, found: Certificate | None, certificate_id: str) -> Certificate:
        """Return what was found.

        Raises:
            MissingError: nothing was.

        """
        if found is None:
            raise MissingError(what="certificate", id=certificate_id)
        return found

    def record(
        self, work: Work, about: Certificate, *, what: str, by: User, reason_code: str = ""
    ) -> None:
        """Record an act on a certificate."""
        record(
            work,
            who=by.login,
            what=what,
            subject=f"certificate/{about.id}",
            reason_code=reason_code,
            facts={"number": about.number, "agreement": about.agreement},
        )

    def _determined(self, work: Work, content: Content, *, by: User) -> dict[int, Ground]:
        determined = self.applications.grounds(work, content, by=by)
        return {
            item_no: Ground(
                criterion=one.criterion or "",
                hs_edition=int(str(one.case["hs_edition"])),
                rule_pack=one.rule_pack,
            )
            for item_no, one in determined.items()
        }


def standing_of(certificate: Certificate) -> str | None:
    """Say why nothing more is made of a certificate; None when it stands."""
    pending = {
        "being replaced": certificate.replaced_by_id is not None,
        "asked to be cancelled": certificate.cancellation_asked_at is not None,
        certificate.state.value: certificate.state is not State.ISSUED,
    }
    return next((current for current, holds in pending.items() if holds), None)


def _taken_over(content: Content, firsts: tuple[First, ...]) -> dict[int, Ground]:
    """Take the origin of re-exported goods from the first item that each line takes."""
    grounds = {}
    for line in content.lines:
        for taken in line.takes[:1]:
            item = firsts[taken.first - 1].item(taken.item_no)
            if item is not None:
                grounds[line.item_no] = Ground(item.criterion, item.hs_edition, "first certificate")
    return grounds


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
