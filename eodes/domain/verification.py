"""What the messages of a verification share: doubts, clocks, papers by digest, decisions.

One case is one conversation: the asking side gives it a UUID, and every message about it bears
that id, whoever sends it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from eodes.domain.certificate import FreeText, Name
from eodes.domain.message import CertificateId, Digest
from eodes.domain.record import Count, Doc, Text, Whole

CaseNumber = Annotated[str, Text(35)]
ItemNumber = Annotated[int, Whole(1, 99_999)]
LegalBasis = Annotated[str, Text(256)]
Email = Annotated[str, Text(254, 3, "[^@\\s]+@[^@\\s]+")]
MediaType = Annotated[str, Text(100, 3, "[a-z0-9]+/[a-z0-9.+\\-]+")]
Period = Annotated[str, Text(8, 3, "P[0-9]{1,4}[DM]")]  # ISO 8601, days or months
QuestionId = Annotated[str, Text(12, 1, "[A-Z0-9][A-Z0-9.\\-]*")]
#: The parser takes no text of more than 10,000,000 characters: 7 MB in base64 fit.
Base64 = Annotated[str, Text(9_400_000, 4, "[A-Za-z0-9+/]+={0,2}")]
Round = Annotated[int, Whole(1, 99), Doc("Counts what the asking side asks in one case, from 1.")]
VisitNumber = Annotated[int, Whole(1, 99), Doc("Counts the visits proposed in one case, from 1.")]
Items = Annotated[
    tuple[ItemNumber, ...], Count(0, 999), Doc("None means the certificate as a whole.")
]


class DoubtKind(StrEnum):
    """Why an administration asks; with words, unless it asks at random (KVFTA 3.21(1)(a))."""

    RANDOM = "RANDOM"
    MODEL = "MODEL"  # its risk assessment chose the claim
    TIP = "TIP"
    SEAL = "SEAL"  # signature or seal is not the one that was notified
    CRITERION = "CRITERION"
    TRANSPORT = "TRANSPORT"
    QUANTITY = "QUANTITY"
    RESULT_INCOMPLETE = "RESULT_INCOMPLETE"  # an earlier result left questions open


class ReceivedBy(StrEnum):
    """How the asking side came by the certificate."""

    MESSAGE = "MESSAGE"
    PAPER = "PAPER"


class ClockAnchor(StrEnum):
    """What a reply period counts from."""

    REQUEST = "REQUEST"
    RECEIPT = "RECEIPT"


class DocumentKind(StrEnum):
    """What a paper is."""

    CERTIFICATE = "CERTIFICATE"
    INVOICE = "INVOICE"
    TRANSPORT = "TRANSPORT"
    IMPORT_DECLARATION = "IMPORT_DECLARATION"
    EXPORT_DECLARATION = "EXPORT_DECLARATION"
    PRODUCTION_RECORD = "PRODUCTION_RECORD"
    COST_STATEMENT = "COST_STATEMENT"
    CONSENT = "CONSENT"
    LETTER = "LETTER"
    OTHER = "OTHER"


class Confidentiality(StrEnum):
    """What leaves the country only with the consent of who submitted it (Korea: Decree 50(4))."""

    PRODUCTION_COST = "PRODUCTION_COST"
    PRODUCTION_PROCESS = "PRODUCTION_PROCESS"
    TRADING_PARTNERS = "TRADING_PARTNERS"
    PARTNER_DOCUMENTS = "PARTNER_DOCUMENTS"
    OTHER = "OTHER"


class Answered(StrEnum):
    """An answer that may honestly be that nobody can tell."""

    YES = "YES"
    NO = "NO"
    UNDETERMINED = "UNDETERMINED"


class PreferenceOutcome(StrEnum):
    """What the importing side decides on an item."""

    GRANTED = "GRANTED"
    DENIED = "DENIED"


class DenialGround(StrEnum):
    """The grounds that agreements give for a denial (KCFTA 3.23(5), 3.25; KVFTA 3.21, 3.22)."""

    NOT_ORIGINATING = "NOT_ORIGINATING"
    NOT_AUTHENTIC = "NOT_AUTHENTIC"
    NO_RESULT = "NO_RESULT"  # none came within the reply period
    RESULT_INCOMPLETE = "RESULT_INCOMPLETE"
    VISIT_REFUSED = "VISIT_REFUSED"
    VISIT_UNANSWERED = "VISIT_UNANSWERED"
    IMPORTER_SILENT = "IMPORTER_SILENT"
    CERTIFICATE_NOT_CONFORM = "CERTIFICATE_NOT_CONFORM"
    REQUIREMENT_FAILED = "REQUIREMENT_FAILED"


@dataclass(frozen=True, slots=True)
class Officer:
    """Who acts for an administration: the unit, and the officer's post and name."""

    body: Name
    name: Annotated[str, Text(120)]
    post: Annotated[str, Text(120)]
    email: Email | None = None
    telephone: Annotated[str, Text(25)] | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to ask, and what suggests it."""

    kind: DoubtKind
    text: FreeText | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked, under an id that its answer quotes."""

    question_id: QuestionId
    text: FreeText


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """What is answered to one question."""

    question_id: QuestionId
    text: FreeText


