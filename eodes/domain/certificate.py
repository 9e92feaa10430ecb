"""The canonical certificate of origin: one model for all forms, a form is a projection of it.

Fields, limits and cardinalities follow the elements of the paper forms and the exchanges that were
read (China-Korea, Form AK, Form VK, Korea-India, Form KI, APTA, RCEP, Form D, ALADI COD).
Codes inside are ISO and UN/ECE; a partner's own codes exist only in its dialect.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from eodes.domain.number import MAX_NUMBER_LENGTH, number_key
from eodes.domain.record import Amount, Count, Doc, Text, Whole

Country = Annotated[str, Text(2, 2, "[A-Z]{2}")]  # ISO 3166-1 alpha-2
Currency = Annotated[str, Text(3, 3, "[A-Z]{3}")]  # ISO 4217
UnitCode = Annotated[str, Text(3, 1, "[0-9A-Z]{1,3}")]  # UN/ECE Recommendation 20
PackageCode = Annotated[str, Text(2, 2, "[0-9A-Z]{2}")]  # UN/ECE Recommendation 21
Locode = Annotated[str, Text(5, 5, "[A-Z]{2}[A-Z2-9]{3}")]  # UN/LOCODE
CertificateNumber = Annotated[str, Text(MAX_NUMBER_LENGTH)]
Money = Annotated[Decimal, Amount(18, 2)]
Measure = Annotated[Decimal, Amount(16, 4)]
Percent = Annotated[Decimal, Amount(7, 4, positive=False)]
Name = Annotated[str, Text(256)]
FreeText = Annotated[str, Text(2048)]
AgreementCode = Annotated[str, Text(12, 2, "[A-Z][A-Z0-9]+")]


class CertificateState(StrEnum):
    """Where the certificate stands with its issuer."""

    ISSUED = "ISSUED"
    REPLACED = "REPLACED"
    CANCELLED = "CANCELLED"
    ANNULLED = "ANNULLED"
    EXPIRED = "EXPIRED"


class IssuanceKind(StrEnum):
    """Why this certificate was issued."""

    ORIGINAL = "ORIGINAL"
    REPLACEMENT = "REPLACEMENT"
    CORRECTION = "CORRECTION"
    BACK_TO_BACK = "BACK_TO_BACK"
    CERTIFIED_TRUE_COPY = "CERTIFIED_TRUE_COPY"
    DUPLICATE = "DUPLICATE"


class Completeness(StrEnum):
    """Whether every datum of the paper is here; PARTIAL never relieves from the paper."""

    COMPLETE = "COMPLETE"
    PARTIAL = "PARTIAL"


class PartyRole(StrEnum):
    """What a party is on the certificate (UN/ECE 3035)."""

    EXPORTER = "EXPORTER"
    PRODUCER = "PRODUCER"
    IMPORTER = "IMPORTER"
    CONSIGNEE = "CONSIGNEE"
    NON_PARTY_OPERATOR = "NON_PARTY_OPERATOR"
    EXHIBITION = "EXHIBITION"
    APPLICANT = "APPLICANT"
    AGENT = "AGENT"


class Disclosure(StrEnum):
    """What the printed form may say of a producer; the true one is always known to the issuer."""

    DISCLOSED = "DISCLOSED"
    SAME_AS_EXPORTER = "SAME_AS_EXPORTER"
    AVAILABLE_UPON_REQUEST = "AVAILABLE_UPON_REQUEST"
    CONFIDENTIAL = "CONFIDENTIAL"


@dataclass(frozen=True, slots=True)
class Party:
    """A person named on the certificate."""

    role: PartyRole
    name: Name
    country: Country
    address: Annotated[str, Text(256)] | None = None
    city: Annotated[str, Text(50)] | None = None
    tax_id: Annotated[str, Text(35)] | None = None
    telephone: Annotated[str, Text(25)] | None = None
    fax: Annotated[str, Text(25)] | None = None
    email: Annotated[str, Text(254, 3, "[^@\\s]+@[^@\\s]+")] | None = None
    disclosure: Disclosure = Disclosure.DISCLOSED


class TransportMode(StrEnum):
    """Mode of transport, UN/ECE Recommendation 19."""

    MARITIME = "1"
    RAIL = "2"
    ROAD = "3"
    AIR = "4"
    MAIL = "5"
    MULTIMODAL = "6"
    FIXED_INSTALLATION = "7"
    INLAND_WATER = "8"
    NOT_SPECIFIED = "0"


class TransitKind(StrEnum):
    """What happened to the goods in a country on the way."""

    DIRECT = "DIRECT"
    TRANSIT = "TRANSIT"
    TRANSSHIPMENT = "TRANSSHIPMENT"
    STORAGE = "STORAGE"


@dataclass(frozen=True, slots=True)
class TransportLeg:
    """One country on the way; a non-party's needs transit evidence before preference."""

    country: Country
    transit: TransitKind
    port: Locode | None = None
    days: Annotated[int, Whole(0, 3650)] | None = None


