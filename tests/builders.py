"""Certificates for tests: complete ones that satisfy their form, to be changed by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from eodes.domain.certificate import (
    Certificate,
    CertificateItem,
    CertificateReference,
    Criterion,
    CriterionKind,
    Disclosure,
    FobValue,
    HsSide,
    Invoice,
    InvoiceIssuer,
    Issuance,
    IssuanceKind,
    IssuingBody,
    MarkCode,
    Package,
    Party,
    PartyRole,
    Quantity,
    QuantityKind,
    QuantityTaken,
    Relation,
    Remark,
    RemarkCode,
    Seal,
    Signatory,
    SignatoryMode,
    TariffChangeLevel,
    Transport,
    TransportMode,
)

ISSUED = date(2026, 11, 20)
SHIPPED = date(2026, 11, 20)

_KOREAN = IssuingBody("K001", "Seoul Main Customs", "KR", "SEOUL")
_FORM_TYPES = {"AKFTA": "AK", "KVFTA": "VK", "KICEPA": "KI", "ATIGA": "D"}
_ROUTES = {
    "AKFTA": ("KR", "VN"),
    "APTA": ("KR", "IN"),
    "ATIGA": ("SG", "VN"),
    "KCFTA": ("KR", "CN"),
    "KICEPA": ("KR", "ID"),
    "KRIN": ("KR", "IN"),
    "KVFTA": ("KR", "VN"),
    "RCEP": ("KR", "JP"),
}
_BODIES = {"KR": _KOREAN, "SG": IssuingBody("SG01", "Singapore Customs", "SG", "SINGAPORE")}
_PLACES = {
    "CN": ("Shanghai", "CNSHG"),
    "ID": ("Jakarta", "IDJKT"),
    "IN": ("Nhava Sheva", "INNSA"),
    "JP": ("Osaka", "JPOSA"),
    "KR": ("Busan", "KRPUS"),
    "SG": ("Singapore", "SGSIN"),
    "VN": ("Hai Phong", "VNHPH"),
}
_CHANGE = CriterionKind.TARIFF_CHANGE
_CRITERIA = {
    "AKFTA": Criterion(_CHANGE, "CTH", level=TariffChangeLevel.HEADING),
    "APTA": Criterion(CriterionKind.NON_PARTY_CONTENT, "B 40%", percent=Decimal(40)),
    "ATIGA": Criterion(_CHANGE, "CTH", level=TariffChangeLevel.HEADING),
    "KCFTA": Criterion(CriterionKind.PRODUCT_SPECIFIC, "PSR"),
    "KICEPA": Criterion(_CHANGE, "CTH", level=TariffChangeLevel.HEADING),
    "KRIN": Criterion(
        CriterionKind.TARIFF_CHANGE_AND_VALUE_CONTENT,
        "CTSH + RVC 35%",
        level=TariffChangeLevel.SUBHEADING,
        percent=Decimal(35),
    ),
    "KVFTA": Criterion(_CHANGE, "CTH", level=TariffChangeLevel.HEADING),
    "RCEP": Criterion(_CHANGE, "CTC", level=TariffChangeLevel.HEADING),
}
_SIX_DIGITS = frozenset({"KCFTA", "KICEPA", "KRIN", "RCEP"})


def weight(value: str, kind: QuantityKind = QuantityKind.GROSS_WEIGHT) -> Quantity:
    """Return a mass in kilograms."""
    return Quantity(kind, Decimal(value), "KGM")


def pieces(count: int) -> Quantity:
    """Return a number of pieces."""
    return Quantity(QuantityKind.NUMBER, Decimal(count), "C62")


def an_item(*, agreement: str = "AKFTA", **changes: Any) -> CertificateItem:
    """Return a complete item of an agreement, with changes by field name."""
    item = CertificateItem(
        item_no=1,
        description="STATIC CONVERTERS, MODEL SC-500",
        hs="850440" if agreement in _SIX_DIGITS else "85044090",
        hs_edition=2022,
        criterion=_CRITERIA[agreement],
        quantities=(weight("1250.5"), pieces(500)),
        invoice_refs=(1,),
        hs_side=HsSide.EXPORT if agreement == "APTA" else HsSide.IMPORT,
        marks="SC-500 / C/NO. 1-50",
        packages=(Package(50, "CT"),),
        trademark="HANBIT",
        model="SC-500",
        origin_country=_ROUTES[agreement][0] if agreement == "RCEP" else None,
        fob=FobValue(Decimal("48250.00"), "USD") if agreement == "KRIN" else None,
    )
    return replace(item, **changes)


def items(count: int, *, agreement: str = "AKFTA") -> tuple[CertificateItem, ...]:
    """Return so many items that differ in number and description."""
    return tuple(
        an_item(
            agreement=agreement,
            item_no=number,
            description=f"STATIC CONVERTERS, MODEL SC-{500 + number}",
            marks=f"SC-{500 + number}",
        )
        for number in range(1, count + 1)
    )


def an_exporter(country: str = "KR") -> Party:
    """Return an exporter with every contact that a form may ask for."""
    town = _PLACES[country][0]
    return Party(
        PartyRole.EXPORTER,
        "HANBIT ELECTRONICS CO., LTD.",
        country,
        address=f"45 Harbor Street, {town}",
        city=town,
        telephone="+82 51 555 0101",
        fax="+82 51 555 0102",
        email="export@hanbit.example",
    )


def a_certificate(*, agreement: str = "AKFTA", **changes: Any) -> Certificate:
    """Return a complete certificate of an agreement, with changes by field name.

    It satisfies its form.  When `issued_on` is changed, the validity follows unless it is changed
    too.
    """
    export, destination = _ROUTES[agreement]
    issued = changes.get("issued_on", ISSUED)
    form_type = _FORM_TYPES.get(agreement, agreement)
    valid_from = issued + timedelta(days=1) if agreement == "KVFTA" else issued
    certificate = Certificate(
        co_uid=str(uuid5(NAMESPACE_URL, f"{agreement}/{changes.get('number_raw', '')}")),
        agreement=agreement,
        form_type=form_type,
        number_raw=_number(agreement, 1234567),
        issuance_kind=IssuanceKind.ORIGINAL,
        issued_on=issued,
        valid_from=valid_from,
        valid_until=_a_year_later(valid_from) - timedelta(days=1),
        export_country=export,
        origin_country=export,
        import_country=destination,
        rule_pack_version=f"{agreement}-2026-1",
        parties=_parties(agreement, export, destination),
        invoices=(Invoice("HB-2026-1120", ISSUED, currency="USD", total=Decimal("48250.00")),),
        items=(an_item(agreement=agreement),),
        issuance=an_issuance(export, issued),
        issued_zone="Asia/Seoul" if export == "KR" else "Asia/Singapore",
        shipped_on=SHIPPED,
        transport=_transport(export, destination),
    )
    if "number_raw" in changes:
        changes.setdefault("number_key", "")
    return replace(certificate, **changes)


def _number(agreement: str, serial: int) -> str:
    export = _ROUTES[agreement][0]
    return f"{_BODIES[export].code}-26-{serial}"


def an_issuance(country: str = "KR", on: date = ISSUED) -> Issuance:
    """Return the declaration and certification of a day."""
    body = _BODIES.get(country) or IssuingBody(f"{country}01", f"{country} Customs", country)
    town = _PLACES[country][0]
    return Issuance(
        body=body,
        signatory=Signatory(f"{body.code}-017", "Kim Minseo", SignatoryMode.ELECTRONIC),
        seal=Seal.ELECTRONIC,
        declaration_place=town,
        declaration_date=on,
        declarant_name="Park Jiwoo",
        certification_place=body.place or town,
        certification_date=on,
        application_id="APP-2026-004411",
        export_declaration_numbers=("41234-26-112233X",) if country == "KR" else (),
    )


def _a_year_later(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 3, 1)  # so that the day before is the last of February
    return day.replace(year=day.year + 1)


def _parties(agreement: str, export: str, destination: str) -> tuple[Party, ...]:
    town = _PLACES[destination][0]
    role = PartyRole.IMPORTER if agreement in ("KICEPA", "KRIN") else PartyRole.CONSIGNEE
    buyer = Party(
        role, "ORIENT POWER TRADING", destination, address=f"8 Market Road, {town}", city=town
    )
    exporter = an_exporter(export)
    if agreement not in ("KCFTA", "RCEP"):
        return (exporter, buyer)
    producer = replace(exporter, role=PartyRole.PRODUCER, disclosure=Disclosure.SAME_AS_EXPORTER)
    return (exporter, producer, buyer)


def _transport(export: str, destination: str) -> Transport:
    loading, loading_code = _PLACES[export]
    discharge, discharge_code = _PLACES[destination]
    return Transport(
        departure_date=SHIPPED,
        mode=TransportMode.MARITIME,
        conveyance_name="HMM PROMISE",
        voyage="045W",
        port_of_loading=loading_code,
        port_of_loading_text=loading.upper(),
        port_of_discharge=discharge_code,
        port_of_discharge_text=discharge.upper(),
    )


def a_reference(
    relation: Relation, original: Certificate, *taken: QuantityTaken
) -> CertificateReference:
    """Return how a certificate refers to another."""
    return CertificateReference(
        relation=relation,
        number_raw=original.number_raw,
        country=original.issuance.body.country,
        issued_on=original.issued_on,
        valid_until=original.valid_until,
        issuer=original.issuance.body.name,
        quantities_taken=taken,
    )


def a_retroactive_certificate(*, agreement: str = "AKFTA", **changes: Any) -> Certificate:
    """Return a certificate issued a month after its shipment, with its reason."""
    retroactive: dict[str, Any] = {
        "retroactive": True,
        "retroactive_reason": "Application delayed by an involuntary error",
        "shipped_on": date(2026, 10, 20),
        "remarks": (Remark(RemarkCode.ISSUED_RETROACTIVELY),),
        "number_raw": _number(agreement, 2234567),
    }
    certificate = a_certificate(agreement=agreement, **(retroactive | changes))
    if certificate.transport is None or "transport" in changes:
        return certificate
    return replace(
        certificate,
        transport=replace(certificate.transport, departure_date=certificate.shipped_on),
    )


def a_third_country_certificate(*, agreement: str = "AKFTA", **changes: Any) -> Certificate:
    """Return a certificate whose invoice an operator outside the parties issued."""
    certificate = a_certificate(agreement=agreement)
    operator = Party(
        PartyRole.NON_PARTY_OPERATOR, "ALPINE TRADING AG", "CH", address="1 Quaistrasse, Zurich"
    )
    invoice = Invoice(
        "ALP-8841", ISSUED, InvoiceIssuer.NON_PARTY, operator.name, operator.country, "USD"
    )
    third_country: dict[str, Any] = {
        "parties": (*certificate.parties, operator),
        "invoices": (invoice,),
        "remarks": (Remark(RemarkCode.THIRD_COUNTRY_INVOICING),),
        "number_raw": _number(agreement, 3234567),
    }
    return a_certificate(agreement=agreement, **(third_country | changes))


def a_replacement(original: Certificate, **changes: Any) -> Certificate:
    """Return the certificate that replaces another, under a new number."""
    replacing: dict[str, Any] = {
        "number_raw": f"{original.number_raw[:-1]}8",
        "number_key": "",
        "co_uid": str(uuid5(NAMESPACE_URL, f"replacement of {original.co_uid}")),
        "issuance_kind": IssuanceKind.REPLACEMENT,
        "lineage_position": original.lineage_position + 1,
        "references": (a_reference(Relation.REPLACES, original),),
    }
    return replace(original, **(replacing | changes))


def a_certified_copy(original: Certificate, **changes: Any) -> Certificate:
    """Return the certified true copy of a lost certificate, made ten days later."""
    made = original.issued_on + timedelta(days=10)
    words = (
        f"CERTIFIED TRUE COPY of the original Certificate of Origin number {original.number_raw}"
    )
    copying: dict[str, Any] = {
        "co_uid": str(uuid5(NAMESPACE_URL, f"copy of {original.co_uid}")),
        "issuance_kind": IssuanceKind.CERTIFIED_TRUE_COPY,
        "references": (a_reference(Relation.CERTIFIED_COPY_OF, original),),
        "remarks": (Remark(RemarkCode.CERTIFIED_TRUE_COPY, f"{words} dated {original.issued_on}"),),
        "issuance": replace(original.issuance, certification_date=made),
    }
    return replace(original, **(copying | changes))


def a_back_to_back_certificate(*originals: Certificate, **changes: Any) -> Certificate:
    """Return a certificate of an intermediate party that takes all from each original's item 1."""
    agreement = changes.pop("agreement", "AKFTA")
    quantity = originals[0].items[0].quantities[0]
    references = tuple(
        a_reference(Relation.BACK_TO_BACK_OF, original, QuantityTaken(1, 1, quantity))
        for original in originals
    )
    total = replace(quantity, value=quantity.value * len(originals))
    origin = originals[0].origin_country
    base: dict[str, Any] = {
        "number_raw": _number(agreement, 4234567),
        "issuance_kind": IssuanceKind.BACK_TO_BACK,
        "origin_country": origin,
        "references": references,
        "remarks": (Remark(RemarkCode.BACK_TO_BACK),),
        "items": (
            an_item(
                agreement=agreement,
                quantities=(total,),
                origin_country=origin if agreement == "RCEP" else None,
            ),
        ),
    }
    certificate = a_certificate(agreement=agreement, **(base | changes))
    if "valid_until" in changes:
        return certificate
    earliest = min(original.valid_until for original in originals)
    return replace(certificate, valid_until=min(certificate.valid_until, earliest))


