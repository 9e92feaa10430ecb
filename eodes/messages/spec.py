"""What every message type states about itself, and how its body becomes an element and back.

A body is a frozen record.  Its element carries the name of the record, its fields carry their own
names in camel case, and a certificate inside stands in the namespace of the partner's dialect.
"""

from __future__ import annotations

import builtins
import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Protocol, TypeVar

from lxml import etree
from lxml.etree import _Element as Element

from eodes.domain.certificate import Certificate
from eodes.domain.message import SIGNALS, MessageType
from eodes.domain.partner import Profile
from eodes.domain.record import Shape, Text, hints, shape
from eodes.domain.verdict import Refusal
from eodes.wire.envelope import MESSAGE_NAMESPACE
from eodes.wire.lexical import CODECS, UNWRITABLE, UnknownCodeError, fitted, reader_of, writer_of
from eodes.wire.parser import path_of

ReasonCode = Annotated[str, Text(35, 1, "[A-Z][A-Z0-9_]*")]
RefusalCode = Annotated[str, Text(60, 4, "[A-Z]{3}-[A-Z0-9\\-]+")]
Reason = Annotated[str, Text(2048)]
Note = Annotated[str, Text(512)]

Body = TypeVar("Body")
Refusals = tuple[Refusal, ...]

_ABBREVIATIONS = {"hs": "HS", "id": "ID", "sha256": "SHA256"}


class CertificateDialect(Protocol):
    """Spells certificates towards partners; see `eodes.dialects`."""

    def write_certificate(
        self, certificate: Certificate, *, profile: Profile
    ) -> Element | Refusals:
        """Write a certificate towards a partner, or say everything that does not fit."""
        ...

    def read_certificate(self, element: Element) -> Certificate | Refusal:
        """Read a certificate from an element that passed its schema."""
        ...


@dataclass(frozen=True, slots=True)
class MessageSpec(Generic[Body]):
    """One message type: its body, who answers it with what, and where it goes."""

    type: MessageType
    body: builtins.type[Body]
    direction: str
    encode: Callable[..., Element | Refusals]  # (body, *, dialect, profile)
    decode: Callable[..., Body | Refusal]  # (element, *, dialect)
    reply: MessageType | None = None
    carries_certificate: bool = False
    needs_handler: bool = True

    @property
    def payload(self) -> str:
        """Return the local name of the payload element."""
        return self.body.__name__

    @property
    def tag(self) -> str:
        """Return the qualified name of the payload element."""
        return f"{{{MESSAGE_NAMESPACE}}}{self.body.__name__}"


def message(
    kind: MessageType,
    body: type[Body],
    *,
    direction: str,
    reply: MessageType | None = None,
    needs_handler: bool = True,
) -> MessageSpec[Body]:
    """Describe a message type by the record that is its body."""
    content = _content_of(body)
    tag = f"{{{MESSAGE_NAMESPACE}}}{body.__name__}"

    def encode(
        record: Body, *, dialect: CertificateDialect, profile: Profile
    ) -> Element | Refusals:
        root = etree.Element(tag, nsmap={None: MESSAGE_NAMESPACE})
        writing = _Writing(dialect, profile, [], explains=kind in SIGNALS)
        content.write(record, root, writing)
        return tuple(writing.refusals) or root

    def decode(element: Element, *, dialect: CertificateDialect) -> Body | Refusal:
        if element.tag != tag:
            return Refusal("SCH-INVALID", f"{body.__name__} is expected.", path=path_of(element))
        try:
            record: Body = content.read(element, dialect)
        except _UnreadableError as error:
            return error.refusal
        return record

    carries = any(one.bare is Certificate for _, one in carried_fields(body))
    return MessageSpec(
        kind,
        body,
        direction,
        encode,
        decode,
        reply,
        carries_certificate=carries,
        needs_handler=needs_handler,
    )


def element_name(field: str, form: Shape) -> str:
    """Return the element of a field: `run_id` is RunID, each of `warnings` is a Warning."""
    *parts, last = field.split("_")
    if form.many:
        last = last.removesuffix("ies") + "y" if last.endswith("ies") else last.removesuffix("s")
    return "".join(_ABBREVIATIONS.get(part, part.capitalize()) for part in (*parts, last))


def carried_fields(kind: type) -> tuple[tuple[dataclasses.Field[Any], Shape], ...]:
    """Return the fields of a record that travel; what is derived on reading does not."""
    kinds = hints(kind)
    return tuple(
        (field, shape(kinds[field.name]))
        for field in dataclasses.fields(kind)
        if field.default != ""
    )


class _UnreadableError(Exception):
    def __init__(self, *, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.detail)


@dataclass(frozen=True, slots=True)
class _Writing:
    dialect: CertificateDialect
    profile: Profile
    refusals: list[Refusal]
    explains: bool  # signals must always be sendable: their words are cut, never refused

    def refuse(self, code: str, detail: str, path: str) -> None:
        self.refusals.append(Refusal(code, f"{path}: {detail}.", path=path))


