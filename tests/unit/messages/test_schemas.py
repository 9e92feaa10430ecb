"""Our schema files are checked before use, and refusals say place and box."""

import shutil
import threading
from pathlib import Path

import pytest

from eodes import shipped
from eodes.dialects.register import Dialects
from eodes.errors import ConfigurationError
from eodes.messages import co_issue
from eodes.wire import envelope, parser
from eodes.wire.parser import Document, Limits
from eodes.wire.schemas import Schemas
from tests.builders import a_certificate, items
from tests.conformance.arbitrary import a_partner_for
from tests.unit.messages.test_envelope import PAYLOAD, a_header

XSD = shipped.folder("xsd")
SCHEMAS = Schemas.load(XSD)
DIALECTS = Dialects.load()


def a_document(dialect="eodes", *changes):
    certificate = a_certificate(agreement="KCFTA", items=items(3, agreement="KCFTA"))
    element = co_issue.SPEC.encode(
        co_issue.CertificateIssue(certificate),
        dialect=DIALECTS.named(dialect),
        profile=a_partner_for(certificate, dialect=dialect),
    )
    assert not isinstance(element, tuple), element
    raw = envelope.compose(a_header(), envelope.payload_bytes(element))
    for old, new in changes:
        assert old in raw
        raw = raw.replace(old, new, 1)
    document = parser.parse(raw, limits=Limits())
    assert isinstance(document, Document)
    return document.root


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(XSD, tmp_path / "xsd"))


@pytest.mark.parametrize("dialect", ["eodes", "gacc"])
def test_good_document_is_recognized_by_its_certificate(dialect):
    assert SCHEMAS.validate(a_document(dialect)) is None


def test_certificate_of_another_dialect_is_no_good_document():
    refusal = SCHEMAS.validate(a_document("gacc"), dialect="eodes")

    assert refusal is not None
    assert refusal.code == "SCH-INVALID"


def test_refusal_names_the_item_and_the_box():
    spoilt = a_document("eodes", (b"<SequenceNumeric>2<", b"<SequenceNumeric>0<"))

    refusal = SCHEMAS.validate(spoilt)

    assert refusal is not None
    assert refusal.box == "6"
    assert refusal.path.endswith("/GovernmentAgencyGoodsItem[2]/SequenceNumeric")


def test_explanation_tells_every_breach_in_words():
    spoilt = a_document(
        "gacc",
        (b"<GNo>2<", b"<GNo>0<"),
        (b"<OriCriteriaSub>PSR<", b"<OriCriteriaSub>XYZ<"),
        (b"<HSCode>850440<", b"<HSCode>85<"),
    )

    said = SCHEMAS.explain(spoilt)

    assert {one.box for one in said} >= {"6", "9", "10"}
    assert any("XYZ" in one.detail or "must be one of" in one.detail for one in said)
    assert all(one.path.startswith("/Message/Body") for one in said)


def test_prefixed_document_is_refused_and_not_choked_on():
    root = parser.parse(
        envelope.compose(a_header(), PAYLOAD)
        .replace(b"<NumberRaw>", b'<q:NumberRaw xmlns:q="urn:eodes:message:1">')
        .replace(b"</NumberRaw>", b"</q:NumberRaw><q:X xmlns:q='urn:eodes:message:1'/>"),
        limits=Limits(),
    )
    assert isinstance(root, Document)

    refusal = SCHEMAS.validate(root.root)

    assert refusal is not None
    assert refusal.code == "SCH-INVALID"


def test_unknown_dialect_has_no_schema():
    with pytest.raises(ConfigurationError, match="no schema for klingon"):
        SCHEMAS.validate(a_document(), dialect="klingon")


def test_changed_schema_file_is_refused(folder):
    file = folder / "eodes" / "1.0" / "types.xsd"
    file.write_text(file.read_text("utf-8").replace('maxLength value="256"', 'maxLength value="9"'))

    with pytest.raises(ConfigurationError, match=r"types\.xsd: differs from its MANIFEST"):
        Schemas.load(folder)


def test_missing_and_surplus_schema_files_are_refused(folder):
    (folder / "gacc" / "1.0" / "certificate.xsd").rename(folder / "gacc" / "1.0" / "other.xsd")

    with pytest.raises(ConfigurationError, match=r"certificate\.xsd, gacc/1\.0/other\.xsd"):
        Schemas.load(folder)


def test_missing_manifest_is_refused(folder):
    (folder / "MANIFEST").unlink()

    with pytest.raises(ConfigurationError, match="cannot be read"):
        Schemas.load(folder)


def test_two_threads_validate_without_mixing_their_errors():
    good, bad = a_document(), a_document("eodes", (b">KCFTA<", b">kcfta<"))
    seen: list[tuple[object, object]] = []

    def judge(root) -> None:
        seen.extend((root, SCHEMAS.validate(root)) for _ in range(50))

    threads = [threading.Thread(target=judge, args=(root,)) for root in (good, bad)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all((refusal is None) == (root is good) for root, refusal in seen)
    assert len(seen) == 100
