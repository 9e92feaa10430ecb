"""C8 and C15: back-to-back and replacement. Numbers in brackets: exchange.md, appendix A."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from eodes.domain.certificate import (
    CertificateState,
    IssuanceKind,
    PartyRole,
    Relation,
    Remark,
    RemarkCode,
)
from tests.builders import (
    a_back_to_back_certificate,
    a_certificate,
    a_reference,
    a_replacement,
    an_issuance,
    an_original_from,
    weight,
)
from tests.judging import refused, warned

C8, C15 = "RUL-C08-BACK-TO-BACK", "RUL-C15-REPLACEMENT"
EARLIER = date(2026, 2, 2)


def two_originals():
    first = an_original_from("SG", number_raw="SG-26-1")
    second = an_original_from(
        "SG",
        number_raw="SG-26-2",
        issued_on=EARLIER,
        shipped_on=EARLIER,
        issuance=an_issuance("SG", EARLIER),
    )
    return first, second


def test_back_to_back_of_two_originals_is_accepted():
    # [12] two originals with different expiry
    originals = two_originals()
    certificate = a_back_to_back_certificate(*originals)

    assert certificate.valid_until == originals[1].valid_until == date(2027, 2, 1)
    assert refused(certificate, originals=originals) == []


def test_back_to_back_beyond_the_earliest_expiry_is_refused():
    originals = two_originals()
    certificate = a_back_to_back_certificate(*originals, valid_until=date(2027, 8, 31))

    assert refused(certificate, originals=originals) == ["RUL-C02-VALIDITY"]


def test_back_to_back_after_an_original_expired_is_refused():
    expired = replace(an_original_from("SG"), valid_until=date(2026, 11, 19))
    certificate = a_back_to_back_certificate(expired)

    assert refused(certificate, originals=(expired,)) == [C8, "RUL-F09-DATES"]


def test_total_above_an_original_is_refused():
    # [12] total above original
    original = an_original_from("SG")
    held = replace(original.items[0], quantities=(weight("1000"),))
    smaller = replace(original, items=(held,))

    assert refused(a_back_to_back_certificate(original), originals=(smaller,)) == [C8]


def test_item_above_what_it_takes_is_refused():
    certificate = a_back_to_back_certificate(an_original_from("SG"))
    more = replace(certificate.items[0], quantities=(weight("1250.6"),))

    assert refused(replace(certificate, items=(more,))) == [C8]


def test_item_that_names_no_taking_is_refused():
    certificate = a_back_to_back_certificate(an_original_from("SG"))
    silent = replace(certificate.references[0], quantities_taken=())

    assert refused(replace(certificate, references=(silent,))) == [C8]


def test_part_of_an_original_may_be_taken():
    certificate = a_back_to_back_certificate(original := an_original_from("SG"))
    part = replace(certificate.items[0], quantities=(weight("0.5"),))
    (taken,) = certificate.references[0].quantities_taken
    smaller = replace(taken, quantity=replace(taken.quantity, value=Decimal("0.5")))
    reference = replace(certificate.references[0], quantities_taken=(smaller,))

    partial = replace(certificate, items=(part,), references=(reference,))

    assert refused(partial, originals=(original,)) == []


def test_back_to_back_without_originals_is_refused():
    certificate = a_certificate(
        issuance_kind=IssuanceKind.BACK_TO_BACK, remarks=(Remark(RemarkCode.BACK_TO_BACK),)
    )

    assert refused(certificate) == [C8]


def test_originals_without_the_kind_are_refused():
    references = a_back_to_back_certificate(an_original_from("SG")).references

    assert refused(a_certificate(references=references)) == [C8]


def test_back_to_back_needs_its_tick_on_form():
    certificate = a_back_to_back_certificate(an_original_from("SG"))

    assert refused(replace(certificate, remarks=())) == [C8]


def test_back_to_back_where_the_form_knows_none():
    certificate = a_certificate(agreement="KCFTA")
    original = an_original_from("CN", agreement="KCFTA")
    wrong = replace(
        certificate,
        issuance_kind=IssuanceKind.BACK_TO_BACK,
        references=a_back_to_back_certificate(original, agreement="KCFTA").references,
        remarks=(Remark(RemarkCode.BACK_TO_BACK),),
    )

    assert "RUL-F10-KIND" in refused(wrong)


def test_unknown_original_of_back_to_back_is_noticed():
    certificate = a_back_to_back_certificate(an_original_from("SG"))

    assert warned(certificate, originals=()) == [C8]
    assert warned(certificate) == []


def test_replacement_that_keeps_the_facts_is_accepted():
    original = a_certificate()

    assert refused(a_replacement(original), originals=(original,)) == []


def test_replacement_for_another_destination_is_refused():
    original = a_certificate()
    moved = a_replacement(original, import_country="TH")

    assert refused(moved, originals=(original,)) == [C15]


def test_replacement_of_another_exporter_is_refused():
    original = a_certificate()
    exporter, buyer = original.parties
    other = replace(exporter, name="ANOTHER CO., LTD.")
    same = replace(exporter, name="Hanbit  Electronics Co., Ltd.")

    swapped = a_replacement(original, parties=(other, buyer))
    respelled = a_replacement(original, parties=(same, buyer))

    assert refused(swapped, originals=(original,)) == [C15]
    assert C15 not in refused(respelled, originals=(original,))
    assert exporter.role is PartyRole.EXPORTER


def test_original_of_another_agreement_with_the_same_number_is_passed_over():
    original = a_certificate()
    namesake = a_certificate(agreement="KCFTA", number_raw=original.number_raw)
    replaced = a_replacement(original)

    assert refused(replaced, originals=(namesake, original)) == []
    assert refused(replaced, originals=(namesake,)) == [C15] * 2


def test_cancelled_original_binds_nothing():
    original = a_certificate(state=CertificateState.CANCELLED)
    moved = a_replacement(original, import_country="TH", state=CertificateState.ISSUED)

    assert refused(moved, originals=(original,)) == []


def test_replacement_must_name_what_it_replaces():
    replacement = a_replacement(a_certificate(), references=())

    assert refused(replacement) == [C15]


def test_unknown_original_of_a_replacement_is_noticed():
    original = a_certificate()

    assert warned(a_replacement(original), originals=()) == [C15]


def test_original_is_found_however_its_number_is_written():
    original = a_certificate()
    spelled = replace(original, number_raw="k001 26 1234567")
    reference = a_reference(Relation.REPLACES, spelled)
    moved = a_replacement(original, import_country="TH", references=(reference,))

    assert refused(moved, originals=(original,)) == [C15]
