"""The envelope: a head, exactly one payload, later a signature.

Namespaces are default declarations on the element where they change, so the exclusive canonical
form of the payload is a slice of the canonical document and is digested without a second pass.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any

from lxml.etree import _Element as Element

from eodes.domain.message import Header
from eodes.domain.record import Shape, Text, Whole, hints, shape
from eodes.domain.verdict import Refusal
from eodes.wire.canonical import canonicalize
from eodes.wire.lexical import SPELLINGS, Reader, Writer, reader_of, writer_of
from eodes.wire.parser import DS_NAMESPACE

ENVELOPE_NAMESPACE = "urn:eodes:envelope:1"
MESSAGE_NAMESPACE = "urn:eodes:message:1"

#: Field of the header and its element, in the order of the wire.
ELEMENTS = {
    "message_id": "MessageID",
    "type": "TypeCode",
    "schema_version": "SchemaVersionID",
    "profile_version": "ProfileVersionID",
    "sender": "SenderID",
    "receiver": "ReceiverID",
    "conversation_id": "ConversationID",
    "created_at": "CreationDateTime",
    "business_date": "BusinessDate",
    "business_zone": "BusinessTimeZone",
    "body_digest": "BodyDigest",
    "causation_id": "CausationID",
    "channel_seq": "ChannelSequenceNumeric",
    "previous_digest": "PreviousDigest",
    "expires_at": "ExpirationDateTime",
    "test": "TestIndicator",
}

_HEAD = f'<Message xmlns="{ENVELOPE_NAMESPACE}"><Header>'.encode()
_BODY = b"</Header><Body>"
_END = b"</Body></Message>"
_BODY_OPENS = b"<Body>"
_BODY_CLOSES = b"</Body>"
_MESSAGE_TAG = f"{{{ENVELOPE_NAMESPACE}}}Message"
_HEADER_TAG = f"{{{ENVELOPE_NAMESPACE}}}Header"
_BODY_TAG = f"{{{ENVELOPE_NAMESPACE}}}Body"
_SIGNATURE_TAG = f"{{{DS_NAMESPACE}}}Signature"
_PAYLOAD_PREFIX = f"{{{MESSAGE_NAMESPACE}}}"
_CHARACTERS_THAT_ESCAPE = re.compile("[&<>\r]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"})


def payload_bytes(payload: Element) -> bytes:
    """Return the canonical form of a payload, as it will stand in its document."""
    return canonicalize(payload)


def payload_digest(payload: bytes) -> str:
    """Return the digest of a payload that the header carries."""
    return hashlib.sha256(payload).hexdigest()


def document_digest(unsigned: bytes) -> str:
    """Return the digest of a whole unsigned document: what its signature covers."""
    return hashlib.sha256(unsigned).hexdigest()


def compose(header: Header, payload: bytes) -> bytes:
    """Return the unsigned document in its canonical form, ready to be sealed."""
    head = "".join(
        f"<{name}>{escaped(write(value))}</{name}>"
        for field, name, write in _WRITERS
        if (value := getattr(header, field)) is not None
    )
    return b"".join((_HEAD, head.encode(), _BODY, payload, _END))


def escaped(text: str) -> str:
    """Return text as canonical XML spells it."""
    return text.translate(_ESCAPES) if _CHARACTERS_THAT_ESCAPE.search(text) else text


def read_header(root: Element) -> Header | Refusal:
    """Read the head of a document whose schema nobody has looked at yet.

    1. The document is Message(Header, Body(one payload), at most a Signature).
    2. The elements of the header stand in their order, each at most once.
    3. Every value keeps its limits.
    """
    misshapen = _misshapen(root)
    if misshapen:
        return misshapen
    values: dict[str, Any] = {}
    expected = iter(_READERS)
    for child in root[0]:
        found = next((one for one in expected if one[0] == child.tag), None)
        if found is None or len(child):
            return _refuse(f"{_local(child)} is unknown, repeated or out of order", _local(child))
        _, field, read = found
        try:
            values[field] = read(child.text or "")
        except ValueError as error:
            return _refuse(f"{_local(child)}: {error}", _local(child))
    missing = _REQUIRED.difference(values)
    if missing:
        return _refuse(f"{', '.join(sorted(ELEMENTS[name] for name in missing))} missing")
    return Header(**values)


def type_said(root: Element) -> str | None:
    """Return the message type that a document claims, whatever else is wrong with it."""
    return root.findtext(f"{_HEADER_TAG}/{{{ENVELOPE_NAMESPACE}}}{ELEMENTS['type']}")


def payload_of(root: Element) -> Element:
    """Return the payload of a document whose header was read."""
    return root[1][0]


def check_body_digest(header: Header, canonical: bytes) -> Refusal | None:
    """Compare the payload with the digest that the header names.

    `canonical` is the verified form without the signature.  Text never holds a raw "<", and the
    header was read, so the first body tag is the envelope's own.
    """
    start = canonical.find(_BODY_OPENS)
    end = canonical.rfind(_BODY_CLOSES)
    if start < 0 or end < start:
        return Refusal(
            "ENV-BODY-DIGEST",
            "The body cannot be found in the canonical form; declare the envelope's namespace "
            "as the default namespace.",
            path="/Message/Body",
        )
    payload = canonical[start + len(_BODY_OPENS) : end].strip(b" \t\n")
    if hmac.compare_digest(payload_digest(payload), header.body_digest):
        return None
    return Refusal(
        "ENV-BODY-DIGEST",
        "The header names another digest than that of the payload; compute it over the payload's "
        "exclusive canonical form, with namespaces as default declarations.",
        path=f"/Message/Header/{ELEMENTS['body_digest']}",
    )


def _misshapen(root: Element) -> Refusal | None:
    if root.tag != _MESSAGE_TAG:
        return Refusal("ENV-ROOT", f"A document is a Message in {ENVELOPE_NAMESPACE}.", path="/")
    tags = [child.tag for child in root]
    if tags not in ([_HEADER_TAG, _BODY_TAG], [_HEADER_TAG, _BODY_TAG, _SIGNATURE_TAG]):
        return Refusal(
            "ENV-ROOT",
            "A Message holds Header, Body and Signature, in this order and nothing else.",
            path="/Message",
        )
    body = root[1]
    if len(body) == 1 and str(body[0].tag).startswith(_PAYLOAD_PREFIX):
        return None
    return Refusal(
        "ENV-PAYLOAD", f"A Body holds one payload in {MESSAGE_NAMESPACE}.", path="/Message/Body"
    )


def _refuse(problem: str, element: str = "") -> Refusal:
    path = f"/Message/Header/{element}" if element else "/Message/Header"
    return Refusal("ENV-HEADER", f"The header cannot be read: {problem}.", path=path)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _limited(form: Shape) -> Reader:
    read = _spelled(reader_of(form.bare), SPELLINGS.get(form.bare))
    check = next((one for one in form.limits if isinstance(one, Text | Whole)), None)
    return _checked(read, check) if check else read


def _spelled(read: Reader, spelling: str | None) -> Reader:
    # Python reads dates and numbers in more ways than the schema allows.
    if spelling is None:
        return read
    fits = re.compile(spelling).fullmatch

    def read_spelled(text: str) -> Any:
        if fits(text):
            return read(text)
        raise ValueError(f"{text[:40]!r} does not look like {spelling}")

    return read_spelled


def _checked(read: Reader, limit: Text | Whole) -> Reader:
    flaw: Callable[[Any], str] = limit.flaw
    fits = (
        re.compile(limit.pattern).fullmatch if isinstance(limit, Text) and limit.pattern else None
    )
    least, most = (
        (limit.shortest, limit.longest) if isinstance(limit, Text) else (limit.least, limit.most)
    )

    def read_limited(text: str) -> Any:
        value = read(text)
        size = len(value) if isinstance(value, str) else value
        if least <= size <= most and (fits is None or fits(value)):
            return value
        raise ValueError(flaw(value))

    return read_limited


def _writers() -> tuple[tuple[str, str, Writer], ...]:
    kinds = hints(Header)
    return tuple(
        (field, name, writer_of(shape(kinds[field]).bare)) for field, name in ELEMENTS.items()
    )


def _readers() -> tuple[tuple[str, str, Reader], ...]:
    kinds = hints(Header)
    return tuple(
        (f"{{{ENVELOPE_NAMESPACE}}}{name}", field, _limited(shape(kinds[field])))
        for field, name in ELEMENTS.items()
    )


_WRITERS = _writers()
_READERS = _readers()
_REQUIRED = frozenset(
    field.name
    for field in fields(Header)
    if field.default is MISSING and field.default_factory is MISSING
)