@dataclass(frozen=True, slots=True)
class Transport:
    """How the goods travel, as far as known when the certificate is issued."""

    departure_date: date | None = None
    mode: TransportMode | None = None
    conveyance_name: Annotated[str, Text(70)] | None = None
    voyage: Annotated[str, Text(35)] | None = None
    port_of_loading: Locode | None = None
    port_of_loading_text: Annotated[str, Text(70)] | None = None
    port_of_discharge: Locode | None = None
    port_of_discharge_text: Annotated[str, Text(70)] | None = None
    route_text: Annotated[str, Text(256)] | None = None
    legs: tuple[TransportLeg, ...] = ()


class InvoiceIssuer(StrEnum):
    """Who issued an invoice: the exporter, or an operator outside the parties."""

    EXPORTER = "EXPORTER"
    NON_PARTY = "NON_PARTY"


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice that items refer to by its place in the list, from 1."""

    number: Annotated[str, Text(36)]
    date: date
    issuer_role: InvoiceIssuer = InvoiceIssuer.EXPORTER
    issuer_name: Name | None = None
    issuer_country: Country | None = None
    currency: Currency | None = None
    total: Money | None = None


class MarkCode(StrEnum):
    """Marks that are said by a code instead of words."""

    NO_MARKS = "N_M"
    IN_SHIPMENT = "I_S"


@dataclass(frozen=True, slots=True)
class Package:
    """Packages of one kind (UN/ECE Recommendation 21)."""

    count: Annotated[int, Whole(0, 99_999_999)]
    kind: PackageCode


class CriterionKind(StrEnum):
    """How origin was conferred, across all agreements."""

    WHOLLY_OBTAINED = "WO"
    PRODUCED_ENTIRELY = "PE"
    TARIFF_CHANGE = "CTC"
    VALUE_CONTENT = "RVC"
    TARIFF_CHANGE_AND_VALUE_CONTENT = "CTC_RVC"
    SPECIFIC_PROCESS = "SP"
    PRODUCT_SPECIFIC = "PSR"
    PARTIAL_CUMULATION = "PC"
    NON_PARTY_CONTENT = "B"
    CUMULATED_CONTENT = "C"
    OUTWARD_PROCESSING = "OP"
    OTHER = "OTHER"


class TariffChangeLevel(StrEnum):
    """The level at which the tariff classification changed."""

    CHAPTER = "CC"
    HEADING = "CTH"
    SUBHEADING = "CTSH"


@dataclass(frozen=True, slots=True)
class Criterion:
    """The origin criterion twice: structured for computing, printed as in the box."""

    kind: CriterionKind
    printed: Annotated[str, Text(256), Doc("The exact string of the criterion box.")]
    level: TariffChangeLevel | None = None
    percent: Percent | None = None
    process: Annotated[str, Text(256)] | None = None


class CumulationKind(StrEnum):
    """Whose materials counted as ours."""

    BILATERAL = "BILATERAL"
    DIAGONAL = "DIAGONAL"
    REGIONAL = "REGIONAL"
    FULL = "FULL"
    PARTIAL = "PARTIAL"


@dataclass(frozen=True, slots=True)
class Cumulation:
    """Materials of other parties that were counted as originating."""

    kind: CumulationKind
    countries: Annotated[tuple[Country, ...], Count(1)]
    percent: Percent | None = None


class QuantityKind(StrEnum):
    """What a quantity measures."""

    GROSS_WEIGHT = "GROSS_WEIGHT"
    NET_WEIGHT = "NET_WEIGHT"
    NUMBER = "NUMBER"
    LENGTH = "LENGTH"
    AREA = "AREA"
    VOLUME = "VOLUME"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured quantity with its unit (UN/ECE Recommendation 20)."""

    kind: QuantityKind
    value: Measure
    unit: UnitCode


