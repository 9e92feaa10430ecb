"""Canonical records to elements: every row compiled once into a small function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from eodes.dialects.paths import Step
from eodes.dialects.plan import Node, Plan, What, is_number, picked_code
from eodes.dialects.spelling import Pen
from eodes.domain.record import Text
from eodes.wire.lexical import UnknownCodeError

NodeWriter = Callable[[Any, Element, Pen], None]
RecordWriter = Callable[[Any, Element, Pen], None]
Getter = Callable[[Any, Pen], Any]

_SubElement = etree.SubElement
_NEVER = object()


def record_writer(plan: Plan, namespace: str) -> RecordWriter:
    """Compile the writer of one kind of element."""
    writers = tuple(_node_writer(node, namespace) for node in plan.nodes)
    pick = _picker(plan)

    def write(record: Any, parent: Element, pen: Pen) -> None:
        for write_node in writers:
            write_node(record, parent, pen)

    if pick is None:
        return write

    def write_picked(record: Any, parent: Element, pen: Pen) -> None:
        outer, pen.picks = pen.picks, pick(record, pen)
        write(record, parent, pen)
        pen.picks = outer

    return write_picked


def _node_writer(node: Node, namespace: str) -> NodeWriter:
    tag = f"{{{namespace}}}{node.row.element}"
    match node.what:
        case What.GROUP:
            return _group(node, tag, tuple(_node_writer(one, namespace) for one in node.rows))
        case What.VALUE:
            return _text(node, tag) if _is_free_text(node) else _value(node, tag)
        case What.VALUES:
            return _values(node, tag)
        case What.PLACE:
            return _places(node, tag)
        case What.RECORD:
            return _record(node, tag, namespace)
        case What.RECORDS:
            return _records(node, tag, namespace)


def _group(node: Node, tag: str, writers: tuple[NodeWriter, ...]) -> NodeWriter:
    required = node.required

    def write(record: Any, parent: Element, pen: Pen) -> None:
        element = _SubElement(parent, tag)
        for write_node in writers:
            write_node(record, element, pen)
        if not required and not len(element):
            parent.remove(element)

    return write


def _text(node: Node, tag: str) -> NodeWriter:
    get, where, omitted, longest = _getter(node.steps), node.where, _omitted(node), _longest(node)
    numbered = is_number(node)

    def write(record: Any, parent: Element, pen: Pen) -> None:
        value = get(record, pen)
        if value is None or value == omitted:
            return
        if numbered:
            value = pen.number(value, where)
        if not (value.isascii() and value.isprintable()):
            value = pen.spelled(value, where)
        if len(value) > longest or len(value) > pen.longest:
            pen.too_long(value, longest, where)
        _SubElement(parent, tag).text = value

    return write


def _value(node: Node, tag: str) -> NodeWriter:
    get, where, omitted, spell = _getter(node.steps), node.where, _omitted(node), node.write

    def write(record: Any, parent: Element, pen: Pen) -> None:
        value = get(record, pen)
        if value is None or value == omitted:
            return
        try:
            _SubElement(parent, tag).text = spell(value)
        except UnknownCodeError as error:
            pen.refuse("REF-CODE", f"the partner has no code for it ({error})", where)

    return write


def _values(node: Node, tag: str) -> NodeWriter:
    get, where, spell = _getter(node.steps), node.where, node.write
    free, longest = _is_free_text(node), _longest(node)

    def write(record: Any, parent: Element, pen: Pen) -> None:
        for value in get(record, pen) or ():
            text = spell(value)
            if free and not (text.isascii() and text.isprintable()):
                text = pen.spelled(text, where)
            if free and len(text) > longest:
                pen.too_long(text, longest, where)
            _SubElement(parent, tag).text = text

    return write


def _places(node: Node, tag: str) -> NodeWriter:
    get, where, target = _getter(node.steps), node.where, node.row.refers_to or ""

    def write(record: Any, parent: Element, pen: Pen) -> None:
        numbers = pen.referred[target]
        for place in get(record, pen):
            if not 0 < place <= len(numbers):
                pen.refuse("RUL-REFERENCE", f"there is no {target} at place {place}", where)
                continue
            number = numbers[place - 1]
            if numbers.count(number) > 1:
                pen.refuse(
                    "RUL-REFERENCE",
                    f"the partner refers by {target}, and {number!r} stands there twice",
                    where,
                )
            _SubElement(parent, tag).text = number

    return write


def _record(node: Node, tag: str, namespace: str) -> NodeWriter:
    assert node.record, "a record node has a plan"
    get, write_record = _getter(node.steps), record_writer(node.record, namespace)

    def write(record: Any, parent: Element, pen: Pen) -> None:
        value = get(record, pen)
        if value is not None:
            write_record(value, _SubElement(parent, tag), pen)

    return write


def _records(node: Node, tag: str, namespace: str) -> NodeWriter:
    assert node.record, "a record node has a plan"
    get, write_record = _getter(node.steps), record_writer(node.record, namespace)

    def write(record: Any, parent: Element, pen: Pen) -> None:
        values = get(record, pen)
        if not values:
            return
        places = pen.places
        for index, value in enumerate(values):
            places.append(index)
            write_record(value, _SubElement(parent, tag), pen)
            places.pop()

    return write


def _getter(steps: tuple[Step, ...]) -> Getter:
    first, names = steps[0], [step.field for step in steps]
    if first.picks:
        return _picked_getter(first.text, names[1:])
    if len(names) == 1:
        read = attrgetter(names[0])
        return lambda record, _: read(record)
    return lambda record, _: _follow(record, names)


def _picked_getter(picked: str, names: list[str]) -> Getter:
    return lambda _, pen: _follow(pen.picks.get(picked), names)


def _follow(value: Any, names: Iterable[str]) -> Any:
    for name in names:
        if value is None:
            return None
        value = getattr(value, name)
    return value


def _picker(plan: Plan) -> Callable[[Any, Pen], dict[str, Any]] | None:
    """Compile what sorts the elements of the picked lists to the rows that want them."""
    sorters = [_sorter(field, nodes) for field, nodes in picking(plan).items()]
    if not sorters:
        return None

    def pick(record: Any, pen: Pen) -> dict[str, Any]:
        picks: dict[str, Any] = {}
        for sort in sorters:
            sort(record, picks, pen)
        return picks

    return pick


def picking(plan: Plan) -> dict[str, list[Node]]:
    """Return the rows that pick from a list, by the field of the list."""
    found: dict[str, list[Node]] = {}
    for node in plan.flat():
        if node.steps[0].picks:
            found.setdefault(node.steps[0].field, []).append(node)
    return found


def _sorter(field: str, nodes: list[Node]) -> Callable[[Any, dict[str, Any], Pen], None]:
    element_kind = nodes[0].picks_from
    assert element_kind, "a picking row knows what it picks from"
    keys = {node.steps[0].key for node in nodes if node.steps[0].key}
    read_key = attrgetter(*keys)
    wanted = {
        picked_code(node.steps[0], element_kind): (node.steps[0].text, node.what is What.RECORDS)
        for node in nodes
        if node.steps[0].key
    }
    rest = next((node.steps[0].text for node in nodes if node.steps[0].rest), None)

    def sort(record: Any, picks: dict[str, Any], pen: Pen) -> None:
        for element in getattr(record, field):
            name, many = wanted.get(read_key(element), (rest, True))
            if not many and name in picks:
                name, many = rest, True
            if name is None:
                pen.refuse("RUL-NOT-CARRIED", f"no place for {read_key(element)}", field)
            elif many:
                picks.setdefault(name, []).append(element)
            else:
                picks[name] = element

    return sort


def _is_free_text(node: Node) -> bool:
    return bool(node.form and node.form.bare is str and not node.row.codes)


def _longest(node: Node) -> int:
    limit = node.form.limit(Text) if node.form else None
    return limit.longest if limit else 0


def _omitted(node: Node) -> object:
    # A default goes without saying, unless the partner's schema wants the element.
    return _NEVER if node.default is None or node.required else node.default
