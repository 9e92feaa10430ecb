"""Where in a document something is, by the names a person sees there."""

from __future__ import annotations

from lxml.etree import _Element as Element


def named_path(element: Element) -> str:
    """Return the place of an element by local names, with positions where names repeat."""
    parts: list[str] = []
    here: Element | None = element
    while here is not None:
        parts.append(_named_step(here))
        here = here.getparent()
    return "/" + "/".join(reversed(parts))


def _named_step(element: Element) -> str:
    name = str(element.tag).rpartition("}")[2]
    parent = element.getparent()
    siblings = parent if parent is not None else [element]
    same = [one for one in siblings if one.tag == element.tag]
    return f"{name}[{same.index(element) + 1}]" if len(same) > 1 else name
