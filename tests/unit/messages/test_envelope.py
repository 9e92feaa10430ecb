"""The head of a document is read strictly, and its digest binds the payload."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from eodes.domain.message import Header, MessageType
from eodes.domain.verdict import Refusal
from eodes.wire import envelope, parser
from eodes.wire.parser import Document, Limits

ID = "0198a7b2-0000-7000-8000-000000000001"
PAYLOAD = (
    b'<CertificateQuery xmlns="urn:eodes:message:1"><NumberRaw>K1</NumberRaw></CertificateQuery>'
)


def a_header(**changes) -> Header:
    fields: dict[str, Any] = {
        "message_id": ID,
        "type": MessageType.CO_QUERY,
        "schema_version": "1.0",
        "profile_version": "1",
        "sender": "KR-KCS",
        "receiver": "CN-GACC",
        "conversation_id": ID,
        "created_at": datetime(2026, 11, 20, 9, 30, 15, 123000, tzinfo=UTC),
        "business_date": date(2026, 11, 20),
        "business_zone": "Asia/Seoul",
        "body_digest": envelope.payload_digest(PAYLOAD),
    }
    return Header(**(fields | changes))


def read(raw):
    document = parser.parse(raw, limits=Limits())
    assert isinstance(document, Document)
    return envelope.read_header(document.root)


def refused(raw):
    refusal = read(raw)
    assert isinstance(refusal, Refusal), refusal
    return refusal


def test_header_comes_back_as_it_was_written():
    header = a_header(
        causation_id=ID,
        channel_seq=7,
        previous_digest="0" * 64,
        expires_at=datetime(2026, 12, 1, tzinfo=UTC),
        test=True,
    )

    assert read(envelope.compose(header, PAYLOAD)) == header


def test_text_of_the_header_is_escaped():
    header = a_header(profile_version="<1> & 2")

    raw = envelope.compose(header, PAYLOAD)

    assert b"&lt;1&gt; &amp; 2" in raw
    assert read(raw) == header


def test_test_mark_is_written_even_when_off():
    assert b"<TestIndicator>false</TestIndicator>" in envelope.compose(a_header(), PAYLOAD)


@pytest.mark.parametrize(
    ("change", "element"),
    [
        ((b"KR-KCS", b"kr-kcs"), "SenderID"),
        ((b">CO_QUERY<", b">CO_GUESS<"), "TypeCode"),
        ((b"2026-11-20T09:30:15.123Z", b"2026-11-20T09:30:15.123"), "CreationDateTime"),
        ((b"2026-11-20T09:30:15.123Z", b"2026-11-20T25:30:15.123Z"), "CreationDateTime"),
        ((b">2026-11-20<", b">20261120<"), "BusinessDate"),
        ((b">2026-11-20<", b">2026-02-30<"), "BusinessDate"),
        ((b">false<", b">0<"), "TestIndicator"),
        ((b"<SenderID>KR-KCS</SenderID>", b""), "SenderID"),
        ((b"<SenderID>KR-KCS</SenderID>", b"<SenderID>KR-KCS<X/></SenderID>"), "SenderID"),
        ((b"</SenderID>", b"</SenderID><SenderID>KR-KCS</SenderID>"), "SenderID"),
        ((b"<TestIndicator>", b"<Body/><TestIndicator>"), "Body"),
    ],
)
def test_spoilt_header_is_refused_by_its_element(change, element):
    old, new = change
    raw = envelope.compose(a_header(), PAYLOAD)

    refusal = refused(raw.replace(old, new, 1))

    assert refusal.code == "ENV-HEADER"
    assert element in refusal.detail


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"urn:eodes:envelope:1", b"urn:eodes:envelope:2", "ENV-ROOT"),
        (b"</Body>", b"</Body><Body></Body>", "ENV-ROOT"),
        (PAYLOAD, PAYLOAD + PAYLOAD, "ENV-PAYLOAD"),
        (PAYLOAD, b"", "ENV-PAYLOAD"),
        (b"urn:eodes:message:1", b"urn:other", "ENV-PAYLOAD"),
    ],
)
def test_misshapen_document_is_refused(old, new, code):
    raw = envelope.compose(a_header(), PAYLOAD)

    assert refused(raw.replace(old, new)).code == code


def test_digest_binds_the_payload_to_its_header():
    header = a_header()
    raw = envelope.compose(header, PAYLOAD)

    assert envelope.check_body_digest(header, raw) is None
    changed = envelope.check_body_digest(header, raw.replace(b">K1<", b">K2<"))
    assert changed is not None
    assert changed.code == "ENV-BODY-DIGEST"


def test_space_around_the_payload_does_not_change_its_digest():
    header = a_header()
    raw = envelope.compose(header, PAYLOAD).replace(PAYLOAD, b"\n  " + PAYLOAD + b"\n")

    assert envelope.check_body_digest(header, raw) is None


def test_prefixed_envelope_is_refused_with_what_to_do():
    header = a_header()
    raw = envelope.compose(header, PAYLOAD)
    prefixed = raw.replace(b"<Body>", b"<e:Body>").replace(b"</Body>", b"</e:Body>")

    refusal = envelope.check_body_digest(header, prefixed)

    assert refusal is not None
    assert "default namespace" in refusal.detail


def test_claimed_type_is_told_even_when_unknown():
    raw = envelope.compose(a_header(), PAYLOAD).replace(b">CO_QUERY<", b">CO_GUESS<")
    document = parser.parse(raw, limits=Limits())
    assert isinstance(document, Document)

    assert envelope.type_said(document.root) == "CO_GUESS"