@dataclass(frozen=True, slots=True)
class FobValue:
    """The free-on-board value of an item, shown only where the form wants it."""

    amount: Money
    currency: Currency


@dataclass(frozen=True, slots=True)
class AdvanceRuling:
    """A ruling that decided origin or classification beforehand."""

    authority: Name
    number: Annotated[str, Text(35)]
    date: date


class HsSide(StrEnum):
    """Whose tariff the HS digits beyond six belong to."""

    EXPORT = "EXPORT"
    IMPORT = "IMPORT"


class ItemStatus(StrEnum):
    """What importing customs has done with the item so far."""

    OPEN = "OPEN"
    UTILISED_PARTLY = "UTILISED_PARTLY"
    UTILISED = "UTILISED"
    DENIED = "DENIED"


@dataclass(frozen=True, slots=True)
class CertificateItem:
    """One kind of goods; each qualifies on its own and one bad item never holds the others."""

    item_no: Annotated[int, Whole(1, 99_999)]
    description: FreeText
    hs: Annotated[str, Text(12, 6, "[0-9]{6,12}")]
    hs_edition: Annotated[int, Whole(1992, 2099)]
    criterion: Criterion
    quantities: Annotated[tuple[Quantity, ...], Count(1, 12)]
    invoice_refs: Annotated[tuple[int, ...], Count(1), Doc("Places in `invoices`, from 1.")]
    hs_side: HsSide = HsSide.EXPORT
    marks: Annotated[str, Text(512)] | None = None
    marks_code: MarkCode | None = None
    packages: tuple[Package, ...] = ()
    in_bulk: bool = False
    trademark: Annotated[str, Text(256)] | None = None
    model: Annotated[str, Text(256)] | None = None
    origin_country: Country | None = None
    cumulation: Cumulation | None = None
    de_minimis: bool = False
    fob: FobValue | None = None
    producer_ref: Annotated[int, Whole(1), Doc("Place among the producers, from 1.")] | None = None
    export_declaration_line: Annotated[str, Text(35)] | None = None
    advance_ruling: AdvanceRuling | None = None
    status: ItemStatus = ItemStatus.OPEN


class Relation(StrEnum):
    """How one certificate stands to another."""

    REPLACES = "REPLACES"
    CERTIFIED_COPY_OF = "CERTIFIED_COPY_OF"
    BACK_TO_BACK_OF = "BACK_TO_BACK_OF"
    CUMULATES = "CUMULATES"
    ANNULS = "ANNULS"


@dataclass(frozen=True, slots=True)
class QuantityTaken:
    """What a back-to-back certificate takes from an item of its first certificate."""

    item_no: Annotated[int, Whole(1, 99_999)]
    original_item_no: Annotated[int, Whole(1, 99_999)]
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class CertificateReference:
    """Lineage: the other certificate and what it is to this one."""

    relation: Relation
    number_raw: CertificateNumber
    country: Country
    number_key: Annotated[str, Text(MAX_NUMBER_LENGTH, 0, "[0-9A-Z]*")] = ""
    issued_on: date | None = None
    valid_until: date | None = None
    issuer: Name | None = None
    quantities_taken: tuple[QuantityTaken, ...] = ()

    def __post_init__(self) -> None:
        _fill_number_key(self)


class RemarkCode(StrEnum):
    """Ticks and endorsements of the forms; some oblige to further data."""

    THIRD_COUNTRY_INVOICING = "THIRD_COUNTRY_INVOICING"
    EXHIBITION = "EXHIBITION"
    ACCUMULATION = "ACCUMULATION"
    DE_MINIMIS = "DE_MINIMIS"
    BACK_TO_BACK = "BACK_TO_BACK"
    ISSUED_RETROACTIVELY = "ISSUED_RETROACTIVELY"
    PARTIAL_CUMULATION = "PARTIAL_CUMULATION"
    CERTIFIED_TRUE_COPY = "CERTIFIED_TRUE_COPY"
    SUBSTITUTION = "SUBSTITUTION"
    DUPLICATE = "DUPLICATE"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Remark:
    """A tick or an endorsement, with the words that stand in the box."""

    code: RemarkCode
    text: FreeText | None = None


