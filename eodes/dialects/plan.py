"""A mapping joined with the canonical records: what writer, reader, schema and pages work from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any

from eodes.dialects.mapping import Mapping, Row, Style
from eodes.dialects.paths import Step, steps_of
from eodes.domain import certificate as canonical
from eodes.domain.certificate import Certificate
from eodes.domain.record import Count, Shape, Text, hints, shape
from eodes.errors import ConfigurationError
from eodes.wire.lexical import Reader, Writer, coded, reader_of, writer_of


class What(StrEnum):
    """What an element of the partner's document holds."""

    GROUP = "group"  # more rows of the same record
    VALUE = "value"
    VALUES = "values"  # one value of a list
    PLACE = "place"  # one place in a list, spelled as that element's own number
    RECORD = "record"
    RECORDS = "records"  # one record of a list


@dataclass(frozen=True, slots=True)
class Node:
    """One row, understood."""

    row: Row
    what: What
    where: str  # canonical path from the certificate
    steps: tuple[Step, ...] = ()
    form: Shape | None = None
    required: bool = False
    default: object = None
    write: Writer = str
    read: Reader = str
    rows: tuple[Node, ...] = ()
    record: Plan | None = None
    picks_from: type | None = None  # record kind of the list that the first step picks from

    @property
    def key(self) -> str:
        """Return the canonical path within the record."""
        return self.row.path or ""

    @property
    def count(self) -> Count:
        """Return how many elements there may be."""
        found = self.form.limit(Count) if self.form else None
        return found or Count()


@dataclass(frozen=True, slots=True)
class Plan:
    """The content of one kind of element."""

    kind: type
    nodes: tuple[Node, ...]
    where: str
    group: str

    def flat(self) -> Iterator[Node]:
        """Return every node that speaks of this record, those inside element groups too."""
        yield from _flat(self.nodes)


