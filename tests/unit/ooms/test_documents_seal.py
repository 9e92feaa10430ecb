"""The sealed file: PDF/A-3 and PAdES as other libraries see them, and every change refused."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from eodes.api import Copy, pin_issuer, read_copy
from eodes.domain.certificate import Disclosure, Party, PartyRole
from ooms.documents import qr, seal
from ooms.documents.compose import UnprintableError, compose
from ooms.documents.model import Answer, Attached, validity
from tests.builders import a_certificate, an_item, items
from tests.papers import TODAY, a_press, pages_of, text_of
from tests.world import NOW

PRESS = a_press()
CERTIFICATE = a_certificate()
PRINTABLE = PRESS.printable(CERTIFICATE)
PLAIN = PRESS.compose(PRINTABLE)
SEALED = PRESS.seal(PLAIN)


def refused(data, **how):
    checked = PRESS.check(data, **how)
    assert not checked.is_good
    assert checked.authentic is Answer.NO or checked.unaltered is Answer.NO
    return checked.findings[-1].because


def test_file_is_pdf_a_3_with_tags_language_and_intent():
    with pikepdf.open(io.BytesIO(SEALED)) as pdf, pdf.open_metadata() as metadata:
        root = pdf.Root

        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "en"
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        assert "/Encrypt" not in pdf.trailer
        assert pdf.pdf_version == "1.7"
        assert "/Version" not in root
        assert "/StructTreeRoot" in root


def test_signed_xml_and_json_are_associated_files():
    with pikepdf.open(io.BytesIO(SEALED)) as pdf:
        described = {str(one.UF): one for one in pdf.Root.AF}
        xml = pdf.attachments["certificate.xml"].get_file().read_bytes()
        document = json.loads(pdf.attachments["certificate.json"].get_file().read_bytes())

    assert described["certificate.xml"].AFRelationship == "/Data"
    assert described["certificate.json"].AFRelationship == "/Alternative"
    pin = pin_issuer(PRESS.key.certificate_der, authority="KR-KCS")
    copy = read_copy(xml, trust={pin.sha256: pin}, at=NOW)
    assert isinstance(copy, Copy)
    assert copy.certificate == replace(CERTIFICATE, access_code=None)
    assert document["number_raw"] == CERTIFICATE.number_raw


def test_every_font_is_embedded_as_a_subset():
    with pikepdf.open(io.BytesIO(SEALED)) as pdf:
        fonts = [one for one in pdf.objects if _is(one, "/FontDescriptor")]

        assert len(fonts) >= 2
        assert all("/FontFile2" in one or "/FontFile3" in one for one in fonts)
        assert all("+Pretendard" in str(one.FontName) for one in fonts)


def _is(one, kind):
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == kind


@pytest.mark.parametrize("algorithm", ["ecdsa-sha256", "ecdsa-sha384", "rsa-sha256"])
def test_seal_is_pades_to_an_independent_validator(algorithm):
    press = a_press(algorithm=algorithm)
    sealed = press.document(CERTIFICATE)

    (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(press.key.certificate_der)],
        moment=NOW,
        allow_fetching=False,
    )
    status = validate_pdf_signature(
        signature, context, key_usage_settings=KeyUsageConstraints({"digital_signature"})
    )

    assert status.bottom_line, status.pretty_print_details()
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert signature.self_reported_timestamp == NOW
    assert press.check(sealed).is_good


def test_good_document_has_every_answer_and_reason():
    checked = PRESS.check(SEALED)

    assert checked.is_good
    assert (checked.authentic, checked.unaltered, checked.valid) == (Answer.YES,) * 3
    assert [one.check for one in checked.findings] == [
        "seal of the file",
        "signature of the XML",
        "printed code",
        "dates",
    ]
    assert "issuing office only" in checked.remark


def test_no_sampled_byte_under_the_seal_can_change():
    # The signature itself stands between these two; a change of its frame changes no content.
    begins = SEALED.index(b"/Contents <") + len(b"/Contents ")
    ends = SEALED.index(b">", begins)

    survived = [
        place
        for place in range(0, len(SEALED), 997)
        if not begins <= place <= ends and PRESS.check(_flipped(place)).is_good
    ]

    assert survived == []


def test_no_byte_of_the_signature_value_can_change():
    signature = SEALED.index(b"/Contents <") + len(b"/Contents <")
    ends = len(SEALED[signature:].partition(b">")[0].rstrip(b"0")) + signature

    # The last bytes of the message are the signature's own: r and s.
    survived = [
        place for place in range(ends - 60, ends, 2) if PRESS.check(_flipped(place)).is_good
    ]

    assert survived == []


def test_nothing_can_be_hidden_behind_the_signature():
    place = SEALED.index(b"00000000>", SEALED.index(b"/Contents <"))

    assert "hidden behind the signature" in refused(_flipped(place))


def _flipped(place):
    return SEALED[:place] + bytes([SEALED[place] ^ 1]) + SEALED[place + 1 :]


def test_anything_added_behind_the_seal_is_refused():
    longer = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(SEALED))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    writer.write(longer)

    assert "does not cover the whole file" in refused(longer.getvalue())
    assert "does not cover the whole file" in refused(SEALED + b"\n%more")
    assert "does not cover the whole file" in refused(SEALED[:-7])


def test_second_seal_over_the_first_is_refused():
    twice = io.BytesIO()
    again = PdfSigner(
        PdfSignatureMetadata("Other", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"),
        signer=seal._OfficeSigner(PRESS.key),
    )
    again.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(SEALED)), output=twice)

    assert "more than one seal" in refused(twice.getvalue())


def test_document_sealed_by_an_unknown_key_is_refused():
    stranger = a_press()

    assert "no trusted issuer" in refused(stranger.document(CERTIFICATE))


def test_one_administration_cannot_seal_anothers_certificates():
    china = a_press("CN-GACC")

    checked = china.check(china.document(CERTIFICATE))

    assert not checked.is_good
    assert "an administration seals its own country's" in checked.findings[-1].because


def test_key_not_in_force_when_it_sealed_is_refused():
    late = PRESS.document(CERTIFICATE, at=NOW + timedelta(days=701))

    assert "was not valid on" in refused(late)


def test_document_stays_good_after_its_key_expired():
    past = a_press(valid_from=NOW - timedelta(days=90), valid_until=NOW - timedelta(days=10))
    sealed = past.document(CERTIFICATE, at=NOW - timedelta(days=20))

    assert past.check(sealed).is_good


def test_xml_of_another_certificate_in_a_sealed_file_is_found():
    other = PRESS.printable(replace(CERTIFICATE, number_raw="K001-26-9999999", number_key=""))
    mixed = PRESS.seal(PRESS.compose(replace(PRINTABLE, attachments=other.attachments)))

    assert "another certificate" in refused(mixed).lower() or not PRESS.check(mixed).is_good
    found = [one for one in PRESS.check(mixed).findings if one.check == "printed code"]
    assert found[0].because == "the code is of another certificate"


def test_sealed_file_without_its_xml_is_refused():
    note = Attached("note.xml", "<a/>", "application/xml", "data", "not the certificate")
    bare = PRESS.seal(PRESS.compose(replace(PRINTABLE, attachments=(note,))))

    assert PRESS.check(bare).authentic is Answer.NO


@pytest.mark.parametrize(("days", "answer"), [(-2, Answer.NO), (0, Answer.YES), (370, Answer.NO)])
def test_validity_is_answered_by_the_dates(days, answer):
    assert PRESS.check(SEALED, on=TODAY + timedelta(days=days)).valid is answer


def test_document_is_valid_where_it_is_still_the_evening_before():
    early = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    said = replace(PRINTABLE.summary, issued_on=date(2026, 11, 23), sealed_at=early)

    assert validity(said, on=date(2026, 11, 22)) is Answer.YES
    assert validity(said, on=date(2026, 11, 21)) is Answer.NO


def test_same_input_is_set_in_the_same_bytes():
    drawn = qr.minimal_code(PRINTABLE.summary, key=PRESS.key)

    one, other = (
        compose(PRINTABLE, summary=drawn, minimal=drawn, check=(), at=NOW) for _ in range(2)
    )

    assert one == other


def test_number_of_every_page_stands_on_every_page():
    many = a_certificate(items=items(60))

    pdf = PRESS.document(many)
    pages = pages_of(pdf)

    assert pages > 3
    for page in range(pages):
        words = text_of(pdf, page)
        assert f"Page {page + 1} of {pages}" in words
        assert many.number_raw in words
    assert all(f"MODEL SC-{500 + number} " in text_of(pdf) + " " for number in range(1, 61))
    assert PRESS.check(pdf).is_good


def test_longest_item_of_the_model_fits_on_a_page():
    longest = an_item(
        description="STATIC CONVERTER " * 120, marks="MARK " * 100, trademark="T" * 200
    )

    pdf = PRESS.compose(PRESS.printable(a_certificate(items=(longest,))))

    assert text_of(pdf).count("STATIC CONVERTER") == 120


def test_hangul_is_printed_and_read_back():
    words = "\ud55c\ube5b\uc804\uc790 \uc8fc\uc2dd\ud68c\uc0ac"
    exporter = replace(CERTIFICATE.parties[0], name=words)
    certificate = replace(CERTIFICATE, parties=(exporter, *CERTIFICATE.parties[1:]))

    pdf = PRESS.document(certificate)

    assert words in text_of(pdf)
    said = PRESS.check(pdf).summary
    assert said is not None
    assert said.exporter == words


def test_character_without_a_glyph_is_refused_by_name():
    certificate = a_certificate(items=(an_item(description="\u6f22"),))

    with pytest.raises(UnprintableError, match="\u6f22"):
        PRESS.compose(PRESS.printable(certificate))


def test_withheld_producer_and_secret_code_stay_out():
    producer = Party(
        PartyRole.PRODUCER,
        "SECRET MAKER LTD.",
        "KR",
        address="9 Hidden Lane",
        disclosure=Disclosure.CONFIDENTIAL,
    )
    base = a_certificate(agreement="RCEP", access_code="TOPSECRETCODE234")
    certificate = replace(base, parties=(base.parties[0], producer, base.parties[2]))

    printable = PRESS.printable(certificate)
    said = text_of(PRESS.compose(printable)) + "".join(one.content for one in printable.attachments)

    assert "CONFIDENTIAL" in said
    assert "SECRET MAKER" not in said
    assert "Hidden Lane" not in said
    assert "TOPSECRETCODE" not in said
