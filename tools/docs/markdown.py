"""Pieces of Markdown that every generated page is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

DO_NOT_EDIT = "Generated from {source} by `python -m tools.docs`; do not edit."


def page(title: str, source: str, lines: Iterable[str]) -> str:
    """Return a whole page, which says what it was generated from."""
    return "\n".join((f"# {title}", "", DO_NOT_EDIT.format(source=source), "", *lines)) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a table."""
    columns = tuple(head)
    yield _line(columns)
    yield _line("---" for _ in columns)
    for row in rows:
        yield _line(_cell(value) for value in row)


def code(text: object) -> str:
    """Return text set as code; nothing stays nothing."""
    return f"`{text}`" if str(text) else ""


def codes(texts: Iterable[object]) -> str:
    """Return texts set as code, with commas between."""
    return ", ".join(code(text) for text in texts)


def section(title: str, *, level: int = 2) -> Iterator[str]:
    """Yield a heading with the empty lines around it."""
    yield ""
    yield f"{'#' * level} {title}"
    yield ""


def first_line(text: str | None) -> str:
    """Return the first line of a docstring."""
    return (text or "").strip().partition("\n")[0]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(value).split()).replace("|", "\\|")
