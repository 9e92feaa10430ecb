"""Which box of the paper form an element of a certificate stands for, as its schema says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml.etree import _Element as Element

SOURCE = "urn:eodes:boxes"
#: Every dialect names the agreement of a certificate in an element of this name.
AGREEMENT_ELEMENT = "{*}AgreementCode"

_XSD = "{http://www.w3.org/2001/XMLSchema}"


@dataclass(frozen=True, slots=True)
class _Declared:
    type_name: str
    boxes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SchemaBoxes:
    """The elements of one certificate schema, by the content they stand in."""

    namespace: str
    content: Mapping[str, Mapping[str, _Declared]]
    root_type: str

    def of(self, element: Element, *, agreement: str = "") -> str:
        """Return the box of an element or of what contains it; empty where there is none."""
        names = self._names(element)
        form = agreement or _agreement_said(element)
        content, box = self.root_type, ""
        for name in names:
            declared = self.content.get(content, {}).get(name)
            if declared is None:
                break
            box = declared.boxes.get(form, box)
            content = declared.type_name
        return box

    def _names(self, element: Element) -> tuple[str, ...]:
        names: list[str] = []
        here: Element | None = element
        while here is not None and str(here.tag).startswith(f"{{{self.namespace}}}"):
            names.append(str(here.tag).rpartition("}")[2])
            here = here.getparent()
        return tuple(reversed(names[:-1]))


def read_boxes(schema: Element) -> SchemaBoxes:
    """Read the boxes from the annotations of a certificate schema."""
    content = {
        str(kind.get("name")): {
            str(one.get("name")): _Declared(str(one.get("type")), _boxes(one))
            for one in kind.iterfind(f"{_XSD}sequence/{_XSD}element")
        }
        for kind in schema.iterfind(f"{_XSD}complexType")
    }
    root = schema.find(f"{_XSD}element")
    root_type = str(root.get("type")) if root is not None else ""
    return SchemaBoxes(str(schema.get("targetNamespace")), content, root_type)


def _boxes(element: Element) -> Mapping[str, str]:
    noted = element.findtext(f"{_XSD}annotation/{_XSD}appinfo[@source='{SOURCE}']") or ""
    return dict(pair.split("=", 1) for pair in noted.split())


def _agreement_said(element: Element) -> str:
    named = element.getroottree().getroot().find(f".//{AGREEMENT_ELEMENT}")
    return (named.text or "") if named is not None else ""
