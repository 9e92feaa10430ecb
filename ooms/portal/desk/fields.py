"""The fields of an application in words, by where they stand in its content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ooms.portal.languages import N_

#: What is counted: the word before the number of a list's member.
_COUNTED: Mapping[str, str] = {
    "lines": N_("Line"),
    "invoices": N_("Invoice"),
    "quantities": N_("quantity"),
    "packages": N_("packages"),
    "export_declarations": N_("Export declaration"),
    "first_certificates": N_("First certificate"),
    "paper_items": N_("item"),
    "takes": N_("taken part"),
    "invoice_refs": N_("invoice"),
}
_NAMED: Mapping[str, str] = {
    "agreement": N_("Agreement"),
    "form_type": N_("Form"),
    "import_country": N_("Country of import"),
    "buyer": N_("Buyer"),
    "producer": N_("Producer"),
    "operator": N_("Operator in a third country"),
    "exhibition": N_("Exhibition"),
    "transport": N_("Transport"),
    "cause": N_("Cause"),
    "name": N_("name"),
    "country": N_("country"),
    "address": N_("address"),
    "city": N_("city"),
    "disclosure": N_("disclosure"),
    "number": N_("number"),
    "dated": N_("date"),
    "currency": N_("currency"),
    "total": N_("total"),
    "shipped_on": N_("Shipped on"),
    "intended_shipment_on": N_("Shipment intended on"),
    "retroactive_reason": N_("Why it is applied for after shipment"),
    "departure_date": N_("departure"),
    "mode": N_("mode"),
    "conveyance": N_("vessel or vehicle"),
    "voyage": N_("voyage"),
    "loading": N_("port of loading (code)"),
    "loading_text": N_("port of loading"),
    "discharge": N_("port of discharge (code)"),
    "discharge_text": N_("port of discharge"),
    "route": N_("route"),
    "item_no": N_("item number"),
    "determination_id": N_("determination"),
    "description": N_("description"),
    "hs": N_("tariff code"),
    "marks": N_("marks"),
    "trademark": N_("trademark"),
    "model": N_("model"),
    "in_bulk": N_("in bulk"),
    "fob": N_("FOB value"),
    "amount": N_("amount"),
    "kind": N_("kind"),
    "value": N_("value"),
    "unit": N_("unit"),
    "count": N_("count"),
    "code": N_("code"),
    "text": N_("words"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way to a field: its words, and its number where it is one of several."""

    words: str
    number: int | None = None


def named(pointer: str) -> tuple[Step, ...]:
    """Name the way to a field, step by step; a step that nobody named stays as it is."""
    steps: list[Step] = []
    for part in pointer.strip("/").split("/"):
        if part.isdecimal() and steps:
            steps[-1] = Step(steps[-1].words, int(part) + 1)
        else:
            steps.append(Step(_COUNTED.get(part) or _NAMED.get(part) or part))
    return tuple(steps)
