"""Issue certificates as documents, and check documents that somebody brings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from pyhanko.sign.timestamps import TimeStamper

from ooms.access.model import User
from ooms.certificates.model import Certificate, Document, require_content
from ooms.certificates.service import Certificates
from ooms.db import Work
from ooms.documents import qr, seal
from ooms.documents.check import Checker
from ooms.documents.compose import compose
from ooms.documents.model import Answer, Checked, Issued, Printable
from ooms.documents.repository import DocumentRows
from ooms.documents.signing import Key
from ooms.errors import MissingError

ELECTRONIC = "Signed and sealed electronically"
#: Letters and digits of the code are read aloud in groups.
_GROUP = 4


class Printer(Protocol):
    """What this desk needs of whoever knows forms and seals XML."""

    def printable(self, document: Document, *, sealed_at: datetime) -> Printable:
        """Fill the form of a certificate, seal its XML, and sum it up."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What a document shall say of a certificate, and the document if it was sealed before."""

    certificate: Certificate
    document: Document
    version: str
    issued: Issued | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A checked document, and the certificate in this office's register that it is of."""

    checked: Checked
    registered: Certificate | None = None
    successor: Certificate | None = None


class Documents:
    """The desk of documents."""

    def __init__(  # noqa: PLR0913  # the parts of a desk, each by its name
        self,
        *,
        certificates: Certificates,
        printer: Printer,
        checker: Checker,
        key: Key,
        authority: str,
        public_address: str = "",
        stamps: TimeStamper | None = None,
        mark: str = "",
    ) -> None:
        """Print through whoever knows the forms, with a mark if any; seal with the office's key."""
        self._certificates = certificates
        self._printer = printer
        self._checker = checker
        self._key = key
        self._authority = authority
        self._public_address = public_address
        self._stamps = stamps
        self._mark = mark

    def ask(self, work: Work, certificate_id: str, *, by: User) -> Asked:
        """Find a certificate that the caller may see, and its document if there is one.

        Raises:
            MissingError: there is no such certificate.

        """
        certificate = self._certificates.get(work, certificate_id, by=by)
        return _asked(work, certificate, certificate.document)

    def ask_copy(self, work: Work, certificate_id: str, *, ordinal: int, by: User) -> Asked:
        """Find a certified true copy of a certificate that the caller may see.

        Raises:
            MissingError: there is no such certificate, or no such copy of it.

        """
        certificate = self._certificates.get(work, certificate_id, by=by)
        for one in self._certificates.copies(work, certificate_id, by=by):
            if one.ordinal == ordinal:
                return _asked(work, certificate, one.document)
        raise MissingError(what="certified copy", id=f"{certificate.number}/{ordinal}")

    def make(self, asked: Asked, *, at: datetime) -> Issued:
        """Print and seal a document; no transaction is open, for the key may be in a device.

        1. Fill the form and seal the XML.
        2. Seal the codes that stand on the paper, and set the pages.
        3. Seal the whole.

        Raises:
            UnfitError: the form has no paper layout, or the font lacks a character.

        """
        moment = at.replace(microsecond=0)
        printable = self._printer.printable(asked.document, sealed_at=moment)  # 1
        pdf = compose(  # 2
            printable,
            summary=qr.summary_code(printable.summary, key=self._key),
            minimal=qr.minimal_code(printable.summary, key=self._key),
            check=self._how_to_check(asked.certificate),
            at=moment,
            mark=self._mark,
        )
        occasion = _occasion(asked.certificate, at=moment)
        sealed = seal.seal(pdf, key=self._key, occasion=occasion, stamps=self._stamps)  # 3
        return Issued(
            certificate_id=asked.certificate.id,
            version=asked.version,
            sealed_at=moment,
            sha256=hashlib.sha256(sealed).hexdigest(),
            pdf=sealed,
        )

    def keep(self, work: Work, made: Issued) -> Issued:
        """Keep a document and return the one that counts: of two made at once, the first."""
        rows = DocumentRows(work.transaction)
        rows.keep(made)
        return rows.find(made.certificate_id, version=made.version) or made

    def check(self, data: bytes, *, on: date) -> Checked:
        """Check a document that somebody brings, without looking anything up."""
        return self._checker.check(data, on=on)

    def look_up(self, work: Work, checked: Checked) -> Shown:
        """Find the certificate of a document that is authentic and this office's own."""
        summary = checked.summary
        is_ours = summary is not None and summary.authority == self._authority
        if summary is None or not is_ours or checked.authentic is not Answer.YES:
            return Shown(checked)
        found = self._certificates.show_sealed(
            work, agreement=summary.agreement, number=summary.number
        )
        return Shown(checked, *found) if found else Shown(checked)

    def _how_to_check(self, certificate: Certificate) -> tuple[str, ...]:
        code = certificate.access_code
        groups = (code[place : place + _GROUP] for place in range(0, len(code), _GROUP))
        address = (f"Check: {self._public_address}",) if self._public_address else ()
        number = f"Number: {certificate.number}"
        return (ELECTRONIC, *address, number, f"Code: {' '.join(groups)}")


def issue(
    asked: Asked,
    *,
    documents: Documents,
    at: datetime,
    keep: Callable[[Callable[[Work], Issued]], Issued],
) -> Issued:
    """Return the document of a certificate, made now if it was never made."""
    if asked.issued is not None:
        return asked.issued
    made = documents.make(asked, at=at)
    return keep(lambda work: documents.keep(work, made))


def _occasion(certificate: Certificate, *, at: datetime) -> seal.Occasion:
    """Seal in the name of the office that stands on the certificate."""
    issuance: Any = certificate.document["issuance"]
    return seal.Occasion(at, issuance["certification_place"], issuance["body"]["name"])


def _asked(work: Work, certificate: Certificate, document: Document) -> Asked:
    require_content(certificate)
    version = _version(document)
    issued = DocumentRows(work.transaction).find(certificate.id, version=version)
    return Asked(certificate, document, version, issued)


def _version(document: Document) -> str:
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
