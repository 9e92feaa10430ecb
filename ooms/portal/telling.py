"""What the interface says of a flaw or a refusal, in the reader's language.

A sentence that the catalogue knows is told in the reader's words alone.  Of any other, its code
says what it means and what to do; the interface's own sentence stays below, marked as English.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from markupsafe import Markup, escape

from ooms.portal.client import Flaw
from ooms.portal.languages import SOURCE, Words, words_of
from ooms.portal.plain_words import reworded
from ooms.portal.sentences import Phrasebook
from ooms.portal.words import PARTS, STANDINGS, STATES

#: What these codes mean tells all that people need: the interface's sentence names for programs
#: which thing is in which state, or which role may not do what.
SAYS_ALL = frozenset(
    {
        *("AUT-COMPANY", "AUT-DELEGATION", "AUT-ROLE", "AUT-SECOND-FACTOR-DUE", "AUT-WITHHELD"),
        *("DUP-BLOCK-NUMBER", "REF-ERASED", "REF-METHOD", "REF-ROUTE", "REF-UNKNOWN"),
        *("RUL-NO-SCHEME", "RUL-PERIOD-ENDED", "RUL-STATE", "SCH-BODY"),
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """A flaw in the reader's words, and the English that they have no translation of."""

    words: str
    english: str = ""

    def __html__(self) -> str:
        """Write both for a page."""
        if not self.english:
            return escape(self.words)
        kept = Markup('<span lang="en">{}</span>').format(self.english)
        return Markup("{}<br>{}").format(marked(self.words), kept) if self.words else kept


@cache
def phrasebook(language: str) -> Phrasebook:
    """Return the sentences of a language, with its words for states and parts."""
    words = words_of(language)
    codes = {**STATES, **STANDINGS}
    states = {code: words.gettext(english) for code, english in codes.items()}
    parts = {name: words.gettext(english) for name, english in PARTS.items()}
    return replace(words.sentences, states=states, parts=parts)


def told(flaw: Flaw, words: Words) -> Told:
    """Tell a flaw: its sentence, else what its code means, else as the interface says it."""
    said = sentence(flaw.detail, words)
    if said is not None:
        return Told(said)
    meaning = words.meaning(flaw.code)
    if meaning is None or meaning.language == SOURCE:
        return Told("", flaw.detail)
    is_enough = flaw.code in SAYS_ALL
    return Told(f"{meaning.means} {meaning.then}", "" if is_enough else flaw.detail)


def said(english: str, words: Words, *, marks: bool = True) -> Told | str:
    """Tell a statement of the interface: as it says it where there are no words for it.

    That is marked as English, unless somebody may have written it: who knows in which language.
    """
    if not english or words.language == SOURCE:
        return english
    found = phrasebook(words.language).tell(english) or sentence(english, words)
    if found is not None:
        return found
    return Told("", english) if marks else english


def beside(flaw: Flaw, words: Words) -> Told | str:
    """Tell what a refusal says beside what its code means."""
    found = said(flaw.detail, words)
    return "" if isinstance(found, Told) and flaw.code in SAYS_ALL else found


def sentence(english: str, words: Words) -> str | None:
    """Tell a sentence of the interface; nothing where the language has no words for it."""
    advice = reworded(english)
    if words.language == SOURCE:
        return advice.filled(advice.words) if advice else english
    if advice is None:
        return phrasebook(words.language).tell(english)
    if not words.knows(advice.words):
        return None
    return phrasebook(words.language).fill(words.gettext(advice.words), advice.facts)


def marked(words: str) -> Markup:
    """Set off what stands between backticks: an address, the name of a file."""
    parts = words.split("`")
    told = (
        Markup("<code>{}</code>").format(one) if n % 2 else escape(one)
        for n, one in enumerate(parts)
    )
    return Markup("").join(told)
