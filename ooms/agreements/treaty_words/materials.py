"""Reads the materials that a clause speaks of, as a set of the notation."""

from __future__ import annotations

import re
from typing import Final

from ooms.agreements.rule import Codes, CodeSet, Described, Item, SameAsGood
from ooms.agreements.treaty_words.code_lists import BARE, CODES, read_codes
from ooms.kernel.hs import HsCodeError, HsRange

_ALL: Final = re.compile(
    r"(?:each of |all of |all |any of |any |both )?(?:the |its |these |those )?"
    r"(?:non-originating )?(?:materials?|products?|inputs?|parts?)?(?: used)?",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"^(?:(?:all of|all|any of|any|each of|of|from|only)\s+)*(?:the\s+)?(?:of the\s+)?"
    r"(?:non-originating\s+)?",
    re.IGNORECASE,
)
_TRAIL: Final = re.compile(r"(?:,? (?:taken together|combined|used))+$", re.IGNORECASE)
_IN: Final = r"(?:of|from|(?:classified |falling )?(?:with)?in|under)"
_NEAR: Final = re.compile(
    rf"(?P<words>.*?)\s*\b{_IN} (?:the same|this|that|the product's|its own) "
    r"(?P<unit>chapter|heading|subheading)(?: as (?:that of )?the (?:final )?(?:product|good)s?)?",
    re.IGNORECASE,
)
_OWN: Final = re.compile(
    r"(?:that|those|(?:the )?(?P<unit>chapter|heading|subheading)) of the (?:product|good)s?",
    re.IGNORECASE,
)
_CODED: Final = re.compile(rf"(?P<words>.*?)\s*\b{_IN} (?:the )?(?P<codes>{CODES})", re.IGNORECASE)
_AND: Final = re.compile(r"^(?:\s*,?\s*(?:and/or|and|or)\b|\s*,)\s*", re.IGNORECASE)
_QUALIFIED: Final = re.compile(
    r"^\s*(?P<after>,? ?(?:containing|having|of which|of a kind|which|other than|except|not|with|"
    r"when|whether|consisting|intended|for|put up|suitable|used)\b.+?)"
    rf"(?=,? (?:and|or) [^,]*?\b{_IN} (?:the )?{CODES}|$)",
    re.IGNORECASE,
)
_LIST_TAIL: Final = re.compile(r"(?P<first>.+?),? (?:and|or) (?:of )?(?:the )?materials?$")
_PLAIN_MATERIALS: Final = re.compile(
    r"(?:other )?(?:materials?|products?|those|that|inputs?)?", re.IGNORECASE
)
_NOT_A_DESCRIPTION: Final = re.compile(
    r"exceed|\bvalue\b|provide|however|originating|wholly|\bmanufacture|\brule\b|in which|any "
    r"heading|other (?:chapter|heading|subheading)|(?:chapter|heading) of the|\bchange\b|from any"
    r"|may (?:not )?be used|followed|accompanied|combined with|that of the|territory|[;:]"
    r"|\bunless\b|^to |^(?:no|not) more than\b|by weight of the (?:product|good) is\b"
    r"|^[\d. -]+$|\bnone if\b|\bof all\b|at least|\b(?:separation|alloying) of\b"
    r"|^(?:sub)?(?:heading|chapter)s?\b|\bis (?:no|not) more than\b"
    r"|(?-i:\b(?:MaxNOM|[RQL]VC|CTH|CTSH|CC|WO|EXW|FOB)\b|\([A-Z]\))",
    re.IGNORECASE,
)
_UNIT_AGAIN: Final = re.compile(
    r"(?:,? (?:or|and)|,) (?=(?:sub)?headings? |chapters? )", re.IGNORECASE
)
_TARIFF_ITEM: Final = re.compile(
    r"(?:tariff items? )?(?P<code>\d{8})\b(?! (?:through|to) )", re.IGNORECASE
)
# What goes with materials of a heading is not itself of that heading.
_BESIDE: Final = re.compile(r"\b(?:with|for) (?:the )?(?:materials|products|goods)$", re.IGNORECASE)
_DIGITS: Final = {"chapter": 2, "heading": 4, "subheading": 6}


def is_all(words: str) -> bool:
    """Tell whether the words mean all materials."""
    return bool(_ALL.fullmatch(words.strip()))


def near(unit: str) -> SameAsGood:
    """Give the codes that share the good's chapter, heading or subheading."""
    return SameAsGood(_DIGITS[unit.lower()])


