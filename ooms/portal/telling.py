"""What the interface says of a flaw or a refusal, in the reader's language.

A flaw that is known by its kind is told in the reader's words alone.  Of any other, its code says
what it means and what to do; the interface's own sentence stays below, marked as English.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from ooms.portal.client import Flaw
from ooms.portal.languages import SOURCE, Words
from ooms.portal.plain_words import advice_on


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


def told(flaw: Flaw, words: Words) -> Told:
    """Tell a flaw: by its kind, else by its code, else as the interface says it."""
    advice = advice_on(flaw.detail)
    if words.knows(advice.words):
        return Told(advice.filled(words.gettext(advice.words)))
    meaning = words.meaning(flaw.code)
    if meaning is None or meaning.language == SOURCE:
        return Told("", advice.filled(advice.words))
    return Told(f"{meaning.means} {meaning.then}", advice.filled(advice.words))


def marked(words: str) -> Markup:
    """Set off what stands between backticks: an address, the name of a file."""
    parts = words.split("`")
    told = (
        Markup("<code>{}</code>").format(one) if n % 2 else escape(one)
        for n, one in enumerate(parts)
    )
    return Markup("").join(told)
