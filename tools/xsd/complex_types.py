"""Complex types: the certificate of a dialect, the messages, the envelope."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from eodes.dialects.engine import Dialect
from eodes.dialects.plan import Node, Plan, What, code_pairs
from eodes.domain.certificate import Certificate
from eodes.domain.message import Header
from eodes.domain.record import Count, Doc, Shape, hints, shape
from eodes.messages import CATALOGUE, AnySpec
from eodes.messages.spec import carried_fields, element_name
from eodes.wire import envelope
from eodes.wire.parser import DS_NAMESPACE
from tools.xsd.simple_types import SimpleTypes

_BOUNDLESS = Count().most
_OPEN = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'


@dataclass(frozen=True, slots=True)
class Particle:
    """One element of a sequence: its lines in the schema."""

    name: str
    type_name: str
    least: int
    most: int
    says: tuple[str, ...]
    boxes: str = ""

    def lines(self) -> Iterator[str]:
        """Write the element with what it means."""
        occurs = "" if self.least == 1 else f' minOccurs="{self.least}"'
        if self.most != 1:
            most = "unbounded" if self.most == _BOUNDLESS else self.most
            occurs += f' maxOccurs="{most}"'
        yield f'      <xs:element name="{self.name}" type="{self.type_name}"{occurs}>'
        yield "        <xs:annotation>"
        yield f"          <xs:documentation>{escape(' '.join(self.says))}</xs:documentation>"
        if self.boxes:
            yield f'          <xs:appinfo source="urn:eodes:boxes">{self.boxes}</xs:appinfo>'
        yield "        </xs:annotation>"
        yield "      </xs:element>"


@dataclass(slots=True)
class CertificateSchema:
    """The schema of the certificate of one dialect."""

    dialect: Dialect
    simple: SimpleTypes
    types: dict[str, list[str]] = field(default_factory=dict)
    uses: Counter[str] = field(default_factory=Counter)

    def write(self, *, include: str | None) -> str:
        """Write the schema; simple types are included from a file or written inside."""
        mapping = self.dialect.mapping
        self.uses = Counter(
            row.group for group in mapping.groups for row in group.rows if row.group
        )
        self._group(self.dialect.plan)
        lines = [
            *_head(mapping.namespace, f"{mapping.root}, dialect {mapping.name}.", mapping.about),
            *([f'  <xs:include schemaLocation="{include}"/>'] if include else []),
            f'  <xs:element name="{mapping.root}" type="{mapping.root}Content"/>',
            *(line for name in self.types for line in self.types[name]),
            *([] if include else self.simple.lines()),
            "</xs:schema>",
        ]
        return "\n".join(lines) + "\n"

    def _group(self, plan: Plan) -> str:
        return self._type(plan.group, plan.nodes)

    def _type(self, group: str, nodes: tuple[Node, ...]) -> str:
        name = f"{group}Content"
        if name not in self.types:
            self.types[name] = []
            shared = self.uses[group] > 1
            particles = [self._particle(node, shared=shared) for node in nodes]
            note = self.dialect.mapping.group_names[group].note
            self.types[name] = list(_complex_type(name, particles, note or ""))
        return name

    def _particle(self, node: Node, *, shared: bool) -> Particle:
        least, most = _occurs(node)
        boxes = {} if shared or not node.key else self.dialect.boxes.all_of(node.where)
        shown = " ".join(f"{agreement}={box}" for agreement, box in sorted(boxes.items()))
        return Particle(
            node.row.element, self._type_name(node), least, most, self._says(node, boxes), shown
        )

    def _type_name(self, node: Node) -> str:
        if node.record:
            return self._group(node.record)
        if node.what is What.GROUP:
            return self._type(node.row.group or "", node.rows)
        pairs = code_pairs(self.dialect.mapping, node.row)
        if pairs:
            return self.simple.coded(tuple(pairs.values()), name=node.row.codes or "")
        assert node.form, "a value has a shape"
        return self.simple.of(node.form, element=node.row.element)

    def _says(self, node: Node, boxes: Any) -> tuple[str, ...]:
        said = [f"Canonical: {node.key}." if node.key else "Groups what belongs together."]
        if boxes:
            listed = ", ".join(f"{form} {box}" for form, box in sorted(boxes.items()))
            said.append(f"Boxes: {listed}.")
        if node.row.edifact:
            said.append(f"UNTDED {node.row.edifact}.")
        if node.key and not node.record:
            said.append("WCO id: not filled.")
        if node.row.ours:
            said.append("Our addition; no field of the partner's list is known for it.")
        if node.row.note:
            said.append(node.row.note)
        return tuple(said)


def _occurs(node: Node) -> tuple[int, int]:
    many = node.what in {What.VALUES, What.PLACE, What.RECORDS}
    if not many:
        return int(node.required), 1
    least = node.count.least if not node.steps[-1].picks and len(node.steps) == 1 else 0
    return max(least, int(node.required)), node.count.most


def message_schema(simple: SimpleTypes) -> str:
    """Write the schema of every payload of the catalogue."""
    types: dict[str, list[str]] = {}
    elements = []
    for spec in sorted(CATALOGUE.values(), key=_payload_name):
        name = _record_type(spec.body, types, simple)
        elements.append(f'  <xs:element name="{spec.payload}" type="{name}"/>')
    about = "What messages say; a certificate inside stands in the namespace of its dialect."
    lines = [
        *_head(envelope.MESSAGE_NAMESPACE, "Payloads of the messages.", about),
        '  <xs:include schemaLocation="types.xsd"/>',
        *elements,
        *(line for name in types for line in types[name]),
        "</xs:schema>",
    ]
    return "\n".join(lines) + "\n"


def _payload_name(spec: AnySpec) -> str:
    return spec.payload


def _record_type(kind: type, types: dict[str, list[str]], simple: SimpleTypes) -> str:
    name = f"{kind.__name__}Content"
    if name in types:
        return name
    types[name] = []
    content = [_field(one, form, types, simple=simple) for one, form in carried_fields(kind)]
    about = (kind.__doc__ or "").strip().partition("\n")[0]
    types[name] = list(_complex_type(name, content, about))
    return name


def _field(
    one: dataclasses.Field[Any], form: Shape, types: dict[str, list[str]], *, simple: SimpleTypes
) -> Particle | str:
    count = form.limit(Count) or Count()
    required = one.default is dataclasses.MISSING
    least = count.least if form.many else int(required)
    if form.bare is Certificate:
        occurs = "" if required else ' minOccurs="0"'
        return f'      <xs:any namespace="##other" processContents="strict"{occurs}/>'
    name = element_name(one.name, form)
    if dataclasses.is_dataclass(form.bare):
        type_name = _record_type(form.bare, types, simple)  # type: ignore[arg-type]
    else:
        type_name = simple.of(form, element=name)
    doc = form.limit(Doc)
    says = (f"Field: {one.name}.", *((doc.sentence,) if doc else ()))
    return Particle(name, type_name, least, count.most if form.many else 1, says)


def envelope_schema(simple: SimpleTypes) -> str:
    """Write the schema of the envelope."""
    header = [_header_field(name, element, simple) for name, element in envelope.ELEMENTS.items()]
    payload = f'      <xs:any namespace="{envelope.MESSAGE_NAMESPACE}" processContents="strict"/>'
    lines = [
        *_head(envelope.ENVELOPE_NAMESPACE, "The envelope.", "A head, one payload, a signature."),
        '  <xs:include schemaLocation="types.xsd"/>',
        '  <xs:element name="Message" type="MessageContent"/>',
        '  <xs:complexType name="MessageContent">',
        "    <xs:sequence>",
        '      <xs:element name="Header" type="HeaderContent"/>',
        '      <xs:element name="Body" type="BodyContent"/>',
        f'      <xs:any namespace="{DS_NAMESPACE}" processContents="skip" minOccurs="0"/>',
        "    </xs:sequence>",
        "  </xs:complexType>",
        *_complex_type("HeaderContent", header, "Who speaks to whom, in which order, about what."),
        *_complex_type("BodyContent", [payload], "Exactly one payload."),
        "</xs:schema>",
    ]
    return "\n".join(lines) + "\n"


def _header_field(name: str, element: str, simple: SimpleTypes) -> Particle:
    form = shape(hints(Header)[name])
    one = next(each for each in dataclasses.fields(Header) if each.name == name)
    doc = form.limit(Doc)
    says = (f"Field: {name}.", *((doc.sentence,) if doc else ()))
    # The test mark is always written: what is for practice must never look like the real thing.
    required = one.default is dataclasses.MISSING or form.bare is bool
    return Particle(element, simple.of(form, element=element), int(required), 1, says)


def types_schema(simple: SimpleTypes) -> str:
    """Write the simple types that envelope, messages and certificate share."""
    about = "Included by the others and taking their namespace."
    lines = [*_head(None, "Simple types.", about), *simple.lines(), "</xs:schema>"]
    return "\n".join(lines) + "\n"


def _complex_type(name: str, particles: Sequence[Particle | str], about: str) -> Iterator[str]:
    yield f'  <xs:complexType name="{name}">'
    if about:
        yield "    <xs:annotation>"
        yield f"      <xs:documentation>{escape(about)}</xs:documentation>"
        yield "    </xs:annotation>"
    yield "    <xs:sequence>"
    for particle in particles:
        yield from [particle] if isinstance(particle, str) else particle.lines()
    yield "    </xs:sequence>"
    yield "  </xs:complexType>"


def _head(namespace: str | None, title: str, about: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    if namespace:
        yield f'{_OPEN} xmlns="{namespace}"'
        yield f'    targetNamespace="{namespace}" elementFormDefault="qualified">'
    else:
        yield f"{_OPEN}>"
    yield "  <xs:annotation>"
    yield f"    <xs:documentation>{escape(title)} {escape(about)}</xs:documentation>"
    yield "  </xs:annotation>"