_FieldWriter = Callable[[Any, Element, _Writing], None]
_FieldReader = Callable[[Element, CertificateDialect], Any]


@dataclass(frozen=True, slots=True)
class _Content:
    """The compiled content of one record."""

    kind: type
    writers: tuple[tuple[str, object, _FieldWriter], ...]
    readers: Mapping[str, tuple[str, bool, _FieldReader]]

    def write(self, record: object, parent: Element, writing: _Writing) -> None:
        for name, default, write in self.writers:
            value = getattr(record, name)
            if value is None or value == default:
                continue
            write(value, parent, writing)

    def read(self, element: Element, dialect: CertificateDialect) -> Any:
        values: dict[str, Any] = {}
        for child in element:
            name, many, read = self.readers.get(str(child.tag)) or self.readers[""]
            value = read(child, dialect)
            values[name] = (*values.get(name, ()), value) if many else value
        return self.kind(**values)


def _content_of(kind: type) -> _Content:
    writers: list[tuple[str, object, _FieldWriter]] = []
    readers: dict[str, tuple[str, bool, _FieldReader]] = {"": ("", False, _unexpected)}
    for field, form in carried_fields(kind):
        tag = f"{{{MESSAGE_NAMESPACE}}}{element_name(field.name, form)}"
        write, read = _codec(form, tag, field.name)
        default = None if field.default is dataclasses.MISSING else field.default
        writers.append((field.name, default, _each(write) if form.many else write))
        # A certificate's element has the name that its dialect gives it.
        readers["" if form.bare is Certificate else tag] = (field.name, form.many, read)
    return _Content(kind, tuple(writers), readers)


def _codec(form: Shape, tag: str, field: str) -> tuple[_FieldWriter, _FieldReader]:
    if form.bare is Certificate:
        return _write_certificate, _read_certificate
    if dataclasses.is_dataclass(form.bare):
        content = _content_of(form.bare)  # type: ignore[arg-type]  # also admits instances
        return _record_writer(content, tag), content.read
    return _value_writer(form, tag, field), _value_reader(form)


def _each(write: _FieldWriter) -> _FieldWriter:
    def write_each(values: Any, parent: Element, writing: _Writing) -> None:
        for value in values:
            write(value, parent, writing)

    return write_each


def _record_writer(content: _Content, tag: str) -> _FieldWriter:
    def write(record: Any, parent: Element, writing: _Writing) -> None:
        content.write(record, etree.SubElement(parent, tag), writing)

    return write


def _value_writer(form: Shape, tag: str, field: str) -> _FieldWriter:
    spell, limit = writer_of(form.bare), form.limit(Text)
    longest = limit.longest if limit else 0
    is_free = limit is not None and not limit.pattern

    def write(value: Any, parent: Element, writing: _Writing) -> None:
        text, charset = spell(value), writing.profile.content.charset
        if is_free and writing.explains:
            text = fitted(text, longest=longest, charset=charset)
        problem = _unsendable(text, longest, CODECS[charset])
        if problem:
            writing.refuse(*problem, field)
        else:
            etree.SubElement(parent, tag).text = text

    return write


def _unsendable(text: str, longest: int, codec: str) -> tuple[str, str] | None:
    if longest and len(text) > longest:
        return "RUL-LENGTH", f"{len(text)} characters; {longest} fit"
    if UNWRITABLE.search(text):
        return "RUL-CHARSET", "control characters cannot be sent"
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return "RUL-CHARSET", "the partner does not take these characters"
    return None


def _value_reader(form: Shape) -> _FieldReader:
    read = reader_of(form.bare)

    def read_value(element: Element, _: CertificateDialect) -> Any:
        try:
            return read(element.text or "")
        except (ValueError, ArithmeticError) as error:
            code = "REF-CODE" if isinstance(error, UnknownCodeError) else "SCH-INVALID"
            raise _UnreadableError(
                refusal=Refusal(code, f"{error}.", path=path_of(element))
            ) from error

    return read_value


def _write_certificate(certificate: Any, parent: Element, writing: _Writing) -> None:
    written = writing.dialect.write_certificate(certificate, profile=writing.profile)
    if isinstance(written, tuple):
        writing.refusals.extend(written)
    else:
        parent.append(written)


def _read_certificate(element: Element, dialect: CertificateDialect) -> Certificate:
    certificate = dialect.read_certificate(element)
    if isinstance(certificate, Refusal):
        raise _UnreadableError(refusal=certificate)
    return certificate


def _unexpected(element: Element, _: CertificateDialect) -> Any:
    name = str(element.tag).rpartition("}")[2]
    raise _UnreadableError(
        refusal=Refusal("SCH-INVALID", f"{name} is not expected here.", path=path_of(element))
    )
