"""How alike two names are: by their letters, in any order of their words, without legal forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)")  # S.A. is one word, CO.LTD is two
_NOT_ALNUM = re.compile(r"[\W_]+")
#: From here on a swapped letter in a name of some length is forgiven, another word is not.
LEAST, LEAST_ELSEWHERE = Decimal("0.88"), Decimal("0.97")
_ZERO, _ONE = Decimal(0), Decimal(1)
#: Two words count as one word spelled differently from here on.
_SAME_WORD = Decimal("0.75")
_SHOWN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Likeness:
    """From which score on two names may be one, and which words say nothing."""

    least: Decimal = LEAST
    #: The score that is asked for when the countries are known and differ.
    least_elsewhere: Decimal = LEAST_ELSEWHERE
    legal_forms: frozenset[str] = field(default=frozenset())

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words of a name that tell it from others."""
        text = _DOTTED.sub("", _bare(name))
        words = tuple(self._without_form(one) for one in _WORD.findall(text))
        telling = tuple(one for one in words if one not in self.legal_forms)
        return telling or words

    def score(self, ours: Sequence[str], theirs: Sequence[str], *, least: Decimal) -> Decimal:
        """Compare words of two names: 1 is the same; below `least` it may be told as 0."""
        if not ours or not theirs or not _may_reach(least, ours, theirs):
            return _ZERO
        return max(
            _near("".join(ours), "".join(theirs)),
            _near(" ".join(sorted(ours)), " ".join(sorted(theirs))),
            _shared(ours, theirs),
        )

    def are_alike(self, ours: str, theirs: str) -> bool:
        """Tell whether two names may be one."""
        return self.score(self.words(ours), self.words(theirs), least=self.least) >= self.least

    def _without_form(self, word: str) -> str:
        """Take a legal form off a word that is written without spaces, as in Han or Hangul."""
        if word.isascii():
            return word
        for form in sorted(self.legal_forms, key=len, reverse=True):
            if form.isascii() or len(form) < 2 or word == form:  # noqa: PLR2004  # one letter is no form
                continue
            if word.endswith(form) or word.startswith(form):
                return word.removesuffix(form).removeprefix(form)
        return word


def _bare(name: str) -> str:
    """Write a name in one width and case, without accents."""
    if name.isascii():
        return name.casefold()
    folded = unicodedata.normalize("NFKC", name).casefold()
    parted = unicodedata.normalize("NFD", folded)
    bare = "".join(one for one in parted if not unicodedata.combining(one))
    return unicodedata.normalize("NFC", bare)


def key_of(text: str) -> str:
    """Write a number so that dashes, spaces, width and case do not part it from itself."""
    return _NOT_ALNUM.sub("", unicodedata.normalize("NFKC", text).upper())


def shown(score: Decimal) -> str:
    """Write a score for people."""
    return str(score.quantize(_SHOWN))


def _may_reach(least: Decimal, ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Bound the score by the lengths, then by the letters that both have: quick to count."""
    left, right = "".join(ours), "".join(theirs)
    gaps = len(ours) - 1, len(theirs) - 1
    sizes = len(left) + len(right), len(left) + len(right) + sum(gaps)

    def reaches(common: int) -> bool:
        counted = common, common + min(gaps)
        return any(2 * one >= least * size for one, size in zip(counted, sizes, strict=True))

    if not reaches(min(len(left), len(right))):
        return False
    return reaches(sum(min(left.count(one), right.count(one)) for one in set(left)))


def _near(left: str, right: str) -> Decimal:
    longer = max(len(left), len(right))
    return _ONE - Decimal(_distance(left, right)) / Decimal(longer)


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> Decimal:
    """Weigh the words that both have by their letters; spelled differently they weigh less."""
    left, matched = list(theirs), _ZERO
    for word in sorted(ours, key=len, reverse=True):
        best = max(left, key=lambda other, word=word: _near(word, other), default=None)  # type: ignore[misc]  # bound early on purpose
        if best is not None and _near(word, best) >= _SAME_WORD:
            matched += _near(word, best) * (len(word) + len(best))
            left.remove(best)
    return matched / Decimal(len("".join(ours)) + len("".join(theirs)))


def _distance(left: str, right: str) -> int:
    """Count the letters to add, drop, change, or swap with their neighbor."""
    before: list[int] = []
    last = list(range(len(right) + 1))
    for row, one in enumerate(left, start=1):
        this = [row]
        for column, other in enumerate(right, start=1):
            cost = min(last[column] + 1, this[-1] + 1, last[column - 1] + (one != other))
            swapped = row > 1 and column > 1 and one == right[column - 2] and left[row - 2] == other
            this.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, this
    return last[-1]
