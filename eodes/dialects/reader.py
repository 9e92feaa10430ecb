"""Elements to canonical records: every element name compiled once into a small function.

The document passed its schema before; what is refused here is what a schema cannot say.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from eodes.dialects.boxes import Boxes
from eodes.dialects.plan import Node, Plan, What, picked_code
from eodes.dialects.writer import picking
from eodes.domain.record import hints, shape
from eodes.domain.verdict import Refusal
from eodes.wire.lexical import UnknownCodeError
from eodes.wire.parser import path_of

#: Values found so far, by canonical path within the record.
Frame = dict[str, Any]
#: Places of list elements by their own number, for rows that refer by number.
Places = dict[str, dict[str, int]]
Tag = str | bytes | bytearray | etree.QName  # what lxml says a tag may be; here always str
Handler = Callable[[Element, Frame, Places], None]
#: By tag: the path that a plain text is kept under, or what else is to be done.
Handlers = dict[Tag, tuple[str, Handler | None]]
RecordReader = Callable[[Element, Places], Any]
_Step = Callable[[Frame], None]


class UnreadableError(Exception):
    """Ends the reading of one certificate; never leaves the engine."""

    def __init__(self, *, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.detail)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every element of a dialect shares; `targets` are the numbers that rows refer by."""

    namespace: str
    boxes: Boxes
    targets: Mapping[str, str]


def record_reader(plan: Plan, surroundings: Surroundings, *, preset: Frame) -> RecordReader:
    """Compile the reader of one kind of element; `preset` holds what the element's name says."""
    handlers = _handlers(plan.nodes, surroundings)
    finish = _finisher(plan)
    kind = plan.kind

    def read(element: Element, places: Places) -> Any:
        frame = preset.copy()
        # Most elements hold plain text: it is taken here, a call for each would cost as much again.
        for child in element:
            try:
                key, handle = handlers[child.tag]
            except KeyError:
                raise _unexpected(child) from None
            if handle is None:
                frame[key] = child.text or ""
            else:
                handle(child, frame, places)
        for step in finish:
            step(frame)
        return kind(**frame)

    return read


def _unexpected(element: Element) -> UnreadableError:
    name = str(element.tag).rpartition("}")[2]
    return UnreadableError(
        refusal=Refusal("SCH-INVALID", f"Element {name} is not expected here.", path=name)
    )


def _handlers(nodes: tuple[Node, ...], surroundings: Surroundings) -> Handlers:
    return {
        f"{{{surroundings.namespace}}}{node.row.element}": (
            node.key,
            None if _is_plain_text(node) else _handler(node, surroundings),
        )
        for node in nodes
    }


def _handler(node: Node, surroundings: Surroundings) -> Handler:
    match node.what:
        case What.GROUP:
            return _group(_handlers(node.rows, surroundings))
        case What.VALUE:
            return _value(node, surroundings.boxes)
        case What.VALUES:
            return _values(node, surroundings.boxes)
        case What.PLACE:
            return _place(node, surroundings.boxes)
        case What.RECORD:
            return _record(node, _nested(node, surroundings))
        case What.RECORDS:
            return _records(node, _nested(node, surroundings), surroundings.targets.get(node.where))


def _nested(node: Node, surroundings: Surroundings) -> RecordReader:
    assert node.record, "a record node has a plan"
    return record_reader(node.record, surroundings, preset=_preset(node))


def _preset(node: Node) -> Frame:
    step = node.steps[-1]
    if not step.key:
        return {}
    assert node.picks_from, "a picking row knows what it picks from"
    return {step.key: picked_code(step, node.picks_from)}


def _group(handlers: Handlers) -> Handler:
    def handle(element: Element, frame: Frame, places: Places) -> None:
        for child in element:
            try:
                key, handle_child = handlers[child.tag]
            except KeyError:
                raise _unexpected(child) from None
            if handle_child is None:
                frame[key] = child.text or ""
            else:
                handle_child(child, frame, places)

    return handle


def _value(node: Node, boxes: Boxes) -> Handler:
    key, read = node.key, node.read

    def handle(element: Element, frame: Frame, _: Places) -> None:
        try:
            frame[key] = read(element.text or "")
        except (ValueError, ArithmeticError) as error:
            raise _unreadable(element, node, boxes, error=error) from error

    return handle


def _values(node: Node, boxes: Boxes) -> Handler:
    key, read = node.key, node.read

    def handle(element: Element, frame: Frame, _: Places) -> None:
        try:
            value = read(element.text or "")
        except (ValueError, ArithmeticError) as error:
            raise _unreadable(element, node, boxes, error=error) from error
        frame.setdefault(key, []).append(value)

    return handle


def _place(node: Node, boxes: Boxes) -> Handler:
    key, target = node.key, node.row.refers_to or ""

    def handle(element: Element, frame: Frame, places: Places) -> None:
        number = element.text or ""
        place = places.get(target, {}).get(number)
        if place is None:
            raise UnreadableError(
                refusal=Refusal(
                    "REF-PLACE",
                    f"{number!r} is no {target} of this certificate.",
                    path=path_of(element),
                    box=_any_box(boxes, node),
                )
            )
        frame.setdefault(key, []).append(place)

    return handle


