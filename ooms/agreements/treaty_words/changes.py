"""Reads `a change to ... from ...` and `no change in tariff classification is required`."""

from __future__ import annotations

import re
from typing import Final

from ooms.agreements.rule import About, Codes, CodeSet, Level, Rule, Selected, Shift
from ooms.agreements.treaty_words.code_lists import CODES, read_codes
from ooms.agreements.treaty_words.conditions import LEVEL, level_of
from ooms.agreements.treaty_words.materials import read_materials

EXCEPT: Final = (
    r",? ?\(?(?:except(?:ing)?(?: for)?(?: a change)?|excluding|other than|not including)(?: from)?"
)
PROVIDED: Final = re.compile(
    r",? (?:but )?(?:provided(?: that)?|on condition that|(?:and )?in which|(?:and )?where"
    r"(?! (?:more|appropriate)))(?: also)?,? "
)
_CHANGE: Final = re.compile(
    r"(?:a )?change (?:to|in) (?P<good>.+?) from (?P<source>.+)", re.IGNORECASE
)
_NO_CHANGE: Final = re.compile(
    r"no (?:required )?change (?:in|to|of) tariff (?:classification|heading)(?: is)?(?: required)?"
    r"(?: (?:for|to) (?P<good>.+?))?(?: is required)?",
    re.IGNORECASE,
)
_GOOD: Final = re.compile(
    rf"(?:(?P<any>any other (?:goods?|products?))|(?:a |any |the )?(?:goods?|products?)|"
    rf"(?P<words>.+?))?"
    rf"(?:^| ?\b(?:of|in) )(?P<codes>{CODES}|such (?:heading|subheading|chapter))(?P<after>,? .+)?",
    re.IGNORECASE,
)
_OTHER_LEVEL: Final = re.compile(
    rf"any (?P<other>other )?{LEVEL}(?: outside (?P<outside>that group|that range))?"
    rf"(?P<rest>.*)",
    re.IGNORECASE,
)
_ALSO: Final = re.compile(
    r"(?P<set>.+?),? whether or not there is also a change from any other "
    rf"{LEVEL}(?P<rest>.*)",
    re.IGNORECASE,
)
_OUT: Final = re.compile(rf"{EXCEPT} (?P<out>.+?)\)?", re.IGNORECASE)


def read_change(text: str) -> Rule | None:
    """Read `A change to <good> from <source>`, trying each `from` as the one that is meant."""
    for place in re.finditer(r" from ", text):
        found = _CHANGE.fullmatch(text)
        good, source = text[: place.start()], text[place.end() :]
        if found is None or not re.match(r"(?:a )?change (?:to|in) ", good, re.IGNORECASE):
            return _read_bare_change(text)
        goods = re.sub(r"^(?:a )?change (?:to|in) ", "", good, flags=re.IGNORECASE)
        rule = _read_source(source, _codes_of(goods))
        chosen = _chosen(goods, rule) if rule else None
        if chosen:
            return chosen
    return None


def _read_bare_change(text: str) -> Rule | None:
    found = re.fullmatch(r"(?:a )?change from (?P<source>any other .+)", text, re.IGNORECASE)
    return _read_source(found["source"], ()) if found else None


def read_no_change(text: str) -> Rule | None:
    """Read `no change required`, for the good it names."""
    found = _NO_CHANGE.fullmatch(text)
    if found is None or "provided" in text:
        return None
    return _chosen(found["good"], Shift(Level.ANY)) if found["good"] else Shift(Level.ANY)


def _codes_of(goods: str) -> CodeSet:
    found = _GOOD.fullmatch(goods)
    return (read_codes(found["codes"]) or ()) if found else ()


def _chosen(goods: str, rule: Rule) -> Rule | None:
    found = _GOOD.fullmatch(goods.strip())
    if found is None:
        return None
    after = (found["after"] or "").rstrip(" ,")
    if "%" not in after and re.search(r"\bfrom\b|provided", after):
        return None
    if found["any"]:
        return Selected(About.GOOD, f"any other{after}", rule)
    if not found["words"] and not after:
        return rule
    return Selected(About.GOOD, f"{found['words'] or 'goods'}{after}", rule)


def _read_source(source: str, goods: CodeSet) -> Rule | None:
    also = _ALSO.fullmatch(source)
    if also and not also["rest"]:
        items = read_materials(also["set"])
        level = level_of(also["level"])
        return Shift(level, readmitted=_needed(items, level, goods)) if items else None
    found = _OTHER_LEVEL.fullmatch(source)
    if found is None:
        return _only(source)
    level, rest = level_of(found["level"]), found["rest"]
    out = _OUT.fullmatch(rest) if rest else None
    if rest and (out is None or PROVIDED.search(rest)):
        return None
    exceptions = read_materials(out["out"]) if out else ()
    if exceptions is None:
        return None
    if found["outside"]:
        return Shift(level, exceptions=goods + exceptions) if goods else None
    return Shift(level if found["other"] else Level.ANY, exceptions=exceptions)


def _only(source: str) -> Rule | None:
    if PROVIDED.search(source) or re.match(r"any\b", source):
        return None
    items = read_materials(source)
    return Shift(Level.ANY, only=items) if items else None


def _needed(items: CodeSet, level: Level, goods: CodeSet) -> CodeSet:
    """Leave out readmitted codes that the shift admits anyway, being of another heading."""
    digits = {Level.CHAPTER: 2, Level.HEADING: 4, Level.SUBHEADING: 6}[level]
    spans = [
        (code.range.start.digits[:digits], code.range.end.digits[:digits])
        for code in goods
        if isinstance(code, Codes)
    ]
    return tuple(
        item
        for item in items
        if not isinstance(item, Codes)
        or not spans
        or any(
            start <= item.range.end.digits[:digits] and item.range.start.digits[:digits] <= end
            for start, end in spans
        )
    )
