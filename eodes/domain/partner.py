"""Everything in which one customs administration differs from another, as one typed record.

The 33 points of variation are those seen in public sources; the number stands at each field.
A profile says how to speak *to* an administration: both ends of a channel read the same file, the
sender to prepare and the receiver (as its own profile) to judge.  Defaults are strict: what a
profile does not allow is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from eodes.domain.certificate import AgreementCode, Country, Disclosure
from eodes.domain.message import VERIFICATIONS, AuthorityCode, Digest, MessageType
from eodes.domain.number import number_key
from eodes.domain.record import Amount, Count, Text, Whole


class Access(StrEnum):
    """Point 1: who moves the data."""

    PUSH = "PUSH"
    PULL = "PULL"
    BOTH = "BOTH"


class Trigger(StrEnum):
    """Point 2: what starts the sending of an issued certificate."""

    ON_ISSUE = "ON_ISSUE"
    ON_EXPORT_LINK = "ON_EXPORT_LINK"
    ON_EXPORTER_ORDER = "ON_EXPORTER_ORDER"


class Medium(StrEnum):
    """Point 3: electronic or paper."""

    ALWAYS_ELECTRONIC = "ALWAYS_ELECTRONIC"
    EXPORTER_CHOOSES = "EXPORTER_CHOOSES"
    PARALLEL_RUN = "PARALLEL_RUN"


class Syntax(StrEnum):
    """Point 5: the kind of document."""

    XML = "XML"


class SignatureForm(StrEnum):
    """Point 7: how the document is signed."""

    ENVELOPED = "ENVELOPED"


class Algorithm(StrEnum):
    """Signature algorithms that a profile may allow; nothing with SHA-1, no HMAC, no DSA."""

    ECDSA_SHA256 = "ECDSA-SHA256"
    ECDSA_SHA384 = "ECDSA-SHA384"
    RSA_SHA256 = "RSA-SHA256"


class AckLevel(StrEnum):
    """Point 8: what the partner tells us of a message."""

    TRANSPORT = "TRANSPORT"
    TECHNICAL = "TECHNICAL"
    BUSINESS = "BUSINESS"
    USE = "USE"


class NumberStyle(StrEnum):
    """Point 10: how certificate numbers are written towards the partner."""

    AS_PRINTED = "AS_PRINTED"
    WITHOUT_HYPHENS = "WITHOUT_HYPHENS"
    KEY_ONLY = "KEY_ONLY"


class CorrectionRule(StrEnum):
    """Point 11: what a correction is."""

    NEW_NUMBER = "NEW_NUMBER"
    SUBSTITUTION = "SUBSTITUTION"
    STRIKE_OUT_ONLY = "STRIKE_OUT_ONLY"


class CancellationRule(StrEnum):
    """Point 12: whether a certificate can be taken back by message."""

    UNUTILISED_ONLY = "UNUTILISED_ONLY"
    NONE = "NONE"


class Presence(StrEnum):
    """Point 14: whether a datum must, may or must not be there."""

    MANDATORY = "MANDATORY"
    OPTIONAL = "OPTIONAL"
    FORBIDDEN = "FORBIDDEN"


class Charset(StrEnum):
    """Point 17: the characters that free text may use."""

    ASCII = "ASCII"
    LATIN_1 = "LATIN-1"
    UNICODE = "UNICODE"


class PercentRounding(StrEnum):
    """Point 20: how percentages are shown; never how they are compared."""

    EXACT = "EXACT"
    TRUNCATED_WHOLE = "TRUNCATED_WHOLE"


class CodeList(StrEnum):
    """Point 19: whose codes for units, packages and ports."""

    UNECE = "UNECE"
    NATIONAL = "NATIONAL"


class Granularity(StrEnum):
    """Point 21: the grain of use feedback."""

    CERTIFICATE = "CERTIFICATE"
    ITEM = "ITEM"
    QUANTITY = "QUANTITY"


class MatchKey(StrEnum):
    """Point 22: what a declaration is matched by."""

    NUMBER = "NUMBER"
    ISSUE_DATE = "ISSUE_DATE"
    EXPORTER = "EXPORTER"
    HS6 = "HS6"
    QUANTITY = "QUANTITY"
    INVOICE = "INVOICE"


class TransitProof(StrEnum):
    """Point 23: what proves direct transport."""

    MOVEMENT = "MOVEMENT"
    NON_MANIPULATION = "NON_MANIPULATION"
    THROUGH_BL = "THROUGH_BL"
    CUSTOMS_CONTROL_DOC = "CUSTOMS_CONTROL_DOC"
    DIRECT_PLEDGE = "DIRECT_PLEDGE"


class VerificationChannel(StrEnum):
    """Point 24: how verification requests travel."""

    MESSAGE = "MESSAGE"
    POST_AND_EMAIL = "POST_AND_EMAIL"


class PaperStatus(StrEnum):
    """Point 25: what the paper is still good for."""

    WAIVED = "WAIVED"
    UPLOADED_TOO = "UPLOADED_TOO"
    ORIGINAL_ON_DEMAND = "ORIGINAL_ON_DEMAND"


class SpecimenRegister(StrEnum):
    """Point 26: how specimen signatures and seals are known."""

    SENT = "SENT"
    WAIVED = "WAIVED"
    WEBSITE = "WEBSITE"


class Reconciliation(StrEnum):
    """Point 27: how both sides compare their lists."""

    NONE = "NONE"
    DIGEST = "DIGEST"


class VersionUpgrade(StrEnum):
    """Point 30: how a new schema version comes into use."""

    BOTH_AT_ONCE = "BOTH_AT_ONCE"
    PER_FORM = "PER_FORM"


class IssuingBodies(StrEnum):
    """Point 31: who issues."""

    ONE = "ONE"
    NETWORK = "NETWORK"


class StatisticsDuty(StrEnum):
    """Point 33: which statistics are owed."""

    NONE = "NONE"
    UTILISATION = "UTILISATION"


@dataclass(frozen=True, slots=True)
class Exchanging:
    """Points 1-4: direction, trigger, medium and route."""

    access: Access = Access.PUSH
    trigger: Trigger = Trigger.ON_ISSUE
    medium: Medium = Medium.ALWAYS_ELECTRONIC
    route: Annotated[str, Text(70)] = "DIRECT"


@dataclass(frozen=True, slots=True)
class Wire:
    """Points 5-8 and 30: document, transport, signature, acknowledgements, versions."""

    dialect: Annotated[str, Text(20, 2, "[a-z][a-z0-9]+")]
    dialect_version: Annotated[str, Text(8, 3, "[0-9]+\\.[0-9]+")] = "1.0"
    syntax: Syntax = Syntax.XML
    signature: SignatureForm = SignatureForm.ENVELOPED
    algorithms: Annotated[tuple[Algorithm, ...], Count(1)] = (Algorithm.ECDSA_SHA256,)
    client_certificate: bool = True
    accepts_gzip: bool = False
    max_document_bytes: Annotated[int, Whole(10_000, 20_000_000)] = 2_000_000
    acknowledges: Annotated[tuple[AckLevel, ...], Count(1)] = (
        AckLevel.TRANSPORT,
        AckLevel.TECHNICAL,
        AckLevel.BUSINESS,
        AckLevel.USE,
    )
    message_types: tuple[MessageType, ...] = tuple(MessageType)
    version_upgrade: VersionUpgrade = VersionUpgrade.BOTH_AT_ONCE


@dataclass(frozen=True, slots=True)
class Timers:
    """Point 9: the clocks and repeats of a transaction, in seconds unless named otherwise."""

    connect: Annotated[int, Whole(1, 120)] = 5
    answer: Annotated[int, Whole(1, 600)] = 30
    business_answer: Annotated[int, Whole(1, 604_800)] = 86_400
    first_repeat: Annotated[int, Whole(1, 3600)] = 5
    longest_pause: Annotated[int, Whole(1, 86_400)] = 900
    repeats: Annotated[int, Whole(0, 10_000)] = 200
    hold_for_predecessor: Annotated[int, Whole(0, 2_592_000)] = 86_400
    clock_tolerance: Annotated[int, Whole(0, 3600)] = 300


@dataclass(frozen=True, slots=True)
class Numbers:
    """Point 10: certificate numbers."""

    style: NumberStyle = NumberStyle.AS_PRINTED
    pattern: Annotated[str, Text(200)] | None = None
    longest: Annotated[int, Whole(1, 35)] = 35


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Point 14: one datum on one form towards this partner."""

    path: Annotated[str, Text(120)]
    presence: Presence
    agreement: AgreementCode | None = None


