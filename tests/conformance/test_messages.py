"""Every message of the catalogue in every dialect: encode, validate, decode."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from eodes import shipped
from eodes.dialects.engine import DIALECTS
from eodes.dialects.register import Dialects
from eodes.domain.certificate import Certificate
from eodes.domain.message import Header, MessageType
from eodes.messages import CATALOGUE
from eodes.wire import envelope, parser
from eodes.wire.canonical import canonicalize
from eodes.wire.parser import Document, Limits
from eodes.wire.schemas import Schemas
from tests.conformance.arbitrary import a_partner_for, records

DIALECT_SET = Dialects.load()
SCHEMAS = Schemas.load(shipped.folder("xsd"))
ID = "0198a7b2-0000-7000-8000-000000000001"


def a_header(kind=MessageType.CO_ISSUE, payload=b"", **changes):
    fields: dict[str, Any] = {
        "message_id": ID,
        "type": kind,
        "schema_version": "1.0",
        "profile_version": "1",
        "sender": "KR-KCS",
        "receiver": "CN-GACC",
        "conversation_id": ID,
        "created_at": datetime(2026, 11, 20, 9, tzinfo=UTC),
        "business_date": date(2026, 11, 20),
        "business_zone": "Asia/Seoul",
        "body_digest": envelope.payload_digest(payload),
    }
    return Header(**(fields | changes))


def parsed(raw):
    document = parser.parse(raw, limits=Limits())
    assert isinstance(document, Document)
    return document.root


def carried_certificate(body):
    found = getattr(body, "certificate", None)
    return found if isinstance(found, Certificate) else None


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize("kind", MessageType)
@given(data=st.data())
def test_every_message_survives_schema_and_decoding(name, kind, data):
    spec, dialect = CATALOGUE[kind], DIALECT_SET.named(name)
    body = data.draw(records(spec.body))
    certificate = carried_certificate(body)
    profile = a_partner_for(certificate, dialect=name)

    element = spec.encode(body, dialect=dialect, profile=profile)
    assert not isinstance(element, tuple), element
    payload = envelope.payload_bytes(element)
    header = a_header(kind, payload)
    raw = envelope.compose(header, payload)
    root = parsed(raw)

    assert SCHEMAS.validate(root, dialect=name) is None
    assert envelope.read_header(root) == header
    assert envelope.check_body_digest(header, raw) is None
    decoded: Any = spec.decode(envelope.payload_of(root), dialect=dialect)
    if certificate is None:
        assert decoded == body
    else:
        assert decoded.certificate == dialect.wire_view(certificate, profile=profile)


@given(header=records(Header))
def test_composed_document_is_its_own_canonical_form(header):
    payload = b'<CertificateIssue xmlns="urn:eodes:message:1"></CertificateIssue>'

    raw = envelope.compose(header, payload)

    root = parsed(raw)
    assert canonicalize(root) == raw
    assert envelope.read_header(root) == header


def test_catalogue_holds_every_message_type_once():
    assert list(CATALOGUE) == sorted(MessageType)
    assert len({spec.payload for spec in CATALOGUE.values()}) == len(CATALOGUE)


def test_replies_are_messages_of_the_catalogue():
    replies = {spec.type: spec.reply for spec in CATALOGUE.values() if spec.reply}

    assert replies == {
        MessageType.CO_CANCEL: MessageType.CO_CANCEL_REPLY,
        MessageType.CO_QUERY: MessageType.CO_RECORD,
        MessageType.RECON_DIGEST: MessageType.RECON_DIFF,
        MessageType.VERIF_REQUEST: MessageType.VERIF_ACK,
        MessageType.VISIT_PROPOSAL: MessageType.VISIT_ANSWER,
    }


@pytest.mark.parametrize("kind", MessageType)
def test_foreign_element_in_a_payload_is_refused(kind):
    spec = CATALOGUE[kind]
    element = etree.Element(spec.tag)
    etree.SubElement(element, "{urn:eodes:message:1}Surprise")

    refusal = spec.decode(element, dialect=DIALECT_SET.house)

    assert refusal.code == "SCH-INVALID"
