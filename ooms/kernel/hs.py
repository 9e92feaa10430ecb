"""Codes of the Harmonized System and ranges of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

CHAPTER_DIGITS = 2
HEADING_DIGITS = 4
SUBHEADING_DIGITS = 6

# National tariff lines end at twelve digits.
_WRITTEN = re.compile(r"[0-9]{2}(?:[. ]?[0-9]{2}){0,5}")
_RESERVED_CHAPTERS = frozenset({"00", "77"})  # 77 is kept free by the HS for future use


class HsCodeError(ValueError):
    """A text is not a code of the Harmonized System; correct the text."""

    def __init__(self, *, text: str, reason: str) -> None:
        self.text = text
        self.reason = reason
        super().__init__(f"{text!r} is not an HS code: {reason}")


@dataclass(frozen=True, slots=True, order=True)
class HsCode:
    """A chapter, heading, subheading or national line, as digits without dots."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code written with or without dots, such as `8504.40`.

        Raises:
            HsCodeError: The text is not an even number of digits from 2 to 12.
        """
        written = text.strip()
        if not _WRITTEN.fullmatch(written):
            raise HsCodeError(text=text, reason="a code has 2, 4, 6 or more digits in pairs")
        digits = written.replace(".", "").replace(" ", "")
        if digits[:CHAPTER_DIGITS] in _RESERVED_CHAPTERS:
            raise HsCodeError(text=text, reason=f"there is no chapter {digits[:2]}")
        return cls(digits)

    @property
    def chapter(self) -> str:
        """The first two digits."""
        return self.digits[:CHAPTER_DIGITS]

    @property
    def heading(self) -> str:
        """The first four digits, or fewer when the code is shorter."""
        return self.digits[:HEADING_DIGITS]

    @property
    def subheading(self) -> str:
        """The first six digits, or fewer when the code is shorter."""
        return self.digits[:SUBHEADING_DIGITS]

    @property
    def first(self) -> int:
        """The lowest subheading that this code covers, as a number."""
        return int(self.subheading.ljust(SUBHEADING_DIGITS, "0"))

    @property
    def last(self) -> int:
        """The highest subheading that this code covers, as a number."""
        return int(self.subheading.ljust(SUBHEADING_DIGITS, "9"))


@dataclass(frozen=True, slots=True)
class HsRange:
    """An inclusive run of codes; the ends may differ in length (2905.49 to 2942)."""

    start: HsCode
    end: HsCode

    def __post_init__(self) -> None:
        if self.start.first > self.end.last:
            raise HsCodeError(text=self.text, reason="the range runs backwards")

    @classmethod
    def parse(cls, start: str, end: str = "") -> Self:
        """Read a range from its two ends; one end alone is the range of that code."""
        first = HsCode.parse(start)
        return cls(first, HsCode.parse(end) if end else first)

    @property
    def width(self) -> int:
        """How many subheading numbers the range spans: the narrower rule wins."""
        return self.end.last - self.start.first + 1

    def contains(self, code: HsCode) -> bool:
        """Tell whether everything under the code lies in the range."""
        return self.start.first <= code.first and code.last <= self.end.last

    def overlaps(self, code: HsCode) -> bool:
        """Tell whether anything under the code lies in the range."""
        return self.start.first <= code.last and code.first <= self.end.last

    @property
    def text(self) -> str:
        """The range as rules write it: `8504` or `7208..7217`."""
        same = self.start == self.end
        return self.start.digits if same else f"{self.start.digits}..{self.end.digits}"


def ranges(*written: str) -> tuple[HsRange, ...]:
    """Read ranges as rules write them: `8504` or `7208..7217`."""
    return tuple(HsRange.parse(*text.split("..")) for text in written)
