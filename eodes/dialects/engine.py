"""One engine for every dialect: a mapping compiled at load into a writer and a reader.

Refusals of the families RUL- and REF- say what a partner's document cannot carry, with the box of
the paper form; they come before anything is signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from eodes.dialects.boxes import Boxes, load_boxes
from eodes.dialects.mapping import FOLDER, Mapping, load
from eodes.dialects.plan import Node, Plan, plan_of
from eodes.dialects.preflight import Preflight, refused_when_present
from eodes.dialects.reader import RecordReader, Surroundings, UnreadableError, record_reader
from eodes.dialects.spelling import Pen
from eodes.dialects.view import Difference, difference_of, withheld
from eodes.dialects.writer import RecordWriter, record_writer
from eodes.domain.certificate import Certificate
from eodes.domain.partner import NumberStyle, Profile
from eodes.domain.verdict import Finding, Refusal

DIALECTS = ("eodes", "gacc")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a canonical certificate is spelled towards partners of one dialect."""

    mapping: Mapping
    plan: Plan
    boxes: Boxes
    _write: RecordWriter
    _read: RecordReader
    _preflight: Preflight
    _difference: Difference

    @property
    def name(self) -> str:
        """Return the name that partner profiles use."""
        return self.mapping.name

    @property
    def version(self) -> str:
        """Return the version that partner profiles use."""
        return self.mapping.version

    @property
    def root_tag(self) -> str:
        """Return the qualified name of the certificate's element."""
        return f"{{{self.mapping.namespace}}}{self.mapping.root}"

    def write_certificate(
        self, certificate: Certificate, *, profile: Profile
    ) -> Element | tuple[Refusal, ...]:
        """Write a certificate towards a partner, or say everything that does not fit.

        1. Withhold what may not be disclosed.
        2. Look for what the partner or the form does not take.
        3. Write every row, noting characters and lengths that do not fit.
        """
        element, pen = self._written(certificate, profile)
        refusals = (*self._preflight(certificate, profile), *pen.refusals)
        return refusals or element

    def notices(self, certificate: Certificate, *, profile: Profile) -> tuple[Finding, ...]:
        """Return what writing would change in the text for the partner's characters."""
        return tuple(self._written(certificate, profile)[1].notices)

    def read_certificate(self, element: Element) -> Certificate | Refusal:
        """Read a certificate from an element that passed its schema."""
        if element.tag != self.root_tag:
            return Refusal("SCH-INVALID", f"{self.mapping.root} is expected.", path="/")
        try:
            certificate: Certificate = self._read(element, {})
        except UnreadableError as error:
            return error.refusal
        return certificate

    def wire_view(self, certificate: Certificate, *, profile: Profile) -> Certificate:
        """Return what a reader of the written certificate would see.

        Not carried is what the mapping says; lists that are spread over several elements come
        back in the order of those elements.
        """
        seen: Certificate = self._difference.seen(withheld(certificate), self._styles(profile))
        return seen

    def _written(self, certificate: Certificate, profile: Profile) -> tuple[Element, Pen]:
        pen = Pen(
            profile,
            certificate.agreement,
            self.boxes,
            profile.content.longest_text,
            self._styles(profile),
            {"invoices.number": tuple(one.number for one in certificate.invoices)},
        )
        root = etree.Element(self.root_tag, nsmap={None: self.mapping.namespace})
        self._write(withheld(certificate), root, pen)
        return root, pen

    def _styles(self, profile: Profile) -> tuple[NumberStyle, ...]:
        return (profile.numbers.style, self.mapping.number_style)


@cache
def load_dialect(name: str) -> Dialect:
    """Return a shipped dialect, compiled once.

    Raises:
        ConfigurationError: the mapping is flawed.

    """
    return compile_dialect(FOLDER / name / "mapping.toml")


def compile_dialect(file: Path) -> Dialect:
    """Compile a mapping file.

    Raises:
        ConfigurationError: the mapping is flawed.

    """
    mapping, boxes = load(file), load_boxes()
    plan = plan_of(mapping, file=file)
    nodes = all_nodes(plan)
    targets = {one.partition(".")[0]: one for node in nodes if (one := node.row.refers_to)}
    surroundings = Surroundings(mapping.namespace, boxes, targets)
    blank = frozenset(row.path for row in mapping.not_carried)
    return Dialect(
        mapping,
        plan,
        boxes,
        record_writer(plan, mapping.namespace),
        record_reader(plan, surroundings, preset={}),
        Preflight(refused_when_present(mapping.not_carried), boxes),
        difference_of(nodes, blank=blank),
    )


def all_nodes(plan: Plan) -> tuple[Node, ...]:
    """Return every node of a plan and of the records below it."""
    nodes: list[Node] = []
    for node in plan.flat():
        nodes.append(node)
        if node.record:
            nodes += all_nodes(node.record)
    return tuple(nodes)
