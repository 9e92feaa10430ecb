"""A certificate and a partner for tests of dialects: five items, every kind of record."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from eodes.domain.certificate import (
    AdvanceRuling,
    Attachment,
    Certificate,
    CertificateItem,
    CertificateReference,
    Criterion,
    CriterionKind,
    Cumulation,
    CumulationKind,
    Disclosure,
    ExportDeclarationLink,
    FobValue,
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
    TransitKind,
    Transport,
    TransportLeg,
    TransportMode,
)
from eodes.domain.partner import AcceptedForm, Charset, Content, Profile, Wire

AGREEMENTS = ("KCFTA", "APTA", "AKFTA", "KVFTA", "KRIN", "KICEPA", "RCEP", "ATIGA")


def a_partner(dialect: str = "eodes", **content) -> Profile:
    forms = tuple(AcceptedForm(agreement, "CO") for agreement in AGREEMENTS)
    return Profile(
        code="zz-test",
        version="1",
        dated=date(2026, 1, 1),
        authority="CN-GACC",
        country="CN",
        name="Test customs",
        wire=Wire(dialect=dialect),
        content=Content(**({"forms": forms, "charset": Charset.UNICODE} | content)),
    )


def an_item(item_no: int = 1, **changes) -> CertificateItem:
    item = CertificateItem(
        item_no=item_no,
        description="Static converters for automatic data processing machines, 12 V",
        hs="850440",
        hs_edition=2022,
        criterion=Criterion(
            CriterionKind.TARIFF_CHANGE_AND_VALUE_CONTENT,
            "PSR",
            level=TariffChangeLevel.HEADING,
            percent=Decimal("45.5"),
        ),
        quantities=(
            Quantity(QuantityKind.GROSS_WEIGHT, Decimal("1250.5"), "KGM"),
            Quantity(QuantityKind.NUMBER, Decimal(5000), "C62"),
        ),
        invoice_refs=(1,),
        marks="KR-CN 2026/117\nMADE IN KOREA",
        packages=(Package(50, "CT"), Package(2, "PX")),
        trademark="HANBIT",
        model=f"HB-{item_no:03d}",
    )
    return replace(item, **changes)


def a_certificate(agreement: str = "KCFTA", **changes) -> Certificate:
    certificate = Certificate(
        co_uid="0198a7b2-0000-7000-8000-000000000001",
        agreement=agreement,
        form_type="CO",
        number_raw="K001-16-1234567",
        issuance_kind=IssuanceKind.ORIGINAL,
        issued_on=date(2026, 11, 20),
        valid_from=date(2026, 11, 20),
        valid_until=date(2027, 11, 20),
        export_country="KR",
        origin_country="KR",
        import_country="CN",
        rule_pack_version="kcfta-2026.1",
        parties=(
            Party(
                PartyRole.EXPORTER,
                "Hanbit Electronics Co., Ltd.",
                "KR",
                address="117 Teheran-ro, Gangnam-gu",
                city="Seoul",
                tax_id="1208147521",
                telephone="+82-2-555-0117",
                fax="+82-2-555-0118",
                email="export@hanbit.example",
            ),
            Party(PartyRole.PRODUCER, "Hanbit Power Devices", "KR", address="5 Gongdan-ro, Gumi"),
            Party(PartyRole.CONSIGNEE, "Qingdao Haida Trading", "CN", address="8 Donghai Rd"),
        ),
        invoices=(
            Invoice("HB-2026-0117", date(2026, 11, 18), currency="USD", total=Decimal("125000.00")),
        ),
        items=tuple(an_item(number) for number in range(1, 6)),
        issuance=Issuance(
            body=IssuingBody("KR-KCS-020", "Busan Customs", "KR", "Busan"),
            signatory=Signatory("KCS0042", "Kim Minseo", SignatoryMode.ELECTRONIC),
            seal=Seal.ELECTRONIC,
            declaration_place="Seoul",
            declaration_date=date(2026, 11, 19),
            declarant_name="Lee Jiwoo",
            certification_place="Busan",
            certification_date=date(2026, 11, 20),
            application_id="A-2026-000117",
            export_declaration_numbers=("020-10-26-0117000", "020-10-26-0117001"),
        ),
        shipped_on=date(2026, 11, 19),
        transport=Transport(
            departure_date=date(2026, 11, 19),
            mode=TransportMode.MARITIME,
            conveyance_name="HANJIN BUSAN",
            voyage="0117W",
            port_of_loading="KRPUS",
            port_of_discharge="CNTAO",
            route_text="Busan to Qingdao",
        ),
    )
    return replace(certificate, **changes)


def a_full_certificate(agreement: str = "KCFTA") -> Certificate:
    """A certificate with a value in every field that may travel."""
    base = a_certificate(agreement)
    operator = Party(
        PartyRole.NON_PARTY_OPERATOR, "Osaka Trade KK", "JP", address="2-1 Umeda", city="Osaka"
    )
    second = Party(PartyRole.PRODUCER, "Daegu Parts", "KR", disclosure=Disclosure.SAME_AS_EXPORTER)
    others = tuple(
        Party(role, f"The {role.value.lower()}", "KR", telephone="+82-2-1", email="a@b.example")
        for role in (
            PartyRole.IMPORTER,
            PartyRole.EXHIBITION,
            PartyRole.APPLICANT,
            PartyRole.AGENT,
        )
    )
    item = an_item(
        6,
        marks=None,
        marks_code=MarkCode.NO_MARKS,
        in_bulk=True,
        packages=(),
        origin_country="KR",
        cumulation=Cumulation(CumulationKind.REGIONAL, ("KR", "VN"), Decimal(12)),
        de_minimis=True,
        fob=FobValue(Decimal("1250.50"), "USD"),
        producer_ref=2,
        invoice_refs=(1, 2),
        export_declaration_line="001",
        advance_ruling=AdvanceRuling("Korea Customs Service", "AR-1", date(2025, 5, 1)),
        quantities=(
            Quantity(QuantityKind.GROSS_WEIGHT, Decimal("10.5"), "KGM"),
            Quantity(QuantityKind.NET_WEIGHT, Decimal("9.25"), "KGM"),
            Quantity(QuantityKind.VOLUME, Decimal("0.5"), "MTQ"),
            Quantity(QuantityKind.NUMBER, Decimal(12), "C62"),
        ),
    )
    return replace(
        base,
        issuance_kind=IssuanceKind.REPLACEMENT,
        lineage_position=1,
        issued_zone="Asia/Seoul",
        intended_shipment_on=date(2026, 11, 18),
        retroactive=True,
        retroactive_reason="Shipped before the office opened",
        issued_in_fallback=True,
        total_gross_weight=Quantity(QuantityKind.GROSS_WEIGHT, Decimal(6263), "KGM"),
        parties=(*base.parties, operator, second, *others),
        invoices=(
            *base.invoices,
            Invoice(
                "OT-7", date(2026, 11, 19), InvoiceIssuer.NON_PARTY, "Osaka Trade KK", "JP", "JPY"
            ),
        ),
        items=(*base.items, item),
        issuance=replace(base.issuance, security_text="https://verify.example/k/1"),
        transport=replace(
            base.transport,
            port_of_loading_text="Busan",
            port_of_discharge_text="Qingdao",
            legs=(TransportLeg("HK", TransitKind.TRANSSHIPMENT, "HKHKG", 3),),
        ),
        references=(
            CertificateReference(
                Relation.REPLACES,
                "K001-16-1234566",
                "KR",
                issued_on=date(2026, 11, 1),
                valid_until=date(2027, 11, 1),
                issuer="Busan Customs",
                quantities_taken=(
                    QuantityTaken(1, 1, Quantity(QuantityKind.NUMBER, Decimal(3), "C62")),
                ),
            ),
        ),
        remarks=(
            Remark(RemarkCode.THIRD_COUNTRY_INVOICING, "Osaka Trade KK, Japan"),
            Remark(RemarkCode.ISSUED_RETROACTIVELY),
        ),
        export_declarations=(
            ExportDeclarationLink(
                "020-10-26-0117000", "001", date(2026, 11, 18), date(2026, 11, 19)
            ),
        ),
        attachments=(Attachment("INVOICE", "a" * 64, "application/pdf", "Invoice"),),
    )
