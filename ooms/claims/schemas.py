"""Claims on the wire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, TypeAdapter, model_validator

from ooms.access.schemas import (
    AgreementCode,
    Body,
    Country,
    Currency,
    Exact,
    HsDigits,
    Name,
    Reason,
)
from ooms.claims.declaration import (
    ClaimType,
    Declaration,
    IssuerType,
    Line,
    Particulars,
    ProofType,
    bare,
)
from ooms.claims.model import CheckedLine, Claim

Text35 = Annotated[str, Field(min_length=1, max_length=35)]
MaybeText35 = Annotated[str, Field(max_length=35)]
Text70 = Annotated[str, Field(max_length=70)]
Text256 = Annotated[str, Field(max_length=256)]
MaybeCountry = Annotated[str, Field(pattern="^([A-Z]{2})?$")]
Unit = Annotated[str, Field(pattern="^[0-9A-Z]{1,3}$")]
Place = Annotated[int, Field(ge=1, le=99_999)]
PARTICULARS = TypeAdapter(Particulars)


class PersonIn(Body):
    """An importer, exporter or producer."""

    name: Name
    identifier: Text70 = ""
    country: MaybeCountry = ""
    address: Text256 = ""


class SpanIn(Body):
    """Days from one to another, such as of a delay by force majeure."""

    first: date
    last: date
    reason: Text256 = ""


class TransshipmentIn(Body):
    """A country on the way, with the papers held of it."""

    country: Country
    port: Text70 = ""
    arrived_on: date | None = None
    left_on: date | None = None
    papers: Annotated[tuple[Text256, ...], Field(max_length=20)] = ()


class JourneyIn(Body):
    """How the goods came."""

    export_country: MaybeCountry = ""
    export_port: Text70 = ""
    departed_on: date | None = None
    arrived_on: date | None = None
    transshipments: Annotated[tuple[TransshipmentIn, ...], Field(max_length=20)] = ()
    through_bill: Text70 = ""
    delayed: Annotated[tuple[SpanIn, ...], Field(max_length=20)] = ()


class ProofIn(Body):
    """What is stated of a proof of origin, by its number."""

    certificate_number: MaybeText35
    kind: ProofType = ProofType.CERTIFICATE
    issuer_type: IssuerType | None = None
    issuer: Text256 = ""
    issued_on: date | None = None
    back_to_back: bool | None = None
    back_to_back_country: MaybeCountry = ""
    third_country_invoice: bool | None = None
    third_country: MaybeCountry = ""
    approved_exporter: bool | None = None
    approved_exporter_number: Text70 = ""
    divided: bool | None = None
    divided_no: Annotated[int, Field(ge=1, le=999)] | None = None
    net_weight: Exact | None = None
    total_net_weight: Exact | None = None
    paper_held: bool = False
    security_given: bool = False


class UseIn(Body):
    """Which item of which certificate is used, and how much of it."""

    certificate_number: MaybeText35
    item_no: Place
    quantity: Exact
    unit: Unit


class SpecificationIn(UseIn):
    """A specification inside a line; its value is in the currency of the line."""

    spec_no: Place
    description: Text256 | None = None
    model: Text256 | None = None
    invoice: Annotated[str, Field(max_length=36)] | None = None
    value: Exact | None = None


class ClaimLineIn(Body):
    """One line of a declaration that claims preference: one use, or several specifications."""

    line_no: Place
    certificate_number: MaybeText35 = ""
    item_no: Place = 1
    hs: HsDigits
    quantity: Exact | None = None
    unit: Unit | None = None
    exporter: Text256 | None = None
    invoice: Annotated[str, Field(max_length=36)] | None = None
    agreement: AgreementCode | None = None
    hs_edition: Annotated[int, Field(ge=1992, le=2099)] | None = None
    criterion: Text256 = ""
    rate_code: MaybeText35 = ""
    rate: Exact | None = None
    description: Text256 = ""
    model: Text256 = ""
    marks: Annotated[str, Field(max_length=512)] = ""
    packages: Annotated[int, Field(ge=0, le=99_999_999)] | None = None
    invoices: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=36)], ...], Field(max_length=99)
    ] = ()
    invoice_dates: Annotated[dict[str, date], Field(default_factory=dict, max_length=100)]
    value: Exact | None = None
    currency: Annotated[str, Field(pattern="^([A-Z]{3})?$")] = ""
    origin: MaybeCountry = ""
    quota_licence: Text70 = ""
    specifications: Annotated[tuple[SpecificationIn, ...], Field(max_length=999)] = ()

    @model_validator(mode="after")
    def _use_something(self) -> Self:
        if self.specifications:
            numbers = [one.spec_no for one in self.specifications]
            if len(set(numbers)) != len(numbers):
                raise ValueError("two specifications have the same spec_no")
            return self
        if self.quantity is None or self.unit is None:
            raise ValueError("a line without specifications names its quantity and unit")
        return self

    @property
    def quantities(self) -> tuple[Decimal, ...]:
        """How much each of the line's uses is of."""
        if self.specifications:
            return tuple(one.quantity for one in self.specifications)
        return () if self.quantity is None else (self.quantity,)

    @model_validator(mode="after")
    def _date_what_is_named(self) -> Self:
        named = {self.invoice, *self.invoices, *(one.invoice for one in self.specifications)}
        if self.invoice_dates.keys() - named:
            raise ValueError("a date is stated of an invoice that the line does not name")
        return self

    def uses(self) -> tuple[Line, ...]:
        """Return the line's uses: one for each specification, or the line itself.

        What the whole line is worth is not what each of several specifications is.
        """
        told = self.model_dump(exclude={"specifications"})
        if not self.specifications:
            return (Line(**told),)
        if len(self.specifications) > 1:
            told["value"] = None
        return tuple(
            _specified(told | one.model_dump(exclude_none=True)) for one in self.specifications
        )