def an_original_from(country: str, *, agreement: str = "AKFTA", **changes: Any) -> Certificate:
    """Return a certificate of another party, on which Korea may base a back-to-back one."""
    town = _PLACES[country][0]
    base: dict[str, Any] = {
        "number_raw": f"{country}-26-0009001",
        "export_country": country,
        "origin_country": country,
        "import_country": "KR",
        "parties": (
            Party(PartyRole.EXPORTER, "LION COMPONENTS", country, address=f"3 Dock Road, {town}"),
            Party(PartyRole.PRODUCER, "LION COMPONENTS", country),
            Party(PartyRole.CONSIGNEE, "HANBIT ELECTRONICS CO., LTD.", "KR"),
        ),
        "issuance": an_issuance(country, date(2026, 9, 1)),
        "issued_on": date(2026, 9, 1),
        "shipped_on": date(2026, 9, 1),
        "items": (an_item(agreement=agreement, origin_country=country),),
    }
    return a_certificate(agreement=agreement, **(base | changes))


def _several(agreement: str) -> Certificate:
    bulk = an_item(
        agreement=agreement,
        item_no=2,
        description="COPPER SCRAP IN BULK",
        hs="740400" if agreement in _SIX_DIGITS else "74040000",
        quantities=(weight("20000"),),
        marks=None,
        marks_code=MarkCode.NO_MARKS,
        packages=(),
        in_bulk=True,
        trademark=None,
        model=None,
    )
    return a_certificate(
        agreement=agreement,
        items=(an_item(agreement=agreement), bulk),
        total_gross_weight=weight("21250.5"),
    )


def example_certificates() -> Mapping[str, Certificate]:
    """Return three complete examples for each agreement, by the path of their file."""
    thirds = {
        "AKFTA": ("back-to-back", a_back_to_back_certificate(an_original_from("SG"))),
        "APTA": ("certified-copy", a_certified_copy(a_certificate(agreement="APTA"))),
        "ATIGA": ("replacement", a_replacement(a_certificate(agreement="ATIGA"))),
        "KCFTA": ("certified-copy", a_certified_copy(a_certificate(agreement="KCFTA"))),
        "KICEPA": ("replacement", a_replacement(a_certificate(agreement="KICEPA"))),
        "KRIN": ("third-country-invoice", a_third_country_certificate(agreement="KRIN")),
        "KVFTA": ("replacement", a_replacement(a_certificate(agreement="KVFTA"))),
        "RCEP": ("third-country-invoice", a_third_country_certificate(agreement="RCEP")),
    }
    examples: dict[str, Certificate] = {}
    for agreement, (name, third) in thirds.items():
        examples[f"{agreement}/several-items"] = _several(agreement)
        examples[f"{agreement}/issued-retroactively"] = a_retroactive_certificate(
            agreement=agreement
        )
        examples[f"{agreement}/{name}"] = third
    return examples
