"""What the schema of a verification refuses before anybody reads it."""

import dataclasses

import pytest

from eodes import shipped
from eodes.dialects.register import Dialects
from eodes.domain.verification import CaseDocument
from eodes.messages import verif_request
from eodes.wire import envelope, parser
from eodes.wire.parser import Document, Limits
from eodes.wire.schemas import Schemas
from tests import verification_bodies as said
from tests.builders import a_certificate
from tests.conformance.arbitrary import a_partner_for
from tests.unit.messages.test_envelope import a_header

SCHEMAS = Schemas.load(shipped.folder("xsd"))
HOUSE = Dialects.load().house
PAPER = said.evidence(confidentiality=(), consent=None)
INSIDE = (PAPER.content or "").encode()
REQUEST = said.a_request(a_certificate(agreement="KVFTA"), documents=(PAPER,))


def document_of(payload):
    document = parser.parse(envelope.compose(a_header(), payload), limits=Limits())
    assert isinstance(document, Document)
    return document.root


def payload_of(body):
    element = verif_request.SPEC.encode(body, dialect=HOUSE, profile=a_partner_for())
    assert not isinstance(element, tuple), element
    return envelope.payload_bytes(element)


def test_request_with_its_paper_is_valid_and_comes_back():
    root = document_of(payload_of(REQUEST))

    assert SCHEMAS.validate(root, dialect="eodes") is None
    assert verif_request.SPEC.decode(envelope.payload_of(root), dialect=HOUSE) == REQUEST


def test_paper_of_a_megabyte_travels_inside():
    large = CaseDocument.holding(
        b"\x00\x7f" * 500_000, title="Scan", media_type="image/png", kind=PAPER.kind
    )

    root = document_of(payload_of(dataclasses.replace(REQUEST, documents=(large,))))

    assert SCHEMAS.validate(root, dialect="eodes") is None


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (b"<Kind>CRITERION</Kind>", b"<Kind>WHIM</Kind>"),
        (b"<Anchor>RECEIPT</Anchor>", b"<Anchor>NEVER</Anchor>"),
        (b"<Period>P6M</Period>", b"<Period>half a year</Period>"),
        (b"<QuestionID>Q1</QuestionID>", b"<QuestionID></QuestionID>"),
        (b"<Item>1</Item>", b"<Item>0</Item>"),
        (PAPER.sha256.encode(), PAPER.sha256.upper().encode()),
        (INSIDE, b"<b>not base64</b>"),
        (INSIDE, b"n o t base64"),
        (b"<MediaType>application/pdf", b"<MediaType>../pdf"),
        (b"<CaseID>" + said.CASE.encode(), b"<CaseID>" + said.CASE.upper().encode()),
        (b"<CaseNumber>HP-2026-1</CaseNumber>", b""),
    ],
    ids=[
        "doubt",
        "anchor",
        "period",
        "question",
        "item",
        "digest",
        "markup",
        "blanks",
        "media type",
        "case id",
        "no number",
    ],
)
def test_request_that_breaks_a_limit_is_refused(written, instead):
    payload = payload_of(REQUEST)
    assert payload.count(written) == 1, written

    refusal = SCHEMAS.validate(document_of(payload.replace(written, instead)), dialect="eodes")

    assert refusal is not None
    assert refusal.code == "SCH-INVALID"


@pytest.mark.parametrize(
    "lacking",
    [dataclasses.replace(REQUEST, certificates=()), dataclasses.replace(REQUEST, doubts=())],
    ids=["certificates", "doubts"],
)
def test_request_about_nothing_or_for_nothing_is_refused(lacking):
    refusal = SCHEMAS.validate(document_of(payload_of(lacking)), dialect="eodes")

    assert refusal is not None
    assert refusal.code == "SCH-INVALID"
