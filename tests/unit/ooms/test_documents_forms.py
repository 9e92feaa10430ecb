"""Each form on paper: every box in its place, filled and endorsed as the law says."""

from dataclasses import replace

import pytest

from eodes.domain.certificate import IssuanceKind, Remark, RemarkCode
from ooms.documents.layouts import layout_of, layouts, names
from ooms.gateway.box_words import is_column
from tests.builders import (
    a_back_to_back_certificate,
    a_certificate,
    a_certified_copy,
    a_replacement,
    a_retroactive_certificate,
    a_third_country_certificate,
    an_original_from,
    example_certificates,
)
from tests.papers import a_press, forms, text_of

FORMS = tuple(forms().editions)
FORM_IDS = [form.agreement for form in FORMS]
PRESS = a_press()


def sheet(certificate):
    return PRESS.printable(certificate).sheet


def box(certificate, number):
    return next(one for one in sheet(certificate).boxes if one.number == number)


@pytest.mark.parametrize("form", FORMS, ids=FORM_IDS)
def test_every_box_of_a_form_has_one_place(form):
    layout = layout_of(form.agreement, form.form_type)

    assert sorted(layout.boxes()) == sorted(one.number for one in form.boxes)
    assert {one.box for one in layout.columns} == {
        one.number for one in form.boxes if is_column(one)
    }


@pytest.mark.parametrize("form", FORMS, ids=FORM_IDS)
def test_every_word_and_tick_has_a_box_and_source(form):
    layout = layout_of(form.agreement, form.form_type)
    boxes = {one.number for one in form.boxes}

    assert sum(one.width for one in layout.columns) == 190
    assert {one.box for one in (*layout.texts, *layout.wordings)} | set(layout.ticks) <= boxes
    sources = [one.source for one in (*layout.texts, *layout.wordings)]
    assert all(len(one) > 3 for one in (*sources, *(note.source for note in layout.notes)))
    assert layout.seal == layout.lower[1].box


def test_every_layout_is_of_a_form_that_ships():
    assert set(layouts()) == {(form.agreement, form.form_type) for form in FORMS}


@pytest.mark.parametrize("name", sorted(example_certificates()))
def test_every_example_is_printed_with_all_it_says(name):
    certificate = example_certificates()[name]

    words = text_of(PRESS.compose(PRESS.printable(certificate)))

    buyer = next(one for one in certificate.parties if one.role in ("CONSIGNEE", "IMPORTER"))
    expected = [
        certificate.number_raw,
        certificate.parties[0].name,
        buyer.name,
        names().countries[certificate.import_country],
        certificate.issuance.declarant_name,
        certificate.issuance.signatory.name,
        certificate.issuance.body.name,
        *(one.criterion.printed for one in certificate.items),
        *(one.number for one in certificate.invoices),
    ]
    assert [one for one in expected if " ".join(one.split()) not in words] == []


@pytest.mark.parametrize("form", FORMS, ids=FORM_IDS)
def test_every_box_shows_its_number_and_title(form):
    words = text_of(PRESS.compose(PRESS.printable(a_certificate(agreement=form.agreement))), 0)
    bare = words.replace(" ", "").replace("-", "")

    missing = [
        one.number
        for one in form.boxes
        if (f"{one.number}." if one.number != "0" else "") + _bare(one.title) not in bare
    ]

    assert missing == []


def _bare(text):
    return text.replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    ("agreement", "number", "words"),
    [
        ("AKFTA", "12", "ISSUED RETROACTIVELY"),
        ("KVFTA", "12", "ISSUED RETROACTIVELY"),
        ("KCFTA", "5", "ISSUED RETROACTIVELY"),
        ("KRIN", "6", "ISSUED RETROSPECTIVELY"),
        ("KICEPA", "4", "ISSUED RETROACTIVELY"),
        ("APTA", "3", "ISSUED RETROACTIVELY"),
    ],
)
def test_late_issue_is_written_in_its_box(agreement, number, words):
    late = a_retroactive_certificate(agreement=agreement)

    assert box(late, number).endorsements == (words,)


@pytest.mark.parametrize(("agreement", "number"), [("ATIGA", "13"), ("RCEP", "17")])
def test_late_issue_is_ticked_where_the_form_has_ticks(agreement, number):
    late = box(a_retroactive_certificate(agreement=agreement), number)

    ticked = [one.words.upper() for one in late.ticks if one.is_set]
    assert ticked == ["ISSUED RETROACTIVELY"]
    assert late.endorsements == ()


@pytest.mark.parametrize(
    ("agreement", "number"),
    [("AKFTA", "12"), ("KVFTA", "12"), ("KRIN", "6"), ("KICEPA", "4"), ("APTA", "3")],
)
def test_certified_copy_bears_the_words_and_original_date(agreement, number):
    original = a_certificate(agreement=agreement)
    copy = a_certified_copy(original)

    assert "CERTIFIED TRUE COPY" in box(copy, number).endorsements
    assert sheet(copy).facts["issued_on"] == "20 Nov 2026"
    assert sheet(copy).facts["certified_on"] == "30 Nov 2026"


