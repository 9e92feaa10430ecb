"""The words of pages: one catalogue for each language and area, in gettext's format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

SOURCE = "en"
#: Every word of the pages for exporters, officers and the public is there.
COMPLETE = ("fr", "ko", "sw")
#: Catalogues wait for a translator; what is not there yet stays English.
PREPARED = ("id", "vi", "zh")
LANGUAGES = (SOURCE, *COMPLETE, *PREPARED)
#: Each language by the name that its speakers use.
NAMES: Mapping[str, str] = {
    "en": "English",
    "fr": "Français",
    "id": "Bahasa Indonesia",
    "ko": "한국어",
    "sw": "Kiswahili",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
Plural = tuple[str, ...]


def N_(words: str) -> str:  # noqa: N802  # the mark that extraction looks for, as everywhere
    """Mark words that a page will translate."""
    return words


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; what is missing is English."""

    language: str
    single: Mapping[str, str]
    plural: Mapping[tuple[str, str], Plural]
    form_of: Callable[[int], int]

    def gettext(self, english: str) -> str:
        """Return words in this language."""
        return self.single.get(english, english)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return words about a number of things in this language."""
        told = self.plural.get((one, many))
        if told is None:
            return one if count == 1 else many
        return told[min(self.form_of(count), len(told) - 1)]


@cache
def words_of(language: str) -> Words:
    """Read every area's catalogue of a language."""
    single: dict[str, str] = {}
    plural: dict[tuple[str, str], Plural] = {}
    form_of: Callable[[int], int] = _english_form
    folder = files("ooms.portal").joinpath("catalogues", language)
    for file in sorted(folder.iterdir(), key=lambda one: one.name) if folder.is_dir() else ():
        with file.open("rb") as opened:
            read = read_po(opened, locale=language)
        form_of = _forms(read.plural_expr)
        for message in read:
            told = message.string
            if message.fuzzy or not message.id or not told or not all(told):
                continue
            if isinstance(message.id, str):
                single[message.id] = str(told)
            else:
                plural[message.id[0], message.id[1]] = tuple(told)
    return Words(language, single, plural, form_of)


def _english_form(count: int) -> int:
    return int(count != 1)


def _forms(expression: str) -> Callable[[int], int]:
    # The three kinds that our languages have; another one asks for a line here.
    if expression.replace(" ", "").strip("()") == "0":
        return lambda _count: 0
    if "n>1" in expression.replace(" ", ""):
        return lambda count: int(count > 1)
    return _english_form
