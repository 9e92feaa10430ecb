"""Does it make sense: checks that need no form, only what is stated and what was determined.

Nothing here refuses: each finding is what an import officer would ask about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ooms.applications.model import Content, Line
from ooms.certificates.model import Finding
from ooms.determinations.model import Determined
from ooms.lint.model import WARN

#: Tonnes, grams and pounds in kilograms (UN/ECE Recommendation 20).
_KILOGRAMS = {
    "KGM": Decimal(1),
    "GRM": Decimal("0.001"),
    "TNE": Decimal(1000),
    "LBR": Decimal("0.45359237"),
}
_PIECES = "NUMBER"
_DEPARTURE = "transport.departure_date"
_INVOICE = "invoices[].date"
_QUANTITIES = "items[].quantities"
_VALUE = "items[].fob"


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding, and the canonical field whose box it belongs to."""

    finding: Finding
    field: str


def look_at(
    content: Content, grounds: Mapping[int, Determined], *, exporting_country: str, on: date
) -> tuple[Placed, ...]:
    """Return what does not make sense, in the order of the form's boxes."""
    return (
        *_dates(content, on=on),
        *_operators(content, exporting_country=exporting_country),
        *_weights(content),
        *_totals(content),
        *_prices(content, grounds),
    )


def _dates(content: Content, *, on: date) -> Iterator[Placed]:
    """An invoice is not dated after the day, and goods do not leave before they are ready."""
    for place, invoice in enumerate(content.invoices):
        if invoice.dated > on:
            detail = f"invoice {invoice.number} is dated {invoice.dated}, which is still to come"
            yield _warned("RUL-DATE-AHEAD", detail, f"/invoices/{place}/dated", field=_INVOICE)
    departure = content.transport.departure_date if content.transport else None
    shipped = content.shipped_on
    if departure and shipped and departure != shipped:
        detail = f"shipped on {shipped}, but the departure date is {departure}"
        path = "/transport/departure_date"
        yield _warned("RUL-TWO-DATES", detail, path, field=_DEPARTURE)
    if shipped and shipped > on:
        detail = f"shipped on {shipped}, which is still to come; state it as intended"
        yield _warned("RUL-DATE-AHEAD", detail, "/shipped_on", field=_DEPARTURE)


def _operators(content: Content, *, exporting_country: str) -> Iterator[Placed]:
    """Who invoices from a third country is of neither of the two countries, and no buyer."""
    for place, invoice in enumerate(content.invoices):
        operator = invoice.operator
        if operator is None:
            continue
        path = f"/invoices/{place}/operator"
        if operator.country in (exporting_country, content.import_country):
            detail = f"{operator.name} of {operator.country} is no operator of a third country"
            yield _warned("RUL-OPERATOR-COUNTRY", detail, path, field="invoices[].issuer_country")
        if content.buyer and operator.name.casefold() == content.buyer.name.casefold():
            detail = f"{operator.name} is both the buyer and the operator of a third country"
            yield _warned("RUL-OPERATOR-COUNTRY", detail, path, field="invoices[].issuer_name")


def _weights(content: Content) -> Iterator[Placed]:
    """The net weight of a line is no more than its gross weight."""
    for place, line in enumerate(content.lines):
        weights = {
            one.kind: one.value * _KILOGRAMS[one.unit]
            for one in line.quantities
            if one.unit in _KILOGRAMS
        }
        net, gross = weights.get("NET_WEIGHT"), weights.get("GROSS_WEIGHT")
        if net is not None and gross is not None and net > gross:
            detail = f"line {line.item_no} weighs {net:f} kg net and only {gross:f} kg gross"
            yield _warned("RUL-NET-WEIGHT", detail, f"/lines/{place}/quantities", field=_QUANTITIES)


def _totals(content: Content) -> Iterator[Placed]:
    """The values of the lines sum to no more than their invoice says."""
    for place, invoice in enumerate(content.invoices):
        lines = [one for one in content.lines if one.invoice_refs == (place + 1,) and one.fob]
        summed = sum(
            (one.fob.amount for one in lines if one.fob and one.fob.currency == invoice.currency),
            Decimal(0),
        )
        if invoice.total is not None and summed > invoice.total:
            detail = (
                f"the lines of invoice {invoice.number} sum to {summed:f} {invoice.currency}, "
                f"the invoice to {invoice.total:f}"
            )
            yield _warned("RUL-INVOICE-TOTAL", detail, f"/invoices/{place}/total", field=_VALUE)


def _prices(content: Content, grounds: Mapping[int, Determined]) -> Iterator[Placed]:
    """A piece is not sold for less than the lowest price at which the rule is met."""
    for place, line in enumerate(content.lines):
        least = _least_price(grounds.get(line.item_no), line)
        pieces = next((one.value for one in line.quantities if one.kind == _PIECES), None)
        if least is None or not pieces or line.fob is None:
            continue
        price = line.fob.amount / pieces
        if price < least:
            detail = (
                f"line {line.item_no} is sold at {price:.2f} {line.fob.currency} a piece; "
                f"the rule of origin is met from {least:f} on"
            )
            yield _warned("RUL-LEAST-PRICE", detail, f"/lines/{place}/fob", field=_VALUE)


def _least_price(ground: Determined | None, line: Line) -> Decimal | None:
    if ground is None:  # a line may rest on another party's certificate
        return None
    value, price = ground.answer.get("value"), ground.case.get("price")
    if not isinstance(value, Mapping) or not isinstance(price, Mapping) or line.fob is None:
        return None
    least = value.get("minimum_price")
    comparable = price.get("basis") == "FOB" and price.get("currency") == line.fob.currency
    return Decimal(str(least)) if least is not None and comparable else None


def _warned(code: str, detail: str, pointer: str, *, field: str) -> Placed:
    return Placed(Finding(code, WARN, detail, pointer), field)
