"""What an application says, on the wire: with holes as a draft, whole as it is handed in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from ooms.access.schemas import AgreementCode, Body, Country
from ooms.applications.model import Content, Kind
from ooms.applications.part_schemas import (
    BuyerBody,
    CauseBody,
    ExhibitionBody,
    FirstCertificateBody,
    InvoiceBody,
    LineBody,
    ProducerBody,
    Text35,
    Text256,
    TransportBody,
)
from ooms.applications.repository import CONTENT


class DraftBody(Body):
    """What the exporter states so far: a draft may have holes, and is handed in without any."""

    agreement: AgreementCode
    form_type: Annotated[str, Field(min_length=1, max_length=20)]
    import_country: Country
    buyer: BuyerBody | None = None
    invoices: tuple[InvoiceBody, ...] = ()
    lines: tuple[LineBody, ...] = ()
    shipped_on: date | None = None
    intended_shipment_on: date | None = None
    transport: TransportBody | None = None
    producer: ProducerBody | None = None
    retroactive_reason: Text256 | None = None
    export_declarations: tuple[Text35, ...] = ()
    kind: Kind = Kind.NEW
    about_certificate: Annotated[str, Field(max_length=36)] | None = None
    cause: CauseBody | None = None
    first_certificates: Annotated[tuple[FirstCertificateBody, ...], Field(max_length=20)] = ()
    exhibition: ExhibitionBody | None = None

    @model_validator(mode="after")
    def _fit_its_kind(self) -> Self:
        if self.kind.is_about_another != (self.about_certificate is not None):
            raise ValueError(f"about_certificate does not go with the kind {self.kind}")
        if self.kind.is_about_another and self.cause is None:
            raise ValueError("cause: say why")
        return self

    @model_validator(mode="after")
    def _rest_on_something(self) -> Self:
        places = range(1, len(self.first_certificates) + 1)
        for line in self.lines:
            if line.takes and not self.first_certificates:
                raise ValueError("a line takes from first certificates, and none is named")
            if any(one.first not in places for one in line.takes):
                raise ValueError("a line takes from a first certificate that is not there")
            if line.determination_id and line.takes:
                raise ValueError("a line cites a determination or takes from first certificates")
        return self

    @model_validator(mode="after")
    def _number_lines_once(self) -> Self:
        numbers = [line.item_no for line in self.lines]
        if len(set(numbers)) != len(numbers):
            raise ValueError("two lines have the same item_no")
        return self

    def value(self) -> Content:
        """Return the content."""
        return CONTENT.validate_python(self.model_dump())


class ContentBody(DraftBody):
    """Everything the exporter states, whole."""

    buyer: BuyerBody
    invoices: Annotated[tuple[InvoiceBody, ...], Field(min_length=1)]
    lines: Annotated[tuple[LineBody, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _name_what_goods_came_with(self) -> Self:
        if self.kind is Kind.BACK_TO_BACK and not self.first_certificates:
            raise ValueError("first_certificates: name what the goods came with")
        if any(bool(line.takes) != bool(self.first_certificates) for line in self.lines):
            raise ValueError("a line takes from first certificates, or none does")
        return self

    @model_validator(mode="after")
    def _refer_to_what_is_there(self) -> Self:
        places = {place for line in self.lines for place in line.invoice_refs}
        if not places <= set(range(1, len(self.invoices) + 1)):
            raise ValueError("a line refers to an invoice that is not there")
        return self