def _flat(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        if node.what is What.GROUP:
            yield from _flat(node.rows)
        else:
            yield node


def plan_of(mapping: Mapping, *, file: Path) -> Plan:
    """Join a mapping with the canonical records.

    Raises:
        ConfigurationError: a row names a group, field or code list that does not exist, or a
            canonical field is neither carried nor said not to be.

    """
    joiner = _Joiner(mapping, file)
    plan = joiner.plan(mapping.root, where="")
    missing = [
        path for path in sorted(joiner.fields) if path not in joiner.carried | _excused(mapping)
    ]
    if missing:
        raise ConfigurationError(
            file=file, problem=f"neither carried nor said not to be: {', '.join(missing)}"
        )
    return plan


def _excused(mapping: Mapping) -> set[str]:
    return {row.path for row in mapping.not_carried}


def general(path: str) -> str:
    """Return a path without its picks: `parties[role=EXPORTER].name` is `parties[].name`."""
    return ".".join(
        part.partition("[")[0] + ("[]" if "[" in part else "") for part in path.split(".")
    )


@dataclass(slots=True)
class _Joiner:
    mapping: Mapping
    file: Path
    fields: set[str] = dataclasses.field(default_factory=set)
    carried: set[str] = dataclasses.field(default_factory=set)

    def plan(self, group_name: str, *, where: str) -> Plan:
        group = self.mapping.group_names.get(group_name)
        kind = getattr(canonical, group.of, None) if group else None
        if group is None or kind is None:
            raise self._wrong(f"no group {group_name}, or no canonical record for it")
        self._expect(kind, where)
        return Plan(kind, self._nodes(group.rows, kind, where), where, group_name)

    def _expect(self, kind: type, where: str) -> None:
        prefix = f"{general(where)}." if where else ""
        for field in dataclasses.fields(kind):
            self.fields.add(prefix + field.name)

    def _nodes(self, rows: tuple[Row, ...], kind: type, where: str) -> tuple[Node, ...]:
        return tuple(self._node(row, kind, where) for row in rows)

    def _node(self, row: Row, kind: type, where: str) -> Node:
        if row.path is None:
            return self._group(row, kind, where)
        try:
            steps = steps_of(row.path)
            form, required, default = self._resolve(steps, kind, where)
        except (KeyError, ValueError) as error:
            raise self._wrong(f"{row.element}: path {row.path}: {error}") from error
        place = f"{where}.{row.path}" if where else row.path
        self._mark(steps, where)
        required = required or row.required
        source = shape(hints(kind)[steps[0].field]).bare if steps[0].picks else None
        if dataclasses.is_dataclass(form.bare):
            node = self._record(row, steps, form, at=_Place(place, required, default))
            return dataclasses.replace(node, picks_from=source)
        write, read = self._spelling(row, form)
        form = _narrowed(form, row.longest)
        what = What.VALUES if form.many else What.VALUE
        if row.refers_to is not None:
            what, form = What.PLACE, self._referred(row.refers_to, form)
        return Node(
            row, what, place, steps, form, required, default, write, read, picks_from=source
        )

    def _group(self, row: Row, kind: type, where: str) -> Node:
        group = self.mapping.group_names.get(row.group or "")
        if group is None or getattr(canonical, group.of, None) is not kind:
            raise self._wrong(f"{row.element} groups {row.group}, which is no {kind.__name__}")
        rows = self._nodes(group.rows, kind, where)
        required = row.required or any(node.required for node in rows)
        return Node(row, What.GROUP, where, required=required, rows=rows)

    def _record(self, row: Row, steps: tuple[Step, ...], form: Shape, *, at: _Place) -> Node:
        if row.group is None:
            raise self._wrong(f"{row.element}: {row.path} is a record and needs a group")
        many = form.many
        inside = at.where if steps[-1].picks or not many else f"{at.where}[]"
        return Node(
            row,
            What.RECORDS if many else What.RECORD,
            at.where,
            steps,
            form,
            at.required,
            at.default,
            record=self.plan(row.group, where=inside),
        )

    def _resolve(
        self, steps: tuple[Step, ...], kind: type, where: str
    ) -> tuple[Shape, bool, object]:
        required, here, prefix = True, kind, where
        for step in steps[:-1]:
            form = shape(hints(here)[step.field])
            required = required and not (form.optional or step.picks)
            prefix = ".".join(part for part in (prefix, step.text) if part)
            here = form.bare
            self._expect(here, prefix)
        last = steps[-1]
        form = shape(hints(here)[last.field])
        field = next(one for one in dataclasses.fields(here) if one.name == last.field)
        required = required and field.default is dataclasses.MISSING and not last.picks
        default = None if field.default is dataclasses.MISSING else field.default
        return form, required, default

    def _mark(self, steps: tuple[Step, ...], where: str) -> None:
        prefix = f"{general(where)}." if where else ""
        for step in steps:
            self.carried.add(prefix + step.field)
            if step.key:
                self.carried.add(f"{prefix}{step.field}[].{step.key}")
            prefix += f"{step.field}[]." if step.picks else f"{step.field}."

    def _spelling(self, row: Row, form: Shape) -> tuple[Writer, Reader]:
        if row.codes is None:
            return writer_of(form.bare), reader_of(form.bare)
        table = self.mapping.code_tables.get(row.codes)
        if table is None:
            raise self._wrong(f"{row.element}: no code list {row.codes}")
        own = reader_of(form.bare)
        return coded({pair.theirs: own(pair.ours) for pair in table.pairs})

    def _referred(self, path: str, form: Shape) -> Shape:
        list_name, _, field = path.partition(".")
        element = shape(hints(Certificate)[list_name]).bare
        target = shape(hints(element)[field])
        return Shape(target.bare, (*target.limits, *form.limits), optional=False, many=True)

    def _wrong(self, problem: str) -> ConfigurationError:
        return ConfigurationError(file=self.file, problem=problem)


def _narrowed(form: Shape, longest: int | None) -> Shape:
    # The partner's element may be shorter than our field.
    if longest is None:
        return form
    limits = tuple(
        dataclasses.replace(one, longest=min(one.longest, longest))
        if isinstance(one, Text)
        else one
        for one in form.limits
    )
    return dataclasses.replace(form, limits=limits)


@dataclass(frozen=True, slots=True)
class _Place:
    where: str
    required: bool
    default: object


def picked_code(step: Step, kind: type) -> Any:
    """Return the value that a picking step looks for, such as PartyRole.EXPORTER."""
    enumeration: type[Enum] = shape(hints(kind)[step.key]).bare
    return enumeration(step.code)


def code_pairs(mapping: Mapping, row: Row) -> Table[str, str]:
    """Return our code to theirs, for a row with a code list."""
    table = mapping.code_tables.get(row.codes or "")
    return {pair.ours: pair.theirs for pair in table.pairs} if table else {}


def is_number(node: Node) -> bool:
    """Tell whether a node holds a certificate number, which partners spell in their own style."""
    return node.row.style is Style.NUMBER
