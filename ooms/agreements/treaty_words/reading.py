"""Reads a rule written in treaty words into the notation, and says what it could not read.

What no form fits becomes a statement that a person answers, so it can never pass unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ooms.agreements import notation
from ooms.agreements.rule import Rule, Statement
from ooms.agreements.treaty_words.clauses import Clauses
from ooms.agreements.treaty_words.paragraphs import read_paragraphs
from ooms.agreements.treaty_words.typography import plain, strange_letters


class Status(StrEnum):
    """How far a rule was read."""

    STRUCTURED = "structured"
    NEEDS_PERSON = "needs_person"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule as it was read, and the clauses that nobody read."""

    rule: Rule
    unread: tuple[str, ...]

    @property
    def status(self) -> Status:
        """Tell whether all of it, some of it or nothing was read."""
        if not self.unread:
            return Status.STRUCTURED
        return Status.UNREAD if isinstance(self.rule, Statement) else Status.NEEDS_PERSON


def read_rule(text: str) -> Rule:
    """Read a rule written in the notation, or else in treaty words."""
    try:
        return notation.read(text)
    except notation.NotationError:
        return read_words(text).rule


@lru_cache(maxsize=4096)  # an annex repeats a few hundred texts thousands of times
def read_words(text: str) -> Reading:
    """Read a rule in treaty words.

    1. Put the text into plain typography; letters of another script leave it unread.
    2. Find its paragraphs and lists, and read each paragraph as an alternative.
    3. Join the alternatives as the text does; where it does not say how, all must hold.
    """
    words = plain(text)  # 1
    if not words or strange_letters(words):
        shown = re.sub(r"\s+", " ", words) or "no rule"
        return Reading(Statement(shown), (shown,))
    clauses = Clauses()
    rule = read_paragraphs(words, clauses)  # 2, 3
    return Reading(rule, tuple(clauses.unread))
