"""The reference pages of the dialects: every row, its boxes, and what is not carried."""

from __future__ import annotations

from collections.abc import Iterator

from eodes.dialects.engine import DIALECTS, Dialect, all_nodes, load_dialect
from eodes.dialects.plan import Node, Plan, What, code_pairs
from eodes.domain.form import Presence
from eodes.domain.record import Amount, Text, Whole
from eodes.forms.register import Forms

_SIGNS = {
    Presence.MANDATORY: "M",
    Presence.CONDITIONAL: "C",
    Presence.OPTIONAL: "O",
    Presence.CUSTOMS: "K",
}


def pages() -> dict[str, str]:
    """Return the pages by their path below docs/reference."""
    return {f"dialects/{name}.md": _page(load_dialect(name)) for name in DIALECTS}


def _page(dialect: Dialect) -> str:
    return "\n".join(
        [
            f"# Dialect `{dialect.name}`, version {dialect.version}",
            "",
            "Generated from the mapping; do not edit.",
            "",
            *_sentences(dialect.mapping.about),
            "",
            (
                f"The certificate is `{dialect.mapping.root}` in `{dialect.mapping.namespace}`; "
                f"numbers are written {_numbers(dialect)}."
            ),
            "Envelope and messages are those of the house, in every dialect.",
            "A datum that equals its default is not written.",
            "",
            "## Rows",
            "",
            (
                "Boxes are those of the paper forms: M mandatory, C conditional, O optional, "
                "K filled by importing customs."
            ),
            "A `+` before an element marks an addition of ours to the partner's own field list.",
            (
                "UNTDED names the UN/EDIFACT data element of the same meaning; "
                "WCO ids are not filled, because none could be read."
            ),
            "",
            "| canonical | element | must | holds | boxes | UNTDED | note |",
            "| --- | --- | --- | --- | --- | --- | --- |",
            *_rows(dialect, dialect.plan, ""),
            "",
            *_code_lists(dialect),
            *_coverage(dialect),
            "",
        ]
    )


def _sentences(text: str) -> list[str]:
    return text.strip().replace(". ", ".\n").split("\n")


def _numbers(dialect: Dialect) -> str:
    style = dialect.mapping.number_style.value.lower().replace("_", " ")
    return f"{style}, after the partner profile's own style"


def _rows(dialect: Dialect, plan: Plan, inside: str) -> Iterator[str]:
    yield from _lines(dialect, plan.nodes, inside)


def _lines(dialect: Dialect, nodes: tuple[Node, ...], inside: str) -> Iterator[str]:
    for node in nodes:
        place = f"{inside}/{node.row.element}".lstrip("/")
        if node.what is What.GROUP:
            yield from _lines(dialect, node.rows, place)
            continue
        yield _line(dialect, node, place)
        if node.record:
            yield from _rows(dialect, node.record, place)


def _line(dialect: Dialect, node: Node, place: str) -> str:
    mark = "+" if node.row.ours else ""
    cells = (
        f"`{node.where}`",
        f"{mark}`{place}`",
        "yes" if node.required else "",
        _holds(node),
        _boxes(dialect, node),
        node.row.edifact or "",
        node.row.note or "",
    )
    return f"| {' | '.join(cells)} |"


def _holds(node: Node) -> str:
    if node.what in {What.RECORD, What.RECORDS}:
        return "group, repeated" if node.what is What.RECORDS else "group"
    assert node.form, "a value has a shape"
    words = [node.form.bare.__name__]
    limit = next((one for one in node.form.limits if isinstance(one, Text | Amount | Whole)), None)
    if isinstance(limit, Text):
        words = [f"text {limit.shortest}..{limit.longest}"]
    elif isinstance(limit, Amount):
        words = [f"decimal {limit.digits},{limit.places}"]
    if node.row.codes:
        words = [f"code list `{node.row.codes}`"]
    if node.row.refers_to:
        words.append(f"= `{node.row.refers_to}`")
    return ", ".join([*words, *(["repeated"] if node.what is What.VALUES else [])])


def _boxes(dialect: Dialect, node: Node) -> str:
    shown = dialect.boxes.all_of(node.where)
    presence = _presence_of_boxes()
    return ", ".join(
        f"{agreement} {box}{presence.get((agreement, box), '')}"
        for agreement, box in sorted(shown.items())
    )


def _presence_of_boxes() -> dict[tuple[str, str], str]:
    return {
        (form.agreement, box.number): _SIGNS[box.presence]
        for form in _FORMS.editions
        for box in form.boxes
    }


def _code_lists(dialect: Dialect) -> Iterator[str]:
    for table in dialect.mapping.codes:
        yield f"## Code list `{table.name}`"
        yield ""
        if table.note:
            yield table.note
            yield ""
        yield "| ours | theirs |"
        yield "| --- | --- |"
        row = next(one.row for one in all_nodes(dialect.plan) if one.row.codes == table.name)
        for ours, theirs in code_pairs(dialect.mapping, row).items():
            yield f"| {ours} | {theirs} |"
        yield ""


def _coverage(dialect: Dialect) -> Iterator[str]:
    values = [node for node in all_nodes(dialect.plan) if node.record is None]
    additions = sum(node.row.ours for node in values)
    yield "## Coverage"
    yield ""
    yield (
        f"{len(values)} values are carried, {additions} of them in elements of our addition; "
        f"{len(dialect.mapping.not_carried)} fields are not."
    )
    yield "A field that is neither carried nor listed here stops the program from starting."
    yield ""
    yield "| not carried | when present | why |"
    yield "| --- | --- | --- |"
    for row in dialect.mapping.not_carried:
        yield f"| `{row.path}` | {row.if_present.value} | {row.reason} |"


_FORMS = Forms.load()
