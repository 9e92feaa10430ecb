"""The reference page of the messages: every type with a whole example."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import MISSING, replace
from datetime import date
from enum import Enum

from lxml import etree

from eodes.dialects.register import Dialects
from eodes.domain.certificate import Certificate
from eodes.domain.message import SIGNALS, Header, MessageType
from eodes.domain.partner import AcceptedForm, Charset, Content, Profile, Wire
from eodes.domain.record import Count, Doc, Shape, Text
from eodes.messages import CATALOGUE, AnySpec
from eodes.messages.spec import carried_fields, element_name
from eodes.wire import envelope
from eodes.wire.parser import Document, Limits, parse
from tools.docs.message_examples import AT, DAY, DIGEST, bodies, example_certificate

_ID = "0199f6a2-3c00-7000-8000-000000000001"
_ANSWERED = "0199f6a2-3bff-7000-8000-000000000007"


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {"messages.md": "\n".join(_page()) + "\n"}


def _page() -> Iterator[str]:
    yield "# Messages"
    yield ""
    yield "Generated from the message catalogue; do not edit."
    yield ""
    yield "These messages are a profile of ours, grounded in what public sources say of the"
    yield "exchanges between administrations; no conformance to an administration's own guide is"
    yield "claimed, because none is public."
    yield ""
    yield "Examples are broken into lines for reading and stand before sealing."
    yield "On the wire a document has no space between elements, and `ds:Signature` follows `Body`."
    yield "Digests of other documents in the examples stand for real ones."
    yield ""
    yield "| type | payload | goes from | answered by | carries a certificate |"
    yield "| --- | --- | --- | --- | --- |"
    for spec in CATALOGUE.values():
        reply = spec.reply or ("nothing" if spec.type in SIGNALS else "acknowledgements")
        carries = "yes" if spec.carries_certificate else ""
        yield f"| {spec.type} | `{spec.payload}` | {spec.direction} | {reply} | {carries} |"
    examples = bodies()
    for spec in CATALOGUE.values():
        yield from _section(spec, examples[spec.type])
    yield from _parts()


def _section(spec: AnySpec, body: object) -> Iterator[str]:
    yield ""
    yield f"## {spec.type}"
    yield ""
    yield (spec.body.__doc__ or "").strip().partition("\n")[0]
    yield ""
    yield from _elements(spec.body)
    yield ""
    yield "```xml"
    yield _example(spec, body)
    yield "```"


def _elements(kind: type) -> Iterator[str]:
    yield "| element | holds | must | note |"
    yield "| --- | --- | --- | --- |"
    for field, form in carried_fields(kind):
        required = "yes" if field.default is MISSING else ""
        doc = form.limit(Doc)
        name = element_name(field.name, form)
        yield f"| `{name}` | {_holds(form)} | {required} | {doc.sentence if doc else ''} |"


def _parts() -> Iterator[str]:
    """Describe what stands inside of bodies: records and codes, each once."""
    records, codes = _inside()
    yield ""
    yield "## Records inside"
    for name in sorted(records):
        yield ""
        yield f"### {name}"
        yield ""
        yield (records[name].__doc__ or "").strip().partition("\n")[0]
        yield ""
        yield from _elements(records[name])
    yield ""
    yield "## Codes"
    yield ""
    yield "| list | what it says | codes |"
    yield "| --- | --- | --- |"
    for name in sorted(codes):
        about = (codes[name].__doc__ or "").strip().partition("\n")[0]
        listed = ", ".join(f"`{one.value}`" for one in codes[name])
        yield f"| {name} | {about} | {listed} |"


def _inside() -> tuple[dict[str, type], dict[str, type[Enum]]]:
    records: dict[str, type] = {}
    codes: dict[str, type[Enum]] = {}
    waiting: list[type] = [spec.body for spec in CATALOGUE.values()]
    while waiting:
        kinds: list[type] = [form.bare for _, form in carried_fields(waiting.pop())]
        for kind in kinds:
            if dataclasses.is_dataclass(kind) and kind not in (Certificate, *records.values()):
                records[kind.__name__] = kind
                waiting.append(kind)
            elif issubclass(kind, Enum) and kind is not MessageType:
                codes[kind.__name__] = kind
    return records, codes


def _holds(form: Shape) -> str:
    limit = form.limit(Text)
    words = f"text {limit.shortest}..{limit.longest}" if limit else form.bare.__name__
    if not form.many:
        return words
    count = form.limit(Count) or Count()
    most = "" if count.most == Count().most else f" to {count.most}"
    return f"{words}, {count.least}{most or ' or more'}"


def _example(spec: AnySpec, body: object) -> str:
    certificate = example_certificate()
    partner = Profile(
        code="cn-gacc",
        version="1.0",
        dated=date(2026, 11, 20),
        authority="CN-GACC",
        country="CN",
        name="The other administration",
        wire=Wire(dialect="eodes"),
        content=Content(
            forms=(AcceptedForm(certificate.agreement, certificate.form_type),),
            charset=Charset.UNICODE,
        ),
    )
    element = spec.encode(body, dialect=Dialects.load().house, profile=partner)
    assert not isinstance(element, tuple), element
    payload = envelope.payload_bytes(element)
    document = parse(envelope.compose(_header(spec.type, payload), payload), limits=Limits())
    assert isinstance(document, Document)
    etree.indent(document.root)
    return etree.tostring(document.root, encoding="unicode")


def _header(kind: MessageType, payload: bytes) -> Header:
    header = Header(
        message_id=_ID,
        type=kind,
        schema_version="1.0",
        profile_version="1.0",
        sender="KR-KCS",
        receiver="CN-GACC",
        conversation_id=_ID,
        created_at=AT,
        business_date=DAY,
        business_zone="Asia/Seoul",
        body_digest=envelope.payload_digest(payload),
    )
    if kind in SIGNALS:
        return replace(header, causation_id=_ANSWERED)
    return replace(header, channel_seq=118, previous_digest=DIGEST)