def described(words: str) -> Described | None:
    """Take words as the description of a material, unless they say something else."""
    words = words.strip(" ,.")
    if not words or _NOT_A_DESCRIPTION.search(words):
        return None
    return Described(words)


def read_materials(words: str) -> CodeSet | None:
    """Read materials: codes, the good's own heading, descriptions, or several of them."""
    rest = _TRAIL.sub("", _LEAD.sub("", words.strip(" ,."), count=1)).strip(" ,")
    items: list[Item] = []
    while rest:
        found = _next(rest)
        if found is None:
            return None
        here, end = found
        items += here
        remaining = rest[end:]
        joiner = _AND.match(remaining)
        if remaining.strip() and joiner is None:
            return None
        after = remaining[joiner.end() :] if joiner else ""
        rest = _LEAD.sub("", after, count=1).strip()
    return tuple(dict.fromkeys(items)) or None


def read_apart(words: str) -> CodeSet | None:
    """Read materials of which a description goes no further than the codes right after it.

    `bones of heading 0506, or headings 0201 to 0204` names these headings whole.
    """
    items: list[Item] = []
    for part in _UNIT_AGAIN.split(words):
        read = read_materials(part)
        if read is None:
            return read_materials(words)
        items += read
    return tuple(dict.fromkeys(items)) or None


def read_every(words: str) -> CodeSet | None:
    """Read materials that must all meet a condition, so that none is left out by its codes.

    Of `cereals, edible vegetables, roots and tubers of heading 0714` only the last are sure to be
    of that heading.
    """
    items = read_apart(words)
    return None if items is None else tuple(one for item in items for one in _listed(item))


def _listed(item: Item) -> tuple[Item, ...]:
    match item:
        case Described(words=words, within=HsRange(start=start)) if (
            len(start.digits) > len("01") and "(" not in words
        ):
            *first, last = words.split(", ")
            return (*map(Described, first), Described(last, item.within))
        case _:
            return (item,)


def _next(rest: str) -> tuple[list[Item], int] | None:
    codes = re.match(rf"{CODES}|{BARE}", rest, re.IGNORECASE)
    if codes:
        return _coded_alone(codes, rest)
    item = _TARIFF_ITEM.match(rest)
    if item:
        return _tariff_item(item)
    own = _OWN.match(rest)
    if own:
        return [near(own["unit"] or "heading")], own.end()
    same, coded = _NEAR.match(rest), _CODED.match(rest)
    if same and not (coded and coded.start("codes") < same.end()):
        return _placed(same["words"], (near(same["unit"]),), same.end())
    if coded:
        return _coded(coded, rest)
    one = described(rest)
    return ([one], len(rest)) if one else None


def _coded_alone(codes: re.Match[str], rest: str) -> tuple[list[Item], int] | None:
    """Read codes that stand alone; `when ...` after them narrows what they name."""
    read = read_codes(codes[0])
    when = re.match(r" when [^,;]+", rest[codes.end() :])
    if read is None or when is None:
        return (list(read), codes.end()) if read else None
    return _placed(f"materials{when[0]}", read, codes.end() + when.end())


def _tariff_item(found: re.Match[str]) -> tuple[list[Item], int] | None:
    """A tariff item is finer than the Harmonized System: a person says what lies in it."""
    try:
        within = HsRange.parse(found["code"][:6])
    except HsCodeError:
        return None
    return [Described(f"tariff item {found['code']}", within)], found.end()


def _coded(coded: re.Match[str], rest: str) -> tuple[list[Item], int] | None:
    codes = read_codes(coded["codes"])
    if codes is None:
        return None
    qualified = _QUALIFIED.match(rest[coded.end() :])
    if _BESIDE.search(coded["words"]):
        one = described(coded[0])
        return ([one], coded.end()) if one else None
    if qualified is None:
        return _placed(coded["words"], codes, coded.end())
    words = f"{coded['words'] or 'materials'}{_spaced(qualified['after'])}"
    return _placed(words, codes, coded.end() + qualified.end())


def _spaced(after: str) -> str:
    return after if after.startswith(",") else f" {after.strip()}"


def _placed(
    words: str, codes: tuple[Codes | SameAsGood, ...], end: int
) -> tuple[list[Item], int] | None:
    if _PLAIN_MATERIALS.fullmatch(words.strip()):
        return list(codes), end
    several = _LIST_TAIL.fullmatch(words)
    if several:
        first = described(several["first"])
        return ([first, *codes], end) if first else None
    one = described(words)
    if one is None:
        return None
    within = (code.range if isinstance(code, Codes) else code for code in codes)
    return [Described(one.words, code) for code in within], end
