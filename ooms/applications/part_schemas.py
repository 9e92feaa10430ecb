"""The parts of an application on the wire: parties, papers, lines."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from ooms.access.schemas import Body, Country, Currency, Exact, HsDigits, Name, Reason

Text35 = Annotated[str, Field(min_length=1, max_length=35)]
Text70 = Annotated[str, Field(min_length=1, max_length=70)]
Text256 = Annotated[str, Field(min_length=1, max_length=256)]
Code = Annotated[str, Field(pattern="^[A-Z][A-Z0-9_]{0,34}$")]
Locode = Annotated[str, Field(pattern="^[A-Z]{2}[A-Z2-9]{3}$")]


class BuyerBody(Body):
    """To whom the goods go."""

    name: Name
    country: Country
    address: Text256 | None = None
    city: Annotated[str, Field(max_length=50)] | None = None


class ProducerBody(Body):
    """Who made the goods, when that is not the exporter."""

    name: Name
    country: Country
    address: Text256 | None = None
    disclosure: Literal["DISCLOSED", "AVAILABLE_UPON_REQUEST", "CONFIDENTIAL"] = "DISCLOSED"


class OperatorBody(Body):
    """Who invoices from a country outside the agreement."""

    name: Name
    country: Country
    address: Text256 | None = None


class ExhibitionBody(Body):
    """Where the goods are shown abroad before they are sold there."""

    name: Name
    country: Country
    address: Annotated[str, Field(min_length=1, max_length=256)]


class InvoiceBody(Body):
    """An invoice; lines refer to it by its place, from 1."""

    number: Annotated[str, Field(min_length=1, max_length=36)]
    dated: date
    currency: Currency | None = None
    total: Exact | None = None
    operator: OperatorBody | None = None


class TransportBody(Body):
    """How the goods travel, as far as known; `mode` by Recommendation 19."""

    departure_date: date | None = None
    mode: Annotated[str, Field(pattern="^[0-8]$")] | None = None
    conveyance: Text70 | None = None
    voyage: Text35 | None = None
    loading: Locode | None = None
    loading_text: Text70 | None = None
    discharge: Locode | None = None
    discharge_text: Text70 | None = None
    route: Text256 | None = None


class MeasureBody(Body):
    """A measured quantity in a unit of UN/ECE Recommendation 20."""

    kind: Literal["GROSS_WEIGHT", "NET_WEIGHT", "NUMBER", "LENGTH", "AREA", "VOLUME"]
    value: Exact
    unit: Annotated[str, Field(pattern="^[0-9A-Z]{1,3}$")]


Measures = Annotated[tuple[MeasureBody, ...], Field(min_length=1, max_length=12)]
ItemNumber = Annotated[int, Field(ge=1, le=99_999)]


class PackageBody(Body):
    """Packages of one kind of UN/ECE Recommendation 21."""

    count: Annotated[int, Field(ge=0, le=99_999_999)]
    kind: Annotated[str, Field(pattern="^[0-9A-Z]{2}$")]


class ValueBody(Body):
    """A free-on-board value."""

    amount: Exact
    currency: Currency


class CauseBody(Body):
    """Why something is asked for: a code that `/procedure` lists for the kind, and words."""

    code: Code
    text: Reason


class FirstItemBody(Body):
    """An item of a first certificate, as its paper states it."""

    item_no: ItemNumber
    hs: HsDigits
    hs_edition: Annotated[int, Field(ge=1992, le=2099)]
    criterion: Text256
    quantities: Measures


class FirstCertificateBody(Body):
    """A certificate of another party; its items only where it was brought on paper."""

    number: Text35
    country: Country
    import_declaration: Text35
    issued_on: date | None = None
    valid_until: date | None = None
    issuer: Text256 | None = None
    exporter: Text256 | None = None
    paper_items: Annotated[tuple[FirstItemBody, ...], Field(max_length=1000)] = ()


class TakenBody(Body):
    """What a line takes from an item of a first certificate, named by its place from 1."""

    first: Annotated[int, Field(ge=1, le=99)]
    item_no: ItemNumber
    quantities: Measures


class LineBody(Body):
    """One kind of goods; it cites a determination, or takes from first certificates."""

    item_no: ItemNumber
    determination_id: Annotated[str, Field(max_length=36)] = ""
    description: Annotated[str, Field(min_length=1, max_length=2048)]
    hs: HsDigits
    quantities: Measures
    invoice_refs: Annotated[tuple[int, ...], Field(min_length=1)] = (1,)
    packages: tuple[PackageBody, ...] = ()
    in_bulk: bool = False
    marks: Annotated[str, Field(max_length=512)] | None = None
    trademark: Text256 | None = None
    model: Text256 | None = None
    fob: ValueBody | None = None
    takes: Annotated[tuple[TakenBody, ...], Field(max_length=50)] = ()
