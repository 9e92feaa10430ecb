"""Codes read from paper: scans, photographs, and what is none."""

import io

import pytest
from PIL import Image

from ooms.documents import code, qr, scan
from ooms.documents.model import Answer
from tests.builders import a_certificate, items
from tests.papers import a_press, jpeg, photographed, raster

PRESS = a_press()
SEALED = PRESS.document(a_certificate(items=items(60)))


@pytest.mark.parametrize("page", [0, 1, 2])
def test_code_of_every_sheet_is_read_from_200_dpi(page):
    checked = PRESS.check(jpeg(raster(SEALED, dpi=200, page=page)))

    assert checked.authentic is Answer.YES
    assert checked.unaltered is Answer.UNKNOWN
    assert checked.summary is not None
    assert checked.summary.number == a_certificate().number_raw


def test_first_sheet_tells_items_and_later_ones_the_number():
    first, later = (PRESS.check(jpeg(raster(SEALED, page=page))).summary for page in (0, 1))

    assert first is not None
    assert later is not None
    assert (len(first.items), first.item_count) == (5, 60)
    assert (later.items, later.exporter) == ((), "")
    assert first.xml_sha256 == later.xml_sha256


@pytest.mark.parametrize("seed", range(6))
def test_code_is_read_from_a_hand_held_photograph(seed):
    # Ten pixels a millimetre, as a telephone half a page away.
    picture = photographed(raster(SEALED, dpi=254), seed=seed, blur=1.5)

    assert PRESS.check(jpeg(picture)).authentic is Answer.YES


def test_ladder_reads_what_the_first_look_cannot():
    soft = [photographed(raster(SEALED, dpi=200), seed=seed, blur=1.8) for seed in range(8)]

    first_look = sum(bool(scan._codes(one, scan.LADDER[:1])) for one in soft)
    with_ladder = sum(bool(scan._codes(one)) for one in soft)

    assert with_ladder > first_look
    assert with_ladder >= 7


def test_scan_of_the_paper_as_pdf_is_read_like_a_photograph():
    scanned = io.BytesIO()
    raster(SEALED, dpi=200).save(scanned, "PDF", resolution=200)

    checked = PRESS.check(scanned.getvalue())

    assert (checked.authentic, checked.unaltered) == (Answer.YES, Answer.UNKNOWN)
    assert "Compare what the seal says" in checked.remark


def test_unsealed_print_of_the_file_is_a_picture_only():
    plain = PRESS.compose(PRESS.printable(a_certificate()))

    assert PRESS.check(plain).unaltered is Answer.UNKNOWN


def test_codes_of_two_certificates_in_one_picture_are_refused():
    one, other = (
        raster(PRESS.document(a_certificate(number_raw=number)), dpi=150)
        for number in ("K001-26-0000001", "K001-26-0000002")
    )
    both = Image.new("L", (one.width + other.width, one.height), 255)
    both.paste(one, (0, 0))
    both.paste(other, (one.width, 0))

    checked = PRESS.check(jpeg(both, quality=90))

    assert checked.authentic is Answer.NO
    assert "lie together" in checked.findings[0].because


def test_picture_without_a_code_proves_nothing_either_way():
    drawn = qr.draw("https://somewhere.example/anything")
    assert drawn.modules >= 29

    checked = PRESS.check(jpeg(Image.new("L", (400, 400), 255)))

    assert checked.authentic is Answer.UNKNOWN
    assert "no sealed code was found" in checked.findings[0].because


def test_text_of_a_code_is_checked_as_it_stands():
    text = qr.summary_code(PRESS.printable(a_certificate()).summary, key=PRESS.key).text

    assert PRESS.check(text.encode() + b"\n").authentic is Answer.YES
    assert PRESS.check(text[:-1].encode()).authentic is Answer.NO


@pytest.mark.parametrize(
    "junk", [b"", b"GIF89a", b"%PDF-1.7 nothing", b"\x89PNG\r\n\x1a\n", b"EO1:"]
)
def test_junk_is_never_believed_and_the_reason_told(junk):
    checked = PRESS.check(junk)

    assert checked.authentic is not Answer.YES
    assert "0x" not in checked.findings[0].because
    assert not checked.findings[0].passed


def test_picture_of_too_many_pixels_is_never_unpacked():
    bomb = io.BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")

    with pytest.raises(scan.UnreadableError, match="pixels"):
        scan.codes_in_picture(bomb.getvalue())


def test_file_larger_than_a_photograph_is_refused():
    with pytest.raises(scan.UnreadableError, match="MiB"):
        scan.codes_in_picture(bytes(scan.MAX_BYTES + 1))


def test_printed_module_keeps_its_width():
    summary = PRESS.printable(a_certificate(items=items(60))).summary

    drawn = qr.summary_code(summary, key=PRESS.key)

    assert drawn.module_mm(qr.SUMMARY_MM) >= qr.LEAST_MODULE_MM
    assert qr.MINIMAL_MODULE_MM >= qr.LEAST_MODULE_MM
    assert drawn.text.startswith(code.PREFIX)
