"""What an importer declares: the declaration, its proofs of origin, its journey, its lines."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from ooms.kernel.money import Money

_SPELLING = re.compile("[^0-9A-Z]+")


class ClaimType(StrEnum):
    """When preference is claimed."""

    AT_IMPORT = "AT_IMPORT"
    LATE = "LATE"
    RECLASSIFIED = "RECLASSIFIED"


class ProofType(StrEnum):
    """What proves origin, as the importer states it."""

    CERTIFICATE = "CERTIFICATE"
    ORIGIN_DECLARATION = "ORIGIN_DECLARATION"
    PAPER = "PAPER"
    WAIVED = "WAIVED"


class IssuerType(StrEnum):
    """Who made the proof out."""

    AUTHORITY = "AUTHORITY"
    CHAMBER = "CHAMBER"
    APPROVED_EXPORTER = "APPROVED_EXPORTER"
    EXPORTER = "EXPORTER"
    PRODUCER = "PRODUCER"
    IMPORTER = "IMPORTER"


@dataclass(frozen=True, slots=True)
class Person:
    """An importer, exporter or producer, as declared."""

    name: str
    identifier: str = ""
    country: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from one to another, both included."""

    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Transshipment:
    """A country on the way where the goods changed their means of transport, or were stored."""

    country: str
    port: str = ""
    arrived_on: date | None = None
    left_on: date | None = None
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Journey:
    """How the goods came, as declared."""

    export_country: str = ""
    export_port: str = ""
    departed_on: date | None = None
    arrived_on: date | None = None
    transshipments: tuple[Transshipment, ...] = ()
    through_bill: str = ""
    delayed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof of origin as the importer states it; None of a flag means that nothing is said."""

    certificate_number: str
    kind: ProofType = ProofType.CERTIFICATE
    issuer_type: IssuerType | None = None
    issuer: str = ""
    issued_on: date | None = None
    back_to_back: bool | None = None
    back_to_back_country: str = ""
    third_country_invoice: bool | None = None
    third_country: str = ""
    approved_exporter: bool | None = None
    approved_exporter_number: str = ""
    divided: bool | None = None
    divided_no: int | None = None
    net_weight: Decimal | None = None
    total_net_weight: Decimal | None = None
    paper_held: bool = False
    security_given: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One use of a certificate's item: a line of a declaration, or a specification inside one.

    A line without specifications is its own only one, and its `spec_no` is 0.
    """

    line_no: int
    certificate_number: str
    item_no: int
    hs: str
    quantity: Decimal
    unit: str
    exporter: str | None = None
    invoice: str | None = None
    agreement: str | None = None
    spec_no: int = 0
    hs_edition: int | None = None
    criterion: str = ""
    rate_code: str = ""
    rate: Decimal | None = None
    description: str = ""
    model: str = ""
    marks: str = ""
    packages: int | None = None
    invoices: tuple[str, ...] = ()
    value: Decimal | None = None
    currency: str = ""
    origin: str = ""
    #: The reference of the licence, or of the allotment, by which the goods are within a quota.
    quota_licence: str = ""
    #: The dates of invoices, by their numbers as they are stated here.
    invoice_dates: Mapping[str, date] = field(default_factory=dict)

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the declaration."""
        return self.line_no, self.spec_no

    @property
    def all_invoices(self) -> tuple[str, ...]:
        """Every invoice that is named for it."""
        first = (self.invoice,) if self.invoice else ()
        return tuple(dict.fromkeys((*first, *self.invoices)))

    @property
    def worth(self) -> Money | None:
        """What the goods are declared to be worth, in a currency that is stated."""
        return Money(self.value, self.currency) if self.value and self.currency else None


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a declaration says beside its lines."""

    office: str = ""
    claim_type: ClaimType = ClaimType.AT_IMPORT
    claimed_on: date | None = None
    released_on: date | None = None
    #: The notice of payment, or the corrected return, after goods were classified anew.
    reclassified_on: date | None = None
    importer: Person | None = None
    exporter: Person | None = None
    producer: Person | None = None
    journey: Journey = field(default_factory=Journey)
    proofs: tuple[Proof, ...] = ()

    def proof_of(self, number: str) -> Proof | None:
        """Return what is stated of a certificate, however its number is spelled."""
        wanted = bare(number)
        return next((one for one in self.proofs if bare(one.certificate_number) == wanted), None)


@dataclass(frozen=True, slots=True)
class Declaration:
    """An import declaration, in one of its versions."""

    number: str
    version: int
    declared_on: date
    lines: tuple[Line, ...]
    about: Particulars = field(default_factory=Particulars)


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Take letters and digits only, in one width and case: a number without its spelling."""
    return _SPELLING.sub("", unicodedata.normalize("NFKC", text).upper())


def fingerprint_of(declaration: Declaration) -> str:
    """Tell a declaration from others that come under the same number and version.

    What is not stated is left out: a field that a later release adds changes no fingerprint.
    """
    text = json.dumps(_stated(asdict(declaration)), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _stated(value: Any) -> Any:
    if isinstance(value, dict):
        told = {name: _stated(part) for name, part in value.items()}
        return {name: part for name, part in told.items() if part not in (None, [], {}, "")}
    if isinstance(value, list | tuple):
        return [_stated(part) for part in value]
    return value