@dataclass(frozen=True, slots=True)
class AcceptedForm:
    """Point 13: a form that the partner takes."""

    agreement: AgreementCode
    form_type: Annotated[str, Text(20)]


@dataclass(frozen=True, slots=True)
class Content:
    """Points 13-20 and 32: what a certificate may carry."""

    forms: Annotated[tuple[AcceptedForm, ...], Count(1)]
    fields: tuple[FieldRule, ...] = ()
    hs_digits_most: Annotated[int, Whole(6, 12)] = 6
    hs_editions: Annotated[tuple[int, ...], Count(1)] = (2012, 2017, 2022)
    item_cap: Annotated[int, Whole(1, 99_999)] | None = None
    charset: Charset = Charset.ASCII
    transliterate: bool = False
    longest_text: Annotated[int, Whole(1, 2048)] = 2048
    zone: Annotated[str, Text(40)] = "UTC"
    codes: CodeList = CodeList.UNECE
    percent_rounding: PercentRounding = PercentRounding.EXACT
    producer_disclosures: tuple[Disclosure, ...] = (
        Disclosure.DISCLOSED,
        Disclosure.SAME_AS_EXPORTER,
    )


@dataclass(frozen=True, slots=True)
class Lineage:
    """Points 11 and 12: corrections and cancellations."""

    correction: CorrectionRule = CorrectionRule.NEW_NUMBER
    cancellation: CancellationRule = CancellationRule.UNUTILISED_ONLY


