"""The compiled schemas: one for each dialect, over envelope, messages and its certificate.

The files are our own and checked against their MANIFEST; libxml2 validates, and only a refused
document is looked at again, slowly, to say in words what is wrong.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from eodes.domain.verdict import Refusal
from eodes.errors import ConfigurationError
from eodes.wire.envelope import ENVELOPE_NAMESPACE, MESSAGE_NAMESPACE
from eodes.wire.schema_boxes import SchemaBoxes, read_boxes
from eodes.wire.schema_places import named_path

HOUSE = "eodes"
VERSION = "1.0"

_MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  ([\w./-]+)")
_NAMESPACE_IN_WORDS = re.compile(r"\{(?:urn|http)[^}]*\}")
_MAX_WORDS = 300


class _PerThread(threading.local):
    # A schema object keeps the errors of its last document: one a thread, or they mix.
    def __init__(self) -> None:
        self.compiled: dict[tuple[str, str], etree.XMLSchema] = {}


@dataclass(frozen=True, slots=True)
class Schemas:
    """Validates whole documents; compiled on first use in each thread, at load in the first."""

    folder: Path
    namespaces: Mapping[str, tuple[str, str]]  # of a certificate: dialect and version
    _sources: Mapping[tuple[str, str], str]
    _boxes: Mapping[tuple[str, str], SchemaBoxes]
    _threads: _PerThread = field(default_factory=_PerThread)
    _compiling: threading.Lock = field(default_factory=threading.Lock)

    @staticmethod
    def load(folder: Path) -> Schemas:
        """Check and compile the schemas of a folder.

        Raises:
            ConfigurationError: a file is missing, changed, surplus, or no schema.

        """
        files = _checked_files(folder)
        namespaces: dict[str, tuple[str, str]] = {}
        sources: dict[tuple[str, str], str] = {}
        boxes: dict[tuple[str, str], SchemaBoxes] = {}
        for path in files:
            dialect, version, name = path.split("/")
            if name == "certificate.xsd":
                boxes[dialect, version] = read_boxes(_schema_tree(folder / path))
                namespace = boxes[dialect, version].namespace
                namespaces[namespace] = (dialect, version)
                sources[dialect, version] = _driver(folder, namespace, path)
        schemas = Schemas(folder, namespaces, sources, boxes)
        for key in sources:
            schemas._compiled(*key)  # building is part of loading
        return schemas

    def validate(
        self, root: Element, *, dialect: str | None = None, version: str | None = None
    ) -> Refusal | None:
        """Validate a document against the schema of a dialect, by default that of its certificate.

        Raises:
            ConfigurationError: there is no such dialect or version.

        """
        key = (dialect or self._dialect_of(root)[0], version or VERSION)
        schema = self._compiled(*key)
        if schema.validate(root):
            return None
        return _refusal(root, schema, self._boxes[key])

    def explain(
        self, root: Element, *, dialect: str | None = None, agreement: str = "", most: int = 20
    ) -> tuple[Refusal, ...]:
        """Say everything that is wrong with a document, with the boxes of the form; slow.

        Raises:
            ConfigurationError: there is no such dialect.

        """
        from eodes.wire import schema_words  # noqa: PLC0415  # 0.1 s that the good path never pays

        key = (dialect or self._dialect_of(root)[0], VERSION)
        said = schema_words.explain(
            root, source=self._source(*key), boxes=self._boxes[key], agreement=agreement
        )
        return tuple(islice(said, most))

    def _dialect_of(self, root: Element) -> tuple[str, str]:
        for payload in root.iterfind(f"{{{ENVELOPE_NAMESPACE}}}Body/{{{MESSAGE_NAMESPACE}}}*"):
            for child in payload:
                namespace = str(child.tag)[1:].partition("}")[0]
                if namespace in self.namespaces:
                    return self.namespaces[namespace]
        return HOUSE, VERSION

    def _source(self, dialect: str, version: str) -> str:
        if (dialect, version) not in self._sources:
            known = ", ".join(" ".join(key) for key in sorted(self._sources))
            raise ConfigurationError(
                file=self.folder, problem=f"no schema for {dialect} {version}; there are {known}"
            )
        return self._sources[dialect, version]

    def _compiled(self, dialect: str, version: str) -> etree.XMLSchema:
        compiled = self._threads.compiled
        if (dialect, version) not in compiled:
            source = self._source(dialect, version)
            # Two schemas built at once race for a table inside libxml2.
            with self._compiling:
                compiled[dialect, version] = _compile(source, self.folder)
        return compiled[dialect, version]


def _checked_files(folder: Path) -> tuple[str, ...]:
    manifest = folder / "MANIFEST"
    try:
        lines = manifest.read_text("utf-8").splitlines()
    except OSError as error:
        raise ConfigurationError(
            file=manifest, problem=f"cannot be read ({error.strerror})"
        ) from error
    listed: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        match = _MANIFEST_LINE.fullmatch(line)
        if match is None:
            raise ConfigurationError(file=manifest, problem="no digest and path", line=number)
        listed[match[2]] = match[1]
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*.xsd")}
    if odd := present.symmetric_difference(listed):
        raise ConfigurationError(
            file=manifest, problem=f"listed or present, not both: {', '.join(sorted(odd))}"
        )
    for path, digest in listed.items():
        if hashlib.sha256((folder / path).read_bytes()).hexdigest() != digest:
            raise ConfigurationError(
                file=folder / path, problem="differs from its MANIFEST; restore the shipped file"
            )
    return tuple(sorted(listed))


def _schema_tree(file: Path) -> Element:
    try:
        return etree.parse(file).getroot()
    except etree.XMLSyntaxError as error:
        raise ConfigurationError(file=file, problem=f"no XML ({error})") from error


def _driver(folder: Path, namespace: str, path: str) -> str:
    house = folder / HOUSE / VERSION
    imports = (
        (ENVELOPE_NAMESPACE, house / "envelope.xsd"),
        (MESSAGE_NAMESPACE, house / "message.xsd"),
        (namespace, folder / path),
    )
    inside = "".join(
        f'<xs:import namespace="{name}" schemaLocation="{file.resolve().as_uri()}"/>'
        for name, file in imports
    )
    return f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{inside}</xs:schema>'


def _compile(source: str, folder: Path) -> etree.XMLSchema:
    try:
        return etree.XMLSchema(etree.fromstring(source))
    except etree.XMLSchemaParseError as error:
        raise ConfigurationError(file=folder, problem=str(error)) from error


def _refusal(root: Element, schema: etree.XMLSchema, boxes: SchemaBoxes) -> Refusal:
    entry = schema.error_log[0]
    words = _NAMESPACE_IN_WORDS.sub("", entry.message)[:_MAX_WORDS]
    element = _element_at(root, entry.path)
    box = boxes.of(element)
    said = f" (box {box})" if box else ""
    return Refusal(
        "SCH-INVALID",
        f"The document breaks its schema{said}: {words}",
        path=named_path(element),
        box=box,
    )


def _element_at(root: Element, path: str | None) -> Element:
    # libxml2 writes /*/*[2] or a prefix of the document's own; without it the root must do.
    try:
        found = root.xpath(path) if path else []
    except etree.XPathError:
        return root
    return next((one for one in found if isinstance(one, Element)), root)
