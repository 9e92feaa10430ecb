"""Reads `a change to ... from ...` and `no change in tariff classification is required`."""

from __future__ import annotations

import re
from typing import Final

from ooms.agreements.rule import (
    About,
    Codes,
    CodeSet,
    Described,
    Level,
    Rule,
    SameAsGood,
    Selected,
    Shift,
)
from ooms.agreements.treaty_words.code_lists import CODES, read_codes
from ooms.agreements.treaty_words.conditions import LEVEL, level_of
from ooms.agreements.treaty_words.materials import near, read_apart, read_materials

EXCEPT: Final = (
    r",? ?\(?(?:except(?:ing)?(?: for)?(?: a change)?|excluding|other than|not including)(?: from)?"
)
PROVIDED: Final = re.compile(
    r",? (?:but )?(?:provided?(?: that)|provided|on condition that|(?:and )?in which|(?:and )?where"
    r"(?! (?:more|appropriate|the (?:transaction|net|build))))(?: also)?,? "
)
_TO: Final = re.compile(r"(?:a )?change (?:to|in) ", re.IGNORECASE)
_SUCH: Final = r"(?:such|this|that|these|those) (?:sub)?(?:heading|chapter)s?"
_NO_CHANGE: Final = re.compile(
    r"(?:no (?:required )?(?:change (?:in|to|of) tariff (?:classification|heading)|CTC)"
    r"|a change in tariff classification is not)"
    r"(?: is)?(?: required)?(?: (?:for|to) (?P<good>.+?))?(?: is required)?"
    r"(?:,? whether or not there is (?:also )?a change from (?:another|any other) "
    r"(?:chapter|heading|subheading))?",
    re.IGNORECASE,
)
_GOOD: Final = re.compile(
    rf"(?:(?P<any>any other (?:goods?|products?))|(?:an? |any |the )?(?:goods?|products?|headings?|"
    rf"subheadings?)|(?P<words>.+?))?"
    rf"(?:^| ?\b(?:of|in|within) (?:any (?:one )?of )?)(?P<codes>{CODES}|{_SUCH})(?P<after>,? .+)?",
    re.IGNORECASE,
)
_NO_GOODS: Final = re.compile(
    r"(?:tariff classification to )?(?:an? )?(?:chapter|heading|subheading)|"
    r"(?:an? |the )?(?:goods?|products?)",
    re.IGNORECASE,
)
_WORDS_ALONE: Final = re.compile(r"(?!.*\b\d{4})[A-Za-z][\w ,.%()'/-]*")
_TARIFF_ITEMS: Final = re.compile(r".*\btariff items? \d{8}(?:(?:,|,? or|,? and| through) \d{8})*")
# What the description of a good never says: another rule has run into it.
_NOT_A_GOOD: Final = re.compile(
    r"(?<!ed )(?<!made )\bfrom\b|from any|provided|\bchange\b|whether or not there|"
    r"(?-i:\([A-Z]\))|;",
    re.IGNORECASE,
)
_SAME_LEVEL: Final = (
    r"(?:,? including (?:(?:from )?another (?:heading|subheading|good) )?"
    r"within (?:that|the) group)?"
)
_WHETHER: Final = re.compile(
    rf",? whether or not there is (?:also )?a change from (?:any other|another) {LEVEL}"
    rf"{_SAME_LEVEL}",
    re.IGNORECASE,
)
_OTHER_LEVEL: Final = re.compile(
    rf"(?:from )?any (?P<other>other )?{LEVEL}"
    rf"(?: (?:within|of|in) (?P<inside>{CODES}|this heading|that heading|this chapter|"
    rf"that chapter))?(?:,? outside (?:of )?(?P<outside>that group|that range|{CODES}))?"
    rf"{_SAME_LEVEL}",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(
    r"(?:from )?within (?:this|that|these|those|(?:any )?one of (?:this|these|those)|"
    r"any of these) (?P<unit>chapter|heading|subheading)s?",
    re.IGNORECASE,
)
_OTHER_GOOD: Final = re.compile(
    rf"(?:from )?any other (?:goods?|products?) (?:of|within|in) "
    rf"(?:(?:such|this|that|these|those) (?P<unit>chapter|heading|subheading)s?"
    rf"|(?P<codes>{CODES}))",
    re.IGNORECASE,
)
# Another chapter, or another heading of this one: that is another heading.
_UNION: Final = re.compile(
    r"any other (?P<unit>chapter|heading),? or (?:from )?any other (?P<inner>heading|subheading) "
    r"(?:with)?in (?:this|that|the same) (?P=unit)(?P<that>(?: outside that group)?)",
    re.IGNORECASE,
)
_INCLUDED: Final = re.compile(rf",? including (?:from )?(?P<codes>{CODES})(?=,|$)", re.IGNORECASE)
_OUT: Final = re.compile(rf"{EXCEPT} (?P<out>.+?)\)?$", re.IGNORECASE)
_OR: Final = re.compile(r",? or (?=from |any other |within )")


def read_change(text: str) -> Rule | None:
    """Read `A change to <good> from <source>`, trying each `from` as the one that is meant."""
    bare = re.fullmatch(
        r"(?:a )?change(?: of (?:tariff )?classification)? from (?P<source>.+)", text, re.IGNORECASE
    )
    if bare and re.search(rf"any other|within|{CODES}", bare["source"], re.IGNORECASE):
        return _read_source(bare["source"], ())
    to = _TO.match(text)
    if to is None:
        return None
    for place in re.finditer(r",? from ", text):
        goods = text[to.end() : place.start()]
        rule = _read_source(text[place.end() :], codes_of(goods)) if goods else None
        chosen = _chosen(goods, rule) if rule else None
        if chosen:
            return chosen
    return None


def read_no_change(text: str) -> Rule | None:
    """Read `no change required`, for the good it names."""
    found = _NO_CHANGE.fullmatch(text)
    if found is None or "provided" in text:
        return None
    return _chosen(found["good"], Shift(Level.ANY)) if found["good"] else Shift(Level.ANY)


def goods_of(text: str) -> CodeSet:
    """Give the codes of the goods that a change is to."""
    to = _TO.match(text)
    if to:
        return codes_of(re.split(r",? from ", text[to.end() :], maxsplit=1)[0])
    found = _NO_CHANGE.fullmatch(re.split(r",? provided|,? whether", text, maxsplit=1)[0])
    return codes_of(found["good"]) if found and found["good"] else ()


def codes_of(goods: str) -> CodeSet:
    """Give the codes of the goods that a rule names."""
    found = _GOOD.fullmatch(goods.strip())
    return (read_codes(found["codes"]) or ()) if found else ()


def _chosen(goods: str, rule: Rule) -> Rule | None:
    goods = goods.strip(" ,")
    if _NOT_A_GOOD.search(goods):
        return None
    if _NO_GOODS.fullmatch(goods):
        return rule
    found = _GOOD.fullmatch(goods)
    if found is None:
        named = _WORDS_ALONE.fullmatch(goods) or _TARIFF_ITEMS.fullmatch(goods)
        words = re.sub(r"^any other (?:goods?|products?)$", "any other", goods)
        return Selected(About.GOOD, words, rule) if named else None
    after = (found["after"] or "").rstrip(" ,")
    if found["any"]:
        return Selected(About.GOOD, f"any other{after}", rule)
    if not found["words"] and not after:
        return rule
    return Selected(About.GOOD, f"{found['words'] or 'goods'}{after}", rule)


def _read_source(source: str, goods: CodeSet) -> Rule | None:
    """Read where the materials come from.

    1. Take off what the rule excepts, and that another change does not matter.
    2. Any other heading, alone, is a shift.
    3. What is named beside another heading is admitted besides it; alone, it is all there is.
    """
    source = _UNION.sub(r"any other \g<inner>\g<that>", source)
    source = _INCLUDED.sub(r" or from \g<codes>", source)
    out = _OUT.search(source)  # 1
    barred = _barred(out["out"], goods) if out else ()
    if barred is None or PROVIDED.search(source):
        return None
    places = source[: out.start()] if out else source
    also = _WHETHER.search(places)
    if also and places[also.end() :].strip(" ,"):
        return None
    parts = _OR.split(places[: also.start()] if also else places)
    whole = _OTHER_LEVEL.fullmatch(places)
    if whole:  # 2
        return _other(whole, goods, barred)
    return _beside(
        parts, level_of(also["level"]) if also else None, goods=goods, barred=barred
    )  # 3


def _beside(
    parts: list[str], also: Level | None, *, goods: CodeSet, barred: CodeSet
) -> Rule | None:
    levels = [also] if also else []
    named: CodeSet = ()
    for part in parts:
        whole = _OTHER_LEVEL.fullmatch(part)
        if whole is None:
            items = _place(part)
            if items is None:
                return None
            named += items
        elif whole["inside"] and not also:
            return None
        elif whole["inside"]:
            levels.append(level_of(whole["level"]))
        else:
            shift = _other(whole, goods, barred)
            if shift is None:
                return None
            levels.append(shift.level)
            barred = shift.exceptions
    return _joined(levels, named, barred=barred, goods=goods)


def _other(found: re.Match[str], goods: CodeSet, barred: CodeSet) -> Shift | None:
    level = level_of(found["level"])
    if found["outside"]:
        group = read_codes(found["outside"]) or goods
        return Shift(level, exceptions=tuple(dict.fromkeys((*group, *barred)))) if group else None
    if found["inside"]:
        inside = read_materials(f"materials of {found['inside']}")
        if not inside or not found["other"]:
            return None
        return Shift(Level.ANY, only=inside, exceptions=(near(found["level"]), *barred))
    return Shift(level if found["other"] else Level.ANY, exceptions=barred)


def _place(words: str) -> CodeSet | None:
    within = _WITHIN.fullmatch(words)
    if within:
        return (near(within["unit"]),)
    other = _OTHER_GOOD.fullmatch(words)
    if other:
        return _other_goods(read_codes(other["codes"] or "") or (near(other["unit"]),))
    if re.match(r"(?:from )?any\b", words):
        return None
    return read_apart(words)


def _barred(words: str, goods: CodeSet) -> CodeSet | None:
    if re.fullmatch(r"(?:sub)?(?:heading|chapter)s? within (?:that|the) group", words):
        return goods or None
    return read_apart(words)


def _other_goods(within: tuple[Codes | SameAsGood, ...]) -> CodeSet:
    return tuple(
        Described("any other good", code.range if isinstance(code, Codes) else code)
        for code in within
    )


def _joined(levels: list[Level], named: CodeSet, *, barred: CodeSet, goods: CodeSet) -> Rule | None:
    if not levels:
        return Shift(Level.ANY, only=named, exceptions=barred) if named else None
    level = max(levels, key=lambda each: _DIGITS[each])
    if any(isinstance(item, SameAsGood) and item.digits <= _DIGITS[level] for item in named):
        return Shift(Level.ANY, exceptions=barred)
    return Shift(level, exceptions=barred, readmitted=_needed(named, level, goods))


_DIGITS: Final = {Level.ANY: 0, Level.CHAPTER: 2, Level.HEADING: 4, Level.SUBHEADING: 6}


def _needed(items: CodeSet, level: Level, goods: CodeSet) -> CodeSet:
    """Leave out readmitted codes that the shift admits anyway, being of another heading."""
    digits = _DIGITS[level]
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
