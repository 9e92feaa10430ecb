"""The words of pages: one catalogue for each language and area, in gettext's format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from ooms.portal.sentences import Phrasebook

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
#: The area whose words every page shares, and the catalogue of what refusal codes mean.
FRAME = "frame"
CODES = "codes"
#: The catalogue of what the interface says in sentences (`tools.sentences`).
SENTENCES = "sentences"
#: The catalogue of what the office's files of data say to people (`tools.filed_words`).
FILES = "files"
#: What is told of a code: its context in the catalogue is `AUT-ROLE means`.
MEANS, THEN = "means", "then"
Plural = tuple[str, ...]


def N_(words: str) -> str:  # noqa: N802  # the mark that extraction looks for, as everywhere
    """Mark words that a page will translate."""
    return words


@dataclass(frozen=True, slots=True)
class Area:
    """The words of one area: the same English may be other words elsewhere."""

    single: dict[str, str] = field(default_factory=dict)
    plural: dict[tuple[str, str], Plural] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a refusal code means, and what to do next."""

    means: str
    then: str
    #: The language that it is told in: English where nobody translated it yet.
    language: str = SOURCE


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; what is missing is English."""

    language: str
    areas: Mapping[str, Area]
    codes: Mapping[str, Meaning]
    sentences: Phrasebook
    form_of: Callable[[int], int]

    def gettext(self, english: str, *, area: str = FRAME) -> str:
        """Return words in this language, as the area says them before any other does."""
        found = (one.single.get(english) for one in self._looked_up_in(area))
        return next((told for told in found if told is not None), english)

    def ngettext(self, one: str, many: str, count: int, *, area: str = FRAME) -> str:
        """Return words about a number of things in this language."""
        found = (each.plural.get((one, many)) for each in self._looked_up_in(area))
        told = next((each for each in found if each is not None), None)
        if told is None:
            return one if count == 1 else many
        return told[min(self.form_of(count), len(told) - 1)]

    def knows(self, english: str) -> bool:
        """Tell whether there are words for it; English has them all."""
        return self.language == SOURCE or any(english in one.single for one in self.areas.values())

    def meaning(self, code: str) -> Meaning | None:
        """Return what a refusal code means; nothing for a code of somebody else's."""
        return self.codes.get(code)

    def _looked_up_in(self, area: str) -> Iterator[Area]:
        """Yield the area itself, then what all pages share, then the words of other audiences."""
        for name in (area, FRAME):
            if name in self.areas:
                yield self.areas[name]
        yield from self.areas.values()


@cache
def words_of(language: str) -> Words:
    """Read every area's catalogue of a language."""
    areas: dict[str, Area] = {}
    codes: dict[str, Meaning] = {}
    sentences: dict[str, str] = {}
    form_of: Callable[[int], int] = _english_form
    folder = files("ooms.portal").joinpath("catalogues", language)
    for file in sorted(folder.iterdir(), key=lambda one: one.name) if folder.is_dir() else ():
        with file.open("rb") as opened:
            read = read_po(opened, locale=language)
        name = file.name.removesuffix(".po")
        if name == CODES:
            codes = _meanings(read, language)
            continue
        form_of = _forms(read.plural_expr)
        if name in {FILES, SENTENCES}:
            sentences |= _area(read).single
        else:
            areas[name] = _area(read)
    return Words(language, areas, codes, Phrasebook(language, sentences), form_of)


def context_of(code: str, what: str) -> str:
    """Return the context in which a sentence about a code stands in the catalogue."""
    return f"{code} {what}"


def _area(read: Catalog) -> Area:
    area = Area()
    for message in read:
        told = message.string
        if message.fuzzy or not message.id or not told or not all(told):
            continue
        if isinstance(message.id, str):
            area.single[message.id] = str(told)
        else:
            area.plural[message.id[0], message.id[1]] = tuple(told)
    return area


def _meanings(read: Catalog, language: str) -> dict[str, Meaning]:
    """Read what codes mean: in English, unless both of its sentences are translated."""
    sentences = {str(one.context): one for one in read if one.id}
    meanings: dict[str, Meaning] = {}
    for context, means in sentences.items():
        code, _, what = context.partition(" ")
        if what != MEANS:
            continue
        both = means, sentences[context_of(code, THEN)]
        is_translated = all(one.string and not one.fuzzy for one in both)
        said, then = (str(one.string if is_translated else one.id) for one in both)
        meanings[code] = Meaning(said, then, language=language if is_translated else SOURCE)
    return meanings


def _english_form(count: int) -> int:
    return int(count != 1)


def _forms(expression: str) -> Callable[[int], int]:
    # The three kinds that our languages have; another one asks for a line here.
    if expression.replace(" ", "").strip("()") == "0":
        return lambda _count: 0
    if "n>1" in expression.replace(" ", ""):
        return lambda count: int(count > 1)
    return _english_form
