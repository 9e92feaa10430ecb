"""Who practices: a person of each role, an invented company on each side, and their goods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ooms.demo import goods
from ooms.demo.nodes import Country

Json = dict[str, Any]

OWN = Country("KR-KCS", "Seoul Main Customs", "K001", "SEOUL", "Asia/Seoul")
PARTNER = Country("VN-CUSTOMS", "Hai Phong Customs", "HPH1", "HAI PHONG", "Asia/Ho_Chi_Minh")
#: The two whose offices have names of their own; any other is called by its code.
_OFFICES: Mapping[str, Country] = {one.authority: one for one in (OWN, PARTNER)}
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

#: Invented companies; of a country that is not here everything is called a sample.
_COMPANIES: Mapping[str, Json] = {
    "KR": goods.EXPORTER,
    "VN": {
        "name": "SONG HONG ELECTRONICS JSC",
        "address": "8 Market Road",
        "city": "Hai Phong",
        "country": "VN",
        "tax_id": "0315550127",
        "telephone": "+84 225 555 0101",
        "email": "export@songhong.example",
        "signatory": {"name": "Tran Van An", "title": "Director", "place": "Hai Phong"},
    },
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


def office_of(authority: str) -> Country:
    """Return the pretend office of an administration."""
    return _OFFICES.get(authority) or Country(
        authority, f"{authority} (practice)", f"{authority[:2]}01", "SAMPLE CITY", "UTC"
    )


def counterpart_of(authority: str) -> str:
    """Return with whom an administration practices unless somebody says otherwise."""
    return OWN.authority if authority != OWN.authority else PARTNER.authority


def company(country: str) -> Json:
    """Return the company that exports from a country."""
    return _COMPANIES.get(country) or {
        "name": f"SAMPLE EXPORTER OF {country}",
        "address": "1 Sample Road",
        "city": "Sample City",
        "country": country,
        "tax_id": f"SAMPLE-{country}-1",
        "telephone": "+000 000 0000",
        "email": f"exporter@{country.lower()}.example",
        "signatory": {"name": "A Sample", "title": "Director", "place": "Sample City"},
    }


def buyer(country: str) -> Json:
    """Return the company that buys in a country."""
    return _BUYERS.get(country) or {
        "name": f"SAMPLE BUYER OF {country}",
        "country": country,
        "address": "2 Sample Road",
        "city": "Sample City",
    }


def port(country: str) -> tuple[str, str]:
    """Return a port of a country; where none is here, a code that nobody was given."""
    return _PORTS.get(country) or (f"{country}ZZZ", "SAMPLE PORT")


def product(country: str) -> Json:
    """Describe the goods with the bill of materials that they have in a country."""
    bill: Json = goods.CONVERTER["bill"]
    boards, housing = bill["materials"]
    materials = [boards, housing | {"origin": country}]
    return goods.CONVERTER | {"bill": bill | {"materials": materials}}


@dataclass(frozen=True, slots=True)
class Bargain:
    """From where to where the converters go, under which agreement, on which form."""

    origin: str
    destination: str
    agreement: str
    form_type: str


def application(bargain: Bargain, *, determination: str, invoice: str, today: date) -> Json:
    """State a shipment of converters between the two countries."""
    stated = goods.application(
        agreement=bargain.agreement,
        form_type=bargain.form_type,
        country="ID",
        determination=determination,
        invoice=invoice,
        today=today,
    )
    loading, loading_text = port(bargain.origin)
    discharge, discharge_text = port(bargain.destination)
    ports = {
        "loading": loading,
        "loading_text": loading_text,
        "discharge": discharge,
        "discharge_text": discharge_text,
    }
    return stated | {
        "import_country": bargain.destination,
        "buyer": buyer(bargain.destination),
        "transport": stated["transport"] | ports,
    }