def _record(node: Node, read: RecordReader) -> Handler:
    key = node.key

    def handle(element: Element, frame: Frame, places: Places) -> None:
        frame[key] = read(element, places)

    return handle


def _records(node: Node, read: RecordReader, target: str | None) -> Handler:
    if target:
        return _referred_records(node, read, target)
    key = node.key

    def handle(element: Element, frame: Frame, places: Places) -> None:
        found = frame.get(key)
        if found is None:
            frame[key] = [read(element, places)]
        else:
            found.append(read(element, places))

    return handle


def _referred_records(node: Node, read: RecordReader, target: str) -> Handler:
    key, number_of = node.key, attrgetter(target.rpartition(".")[2])

    def handle(element: Element, frame: Frame, places: Places) -> None:
        record = read(element, places)
        found = frame.setdefault(key, [])
        found.append(record)
        places.setdefault(target, {}).setdefault(number_of(record), len(found))

    return handle


def _finisher(plan: Plan) -> tuple[_Step, ...]:
    """Compile what turns the found values into the fields of the record.

    1. Lists become tuples.
    2. Values that stood flat become the record they belong to, the innermost first.
    3. Picked records become the list they were picked from.
    """
    nodes = tuple(plan.flat())
    lists = tuple(node.key for node in nodes if _is_list(node))
    steps: list[_Step] = [_tuples(lists)] if lists else []
    prefixes = {node.key.rpartition(".")[0] for node in nodes} - {""}
    while wider := {prefix.rpartition(".")[0] for prefix in prefixes} - prefixes - {""}:
        prefixes |= wider
    steps += [
        _assembled(prefix, plan, nodes, prefixes=prefixes)
        for prefix in sorted(prefixes, key=lambda one: (-one.count("."), one))
    ]
    steps += [_joined(field, rows) for field, rows in picking(plan).items()]
    return tuple(steps)


def _tuples(keys: tuple[str, ...]) -> _Step:
    def step(frame: Frame) -> None:
        for key in keys:
            found = frame.get(key)
            if found is not None:
                frame[key] = tuple(found)

    return step


def _assembled(prefix: str, plan: Plan, nodes: tuple[Node, ...], *, prefixes: set[str]) -> _Step:
    start = prefix + "."
    keys = {node.key for node in nodes} | prefixes
    members = tuple(
        (key, key[len(start) :])
        for key in sorted(keys)
        if key.startswith(start) and "." not in key[len(start) :]
    )
    first = next(node for node in nodes if node.key.startswith(start))
    kind, preset = _kind_at(plan.kind, first, depth=prefix.count(".") + 1)
    required = {
        field.name
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.name not in preset
    }

    def step(frame: Frame) -> None:
        values = {name: frame.pop(key) for key, name in members if key in frame}
        if not values:
            return
        if not required <= values.keys():
            missing = ", ".join(sorted(required - values.keys()))
            raise UnreadableError(
                refusal=Refusal("SCH-INCOMPLETE", f"{prefix} lacks {missing}.", path=prefix)
            )
        frame[prefix] = kind(**preset, **values)

    return step


def _kind_at(kind: type, node: Node, *, depth: int) -> tuple[type, Frame]:
    preset: Frame = {}
    for step in node.steps[:depth]:
        kind = shape(hints(kind)[step.field]).bare
        preset = {step.key: picked_code(step, kind)} if step.key else {}
    return kind, preset


def _joined(field: str, nodes: list[Node]) -> _Step:
    steps = dict.fromkeys((node.steps[0], node.what is What.RECORDS) for node in nodes)
    # What no row asked for by name comes last.
    ordered = sorted(steps, key=lambda one: one[0].rest)
    parts = tuple((step.text, many) for step, many in ordered)

    def step(frame: Frame) -> None:
        joined: tuple[Any, ...] = ()
        for name, many in parts:
            found = frame.pop(name, None)
            if found is not None:
                joined += found if many else (found,)
        if joined:
            frame[field] = joined

    return step


def _is_list(node: Node) -> bool:
    return node.what in {What.VALUES, What.PLACE, What.RECORDS}


def _is_plain_text(node: Node) -> bool:
    return bool(
        node.what is What.VALUE and node.form and node.form.bare is str and not node.row.codes
    )


def _any_box(boxes: Boxes, node: Node) -> str:
    shown = set(boxes.all_of(node.where).values())
    return shown.pop() if len(shown) == 1 else ""


def _unreadable(
    element: Element, node: Node, boxes: Boxes, *, error: ValueError | ArithmeticError
) -> UnreadableError:
    code = "REF-CODE" if isinstance(error, UnknownCodeError) else "SCH-INVALID"
    name = node.row.element
    return UnreadableError(
        refusal=Refusal(code, f"{name}: {error}.", path=path_of(element), box=_any_box(boxes, node))
    )
