"""Reads rules that hold for a time, and rules that follow others: periods, years, fallbacks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DATE: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}|"
    r"\d{1,2}[./]\d{1,2}[./]\d{4}|the end of \d{4})"
)
_SPAN: Final = (
    rf"(?:until|up to|from|as of|as from|after|before|on or after|starting on) (?:and including )?"
    rf"{_DATE}(?: (?:until|to|up to) {_DATE}| onwards?)?"
)
_AHEAD: Final = re.compile(
    rf"(?P<when>{_SPAN})(?:,|:|, the rule is:?)? (?P<main>.+)", re.IGNORECASE
)
_BEHIND: Final = re.compile(rf"(?P<main>.+?),? \(?(?P<when>{_SPAN})\)?", re.IGNORECASE)
_MORE: Final = re.compile(r"\.\s|\brules?\b|\bapplies\b|\($", re.IGNORECASE)
_THIS_RULE: Final = re.compile(
    rf"this rule (?:shall apply|applies|is applicable) (?:only )?(?P<when>{_SPAN})", re.IGNORECASE
)
_NUMBERS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_FIRST_YEARS: Final = (
    r"(?:for|during|in|within) the first (?P<years>\w+) years?"
    r"(?: (?:from|after|following|of|since|as of) [^,:;%]+?)?"
)
_LATER: Final = r"(?:thereafter|afterwards|after that|subsequently)"
_PHASES: Final = (
    re.compile(
        rf"{_FIRST_YEARS}[,:] ?(?P<first>.+?)[;,.] (?:and )?{_LATER}[,:]? (?P<then>.+)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"(?P<first>.+?),? {_FIRST_YEARS}[;,]? and (?P<then>.+?),? {_LATER}",
        re.IGNORECASE | re.DOTALL,
    ),
)
_FALLBACK: Final = re.compile(
    r"(?:and )?if (?:the )?(?:country of )?origin (?:of (?:a|the) (?:good|product) )?"
    r"(?:cannot|is not|can not) (?:be )?(?:determined|conferred) (?:under|by (?:application of )?)"
    r"(?: ?(?:sub)?(?:paragraph|rule|division)s?)? ?\(?\w\)?(?: (?:above|of this rule))?"
    r"(?: (?:and|or|through) \(?\w\)?)?,? ?(?:then )?(?P<rest>.+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Years:
    """What a text asks in the first years, and what it asks afterwards."""

    years: int
    first: str
    then: str


def in_periods(text: str) -> tuple[tuple[str, str], ...]:
    """Give each period of a text and what holds in it; nothing where a part has no period."""
    parts = [part for part in re.split(r";\s+", text.strip(" ;.")) if part]
    found = [_AHEAD.fullmatch(part) or _BEHIND.fullmatch(part) for part in parts]
    held = tuple(
        (one["when"], one["main"]) for one in found if one and not _MORE.search(one["main"])
    )
    return held if len(held) == len(parts) else ()


def period_of(sentence: str) -> str:
    """Give the period of `This rule shall apply until ...`."""
    found = _THIS_RULE.fullmatch(sentence.strip(" ."))
    return found["when"] if found else ""


def in_years(text: str) -> Years | None:
    """Part `for the first three years A; thereafter B`."""
    for pattern in _PHASES:
        found = pattern.fullmatch(text.strip(" ;."))
        number = _number(found["years"]) if found else 0
        if found and number:
            return Years(number, found["first"], found["then"])
    return None


def fallback(text: str) -> str:
    """Give what `if the origin cannot be determined under (a), ...` goes on to say."""
    found = _FALLBACK.fullmatch(text.strip())
    return found["rest"] if found else ""


def _number(word: str) -> int:
    if word.isdigit():
        return int(word) if 0 < int(word) < 100 else 0  # noqa: PLR2004  # what YEARS(...) takes
    return _NUMBERS.index(word.lower()) + 1 if word.lower() in _NUMBERS else 0
