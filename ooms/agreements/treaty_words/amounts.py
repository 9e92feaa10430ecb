"""Reads the clauses that hold amounts against limits: values, contents, weights, shares."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from ooms.agreements.rule import (
    AllOf,
    AnyOf,
    Base,
    CodeSet,
    Everything,
    ForeignBelowOwn,
    Measured,
    Method,
    Originating,
    Rule,
    ValueCap,
    ValueContent,
    WeightCap,
    WeightOf,
    WhollyObtained,
)
from ooms.agreements.treaty_words.materials import described, is_all, read_materials

_HUNDRED: Final = Decimal(100)
_GOOD: Final = r"(?:final |finished )?(?:products?|goods?|sets?)"
PERCENT: Final = r"(?P<percent>\d{1,3}(?:\.\d+)?)%"
BASE: Final = (
    r"(?:the )?(?:value of (?:the )?)?(?P<base>ex-works(?: price)?|EXW(?: price)?|"
    r"ex-factory(?: price| cost)?|f\.?o\.?b\.?(?: value| price)?|adjusted value|"
    r"transaction value|net cost|value)"
    rf"(?: of (?:the |that |each )?{_GOOD})?"
)
_BASES: Final = (
    ("ex", Base.EX_WORKS),
    ("f", Base.FOB),
    ("a", Base.ADJUSTED),
    ("t", Base.TRANSACTION),
    ("n", Base.NET_COST),
)
_AT_MOST: Final = (
    r"(?:(?:does|do|shall|must|may|should|will)(?: not|n't) (?:exceed|be (?:more|greater|"
    r"higher) than)"
    r"|(?:is|are|be) (?:not|no) (?:more|greater|higher) than"
    r"|(?:is|are) (?:up to|at most|limited to|less than or equal to))"
)
_AT_LEAST: Final = r"(?:not less than|no less than|at least|a minimum of)"
_METHODS: Final = {
    "build-up": Method.BUILD_UP,
    "build-down": Method.BUILD_DOWN,
    "net cost": Method.NET_COST,
    "net-cost": Method.NET_COST,
    "focused value": Method.FOCUSED,
    "focussed value": Method.FOCUSED,
}
_BY: Final = (
    r"(?:,? (?:under|using|based on|by|with) the (?P<method>build-up|build-down|net[ -]cost|"
    r"focuss?ed value)(?: method| formula)?)"
)
CONTENT: Final = rf"{PERCENT}{_BY}?(?:,? taking into account only (?P<set>.+))?"
_CONTENT_NAME: Final = (
    r"(?:there is |it has |the good has |with )?(?:a |the )?(?:(?:regional|qualifying|local|"
    r"domestic|asean) )?(?:value(?: added)? content|value addition)(?: of the goods?)?"
)
CONTENT_OPENING: Final = rf"{_CONTENT_NAME}(?: is| of|,| shall be)? {_AT_LEAST}"

_Read = Callable[[re.Match[str]], Rule | None]


def read_amount(clause: str) -> Rule | None:
    """Read one clause that states an amount, or give None."""
    clause = re.sub(r" used (?=\()", " ", clause)
    for pattern, read in _PATTERNS:
        found = pattern.fullmatch(clause)
        rule = read(found) if found and percent_is_possible(found) else None
        if rule is not None:
            return rule
    return None


def read_content(clause: str) -> Rule | None:
    """Read a content and its method: `35% under the build-up method`."""
    found = re.fullmatch(CONTENT, clause.strip(" ,;."), re.IGNORECASE)
    return _content(found) if found and percent_is_possible(found) else None


def read_set(words: str) -> CodeSet | None:
    """Read the materials that an amount is about; all of them are the empty set."""
    words = words.strip()
    if is_all(words):
        return ()
    besides = re.fullmatch(r"(?P<all>.*?),? (?:except|other than|excluding) (?P<out>.+)", words)
    if besides and is_all(besides["all"]):
        one = described(f"materials other than {besides['out'].strip(' ,')}")
        return (one,) if one else None
    return read_materials(words)


def base_of(words: str) -> Base | None:
    """Give the base that words name; a mere value of the good leaves it to the agreement."""
    return next((base for start, base in _BASES if words.lower().startswith(start)), None)


def percent_of(found: re.Match[str]) -> Decimal:
    """Give the percentage that a pattern found."""
    return Decimal(found["percent"])


def percent_is_possible(found: re.Match[str]) -> bool:
    """Tell whether the percentage found, if any, is one of a whole."""
    return Decimal(found.groupdict().get("percent") or 0) <= _HUNDRED


def _value_cap(found: re.Match[str]) -> Rule | None:
    items = read_set(found["set"])
    return None if items is None else ValueCap(percent_of(found), base_of(found["base"]), items)


def _short_cap(found: re.Match[str]) -> Rule | None:
    return ValueCap(percent_of(found), base_of(found["base"]) if found["base"] else None)


def _below_own(found: re.Match[str]) -> Rule | None:
    items = read_set(found["set"])
    return None if items is None else ForeignBelowOwn(items)


def _content(found: re.Match[str]) -> Rule | None:
    named = found["method"].lower() if found["method"] else ""
    method = _METHODS.get(named)
    items = read_materials(found["set"]) if found["set"] else ()
    if items is None or bool(items) != (method is Method.FOCUSED):
        return None
    return ValueContent(percent_of(found), method, focused_on=items)


def _bare_content(found: re.Match[str]) -> Rule | None:
    named = found.groupdict().get("base")
    return ValueContent(percent_of(found), base=base_of(named) if named else None)


def _weight_cap(found: re.Match[str]) -> Rule | None:
    items = read_set(found["set"])
    if items is None:
        return None
    each = "individual" in (found["kind"] or "")
    measured = Measured.EACH if each and len(items) > 1 else Measured.SUM
    return WeightCap(items or (Everything(),), percent_of(found), measured)


def _weight_among(found: re.Match[str]) -> Rule | None:
    """Foreign ones are at most n% of all materials of a set: the rest of the set originates."""
    items, whole = read_materials(found["set"]), read_materials(found["whole"])
    if items is None or items != whole:
        return None
    return Originating(items, _HUNDRED - percent_of(found))


def _alcohol_cap(found: re.Match[str]) -> Rule | None:
    items = read_set(found["set"])
    if items is None:
        return None
    return WeightCap(items or (Everything(),), percent_of(found), of=WeightOf.VOLUME)


def _wholly(found: re.Match[str]) -> Rule | None:
    if is_all(found["set"]):
        return WhollyObtained((Everything(),))
    items = read_materials(found["set"])
    return WhollyObtained(items) if items else None


def _originating(found: re.Match[str]) -> Rule | None:
    if is_all(found["set"]):
        return Originating((Everything(),))
    items = read_materials(found["set"])
    return Originating(items) if items else None


def _share(found: re.Match[str]) -> Rule | None:
    items = read_materials(found["set"])
    return Originating(items, percent_of(found)) if items else None


def _unless_blended(found: re.Match[str]) -> Rule | None:
    """All wholly obtained; or a foreign addition up to a volume, if all else originates."""
    items, added = read_materials(found["set"]), described(found["added"])
    others = described(f"materials other than {found['added']}")
    if not items or added is None or others is None:
        return None
    blended = WeightCap((added,), percent_of(found), of=WeightOf.VOLUME)
    return AnyOf((WhollyObtained(items), AllOf((Originating((others,)), blended))))


_USED: Final = (
    r"(?: (?:which are |that are )?used(?: in (?:the )?(?:manufacture|production)(?: "
    r"of the (?:product|good))?)?)?"
)
_IS: Final = (
    r" (?:is|are|must(?: all)?(?: already)? be|shall be|should be|have to be|must)(?: already)?"
)
_WHERE: Final = r"(?: in (?:the|a|one) (?:country|territory|part|exporting).*)?"
_WRITTEN: Final[tuple[tuple[str, _Read], ...]] = (
    ((rf"(?:the )?(?:total |customs )?value of (?P<set>.+?){_USED} {_AT_MOST} the (?:total |"
      rf"customs )?"
     rf"value of (?:all )?(?:the )?originating materials(?: used)?"), _below_own),
    ((rf"(?:the )?(?:total |customs )?value of (?P<set>.+?){_USED},? {_AT_MOST} {PERCENT} of "
      rf"{BASE}"),
     _value_cap),
    ((rf"(?P<set>.+?){_USED} (?:are|is) only used up to (?:a|the) value of {PERCENT} of {BASE}"),
     _value_cap),
    ((rf"(?:MaxNOM|max\.? NOM|VNM|NOM)(?: of)? ?\(?{PERCENT}\)? ?(?:\((?P<base>EXW|"
      rf"FOB)\))?"), _short_cap),
    ((rf"{CONTENT_OPENING} {CONTENT}"), _content),
    ((r"(?:min\.? ?)?(?:RVC|QVC|LVC)(?: of)?(?: not less than| at least)? "
      r"?\(?(?P<percent>\d{1,3}(?:\.\d+)?)\)?%?\)?(?: ?\(?(?P<base>FOB|EXW)\)?)?"),
     _bare_content),
    ((rf"{_CONTENT_NAME}(?: is)?(?: of)? {PERCENT}"), _bare_content),
    ((rf"(?:the )?(?P<kind>individual|total combined|combined total|combined|total|net|dry)? ?"
     rf"(?:net |dry )?weight of (?P<set>.+?){_USED} {_AT_MOST} {PERCENT} (?:of|by) (?:the )?"
     rf"(?:total |net |dry )?weight of (?:the |that )?{_GOOD}"), _weight_cap),
    ((rf"(?:the )?(?:dry |net )?weight of (?P<set>.+?){_USED} {_AT_MOST} {PERCENT} (?:of|by) "
      rf"(?:the )?"
     rf"(?:total |dry |net )?weight of (?P<whole>.+?)(?: used)?"
     rf"(?: used in (?:the )?(?:preparation|production|manufacture) of the good)?"),
     _weight_among),
    ((rf"(?:the )?(?P<kind>dry |net )?(?P<set>.*?materials.*?){_USED} {_AT_MOST} {PERCENT} "
      rf"(?:of|by) (?:the )?"
      rf"(?:total |net |dry )?weight of (?:the |that )?{_GOOD}"), _weight_cap),
    ((rf"(?:the )?total alcoholic volume of (?P<set>.+?){_USED} {_AT_MOST} {PERCENT} of the "
      rf"volume of "
     r"the total alcoholic strength of the good"), _alcohol_cap),
    ((rf"(?P<set>.+?){_USED}{_IS} wholly (?:obtained|produced),? or,? if all (?:of )?the other "
      rf"materials "
     rf"used are already originating, (?P<added>\w+) may be used up to a limit of {PERCENT} by "
     rf"volume"),
     _unless_blended),
    ((rf"(?P<set>.+?),?{_USED}{_IS} (?:wholly (?:obtained|produced)|entirely "
      rf"obtained){_WHERE}"), _wholly),
    ((rf"{_AT_LEAST} {PERCENT} by (?:dry |net )?weight of (?P<set>.+?){_USED}{_IS} "
      rf"originating"), _share),
    ((rf"(?P<set>.+?),?{_USED}{_IS} originating"), _originating),
)  # fmt: skip
_PATTERNS: Final = tuple((re.compile(text, re.IGNORECASE), read) for text, read in _WRITTEN)
