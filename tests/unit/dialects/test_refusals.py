"""What a partner cannot take is said before anything is signed, with the box of the form."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from eodes.dialects.engine import load_dialect
from eodes.domain.certificate import Disclosure, Invoice, Quantity, QuantityKind
from eodes.domain.partner import (
    Charset,
    Content,
    FieldRule,
    Numbers,
    NumberStyle,
    Presence,
)
from tests.builders import a_certificate, an_item, items
from tests.conformance.arbitrary import a_partner_for

HOUSE = load_dialect("eodes")
GACC = load_dialect("gacc")


def a_partner(**content):
    profile = a_partner_for(a_certificate(agreement="KCFTA"))
    return replace(profile, content=replace(profile.content, **content))


def refusals(certificate, profile=None, dialect=HOUSE):
    written = dialect.write_certificate(certificate, profile=profile or a_partner())
    assert isinstance(written, tuple), "written without a complaint"
    return written


def written(certificate, profile=None, dialect=HOUSE):
    element = dialect.write_certificate(certificate, profile=profile or a_partner())
    assert not isinstance(element, tuple), element
    return element


def read(element, dialect=HOUSE):
    return dialect.read_certificate(element)


def a_kcfta(**changes):
    return a_certificate(agreement="KCFTA", **changes)


def test_form_that_the_partner_does_not_take_is_refused():
    (refusal,) = refusals(a_kcfta(form_type="OTHER"))

    assert (refusal.code, refusal.path) == ("RUL-FORM", "form_type")


def test_foreign_letters_are_refused_with_place_and_box():
    item = an_item(agreement="KCFTA", description="정지형 변환기")

    (refusal,) = refusals(a_kcfta(items=(item,)), a_partner(charset=Charset.ASCII))

    assert (refusal.code, refusal.path, refusal.box) == (
        "RUL-CHARSET",
        "items[0].description",
        "8",
    )


def test_transliterated_letters_are_told_as_notice():
    certificate = a_kcfta(items=(an_item(agreement="KCFTA", trademark="Ångström"),))
    profile = a_partner(charset=Charset.ASCII, transliterate=True)

    element = written(certificate, profile)
    (notice,) = HOUSE.notices(certificate, profile=profile)

    assert read(element).items[0].trademark == "Angstrom"
    assert "Ångström" in notice.detail
    assert notice.code == "RUL-TRANSLITERATED"


def test_letters_without_latin_shape_are_not_transliterated():
    certificate = a_kcfta(items=(an_item(agreement="KCFTA", trademark="한빛"),))

    (refusal,) = refusals(certificate, a_partner(charset=Charset.ASCII, transliterate=True))

    assert refusal.code == "RUL-CHARSET"


def test_latin_letters_pass_where_the_partner_takes_them():
    certificate = a_kcfta(items=(an_item(agreement="KCFTA", trademark="Ångström"),))

    element = written(certificate, a_partner(charset=Charset.LATIN_1))

    assert read(element).items[0].trademark == "Ångström"


def test_control_characters_are_refused_in_any_charset():
    (refusal,) = refusals(a_kcfta(items=(an_item(agreement="KCFTA", marks="A\x07B"),)))

    assert (refusal.code, refusal.box) == ("RUL-CHARSET", "7")


def test_text_longer_than_the_partner_reads_is_refused():
    item = an_item(agreement="KCFTA", description="X" * 101)

    (refusal,) = refusals(a_kcfta(items=(item,)), a_partner(longest_text=100))

    assert (refusal.code, refusal.box) == ("RUL-LENGTH", "8")
    assert "101 characters" in refusal.detail


def test_items_over_the_cap_are_refused():
    (refusal,) = refusals(a_kcfta(items=items(3, agreement="KCFTA")), a_partner(item_cap=2))

    assert refusal.code == "RUL-ITEM-CAP"


def test_digits_beyond_what_the_partner_reads_are_refused():
    item = an_item(agreement="KCFTA", hs="8504409000")

    (refusal,) = refusals(a_kcfta(items=(item,)), a_partner(hs_digits_most=6))

    assert (refusal.code, refusal.path, refusal.box) == ("RUL-HS-DIGITS", "items[0].hs", "9")


def test_edition_that_the_partner_does_not_read_is_refused():
    (refusal,) = refusals(a_kcfta(), a_partner(hs_editions=(2012,)))

    assert refusal.code == "RUL-HS-EDITION"


def test_number_that_breaks_the_partners_pattern_is_refused():
    profile = replace(a_partner(), numbers=Numbers(pattern="[0-9]+"))

    (refusal,) = refusals(a_kcfta(), profile)

    assert (refusal.code, refusal.path) == ("RUL-NUMBER", "number_raw")


def test_number_is_written_in_the_partners_style():
    profile = replace(a_partner(), numbers=Numbers(style=NumberStyle.WITHOUT_HYPHENS))

    element = written(a_kcfta(number_raw="K001-26-1"), profile)

    assert read(element).number_raw == "K001261"


def test_number_goes_without_hyphens_to_chinese_customs():
    element = written(a_kcfta(number_raw="K001-26-1"), dialect=GACC)

    assert read(element, GACC).number_raw == "K001261"


def test_datum_that_the_partner_wants_is_missed():
    rule = FieldRule("parties[role=EXPORTER].tax_id", Presence.MANDATORY)

    (refusal,) = refusals(a_kcfta(), a_partner(fields=(rule,)))

    assert (refusal.code, refusal.path, refusal.box) == (
        "RUL-MISSING",
        "parties[role=EXPORTER].tax_id",
        "1",
    )


def test_party_that_the_partner_wants_is_missed():
    rule = FieldRule("parties[role=IMPORTER].name", Presence.MANDATORY)

    (refusal,) = refusals(a_kcfta(), a_partner(fields=(rule,)))

    assert refusal.code == "RUL-MISSING"


def test_datum_that_the_partner_forbids_is_refused_per_item():
    rule = FieldRule("items[].trademark", Presence.FORBIDDEN, agreement="KCFTA")
    both = (
        an_item(agreement="KCFTA", trademark=None),
        an_item(agreement="KCFTA", item_no=2, trademark="HANBIT"),
    )

    (refusal,) = refusals(a_kcfta(items=both), a_partner(fields=(rule,)))

    assert (refusal.code, refusal.path) == ("RUL-FORBIDDEN", "items[1].trademark")


def test_rule_of_another_agreement_does_not_bind():
    rule = FieldRule("items[].trademark", Presence.FORBIDDEN, agreement="APTA")

    element = written(a_kcfta(), a_partner(fields=(rule,)))

    assert read(element).items[0].trademark == "HANBIT"


def test_producer_masked_beyond_the_partners_leave_is_refused():
    certificate = a_kcfta()
    producers = tuple(
        replace(one, disclosure=Disclosure.CONFIDENTIAL) if one.role == "PRODUCER" else one
        for one in certificate.parties
    )

    (refusal,) = refusals(
        replace(certificate, parties=producers),
        a_partner(producer_disclosures=(Disclosure.DISCLOSED,)),
    )

    assert refusal.code == "RUL-DISCLOSURE"


@pytest.mark.parametrize("dialect", [HOUSE, GACC], ids=["eodes", "gacc"])
def test_withheld_producer_never_reaches_the_wire(dialect):
    certificate = a_kcfta()
    secret = replace(
        certificate.party("PRODUCER"),
        name="SECRET WORKS",
        address="1 Hidden Lane",
        disclosure=Disclosure.AVAILABLE_UPON_REQUEST,
    )
    others = tuple(one for one in certificate.parties if one.role != "PRODUCER")

    element = written(replace(certificate, parties=(*others, secret)), dialect=dialect)

    words = "".join(element.itertext())
    assert "SECRET" not in words
    assert "Hidden" not in words
    assert "AVAILABLE UPON REQUEST" in words


def test_two_invoices_with_one_number_cannot_be_referred_to():
    first = Invoice("HB-1", date(2026, 11, 18))
    twin = Invoice("HB-1", date(2026, 11, 19))

    (refusal,) = refusals(a_kcfta(invoices=(first, twin)), dialect=GACC)

    assert (refusal.code, refusal.path, refusal.box) == (
        "RUL-REFERENCE",
        "items[0].invoice_refs",
        "12",
    )


def test_reference_to_no_invoice_is_refused():
    item = an_item(agreement="KCFTA", invoice_refs=(2,))

    (refusal,) = refusals(a_kcfta(items=(item,)), dialect=GACC)

    assert "place 2" in refusal.detail


def test_every_flaw_is_told_at_once():
    item = an_item(agreement="KCFTA", hs="8504409000", description="변환기", marks="\x07")

    told = refusals(a_kcfta(items=(item,)), a_partner(charset=Charset.ASCII, hs_digits_most=6))

    assert {one.code for one in told} == {"RUL-HS-DIGITS", "RUL-CHARSET"}
    assert {one.box for one in told} == {"7", "8", "9"}


def test_second_quantity_of_a_kind_keeps_its_place_in_line():
    both = (
        Quantity(QuantityKind.NUMBER, Decimal(10), "C62"),
        Quantity(QuantityKind.NUMBER, Decimal(2), "SET"),
    )
    certificate = a_kcfta(items=(an_item(agreement="KCFTA", quantities=both),))

    element = written(certificate, dialect=GACC)

    assert read(element, GACC).items[0].quantities == both


def test_invoice_number_unknown_to_the_certificate_is_refused():
    element = written(a_kcfta(), dialect=GACC)
    reference = element.find(".//{*}Goods/{*}InvNo")
    reference.text = "OTHER-1"

    refusal = read(element, GACC)

    assert (refusal.code, refusal.box) == ("REF-PLACE", "")
    assert refusal.path.endswith("InvNo")


def test_code_outside_the_partners_list_is_refused():
    element = written(a_kcfta(), dialect=GACC)
    element.find(".//{*}ProducerSertFlag").text = "9"

    refusal = read(element, GACC)

    assert refusal.code == "REF-CODE"
    assert refusal.path.endswith("ProducerSertFlag")


def test_party_standing_flat_without_country_is_refused():
    element = written(a_kcfta(), dialect=GACC)
    country = element.find(".//{*}ConsigneeCountry")
    country.getparent().remove(country)

    refusal = read(element, GACC)

    assert refusal.code == "SCH-INCOMPLETE"
    assert "country" in refusal.detail


def test_certificate_of_another_dialect_is_refused():
    element = written(a_kcfta(), dialect=GACC)

    assert read(element).code == "SCH-INVALID"


def test_partner_content_has_strict_defaults():
    content = Content(forms=a_partner().content.forms)

    assert (content.charset, content.transliterate) == (Charset.ASCII, False)
