"""Finds the outline of a rule: paragraphs, list items inside them, and what joins them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

_MARKER: Final = re.compile(
    r"(?P<mark>--?|•|\*|\((?:[ivx]{1,4}|[A-Za-z]|\d{1,2})\)|(?:[ivx]{1,4}|[a-z]|\d)\))(?:\s+|$)"
)
_NUMBER: Final = re.compile(r"^\d{1,3}[A-Z]?\. +(?=\(?[A-Za-z])")
_NUMBERS: Final = re.compile(
    r"^\d{1,3}[A-Z]?\. +(?=(?:\(?[A-Za-z]\) )?(?:A|No) (?:required )?change )", re.MULTILINE
)
# After `..., or` a line that begins with an operation is the next alternative.
_WORK: Final = re.compile(
    r"(?:(?!of\b)[a-z/-]+,? (?:or )?){0,4}?(?:separation|alloying|fusion|refining|purification)\b"
)
_INLINE_LIST: Final = re.compile(r"(?:: *|^)\([aAi1]\) ")
_INLINE_ITEM: Final = re.compile(r"(?<=[:;,.]) +((?:or|and) )?(\((?:[ivx]{1,4}|[a-zA-Z]|\d)\)) ")
_INLINE_DASHES: Final = re.compile(r"\b(?:in which|where|from): - (?=[^\n]*[;,](?: and| or)? - )")
_INLINE_DASHED: Final = re.compile(r"(?<=[:;,])((?: or| and)?) - ")
# After a dashed list in one line the next manufacture is an alternative to all of it.
_AFTER_DASHES: Final = re.compile(r"[;,]? or [Mm](?=anufacture (?:from|in which|where)\b)")
_OPENS: Final = re.compile(r"(?:all|the (?:total )?(?:value|weight)|in which|where|within|from) ")
_JOINER: Final = re.compile(r"(?:and/or|and|or)[;:,]?", re.IGNORECASE)
_TAIL: Final = re.compile(
    r"(?P<stop>[;,.:]*)(?:\s*\b(?P<word>and/or|and|or))?\s*[;,.]?$", re.IGNORECASE
)


@dataclass(slots=True)
class Item:
    """A paragraph or list item, the items inside it, and what joins it to the next.

    `inward` is what joins its text to its own first item: `(i) ...; or` before `(ii)`.
    """

    text: str
    mark: str = ""
    items: list[Item] = field(default_factory=list)
    joiner: str = ""
    inward: str = ""

    def settle(self) -> None:
        """Take the closing punctuation and connector off the text.

        After a list the connector of its last item is the one that leads on.
        """
        for inner in self.items:
            inner.settle()
        found = _TAIL.search(self.text)
        if found is None:
            return
        stop = found["stop"].replace(":", "")
        self.inward = (found["word"] or stop[:1]).lower()
        opens = ":" if ":" in found["stop"] else ""
        self.text = self.text[: found.start()].rstrip() + opens
        self.joiner = self.joiner or (self.items[-1].joiner if self.items else self.inward)


def outline(text: str) -> list[Item]:
    """Give the paragraphs of a text with their list items.

    A marker not seen before opens a deeper list; one seen before returns to its list.
    """
    tops: list[Item] = []
    path: list[Item] = []
    opened = _inline_items_opened(_NUMBERS.sub("", _NUMBER.sub("", text, count=1)))
    lines = [line for line in opened.split("\n") if line.strip()]
    for place, line in enumerate(lines):
        if _JOINER.fullmatch(line.strip()):
            _join(line, tops=tops, path=path, before=lines[place + 1 : place + 2])
            continue
        mark, words = _marked(line, path)
        if not mark and path and _continues(path[-1], words):
            path[-1].text = f"{path[-1].text} {words}"
            continue
        _place(Item(words, mark), tops, path)
    for item in tops:
        item.settle()
    _carry_on(tops)
    return tops


def _carry_on(tops: list[Item]) -> None:
    """Take a full stop between the lettered items of a list as the list's separator."""
    for item, following in pairwise(tops):
        if item.mark and item.mark == following.mark and item.joiner == ".":
            item.joiner = ";"


def _inline_items_opened(text: str) -> str:
    """Put list items that stand in one line, `...: (a) x; or (b) y`, on lines of their own."""
    if _INLINE_DASHES.search(text):
        text = _AFTER_DASHES.sub(";\nor\nM", text)
        return _INLINE_DASHED.sub(r"\1\n- ", text)
    if not _INLINE_LIST.search(text):
        return text
    return _INLINE_ITEM.sub(r" \1\n\2 ", text)


def _marked(line: str, path: list[Item]) -> tuple[str, str]:
    found = _MARKER.match(line)
    mark = ""
    while found:
        mark = mark or _kind(found["mark"])
        line = line[found.end() :]
        found = _MARKER.match(line)
    if not mark and path and _is_unmarked_item(path, line):
        mark = "unmarked"
    return mark, line.strip()


def _kind(mark: str) -> str:
    """Tell list levels apart by how their markers look: -, --, (A), (a), (1), (i)."""
    inner = mark.strip("()")
    if re.fullmatch(r"[ivx]+", inner):
        return "(i)"
    return re.sub(r"\d+", "1", re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", mark)))


def _is_unmarked_item(path: list[Item], line: str) -> bool:
    head = path[0]
    opened = head.text.endswith(":") and (not head.items or head.items[-1].mark == "unmarked")
    return opened and line[:1].islower() and not _continues(path[-1], line)


def _continues(last: Item, line: str) -> bool:
    """Tell whether a line goes on with the sentence of the one before it."""
    if last.joiner or not (line[:1].islower() or line[:1].isdigit()):
        return False
    if re.search(r";\s*(?:and|or)$", last.text):
        return False
    if last.mark == "unmarked" and _OPENS.match(line):
        return False
    if not last.mark and last.text.endswith(" or") and _WORK.match(line):
        return False
    if last.mark == "unmarked":
        return not re.search(r"[;:,.]$|\b(?:and|or)$", last.text)
    return not re.search(r"[;:.]$", last.text)


def _place(item: Item, tops: list[Item], path: list[Item]) -> None:
    if not item.mark:
        path[:] = [item]
        tops.append(item)
        return
    marks = [each.mark for each in path]
    if item.mark in marks:
        del path[marks.index(item.mark) :]
    (path[-1].items if path else tops).append(item)
    path.append(item)


def _join(line: str, *, tops: list[Item], path: list[Item], before: list[str]) -> None:
    """Note a connector that stands on a line of its own."""
    in_list = bool(before) and bool(_MARKER.match(before[0]))
    target = path[-1] if in_list and path else (tops[-1] if tops else None)
    if target is not None:
        target.joiner = line.strip(" ;:,").lower()
