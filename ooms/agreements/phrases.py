"""Keeps the words of an annex short: a phrase that still identifies, a clause by its place.

A pack that is shipped quotes no sentences of a treaty.  A phrase that is longer than a name is
cut where its own punctuation allows, and what no form could read is pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Final

from ooms.agreements.rule import Described, Rule, Selected, Statement

LONGEST_PHRASE: Final = 25  # words; more would be a sentence of the treaty, not a name
_SHORTEST_PART: Final = 5  # words; less would not tell one good from the next
_PAUSE: Final = re.compile(r"[,;:)]$")
_EDGES: Final = " \t\n-;:,."


def tidy(words: str) -> str:
    """Put words on one line, without the marks of a list around them, fit to be quoted."""
    return re.sub(r"\s+", " ", words).strip(_EDGES).replace('"', "'")


def shortened(words: str, limit: int = LONGEST_PHRASE) -> str:
    """Cut a phrase to a number of words: its beginning, a mark, and its end.

    A condition such as "containing more than 20 % by weight of sugar" stands at the end, so the
    end stays too.  Both parts stop at a pause when there is one.
    """
    every = tidy(words).split()
    if len(every) <= limit:
        return " ".join(every)
    half = limit // 2
    pauses = [at for at in range(1, len(every)) if _PAUSE.search(every[at - 1])]
    begin = max((at for at in pauses if _SHORTEST_PART <= at <= half), default=half)
    first, last = len(every) - (limit - begin), len(every) - _SHORTEST_PART
    end = min((at for at in pauses if first <= at <= last), default=first)
    return f"{' '.join(every[:begin]).rstrip(_EDGES)}… {' '.join(every[end:])}"


@dataclass(slots=True)
class Phrases:
    """Shortens phrases and remembers which, so that two phrases never become one."""

    meant: dict[str, str] = field(default_factory=dict)

    def short(self, words: str, place: str) -> str:
        """Give a phrase of few words; where words are left out, or it is taken, with its place."""
        whole = tidy(words)
        brief = shortened(whole)
        if brief == whole and self.meant.setdefault(brief, whole) == whole:
            return brief
        brief = f"{shortened(whole, LONGEST_PHRASE - len(place.split()))} {place}"
        self.meant.setdefault(brief, whole)
        return brief


@dataclass(slots=True)
class Pointing:
    """Rewrites a row's rule: unread clauses by their place, long phrases shortened.

    `clauses` are those of the place that were numbered before.
    """

    phrases: Phrases
    place: str
    unread: tuple[str, ...]
    clauses: list[str] = field(default_factory=list)

    def rewritten(self, rule: Rule) -> Rule:
        """Give the rule with no sentence of the treaty in it."""
        done: Rule = _mapped(rule, self._brief)
        return done

    def _brief(self, node: Any) -> Any:
        match node:
            case Statement(words=words):
                return Statement(self._pointed(words))
            case Described(words=words):
                return replace(node, words=self.phrases.short(words, f"({self.place})"))
            case Selected(words=words):
                return replace(node, words=self.phrases.short(words, f"({self.place})"))
            case _:
                return node

    def _pointed(self, words: str) -> str:
        named = len(words.split()) <= LONGEST_PHRASE
        if named and not any(tidy(words) in tidy(clause) for clause in self.unread):
            return words
        if words not in self.clauses:
            self.clauses.append(words)
        return f"{self.place}, clause {self.clauses.index(words) + 1}"


def _mapped(node: Any, change: Callable[[Any], Any]) -> Any:
    """Apply a change to every node of a tree, the outer before the inner."""
    if isinstance(node, tuple):
        return tuple(_mapped(one, change) for one in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    node = change(node)
    inner = {one.name: _mapped(getattr(node, one.name), change) for one in fields(node)}
    return replace(node, **inner)
