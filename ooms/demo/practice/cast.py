"""Who practices: a person of each role, an invented company on each side, and their goods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ooms.demo import goods
from ooms.demo.nodes import Country

Json = dict[str, Any]

OWN = Country("KR-KCS", "Seoul Main Customs", "K001", "SEOUL", "Asia/Seoul")
PARTNER = Country("VN-CUSTOMS", "Hai Phong Customs", "HPH1", "HAI PHONG", "Asia/Ho_Chi_Minh")
#: The agreement and form that the cases are under: the only pair that samples are written for.
AGREEMENT, FORM = "AKFTA", "AK"
#: Who lets all others in; he is made at the command line.
TRAINER = "trainer"
STAFF: Mapping[str, str] = {
    "officer": "OFFICER",
    "supervisor": "SUPERVISOR",
    "border": "IMPORT_OFFICER",
    "auditor": "AUDITOR",
}
PARTNER_STAFF: Mapping[str, str] = {"officer": "OFFICER"}
EXPORTER = "exporter"

_ABROAD: Json = {
    "name": "SONG HONG ELECTRONICS JSC",
    "address": "8 Market Road",
    "city": "Hai Phong",
    "country": "VN",
    "tax_id": "0315550127",
    "telephone": "+84 225 555 0101",
    "email": "export@songhong.example",
    "signatory": {"name": "Tran Van An", "title": "Director", "place": "Hai Phong"},
}
_BUYERS: Mapping[str, Json] = {
    "VN": {
        "name": "HAI PHONG POWER TRADING",
        "country": "VN",
        "address": "12 Harbor Road",
        "city": "Hai Phong",
    },
    "KR": {
        "name": "BUSAN POWER TRADING CO., LTD.",
        "country": "KR",
        "address": "3 Pier Street",
        "city": "Busan",
    },
}
_PORTS: Mapping[str, tuple[str, str]] = {"KR": ("KRPUS", "BUSAN"), "VN": ("VNHPH", "HAI PHONG")}


def company(country: str) -> Json:
    """Return the company that exports from a country."""
    return goods.EXPORTER if country == "KR" else _ABROAD


def product(country: str) -> Json:
    """Describe the goods with the bill of materials that they have in a country."""
    bill: Json = goods.CONVERTER["bill"]
    boards, housing = bill["materials"]
    materials = [boards, housing | {"origin": country}]
    return goods.CONVERTER | {"bill": bill | {"materials": materials}}


def application(
    origin: str, destination: str, *, determination: str, invoice: str, today: date
) -> Json:
    """State a shipment of converters between the two countries."""
    stated = goods.application(
        agreement=AGREEMENT,
        form_type=FORM,
        country="ID",
        determination=determination,
        invoice=invoice,
        today=today,
    )
    (loading, loading_text), (discharge, discharge_text) = _PORTS[origin], _PORTS[destination]
    ports = {
        "loading": loading,
        "loading_text": loading_text,
        "discharge": discharge,
        "discharge_text": discharge_text,
    }
    return stated | {
        "import_country": destination,
        "buyer": _BUYERS[destination],
        "transport": stated["transport"] | ports,
    }
