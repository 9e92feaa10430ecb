"""The codes of each edition of the Harmonized System, numbered in their order: digits, no words.

A set of codes is then a set of small numbers, and a chapter, a heading or a range of a rule is
one run of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from ooms.kernel.hs import (
    CHAPTER_DIGITS,
    HEADING_DIGITS,
    SUBHEADING_DIGITS,
    HsCode,
    HsCodeError,
    HsRange,
)

#: Editions whose codes come with the product, the oldest first.
EDITIONS = (2002, 2007, 2012, 2017, 2022)


class UnknownEditionError(LookupError):
    """The codes of an edition did not come with the product; take one that did."""

    def __init__(self, *, edition: int) -> None:
        self.edition = edition
        known = ", ".join(map(str, EDITIONS))
        super().__init__(f"the codes of HS {edition} are not here; there are {known}")


class NotInEditionError(LookupError):
    """A code is asked for its number in an edition that does not have it."""

    def __init__(self, *, digits: str, edition: int) -> None:
        self.digits = digits
        self.edition = edition
        super().__init__(f"{digits} is not a six-digit code of HS {edition}")


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """The six-digit codes of one edition, in ascending order."""

    edition: int
    codes: tuple[str, ...]
    _numbers: dict[str, int] = field(repr=False, compare=False)

    @classmethod
    def of(cls, edition: int) -> Nomenclature:
        """Give an edition's codes; read once.

        Raises:
            UnknownEditionError: The codes of the edition are not here.
        """
        return _nomenclature(edition)

    def __len__(self) -> int:
        return len(self.codes)

    def index_of(self, digits: str) -> int:
        """Give a code's number, from 0.

        Raises:
            NotInEditionError: The edition has no such six-digit code.
        """
        number = self._numbers.get(digits)
        if number is None:
            raise NotInEditionError(digits=digits, edition=self.edition)
        return number

    def run(self, codes: HsRange) -> tuple[int, int]:
        """Give the numbers from start up to, not including, stop that lie in a range."""
        first, last = (f"{end:0{SUBHEADING_DIGITS}}" for end in (codes.start.first, codes.end.last))
        return bisect_left(self.codes, first), bisect_right(self.codes, last)

    def under(self, code: HsCode) -> tuple[str, ...]:
        """Give the six-digit codes of a chapter or heading; of a longer code its own six digits."""
        start, stop = self.run(HsRange(code, code))
        return self.codes[start:stop]

    def has(self, code: HsCode) -> bool:
        """Tell whether a chapter, heading or subheading exists; a national line by its first six.

        Note: A national line below an existing subheading is not known to exist itself.
        """
        if len(code.digits) >= SUBHEADING_DIGITS:  # most codes of a bill, and six times quicker
            return code.subheading in self._numbers
        start, stop = self.run(HsRange(code, code))
        return start < stop

    @property
    def chapters(self) -> tuple[str, ...]:
        """The chapters that have codes, in ascending order."""
        return tuple(dict.fromkeys(code[:CHAPTER_DIGITS] for code in self.codes))

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, in ascending order."""
        return tuple(dict.fromkeys(code[:HEADING_DIGITS] for code in self.codes))


def is_code(edition: int, digits: str) -> bool:
    """Tell whether digits are a chapter, heading, subheading or a line below one of an edition.

    Raises:
        UnknownEditionError: The codes of the edition are not here.
    """
    nomenclature = Nomenclature.of(edition)
    try:
        return nomenclature.has(HsCode.parse(digits))
    except HsCodeError:
        return False


@cache
def _nomenclature(edition: int) -> Nomenclature:
    if edition not in EDITIONS:
        raise UnknownEditionError(edition=edition)
    shipped = files("ooms.agreements").joinpath("data", "hs", f"codes_{edition}.csv")
    rows = (line.split(",") for line in shipped.read_text("ascii").splitlines()[1:])
    codes = tuple(heading + ending for heading, endings in rows for ending in endings.split())
    return Nomenclature(edition, codes, {code: number for number, code in enumerate(codes)})
