"""What of a page in another language is English still, and what stays so for a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

#: Two words in a row, the first of them written small: no name, no code, no unit.
_ENGLISH = re.compile(r"\b[a-z][a-z']+,? [A-Za-z][a-z']+\b|\b[A-Z][a-z]+ [a-z][a-z']+ [a-z']+\b")
#: Codes, programs and what is kept word for word.
_UNREAD = frozenset({"code", "script", "style", "pre", "title", "textarea"})
_VOID = frozenset({"br", "img", "input", "link", "meta", "hr", "source", "wbr", "path", "use"})
#: What is not translated, by why.
KEPT: Mapping[str, str] = {
    "the name of a language": r"English$",
    "a source of law, as it is cited": (
        r"(Notice|Rules?|Decree|Act|Article|Annex|Chapter) [0-9]|\bFTA [0-9A-Z]|"
        r"the (agreement's|office's)|Rules 10|public copy of the treaty|under the clock|"
        r"published formula"
    ),
    "the name of an agreement or of a form": (
        r"(Agreement|Area|Union|Partnership|Scheme|Preferences|rules of origin)\b|"
        r"Protocol on Trade|certificate of origin, form |Certificate of Origin, "
    ),
    "the title of a box, as the paper has it": (
        r"(Certification|Declaration by|For official use|Goods consigned|Gross weight|Item number|"
        r"Marks and numbers|Means of transport|Number (and|of)|Origin criterion|Reference No|"
        r"Third Country|Number and (date|type))"
    ),
    "the words of an agreement's annex": r"every (other )?good|which is no heading",
    "the subject of a letter, as it was sent": r"(Error in certificates?|Notice of an error)",
    "what an importer was told, as it was sent in each language": (
        r"Preference (under|may be)|An? objection|usual length|^(Basis|Facts|Ground): "
    ),
    "a command or a field to be typed": r"ooms risk train|originating",
}


def english_left(page: str, *, written: frozenset[str]) -> Iterator[str]:
    """Yield each text of a page that reads as English for no reason; `written` was by people."""
    reader = _Reader()
    reader.feed(page)
    for text in reader.found:
        is_kept = any(re.search(one, text) for one in KEPT.values())
        if not is_kept and not any(one in text for one in written):
            yield text


class _Reader(HTMLParser):
    """Reads the texts of a page outside of what is code."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self._open.append((tag, dict(attrs).get("lang") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(tag in _UNREAD for tag, _ in self._open):
            return
        text = " ".join(data.split())
        spoken = next((lang for _, lang in reversed(self._open) if lang), "")
        is_another = spoken not in {"", "en", "ko"}
        if text and not is_another and (spoken == "en" or _ENGLISH.search(text)):
            self.found.append(text)