@dataclass(frozen=True, slots=True)
class IssuingBody:
    """The office or chamber that issues."""

    code: Annotated[str, Text(35)]
    name: Name
    country: Country
    place: Annotated[str, Text(70)] | None = None


class SignatoryMode(StrEnum):
    """How the officer's signature was applied."""

    MANUAL = "MANUAL"
    ELECTRONIC = "ELECTRONIC"
    DIGITAL = "DIGITAL"


@dataclass(frozen=True, slots=True)
class Signatory:
    """The officer who certifies."""

    id: Annotated[str, Text(35)]
    name: Name
    mode: SignatoryMode


class Seal(StrEnum):
    """How the issuing body's seal was applied."""

    MANUAL = "MANUAL"
    ELECTRONIC = "ELECTRONIC"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Issuance:
    """The exporter's declaration and the issuing body's certification."""

    body: IssuingBody
    signatory: Signatory
    seal: Seal
    declaration_place: Annotated[str, Text(70)]
    declaration_date: date
    declarant_name: Name
    certification_place: Annotated[str, Text(70)]
    certification_date: date
    application_id: Annotated[str, Text(35)]
    export_declaration_numbers: tuple[Annotated[str, Text(35)], ...] = ()
    security_text: Annotated[str, Text(256)] | None = None


@dataclass(frozen=True, slots=True)
class ExportDeclarationLink:
    """The joint towards the export declaration, on which the partner may wait."""

    number: Annotated[str, Text(35)]
    line: Annotated[str, Text(10)] | None = None
    accepted_on: date | None = None
    departed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that goes with the certificate, by its digest only."""

    kind: Annotated[str, Text(35)]
    sha256: Annotated[str, Text(64, 64, "[0-9a-f]{64}")]
    media_type: Annotated[str, Text(100)]
    title: Annotated[str, Text(256)] | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of origin, complete and independent of any form or partner."""

    co_uid: Annotated[str, Text(36, 36, "[0-9a-f-]{36}"), Doc("Ours; never the legal number.")]
    agreement: AgreementCode
    form_type: Annotated[str, Text(20)]
    number_raw: CertificateNumber
    issuance_kind: IssuanceKind
    issued_on: date
    valid_from: date
    valid_until: date
    export_country: Country
    origin_country: Country
    import_country: Country
    rule_pack_version: Annotated[str, Text(35)]
    parties: Annotated[tuple[Party, ...], Count(1)]
    invoices: Annotated[tuple[Invoice, ...], Count(1)]
    items: Annotated[tuple[CertificateItem, ...], Count(1)]
    issuance: Issuance
    number_key: Annotated[str, Text(MAX_NUMBER_LENGTH, 0, "[0-9A-Z]*")] = ""
    access_code: Annotated[str, Text(20), Doc("Secret; never exchanged.")] | None = None
    lineage_position: Annotated[int, Whole(0, 99)] = 0
    state: CertificateState = CertificateState.ISSUED
    issued_zone: Annotated[str, Text(40)] = "UTC"
    shipped_on: date | None = None
    intended_shipment_on: date | None = None
    retroactive: bool = False
    retroactive_reason: Annotated[str, Text(256)] | None = None
    language: Annotated[str, Text(2, 2, "[a-z]{2}")] = "en"
    completeness: Completeness = Completeness.COMPLETE
    issued_in_fallback: bool = False
    total_gross_weight: Quantity | None = None
    transport: Transport | None = None
    references: tuple[CertificateReference, ...] = ()
    remarks: tuple[Remark, ...] = ()
    export_declarations: tuple[ExportDeclarationLink, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        _fill_number_key(self)

    def party(self, role: PartyRole) -> Party | None:
        """Return the first party in a role."""
        return next((party for party in self.parties if party.role == role), None)

    def reference(self, relation: Relation) -> CertificateReference | None:
        """Return the first certificate that stands in a relation to this one."""
        return next((other for other in self.references if other.relation == relation), None)

    def has_remark(self, code: RemarkCode) -> bool:
        """Tell whether a tick or endorsement is set."""
        return any(remark.code == code for remark in self.remarks)


def _fill_number_key(record: Certificate | CertificateReference) -> None:
    # The key follows from the number; a written key is kept as claimed and judged by a constraint.
    if not record.number_key:
        object.__setattr__(record, "number_key", number_key(record.number_raw))
