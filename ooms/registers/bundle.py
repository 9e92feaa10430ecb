"""Gather everything about one certificate, sign the list of it, and record who took it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ooms.access.model import FOR_A_COMPANY, Action, Role, User
from ooms.access.repository import AccessRows
from ooms.applications.model import Application
from ooms.applications.repository import ApplicationRows
from ooms.audit.service import record
from ooms.certificates.model import Certificate, Note, require_content
from ooms.certificates.repository import CertificateRows
from ooms.certificates.service import Certificates
from ooms.consents.model import Class, Purpose, Subject
from ooms.consents.service import record_release, require_consent
from ooms.db import Transaction, Window, Work, Works
from ooms.documents.model import Issued
from ooms.documents.service import Asked, Documents, issue
from ooms.documents.signing import Key
from ooms.errors import ConflictError, MissingError, NotAllowedError, OfficeError
from ooms.registers import pieces
from ooms.registers.evidence import (
    MANIFEST,
    SIGNATURE,
    Audience,
    Heading,
    Missing,
    Piece,
    Secrecy,
    Sent,
    pack,
    shared,
    write_manifest,
)
from ooms.registers.proof import sign

#: What a bundle lays open of a company, and what it therefore has to consent to.
_LAID_OPEN = frozenset({Class.PRODUCTION_COST, Class.PRODUCTION_PROCESS, Class.TRADING_PARTNERS})


class Exchange(Protocol):
    """Whoever keeps the exact bytes of the exchange."""

    def of(
        self, certificate: Certificate, notes: Sequence[Note], *, within: Transaction
    ) -> tuple[Sent, ...]:
        """Return every document about a certificate."""
        ...


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found about a certificate, before its document is added and all is signed."""

    certificate: Certificate
    audience: Audience
    by: User
    made_on: date
    pieces: tuple[Piece, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as it is handed out."""

    name: str
    content: bytes
    sha256: str


class Evidence:
    """The desk of evidence: a file of its own beside the register, for it reads every desk."""

    def __init__(
        self, *, certificates: Certificates, exchange: Exchange, key: Key, authority: str
    ) -> None:
        """Sign with the office's key, in the name of its authority."""
        self._certificates = certificates
        self._exchange = exchange
        self._key = key
        self._authority = authority

    def gather(self, work: Work, certificate_id: str, *, audience: Audience, by: User) -> Gathered:
        """Gather what is kept about a certificate, for one who may have it.

        1. The caller may see the certificate, and may have it for this audience.
        2. A partner gets it only with the consent of the company.
        3. Take every piece, and say what there is none of.

        Raises:
            MissingError: there is no such certificate.
            ErasedError: its content was deleted after its period.
            NotAllowedError: the caller may not have it for this audience.
            ConsentMissingError: the company did not consent.
            ConflictError: a partner is asked for, and there is none.

        """
        certificate = self._certificates.get(work, certificate_id, by=by)  # 1
        require_content(certificate)
        application = ApplicationRows(work.transaction).find(certificate.application_id)
        if application is None:
            raise MissingError(what="application", id=certificate.application_id)
        _require_right(application, audience, by=by)
        if audience is Audience.PARTNER:  # 2
            to = _partner(certificate)
            require_consent(
                work, subject=_subject(certificate), to=to, purpose=Purpose.EVIDENCE_BUNDLE
            )
        notes = CertificateRows(work.transaction).notes(certificate.id)  # 3
        exchanged = self._exchange.of(certificate, notes, within=work.transaction)
        is_whole = audience is Audience.OFFICE
        use = self._certificates.use(certificate, notes)
        gathered = (
            *pieces.of_application(work, application, certificate),
            *pieces.of_grounds(work, certificate, is_whole=is_whole),
            *pieces.of_certificate(work, certificate, notes, use=use, is_whole=is_whole),
            *pieces.of_exchange(exchanged),
            pieces.of_trail(work, certificate),
        )
        missing = tuple(pieces.missing(certificate, exchanged))
        return Gathered(certificate, audience, by, work.today, gathered, missing)

    def seal(self, gathered: Gathered, document: Issued | str) -> Bundle:
        """Add the sealed document, or why there is none, and sign the manifest.

        No transaction is open: the key may be in a device.
        """
        found, missing = list(gathered.pieces), list(gathered.missing)
        if isinstance(document, str):
            missing.append(Missing("certificate.pdf", document))
        else:
            role = "the certificate's sealed document"
            found.append(Piece("certificate.pdf", role, Secrecy.CERTIFIED, document.pdf))
        kept, left_out = shared(found, missing, audience=gathered.audience)
        heading = self._heading(gathered)
        manifest = write_manifest(heading, kept, left_out)
        files = {one.path: one.content for one in kept} | {
            MANIFEST: manifest,
            SIGNATURE: sign(manifest, key=self._key),
        }
        content = pack(files, on=heading.made_on)
        name = f"{gathered.certificate.number_key}-{gathered.audience}.zip"
        return Bundle(name, content, hashlib.sha256(content).hexdigest())

    def hand_out(self, work: Work, gathered: Gathered, bundle: Bundle) -> None:
        """Record who takes what, in the transaction after which the bundle leaves.

        Raises:
            ConsentMissingError: the company took its consent back meanwhile.

        """
        certificate = gathered.certificate
        if gathered.audience is Audience.PARTNER:
            record_release(
                work,
                subject=_subject(certificate),
                to=_partner(certificate),
                purpose=Purpose.EVIDENCE_BUNDLE,
                content=bundle.content,
                who=gathered.by.login,
            )
        record(
            work,
            who=gathered.by.login,
            what="evidence.taken",
            # Not under the certificate's own name: taking a bundle must not change the next one.
            subject=f"evidence/{certificate.id}",
            facts={
                "number": certificate.number,
                "audience": gathered.audience.value,
                "sha256": bundle.sha256,
            },
        )

    def _heading(self, gathered: Gathered) -> Heading:
        certificate = gathered.certificate
        return Heading(
            authority=self._authority,
            office=certificate.office or "",
            agreement=certificate.agreement,
            number=certificate.number,
            issued_on=certificate.issued_on,
            audience=gathered.audience,
            made_on=gathered.made_on,
        )


def sealed_document(asked: Asked, *, documents: Documents, works: Works) -> Issued | str:
    """Return the certificate's sealed document, made now if it never was, or why there is none."""
    try:
        return issue(asked, documents=documents, at=works.clock(), keep=works.do)
    except OfficeError as error:
        return f"it could not be made: {error}"


class Opened(Protocol):
    """What taking a bundle at the command line needs of an opened office."""

    @property
    def works(self) -> Works:
        """Where work is opened."""

    @property
    def certificates(self) -> Certificates:
        """The desk of certificates."""

    @property
    def documents(self) -> Documents:
        """The desk of documents."""

    @property
    def evidence(self) -> Evidence:
        """The desk of evidence."""


def take(office: Opened, number: str, *, audience: Audience, login: str) -> Bundle:
    """Take the bundle of a certificate by its number, in the name of a person of the office.

    Raises:
        MissingError: there is no such person, or no such certificate.
        NotAllowedError: the person may not have it.

    """
    desk, papers = office.evidence, office.documents

    def found(work: Work) -> tuple[Gathered, Asked]:
        known = AccessRows(work.transaction).credentials(login)
        if known is None or known[0].disabled_at is not None:
            raise MissingError(what="person", id=login)
        by = known[0]
        by.require(Action.SEE_EVIDENCE)
        page = office.certificates.page(work, Window(1), number=number, by=by)
        if not page:
            raise MissingError(what="certificate", id=number)
        gathered = desk.gather(work, page[0].id, audience=audience, by=by)
        return gathered, papers.ask(work, page[0].id, by=by)

    gathered, asked = office.works.read(found)
    bundle = desk.seal(gathered, sealed_document(asked, documents=papers, works=office.works))
    office.works.do(lambda work: desk.hand_out(work, gathered, bundle))
    return bundle


def _require_right(application: Application, audience: Audience, *, by: User) -> None:
    """A company has its own; the officer who decided, and supervisors, have everything."""
    if by.role in FOR_A_COMPANY:
        is_allowed = audience is Audience.OWN
    elif by.role is Role.PARTNER_DESK:
        is_allowed = audience is Audience.PARTNER
    else:
        is_allowed = by.role is Role.SUPERVISOR or application.officer_id == by.id
    if not is_allowed:
        action = f"have this evidence for the audience {audience}; ask the officer who decided"
        raise NotAllowedError(role=by.role, action=action)


def _partner(certificate: Certificate) -> str:
    if certificate.partner is None:
        raise ConflictError(what="certificate", current="on paper", wanted="proved to a partner")
    return certificate.partner


def _subject(certificate: Certificate) -> Subject:
    thing = f"certificate/{certificate.id}"
    return Subject(certificate.exporter_id, _LAID_OPEN, thing)