@dataclass(frozen=True, slots=True)
class ReplyClock:
    """Until when a reply is due: the day, what it counts from, how long, and by which rule."""

    due_on: date
    anchor: ClockAnchor
    period: Period
    source: Annotated[str, Text(256), Doc("The article that gives the period.")]


@dataclass(frozen=True, slots=True)
class VerifiedCertificate:
    """A certificate that is asked about, the items in doubt, and the criterion applied."""

    certificate: CertificateId
    received_by: ReceivedBy
    items: Items = ()
    criterion: Annotated[str, Text(256), Doc("As printed on the certificate.")] | None = None


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A paper named by its digest; its bytes travel inside, or beside by the agreed channel."""

    sha256: Digest
    size: Annotated[int, Whole(1, 1_000_000_000), Doc("In bytes.")]
    media_type: MediaType
    title: Annotated[str, Text(120)]
    kind: DocumentKind
    confidentiality: Annotated[
        tuple[Confidentiality, ...], Count(0, 5), Doc("None means not confidential.")
    ] = ()
    consent: Annotated[str, Text(64), Doc("Reference of the consent to hand it over.")] | None = (
        None
    )
    content: Annotated[Base64, Doc("The bytes, if they travel inside.")] | None = None

    @staticmethod
    def holding(  # noqa: PLR0913  # the facts of one paper, each by its name
        content: bytes,
        *,
        title: str,
        media_type: str,
        kind: DocumentKind,
        confidentiality: Iterable[Confidentiality] = (),
        consent: str | None = None,
        is_inside: bool = True,
    ) -> CaseDocument:
        """Return the paper of some bytes, with its digest and size."""
        return CaseDocument(
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            media_type=media_type,
            title=title,
            kind=kind,
            confidentiality=tuple(confidentiality),
            consent=consent,
            content=base64.b64encode(content).decode() if is_inside else None,
        )

    def bytes_inside(self) -> bytes | None:
        """Return the bytes that travel inside; None if there are none, or they are no base64."""
        try:
            return base64.b64decode(self.content, validate=True) if self.content else None
        except binascii.Error:
            return None


@dataclass(frozen=True, slots=True)
class ItemFinding:
    """What an investigation found of an item, or of the certificate where no item is named."""

    certificate: CertificateId
    authentic: Annotated[Answered, Doc("Whether the certificate was issued as it is shown.")]
    originating: Answered
    facts: FreeText
    legal_basis: LegalBasis
    item_no: ItemNumber | None = None
    criterion: Annotated[str, Text(256), Doc("That the goods were found to meet.")] | None = None


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """What the importing side decides on an item, or on the certificate where none is named."""

    certificate: CertificateId
    outcome: PreferenceOutcome
    facts: FreeText
    legal_basis: LegalBasis
    item_no: ItemNumber | None = None
    ground: DenialGround | None = None