def _specified(told: Mapping[str, Any]) -> Line:
    line = Line(**told)
    dates = {one: line.invoice_dates[one] for one in line.all_invoices if one in line.invoice_dates}
    return replace(line, invoice_dates=dates)


class ClaimIn(Body):
    """An import declaration, in one of its versions."""

    declaration_number: Text35
    version: Annotated[int, Field(ge=1, le=999)] = 1
    declared_on: date | None = None
    office: Text70 = ""
    claim_type: ClaimType = ClaimType.AT_IMPORT
    claimed_on: date | None = None
    released_on: date | None = None
    reclassified_on: date | None = None
    importer: PersonIn | None = None
    exporter: PersonIn | None = None
    producer: PersonIn | None = None
    journey: JourneyIn = JourneyIn()
    proofs: Annotated[tuple[ProofIn, ...], Field(max_length=999)] = ()
    lines: Annotated[tuple[ClaimLineIn, ...], Field(min_length=1, max_length=999)]

    @model_validator(mode="after")
    def _name_each_thing_once(self) -> Self:
        numbers = [line.line_no for line in self.lines]
        if len(set(numbers)) != len(numbers):
            raise ValueError("two lines have the same line_no")
        proofs = [bare(one.certificate_number) for one in self.proofs]
        if len(set(proofs)) != len(proofs):
            raise ValueError("two proofs have the same certificate_number")
        if any(one <= 0 for line in self.lines for one in line.quantities):
            raise ValueError("a quantity is more than nothing")
        return self

    @model_validator(mode="after")
    def _say_since_when(self) -> Self:
        """A claim after release names the day that its period runs from."""
        if self.claim_type is ClaimType.LATE and self.released_on is None:
            raise ValueError("a late claim names the day of release in released_on")
        if self.claim_type is ClaimType.RECLASSIFIED and self.reclassified_on is None:
            raise ValueError("a claim after a reclassification names its day in reclassified_on")
        return self

    def value(self, *, today: date) -> Declaration:
        """Return the declaration; without a day of its own it, and a claim after it, is today's."""
        about = self.model_dump(exclude={"declaration_number", "version", "declared_on", "lines"})
        if self.claim_type is not ClaimType.AT_IMPORT:
            about["claimed_on"] = self.claimed_on or today
        return Declaration(
            number=self.declaration_number,
            version=self.version,
            declared_on=self.declared_on or today,
            lines=tuple(use for line in self.lines for use in line.uses()),
            about=PARTICULARS.validate_python(about),
        )


class LineDecisionIn(Body):
    """What an officer decides on a line that the checks left open."""

    decision: Literal["GRANTED", "DENIED"]
    reason: Reason
    specification: Annotated[int, Field(ge=0, le=99_999)] = 0


class CheckOut(Body):
    """What one check says, with the facts that decided, and where its weight stands."""

    model_config = ConfigDict(from_attributes=True)

    check: str
    outcome: str
    detail: str
    code: str
    facts: dict[str, str]
    source: str = ""


#: Read off the checks in one call: there is a dozen of them for each line.
_CHECKS = TypeAdapter(tuple[CheckOut, ...])


class ClaimLineOut(Body):
    """A line, or a specification inside one, with its checks and what was decided."""

    line_no: int
    spec_no: int
    certificate_number: str
    item_no: int
    hs: str
    quantity: Exact
    unit: str
    exporter: str | None
    invoice: str | None
    agreement: str | None
    hs_edition: int | None
    criterion: str
    rate_code: str
    rate: Exact | None
    description: str
    model: str
    marks: str
    packages: int | None
    invoices: tuple[str, ...]
    invoice_dates: dict[str, date]
    value: Exact | None
    currency: Currency | Literal[""]
    origin: str
    quota_licence: str
    decision: str
    reason_code: str
    reason: str
    awaited_until: date | None
    checks: tuple[CheckOut, ...]

    @classmethod
    def of(cls, checked: CheckedLine) -> Self:
        """Show a line."""
        line = checked.line
        names = set(cls.model_fields) & set(line.__slots__)
        told = {name: getattr(line, name) for name in names}
        return cls(
            **told,
            decision=checked.decision,
            reason_code=checked.reason_code,
            reason=checked.reason,
            awaited_until=checked.until,
            checks=_CHECKS.validate_python(checked.checks),
        )


class ExaminedOut(Body):
    """What the checks say of a declaration that nobody has handed in yet."""

    declaration_number: str
    lines: tuple[ClaimLineOut, ...]

    @classmethod
    def of(cls, number: str, lines: Iterable[CheckedLine]) -> Self:
        """Show the lines as they would be decided."""
        shown = tuple(ClaimLineOut.of(one) for one in lines)
        return cls(declaration_number=number, lines=shown)


class ClaimOut(Body):
    """A claim with everything that was decided on it."""

    id: str
    declaration_number: str
    version: int
    declared_on: date
    office: str
    claim_type: ClaimType
    importer: str | None
    superseded: bool
    made_at: datetime
    lines: tuple[ClaimLineOut, ...]

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """Show a claim."""
        about = claim.declaration.about
        return cls(
            id=claim.id,
            declaration_number=claim.declaration.number,
            version=claim.declaration.version,
            declared_on=claim.declaration.declared_on,
            office=about.office,
            claim_type=about.claim_type,
            importer=about.importer.name if about.importer else None,
            superseded=claim.superseded,
            made_at=claim.made_at,
            lines=tuple(ClaimLineOut.of(one) for one in claim.lines),
        )
