"""C12, C13 and the integrity of fields."""

from dataclasses import replace

import pytest

from eodes.domain.certificate import MarkCode, Package, PartyRole, Remark, RemarkCode
from eodes.domain.constraints.judge import judge
from tests.builders import a_certificate, an_exporter, an_item, items
from tests.judging import context_for, refused, warned

C12, C13 = "RUL-C12-CHARSET", "RUL-C13-BOX"


def with_item(agreement="AKFTA", **changes):
    return a_certificate(agreement=agreement, items=(an_item(agreement=agreement, **changes),))


def test_text_with_a_likeness_is_sent_with_notice():
    certificate = with_item(description="CAF\u00c9 MACHINES")

    assert warned(certificate, charset="ascii") == [C12]
    assert refused(certificate, charset="ascii") == []
    assert warned(certificate, charset="latin-1") == []


def test_notice_shows_what_will_be_sent():
    certificate = with_item(description="CAF\u00c9 MACHINES")

    (finding,) = judge(certificate, context_for(certificate, charset="ascii"))

    assert finding.path == "/items/0/description"
    assert "CAFE MACHINES" in finding.detail


def test_text_without_a_likeness_is_refused():
    certificate = with_item(description="\uc815\ub958\uae30")

    assert refused(certificate, charset="ascii") == [C12]
    assert refused(certificate, charset="utf-8") == []


def test_no_character_set_means_no_judgement():
    assert refused(with_item(description="\uc815\ub958\uae30")) == []


@pytest.mark.parametrize(
    ("agreement", "role", "box"),
    [("AKFTA", PartyRole.CONSIGNEE, "2"), ("KCFTA", PartyRole.PRODUCER, "2")],
)
def test_missing_party_leaves_its_box_empty(agreement, role, box):
    certificate = a_certificate(agreement=agreement)
    fewer = tuple(party for party in certificate.parties if party.role is not role)
    incomplete = replace(certificate, parties=fewer)

    findings = judge(incomplete, context_for(incomplete))

    assert {finding.code for finding in findings} == {C13}
    assert {finding.box for finding in findings} == {box}


def test_india_wants_every_contact_of_the_exporter():
    certificate = a_certificate(agreement="KRIN")
    exporter, buyer = certificate.parties

    mute = replace(certificate, parties=(replace(exporter, email=None), buyer))

    assert refused(mute) == [C13]


def test_item_without_country_of_origin_is_refused():
    assert refused(with_item("RCEP", origin_country=None)) == [C13]


def test_item_without_packages_or_bulk_is_refused():
    assert refused(with_item(packages=())) == [C13]
    assert refused(with_item(packages=(), in_bulk=True)) == []


def test_item_without_marks_needs_their_code():
    assert refused(with_item(marks=None)) == [C13]
    assert refused(with_item(marks=None, marks_code=MarkCode.NO_MARKS)) == []


def test_empty_box_names_item_and_number():
    certificate = a_certificate(items=(*items(1), an_item(item_no=2, packages=())))

    (finding,) = judge(certificate, context_for(certificate))

    assert (finding.path, finding.box) == ("/items/1/packages", "7")


def test_importer_may_stand_for_the_consignee():
    certificate = a_certificate(agreement="RCEP")
    parties = tuple(
        replace(party, role=PartyRole.IMPORTER) if party.role is PartyRole.CONSIGNEE else party
        for party in certificate.parties
    )

    assert refused(replace(certificate, parties=parties)) == []


@pytest.mark.parametrize("key", ["K00126123456", "K0O1261234567"])
def test_key_that_does_not_follow_is_refused(key):
    assert refused(a_certificate(number_key=key)) == ["RUL-F01-NUMBER-KEY"]


def test_marks_in_words_and_code_are_refused():
    assert refused(with_item(marks_code=MarkCode.NO_MARKS)) == ["RUL-F04-MARKS"]


def test_bulk_goods_in_packages_are_refused():
    assert refused(with_item(in_bulk=True, packages=(Package(1, "CT"),))) == ["RUL-F05-PACKAGES"]


@pytest.mark.parametrize("numbers", [(1, 1), (1, 3)])
def test_item_numbers_must_run_one_by_one(numbers):
    certificate = a_certificate(items=tuple(an_item(item_no=number) for number in numbers))

    assert refused(certificate) == ["RUL-F06-ITEM-NUMBERS"]


def test_order_of_the_items_does_not_matter():
    assert refused(a_certificate(items=items(3)[::-1])) == []


@pytest.mark.parametrize(
    "changes", [{"invoice_refs": (2,)}, {"invoice_refs": (0,)}, {"producer_ref": 1}]
)
def test_item_naming_what_is_not_there_is_refused(changes):
    assert refused(with_item(**changes)) == ["RUL-F07-PLACES"]


def test_producer_that_is_there_may_be_named():
    assert refused(with_item("KCFTA", producer_ref=1)) == []


def test_control_characters_in_text_are_refused():
    assert refused(with_item(description="STATIC\u0007 CONVERTERS")) == ["RUL-F08-TEXT"]
    assert refused(a_certificate(remarks=(Remark(RemarkCode.OTHER, "a\u200bb"),))) == [
        "RUL-F08-TEXT"
    ]


def test_text_outside_its_normal_form_is_noticed():
    certificate = a_certificate()
    exporter = replace(an_exporter(), name=" HANBIT ")

    assert warned(replace(certificate, parties=(exporter, certificate.parties[1]))) == [
        "RUL-F08-TEXT"
    ]
    assert warned(with_item(description="Cafe\u0301")) == ["RUL-F08-TEXT"]
