"""How a card is spelled: the one canonical XML of its records, and back to plain values."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from eodes.domain.record import Shape, field_names, hints, shape, write
from eodes.wire.envelope import escaped
from eodes.wire.parser import Element

NAMESPACE = "urn:eodes:card:1"
ROOT = "PartnerCard"

#: Field and its element; the order on the wire is the order of the record's fields.
ELEMENTS = {
    "authority": "AuthorityID",
    "name": "Name",
    "endpoint": "EndpointURI",
    "test": "TestIndicator",
    "created_at": "CreationDateTime",
    "signing": "SigningCertificate",
    "tls_authorities": "TLSAuthority",
    "capabilities": "Capabilities",
    "valid_from": "ValidFrom",
    "valid_until": "ValidUntil",
    "certificate": "Certificate",
    "message_types": "MessageTypeCode",
    "dialects": "Dialect",
    "algorithms": "AlgorithmCode",
    "forms": "Form",
    "max_document_bytes": "MaximumDocumentBytes",
    "version": "VersionID",
    "agreement": "AgreementCode",
    "form_type": "FormTypeCode",
}


def compose(card: object) -> bytes:
    """Write a card in its exclusive canonical form, unsigned."""
    inside = "".join(_written(card))
    return f'<{ROOT} xmlns="{NAMESPACE}">{inside}</{ROOT}>'.encode()


def decompose(root: Element, kind: type) -> dict[str, Any]:
    """Read the plain values of a card; what is unknown is passed over, not judged.

    Raises:
        ValueError: the root is no card.

    """
    if root.tag != _tag(ROOT):
        raise ValueError(f"the root is {root.tag!s}, not {ROOT} of {NAMESPACE}")
    return _values(root, kind)


def _written(held: object) -> Iterator[str]:
    kind: type = type(held)
    for name in field_names(kind):
        value = getattr(held, name)
        element = ELEMENTS[name]
        for one in value if isinstance(value, tuple) else (value,):
            yield f"<{element}>{_content(one)}</{element}>"


def _content(value: object) -> str:
    if dataclasses.is_dataclass(value):
        return "".join(_written(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped(str(write(value)))


def _values(parent: Element, kind: type) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in field_names(kind):
        form = shape(hints(kind)[name])
        found = [_value(one, form) for one in parent if one.tag == _tag(ELEMENTS[name])]
        if form.many:
            values[name] = found
        elif found:
            values[name] = found[0]
    return values


def _value(element: Element, form: Shape) -> Any:
    if dataclasses.is_dataclass(form.bare):
        return _values(element, form.bare)  # type: ignore[arg-type]  # is_dataclass also admits instances
    text = element.text or ""
    if form.bare is bool:
        return {"true": True, "false": False}.get(text, text)
    return int(text) if form.bare is int and text.isdecimal() else text


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
