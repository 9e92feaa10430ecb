"""Slight discrepancies: which differences of words leave a proof of origin as good as it was."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ooms.claims.terms import Minor

_SEPARATORS = re.compile(r"[\W_]+")
_ONE_LETTER = 1


@dataclass(frozen=True, slots=True)
class Likened:
    """Whether two texts may be one, and by which kind of slight discrepancy they differ."""

    alike: bool
    kind: str = ""
    source: str = ""

    @property
    def note(self) -> str:
        """What to write beside a pass."""
        return f"minor discrepancy: {self.kind}" if self.kind else "the same"


_SAME, _OTHER = Likened(alike=True), Likened(alike=False)


def names(declared: str, certified: str, *, minor: Minor) -> Likened:
    """Compare names of persons: case, punctuation, legal forms and spelling may differ."""
    if declared == certified:
        return _SAME
    found = _written_alike(declared, certified, minor=minor)
    if found.alike:
        return found
    likeness = minor.likeness
    ours, theirs = likeness.words(declared), likeness.words(certified)
    if ours == theirs:
        return _minor("legal_form", minor)
    if likeness.are_alike(declared, certified):
        return _minor("spelling", minor)
    return _OTHER


def descriptions(declared: str, certified: str, *, minor: Minor) -> Likened:
    """Compare descriptions of goods: spelling may differ, and one may say more than the other."""
    if declared == certified:
        return _SAME
    found = _written_alike(declared, certified, minor=minor)
    if found.alike:
        return found
    ours, theirs = _words(declared), _words(certified)
    if ours and theirs and (ours <= theirs or theirs <= ours):
        return _minor("description", minor)
    if minor.likeness.are_alike(declared, certified):
        return _minor("spelling", minor)
    return _OTHER


def numbers(declared: str, certified: str, *, minor: Minor) -> Likened:
    """Compare numbers, such as of invoices: only signs, blanks, width and case may differ."""
    if declared == certified:
        return _SAME
    return _written_alike(declared, certified, minor=minor)


def read_as_digits(number: str) -> str:
    """Write a number with the letters that are read as digits as those digits."""
    return _bare(number).upper().translate(str.maketrans("OIL", "011"))


def _written_alike(declared: str, certified: str, *, minor: Minor) -> Likened:
    if " ".join(declared.split()).casefold() == " ".join(certified.split()).casefold():
        return _minor("letter_case", minor)
    if _bare(declared) == _bare(certified):
        return _minor("punctuation", minor)
    return _OTHER


def _minor(kind: str, minor: Minor) -> Likened:
    cited = minor.kinds.get(kind)
    return (
        Likened(alike=True, kind=kind.replace("_", " "), source=cited.source) if cited else _OTHER
    )


def _bare(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _words(text: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return frozenset(one for one in _SEPARATORS.split(folded) if len(one) > _ONE_LETTER)
