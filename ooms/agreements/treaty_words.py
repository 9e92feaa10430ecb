"""Reads the treaty words of Asian product rules into the notation, without guessing.

What no pattern reads becomes a statement that a person answers, so it can never pass unread.
This is the first slice: the words of the Korea-Viet Nam style (`CTH or RVC(40)`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ooms.agreements import notation
from ooms.agreements.rule import Rule

_SHIFT: Final = re.compile(
    r"(?P<level>CC|CTH|CTSH)"
    r"(?:, except from Headings? (?P<first>\d\d\.\d\d)"
    r"(?: (?:through|to) (?P<last>\d\d\.\d\d))?)?"
    r"(?P<sewn>, provided that the good is both cut and sewn in the territory of any Party)?"
)
_CONTENT: Final = re.compile(r"RVC ?\(?(?P<percent>\d{1,2}(?:\.\d+)?)\)?")
_FINISHED: Final = re.compile(
    r"Printing or dyeing accompanied by at least (?P<count>two) preparatory or finishing "
    r"operations",
    re.IGNORECASE,
)
_COUNTS: Final = {"two": 2}


def notation_of(words: str) -> str:
    """Write a rule in the notation; alternatives are what `or` or a line end separates."""
    alternatives = re.split(r";?\s*\n\s*|;?\s+or\s+(?=RVC)", words.strip())
    return " | ".join(_alternative(re.sub(r";?\s*(?:or)?$", "", a)) for a in alternatives)


def read_rule(text: str) -> Rule:
    """Read a rule written in the notation, or else in treaty words."""
    try:
        return notation.read(text)
    except notation.NotationError:
        return notation.read(notation_of(text))


def _alternative(words: str) -> str:
    for pattern, write in _PATTERNS:
        found = pattern.fullmatch(words)
        if found:
            return write(found)
    return f'P("{words.replace(chr(34), chr(39))}")'


def _shift(found: re.Match[str]) -> str:
    text = found["level"]
    if found["first"]:
        ends = [end.replace(".", "") for end in (found["first"], found["last"]) if end]
        text += f" -{{{'..'.join(ends)}}}"
    return f"{text} & P(cutting+sewing)" if found["sewn"] else text


def _content(found: re.Match[str]) -> str:
    return f"RVC>={found['percent']}%"


def _finished(found: re.Match[str]) -> str:
    finishing = f"fin{_COUNTS[found['count'].lower()]}"
    return f"P(printing+{finishing}) | P(dyeing+{finishing})"


_PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (re.compile("WO"), lambda _: "WO"),
    (_SHIFT, _shift),
    (_CONTENT, _content),
    (_FINISHED, _finished),
)