@dataclass(frozen=True, slots=True)
class Border:
    """Points 21-26: what happens with the certificate at the border."""

    feedback: Granularity = Granularity.QUANTITY
    match_keys: Annotated[tuple[MatchKey, ...], Count(1)] = tuple(MatchKey)
    transit_proofs: tuple[TransitProof, ...] = ()
    verification: VerificationChannel = VerificationChannel.POST_AND_EMAIL
    verification_reply_months: Annotated[int, Whole(1, 24)] | None = None
    annex_bytes: Annotated[int, Whole(0, 7_000_000)] = 1_000_000
    paper: PaperStatus = PaperStatus.ORIGINAL_ON_DEMAND
    specimens: SpecimenRegister = SpecimenRegister.SENT


@dataclass(frozen=True, slots=True)
class Keeping:
    """Points 27, 28 and 33: asking again, comparing, retaining, counting."""

    retransmits: bool = True
    reconciliation: Reconciliation = Reconciliation.DIGEST
    retention_years: Annotated[int, Whole(5, 100)] = 5
    statistics: StatisticsDuty = StatisticsDuty.NONE


@dataclass(frozen=True, slots=True)
class Joining:
    """Points 29 and 31: the test regime before production, and who issues."""

    sample_pairs: Annotated[int, Whole(0, 100_000)] = 50
    pass_percent: Annotated[Decimal, Amount(5, 2)] = Decimal(95)
    issuing_bodies: IssuingBodies = IssuingBodies.ONE


@dataclass(frozen=True, slots=True)
class Pin:
    """A signing certificate that the operator agreed with the partner beforehand."""

    sha256: Digest
    not_after: date


@dataclass(frozen=True, slots=True)
class Profile:
    """How to speak to one administration; version and date belong to every message prepared."""

    code: Annotated[str, Text(20, 2, "[a-z0-9]+(-[a-z0-9]+)*")]
    version: Annotated[str, Text(20, 1, "[0-9A-Za-z.\\-]+")]
    dated: date
    authority: AuthorityCode
    country: Country
    name: Annotated[str, Text(120)]
    wire: Wire
    content: Content
    exchanging: Exchanging = field(default_factory=Exchanging)
    timers: Timers = field(default_factory=Timers)
    numbers: Numbers = field(default_factory=Numbers)
    lineage: Lineage = field(default_factory=Lineage)
    border: Border = field(default_factory=Border)
    keeping: Keeping = field(default_factory=Keeping)
    joining: Joining = field(default_factory=Joining)
    pins: tuple[Pin, ...] = ()

    def accepts(self, agreement: str, form_type: str) -> bool:
        """Tell whether the administration takes a form."""
        return AcceptedForm(agreement, form_type) in self.content.forms

    @property
    def verifies_by_message(self) -> bool:
        """Tell whether the administration agreed to verifications by message, not by letter."""
        return self.border.verification is VerificationChannel.MESSAGE

    @property
    def verification_types(self) -> frozenset[MessageType]:
        """The messages of a verification that the administration takes."""
        return VERIFICATIONS.intersection(self.wire.message_types)


def write_number(raw: str, style: NumberStyle) -> str:
    """Write a certificate number the way an administration wants to read it."""
    match style:
        case NumberStyle.AS_PRINTED:
            return raw
        case NumberStyle.WITHOUT_HYPHENS:
            return raw.replace("-", "")
        case NumberStyle.KEY_ONLY:
            return number_key(raw)
