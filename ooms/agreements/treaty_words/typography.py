"""One typography for all treaty texts: quotes, dashes, decimals, codes without dots."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

_QUOTES: Final = '\u2018\u2019\u201c\u201d\u00ab\u00bb"'
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2212"
_PLAIN: Final = str.maketrans(dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_DASHES, "-"))
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\ufeff]")
_UNIT: Final = r"(?:sub-?headings?|headings?|chapters?)"

_REWRITES: Final = tuple(
    (re.compile(pattern, flags), written)
    for pattern, written, flags in (
        (r"<[^<>\n]+>", "", 0),
        (r"\[([^\[\]\n]+)\]\([^()\n]*\)", r"\1", 0),
        (r"(\*{1,2})(?=\S)([^*\n]+?)(?<=\S)\1", r"\2", 0),
        (r"[ \t]+", " ", 0),
        (r" ?\n ?", "\n", 0),
        (r"^- - ?", "-- ", re.MULTILINE),
        (r"\b(per ?cent)\b", "%", re.IGNORECASE),
        (r"(\d),(\d+)(?= ?%)", r"\1.\2", 0),
        (r"(\d) %", r"\1%", 0),
        (rf"\b({_UNIT})\s+Nos?\.?\s+", r"\1 ", re.IGNORECASE),
        (r"\s*(?:\u2265|>=)\s*", " at least ", 0),
        (r"\s*(?:\u2264|<=)\s*", " is not more than ", 0),
        (r"\b(\d\d)\.(\d\d)\.(\d\d)\b(?!%)", r"\1\2\3", 0),
        (r"\b(\d{4})\.(\d\d)\.(\d\d)\b(?!%)", r"\1\2\3", 0),
        (r"\b(\d{4})\.(\d\d)\b(?!%)", r"\1\2", 0),
        (r"(?<=\d) though (?=\d)", " through ", 0),
        (r"\bregion value content", "regional value content", re.IGNORECASE),
        (r"\band ?/ ?or\b", "and/or", re.IGNORECASE),
        (r"\b(\d\d)\.(\d\d)\b(?![.\d]*%)(?!\.\d{4})", r"\1\2", 0),
        (r"\b(\d{4}) (\d\d)\b(?!\.?\d*%)", r"\1\2", 0),
        (r"\bnon ?originating\b", "non-originating", re.IGNORECASE),
        (r"^-(?=[A-Za-z])", "- ", re.MULTILINE),
        (r":\(\d{1,2}\)(?=\s)", ":", 0),
        (r"(?<=from): (?=[a-z])", " ", 0),
        (r"\b(less than|at least|following) (?=\((?:[aA1]|i)\) )", r"\1: ", 0),
        (r"\bsub-heading", "subheading", re.IGNORECASE),
        (r"\bex ?-? ?works?\b", "ex-works", re.IGNORECASE),
        (r"(?<=[a-z])- (?=[a-z])(?!and |or |to )", "-", 0),
        (r"\bman ?made\b", "man-made", re.IGNORECASE),
        (r"\b(making) up\b", r"\1-up", re.IGNORECASE),
        (r" ([,;.])(?=\s|$)", r"\1", 0),
        (r"\bother that of\b", "other than that of", re.IGNORECASE),
        (r"(?<=from )(?:all )?headings of (?=chapters? \d)", "", re.IGNORECASE),
        (r"\A((?:(?! or )[^;:\n])*);\s+(?=(?:except|provided)\b)", r"\1, ", 0),
    )
)
_FOOTNOTE: Final = re.compile(r"(\w*)([.)%]?) ?\((?:\d{1,2}|\*+)?\)(?=[\s.,;:(]|$)")
_NUMBERED_WORDS: Final = frozenset({"RVC", "QVC", "LVC", "DVC", "VA", "MAXNOM", "NOM"})
# After these a bracketed number is an item of a list or a reference, never a footnote.
_LEADING_WORDS: Final = frozenset({"AND", "OR", "THAN", "UNDER", "OF", "RULE", "PARAGRAPH", "IN"})


def plain(text: str) -> str:
    """Put a text into plain typography."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", html.unescape(text))).translate(_PLAIN)
    for pattern, written in _REWRITES:
        text = pattern.sub(written, text)
    shorter = _FOOTNOTE.sub(_without_footnote, text)
    while shorter != text:
        text, shorter = shorter, _FOOTNOTE.sub(_without_footnote, shorter)
    return text.strip()


def strange_letters(text: str) -> str:
    """Give the letters that English treaty texts do not use: look-alikes of other scripts."""
    return "".join(
        sorted({c for c in text if c.isalpha() and "LATIN" not in unicodedata.name(c, "")})
    )


def _without_footnote(found: re.Match[str]) -> str:
    word, mark = found[1], found[2]
    if not (word or mark) or word.upper() in _NUMBERED_WORDS | _LEADING_WORDS:
        return found[0]
    return word + mark
