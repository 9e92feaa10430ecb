"""Sentences of the interface in another language, by the templates that they were made of.

The interface says its sentences in English: `passed VN, and no paper of the way is held`.  The
catalogue knows the template, `passed %(country)s, and no paper of the way is held`, for the
office's own source was read for it (`tools.sentences`).  A sentence is told by the template that
fits it best, with its facts filled in; a fact that is a sentence of the interface is told too, a
day is written as the language does, and every other fact stays as it is: it may be signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from babel import Locale
from babel.dates import format_date

SLOT = re.compile(r"%\((\w+)\)s")
#: Sentences that are told one after the other.
JOINT = "; "
#: What a fact is called that is the state of something.
_OF_STATES = frozenset({"standing", "state"})
#: What a fact is called that names a part of a certificate, such as its exporter.
_OF_PARTS = "what"
_LISTED = ", "
#: What joins a part to the sentence before it, and is no part of it.
JOINTS = " ;,:.("
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: A sentence within a sentence within a sentence; what lies deeper stays as it is.
_DEEPEST = 3
#: No sentence of the interface is longer; what people wrote may be.
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with slots for its facts, and its translation."""

    english: str
    told: str
    fits: re.Pattern[str]
    #: The longest of its own words, looked for before the pattern is tried.
    anchor: str

    @classmethod
    def of(cls, english: str, told: str) -> Template:
        """Make a template of a message and its translation."""
        literals = SLOT.split(english)[::2]
        return cls(english, told, _pattern(english), max(literals, key=len))

    @property
    def edge(self) -> tuple[str, str]:
        """Return the word that it begins with, else the one that it ends with, where it has one."""
        literals = SLOT.split(self.english)[::2]
        first, _, more = literals[0].partition(" ")
        rest, _, last = literals[-1].rpartition(" ")
        if first and (more or literals[0].endswith(" ")):
            return first, ""
        return "", last if last and (rest or literals[-1].startswith(" ")) else ""

    @property
    def weight(self) -> int:
        """Tell how much it says itself: of two that fit, the one that says more is meant."""
        return sum(map(len, SLOT.split(self.english)[::2]))

    def facts_of(self, sentence: str) -> Mapping[str, str] | None:
        """Return the facts of a sentence that was made of it."""
        found = self.fits.fullmatch(sentence)
        return None if found is None else found.groupdict()


@dataclass(frozen=True)
class Phrasebook:
    """The sentences of the interface in one language."""

    language: str
    #: Translations by the English template.
    translated: Mapping[str, str]
    #: The words of states, by their codes: a sentence writes `suspended` for `SUSPENDED`.
    states: Mapping[str, str] = field(default_factory=dict)
    #: The words of parts of a certificate, by their English names.
    parts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(self.language)

    @cached_property
    def _by_edge(self) -> Mapping[tuple[str, str], tuple[Template, ...]]:
        found: dict[tuple[str, str], list[Template]] = {}
        for words in self.translated.items():
            if SLOT.search(words[0]):
                template = Template.of(*words)
                found.setdefault(template.edge, []).append(template)
        return {edge: tuple(those) for edge, those in found.items()}

    def tell(self, sentence: str) -> str | None:
        """Return a sentence in this language; nothing where it has no words for it."""
        return self._tell(sentence, depth=0)

    def template_of(self, sentence: str) -> str | None:
        """Return the template that a sentence is told by."""
        if sentence in self.translated:
            return sentence
        found = next(self._fitting(sentence), None)
        return found[0].english if found else None

    def fill(self, words: str, facts: Mapping[str, str], *, depth: int = 0) -> str:
        """Fill facts into words, each told as the language does where it can be."""

        def filled(slot: re.Match[str]) -> str:
            fact = facts.get(slot[1], "")
            if slot[1] == _OF_PARTS and fact in self.parts:
                return self.parts[fact]
            state = self.states.get(fact.upper()) if slot[1] in _OF_STATES else None
            return state[:1].lower() + state[1:] if state else self._fact(fact, depth=depth)

        return SLOT.sub(filled, words)

    def _tell(self, sentence: str, *, depth: int) -> str | None:
        known = self.translated.get(sentence)
        if known is not None or depth > _DEEPEST:
            return known
        fitting = list(self._fitting(sentence))
        # A fact is seldom two sentences: one that would swallow the next is tried last.
        whole = next((one for one in fitting if not any(JOINT in a for a in one[1].values())), None)
        if whole is None:
            joined = self._joined(sentence, depth=depth)
            if joined is not None:
                return joined
        found = whole or next(iter(fitting), None)
        return self.fill(found[0].told, found[1], depth=depth + 1) if found else None

    def _fitting(self, sentence: str) -> Iterator[tuple[Template, Mapping[str, str]]]:
        """Yield the templates that fit, and their facts: the one that says most itself first."""
        if len(sentence) > _LONGEST:
            return
        edges = (sentence.partition(" ")[0], ""), ("", sentence.rpartition(" ")[2]), ("", "")
        those = (one for edge in edges for one in self._by_edge.get(edge, ()))
        likely = [one for one in those if one.anchor in sentence]
        for template in sorted(likely, key=lambda one: -one.weight):
            facts = template.facts_of(sentence)
            if facts is not None:
                yield template, facts

    def _joined(self, sentence: str, *, depth: int) -> str | None:
        parts = sentence.split(JOINT)
        told = [self._tell(one, depth=depth + 1) for one in parts] if len(parts) > 1 else [None]
        return None if None in told else JOINT.join(filter(None, told))

    def _fact(self, fact: str, *, depth: int) -> str:
        if _DAY.fullmatch(fact):
            return self._day(fact)
        told = self._tell(fact, depth=depth) if " " in fact else self.translated.get(fact)
        if told is not None:
            return told
        bare = fact.strip(JOINTS)
        if bare and bare != fact and " " in bare:
            before, after = fact.split(bare, 1)
            return f"{before}{self._fact(bare, depth=depth)}{after}"
        return self._list(fact, depth=depth)

    def _list(self, fact: str, *, depth: int) -> str:
        """Tell what is listed; a word alone may be a name and stays."""
        parts = fact.split(_LISTED)
        if len(parts) == 1:
            return fact
        told = (self._tell(one, depth=depth + 1) if " " in one else None for one in parts)
        return _LISTED.join(new or old for new, old in zip(told, parts, strict=True))

    def _day(self, text: str) -> str:
        try:
            return format_date(date.fromisoformat(text), format="long", locale=self._locale)
        except ValueError:  # written like a day, and none
            return text


def fill_in(words: str, facts: Mapping[str, str]) -> str:
    """Fill facts into words as they are."""
    return SLOT.sub(lambda slot: facts.get(slot[1], slot[0]), words)


def _pattern(english: str) -> re.Pattern[str]:
    parts = SLOT.split(english)
    seen: set[str] = set()
    built: list[str] = []
    for place, part in enumerate(parts):
        if place % 2 == 0:
            built.append(re.escape(part))
        else:
            built.append(f"(?P={part})" if part in seen else f"(?P<{part}>.*?)")
            seen.add(part)
    return re.compile("".join(built), re.DOTALL)
