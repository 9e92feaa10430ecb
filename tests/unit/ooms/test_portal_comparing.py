"""A line of a claim beside its item: marks say how far the certificate carries it."""

from typing import Any

import pytest

from ooms.portal.border.comparing import pairs

CLAIM = {"importer": None, "declared_on": "2026-12-01"}
LINE: dict[str, Any] = {
    **dict.fromkeys(("description", "model", "marks", "criterion", "exporter", "origin"), ""),
    "hs": "850440",
    "packages": None,
    "item_no": 1,
    "quantity": "100",
    "unit": "C62",
    "value": "1200",
    "currency": "USD",
    "invoice": "HB-1",
    "invoices": [],
    "invoice_dates": {"HB-1": "2026-11-17"},
}
ITEM: dict[str, Any] = {
    **dict.fromkeys(("description", "model", "marks", "criterion", "origin"), ""),
    "item_no": 1,
    "hs": "850440",
    "packages": None,
    "quantities": {"C62": "500"},
    "fob": "1000.00",
    "fob_currency": "USD",
    "dated_invoices": [{"number": "HB-1", "dated": "2026-11-18"}],
}
HELD: dict[str, Any] = {
    **dict.fromkeys(("exporter", "origin_country", "valid_from", "valid_until"), ""),
    "producers": [],
    "consignee": None,
    "items": [ITEM],
}


def marked(*checks):
    line = LINE | {"checks": [{"detail": "", "facts": {}} | one for one in checks]}
    return {one.what: one for one in pairs(CLAIM, line, HELD)}


@pytest.mark.parametrize(
    ("said", "quantity", "value"),
    [
        (
            {"outcome": "PASS", "facts": {"certified": "500", "certified_value": "1000.00 USD"}},
            "WITHIN",
            "WITHIN",
        ),
        ({"outcome": "PASS", "facts": {"certified": "500"}}, "WITHIN", "NOT_COMPARED"),
        (
            {"outcome": "QUERY", "code": "LED-VALUE", "facts": {"certified": "500"}},
            "WITHIN",
            "DIFFERS",
        ),
        (
            {"outcome": "FAIL", "code": "LED-EXCEEDED", "facts": {"certified": "500"}},
            "DIFFERS",
            "NOT_COMPARED",
        ),
    ],
)
def test_quantity_and_value_are_marked_each_for_itself(said, quantity, value):
    found = marked({"check": "quantity", "code": ""} | said)

    assert (found["quantity"].mark, found["value"].mark) == (quantity, value)
    assert (found["value"].declared, found["value"].certified) == ("1200 USD", "1000.00 USD")


def test_invoices_stand_side_by_side_with_their_dates():
    found = marked({"check": "invoice", "outcome": "QUERY", "code": "REF-INVOICE-DATE"})

    invoice = found["invoice"]
    assert invoice.mark == "DIFFERS"
    assert (invoice.declared, invoice.certified) == ("HB-1 (2026-11-17)", "HB-1 (2026-11-18)")


def test_value_of_invoices_stands_where_the_form_shows_none():
    held = HELD | {"items": [ITEM | {"fob": None, "fob_currency": ""}]}
    facts = {"certified": "500", "certified_value": "1300.00 USD"}
    check = {"check": "quantity", "outcome": "PASS", "code": "", "detail": "", "facts": facts}
    found = {one.what: one for one in pairs(CLAIM, LINE | {"checks": [check]}, held)}

    assert (found["value"].certified, found["value"].mark) == ("1300.00 USD", "WITHIN")