def test_chinese_certified_copy_names_the_original_and_its_date():
    original = a_certificate(agreement="KCFTA")

    said = box(a_certified_copy(original), "5").endorsements

    words = "CERTIFIED TRUE COPY of the original Certificate of Origin number"
    assert said == (f"{words} {original.number_raw} dated 20 Nov 2026",)


def test_indonesian_certified_copy_dates_the_original_in_box_12():
    copy = a_certified_copy(a_certificate(agreement="KICEPA"))

    assert box(copy, "12").endorsements == (
        "Date of issue of the original certificate: 20 Nov 2026",
    )


def test_rcep_certified_copy_bears_the_day_of_reissue():
    copy = a_certified_copy(a_certificate(agreement="RCEP"))

    assert box(copy, "14").endorsements == ("CERTIFIED TRUE COPY", "Reissued on 30 Nov 2026")


@pytest.mark.parametrize(
    ("agreement", "number"),
    [("AKFTA", "12"), ("KVFTA", "12"), ("KICEPA", "4"), ("RCEP", "14"), ("ATIGA", "12")],
)
def test_replacement_names_the_certificate_that_it_replaces(agreement, number):
    original = a_certificate(agreement=agreement)

    said = box(a_replacement(original), number).endorsements

    assert said == (
        f"Replaces Certificate of Origin No. {original.number_raw} issued on 20 Nov 2026",
    )


def test_back_to_back_is_ticked_and_names_its_original():
    original = an_original_from("SG")
    certificate = a_back_to_back_certificate(original)

    printed = sheet(certificate)

    assert [one.words for one in box(certificate, "13").ticks if one.is_set] == ["Back-to-Back CO"]
    assert any(original.number_raw in line for line in printed.rows[0].cells["7"])


@pytest.mark.parametrize("agreement", ["AKFTA", "KVFTA", "ATIGA"])
def test_third_country_operator_stands_beside_the_goods(agreement):
    certificate = a_third_country_certificate(agreement=agreement)

    cell = " ".join(sheet(certificate).rows[0].cells["7"])

    assert cell.count("ALPINE TRADING AG") == 1
    assert "Switzerland" in cell
    assert "Third Country Invoicing" in [
        one.words for one in box(certificate, "13").ticks if one.is_set
    ]


@pytest.mark.parametrize(
    ("agreement", "number"), [("KCFTA", "5"), ("KRIN", "14"), ("KICEPA", "4"), ("RCEP", "14")]
)
def test_third_country_operator_stands_in_the_remarks(agreement, number):
    said = " ".join(box(a_third_country_certificate(agreement=agreement), number).lines)

    assert said.count("ALPINE TRADING AG") == 1
    assert "Switzerland" in said


def test_kind_of_issue_is_endorsed_without_a_remark():
    bare = a_certified_copy(a_certificate(agreement="KVFTA"), remarks=())

    assert bare.issuance_kind is IssuanceKind.CERTIFIED_TRUE_COPY
    assert box(bare, "12").endorsements == ("CERTIFIED TRUE COPY",)


def test_other_remarks_are_printed_as_they_stand():
    certificate = a_certificate(
        agreement="KCFTA", remarks=(Remark(RemarkCode.OTHER, "Goods of lot 7"),)
    )

    assert "Goods of lot 7" in box(certificate, "5").lines


@pytest.mark.parametrize(
    ("agreement", "number"),
    [
        ("AKFTA", "12"),
        ("APTA", "3"),
        ("ATIGA", "12"),
        ("KCFTA", "5"),
        ("KICEPA", "4"),
        ("KRIN", "6"),
        ("KVFTA", "12"),
        ("RCEP", "14"),
    ],
)
def test_correction_names_the_certificate_it_corrects(agreement, number):
    original = a_certificate(agreement=agreement)
    corrected = a_replacement(original, issuance_kind=IssuanceKind.CORRECTION)

    words = f"Corrects Certificate of Origin No. {original.number_raw} issued on 20 Nov 2026"
    assert box(corrected, number).endorsements == (words,)


def test_regional_back_to_back_names_the_first_in_its_remarks():
    first = an_original_from("VN", agreement="RCEP")

    remarks = box(a_back_to_back_certificate(first, agreement="RCEP"), "14")

    words = f"Back-to-back; original proof of origin No. {first.number_raw} dated 1 Sep 2026"
    assert remarks.lines[0].startswith(words)


def test_copy_of_a_replacement_names_what_that_replaced():
    original = a_certificate()
    replacement = a_replacement(original)
    copy = a_certified_copy(replacement)
    copy = replace(copy, references=(*replacement.references, *copy.references))

    assert box(copy, "12").endorsements == (
        "CERTIFIED TRUE COPY",
        f"Replaces Certificate of Origin No. {original.number_raw} issued on 20 Nov 2026",
    )
