"""What is sold in the demonstration: invented firms, real tariff codes and rules."""

from __future__ import annotations

from datetime import date
from typing import Any

Json = dict[str, Any]

EXPORTER: Json = {
    "name": "HANBIT ELECTRONICS CO., LTD.",
    "address": "45 Harbor Street",
    "city": "Busan",
    "country": "KR",
    "tax_id": "220-81-62517",
    "telephone": "+82 51 555 0101",
    "fax": "+82 51 555 0102",
    "email": "export@hanbit.example",
    "signatory": {"name": "Park Jiwoo", "title": "Export manager", "place": "Busan"},
}

#: A static converter: its boards come from outside, from another heading, and cost 35 of 100.
CONVERTER: Json = {
    "description": "STATIC CONVERTERS, MODEL SC-500",
    "hs": "850440",
    "hs_edition": 2022,
    "model": "SC-500",
    "bill": {
        "materials": [
            {
                "name": "printed circuits",
                "hs": "853400",
                "originating": False,
                "origin": "JP",
                "value": "35.00",
            },
            {
                "name": "aluminium housing",
                "hs": "761699",
                "originating": True,
                "origin": "KR",
                "value": "20.00",
            },
        ],
        "processes": ["assembly"],
    },
}

PRICE: Json = {"basis": "FOB", "amount": "100.00", "currency": "USD"}

BUYERS: dict[str, Json] = {
    "CN": {
        "name": "ORIENT POWER TRADING",
        "country": "CN",
        "address": "8 Market Road, Shanghai",
        "city": "Shanghai",
    },
    "ID": {
        "name": "PT NUSANTARA DAYA",
        "country": "ID",
        "address": "12 Pelabuhan Road, Jakarta",
        "city": "Jakarta",
    },
}
PORTS = {"CN": ("CNSHG", "SHANGHAI"), "ID": ("IDTPP", "TANJUNG PRIOK")}


def application(  # noqa: PLR0913  # the facts of one application, each by its name
    *,
    agreement: str,
    form_type: str,
    country: str,
    determination: str,
    invoice: str,
    today: date,
    pieces: str = "500",
) -> Json:
    """Write an application for a shipment of converters that leaves today."""
    port, port_text = PORTS[country]
    return {
        "agreement": agreement,
        "form_type": form_type,
        "import_country": country,
        "buyer": BUYERS[country],
        "shipped_on": today.isoformat(),
        "invoices": [
            {
                "number": invoice,
                "dated": today.isoformat(),
                "currency": "USD",
                "total": "50000.00",
            }
        ],
        "transport": {
            "departure_date": today.isoformat(),
            "mode": "1",
            "conveyance": "HMM PROMISE",
            "voyage": "045W",
            "loading": "KRPUS",
            "loading_text": "BUSAN",
            "discharge": port,
            "discharge_text": port_text,
        },
        "export_declarations": [f"020-10-26-{invoice[-7:]}"],
        "lines": [
            {
                "item_no": 1,
                "determination_id": determination,
                "description": "STATIC CONVERTERS, MODEL SC-500",
                "hs": "850440",
                "marks": "SC-500 / C/NO. 1-50",
                "packages": [{"count": 50, "kind": "CT"}],
                "quantities": [
                    {"kind": "NUMBER", "value": pieces, "unit": "C62"},
                    {"kind": "GROSS_WEIGHT", "value": "1250.5", "unit": "KGM"},
                ],
            }
        ],
    }
