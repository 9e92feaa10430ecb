"""Reads the clauses that hold amounts against limits: values, contents, weights, shares."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from ooms.agreements.rule import (
    AllOf,
    AnyOf,
    CodeSet,
    Described,
    Everything,
    ForeignBelowOwn,
    Level,
    Measured,
    Originating,
    Rule,
    Shift,
    ValueCap,
    WeightCap,
    WeightOf,
    WhollyObtained,
)
from ooms.agreements.treaty_words.code_lists import CODES, read_codes
from ooms.agreements.treaty_words.contents import read_content_clause
from ooms.agreements.treaty_words.materials import described, is_all, read_every
from ooms.agreements.treaty_words.quantities import (
    BASE,
    GOOD,
    PERCENT,
    base_of,
    percent_is_possible,
    percent_of,
)
from ooms.agreements.treaty_words.territories import PLACE

_HUNDRED: Final = Decimal(100)
_AT_MOST: Final = (
    r"(?:(?:does|do|shall|must|may|should|will)(?: not|n't) (?:exceed|be (?:more|greater|"
    r"higher) than)"
    r"|(?:is|are|be) (?:not|no) (?:more|greater|higher) than"
    r"|(?:is|are) (?:up to|at most|limited to|less than or equal to))"
)
_AT_LEAST: Final = r"(?:not less than|no less than|at least|a minimum of)"
_ELSEWHERE: Final = re.compile(
    r"(?:all )?(?:the )?(?:non-originating )?materials of any heading,? except that of the "
    r"product,?",
    re.IGNORECASE,
)
_Read = Callable[[re.Match[str]], Rule | None]


def read_amount(clause: str) -> Rule | None:
    """Read one clause that states an amount, or give None."""
    clause = re.sub(r" used (?=\()", " ", clause)
    for pattern, read in _PATTERNS:
        found = pattern.fullmatch(clause)
        rule = read(found) if found and percent_is_possible(found) else None
        if rule is not None:
            return rule
    return read_content_clause(clause)


def read_set(words: str) -> CodeSet | None:
    """Read the materials that an amount is about; all of them are the empty set."""
    words = words.strip()
    if is_all(words):
        return ()
    if _ELSEWHERE.fullmatch(words):
        return (Described("materials of another heading than the product's"),)
    besides = re.fullmatch(r"(?P<all>.*?),? (?:except|other than|excluding) (?P<out>.+)", words)
    if besides and is_all(besides["all"]):
        one = described(f"materials other than {besides['out'].strip(' ,')}")
        return (one,) if one else None
    return read_every(words)


def _value_cap(found: re.Match[str]) -> Rule | None:
    items = read_set(found["set"])
    return None if items is None else ValueCap(percent_of(found), base_of(found["base"]), items)


def _short_cap(found: re.Match[str]) -> Rule | None:
    named = found["base"] or found["short"]
    return ValueCap(percent_of(found), base_of(named) if named else None)


def _below_own(found: re.Match[str]) -> Rule | None:
    items = read_set(found["set"])
    return None if items is None else ForeignBelowOwn(items)


def _weight_cap(found: re.Match[str]) -> Rule | None:
    items = read_set(found["set"])
    if items is None:
        return None
    each = "individual" in (found["kind"] or "")
    measured = Measured.EACH if each and len(items) > 1 else Measured.SUM
    return WeightCap(items or (Everything(),), percent_of(found), measured)


def _weight_among(found: re.Match[str]) -> Rule | None:
    """Foreign ones are at most n% of all materials of a set: of the same, its rest originates."""
    items, whole = read_every(found["set"]), read_every(found["whole"])
    if items is None or whole is None or is_all(found["whole"]):
        return None
    if items == whole:
        return Originating(items, _HUNDRED - percent_of(found))
    return WeightCap(items, percent_of(found), whole=whole)


def _alcohol_cap(found: re.Match[str]) -> Rule | None:
    items = read_set(found["set"])
    if items is None:
        return None
    return WeightCap(items or (Everything(),), percent_of(found), of=WeightOf.VOLUME)


def _wholly(found: re.Match[str]) -> Rule | None:
    if is_all(found["set"]):
        return WhollyObtained((Everything(),))
    items = read_every(found["set"])
    return WhollyObtained(items) if items else None


def _originating(found: re.Match[str]) -> Rule | None:
    if is_all(found["set"]):
        return Originating((Everything(),))
    items = read_every(found["set"])
    return Originating(items) if items else None


def _share(found: re.Match[str]) -> Rule | None:
    items = read_every(found["set"])
    if not items:
        return None
    made = WhollyObtained if found["how"].lower().startswith("wholly") else Originating
    return made(items, percent_of(found))


def _unless_blended(found: re.Match[str]) -> Rule | None:
    """All wholly obtained; or a foreign addition up to a volume, if all else originates."""
    items, added = read_every(found["set"]), described(found["added"])
    others = described(f"materials other than {found['added']}")
    if not items or added is None or others is None:
        return None
    blended = WeightCap((added,), percent_of(found), of=WeightOf.VOLUME)
    return AnyOf((WhollyObtained(items), AllOf((Originating((others,)), blended))))


def _volume_cap(found: re.Match[str]) -> Rule | None:
    items = read_set(found["set"])
    if items is None:
        return None
    return WeightCap(items or (Everything(),), percent_of(found), of=_OF[found["of"].lower()])


def _classified(found: re.Match[str]) -> Rule | None:
    codes = read_codes(found["codes"])
    return Shift(Level.ANY, only=codes) if codes else None


_OF: Final = {"volume": WeightOf.VOLUME, "weight": WeightOf.PRODUCT}
_VALUE: Final = r"(?:(?:total|customs|maximum|CIF|c\.i\.f\.) )*value"
_USED: Final = (
    r"(?: (?:which are |that are )?used(?: in (?:the )?(?:manufacture|production)(?: "
    r"of the (?:product|good))?)?)?"
)
_IS: Final = (
    r" (?:is|are|must(?: all)?(?: already)? be|shall be|should be|have to be|must)(?: already)?"
)
_WRITTEN: Final[tuple[tuple[str, _Read], ...]] = (
    ((rf"(?:the )?{_VALUE} of (?P<set>.+?){_USED} {_AT_MOST} the (?:total |"
      rf"customs )?"
     rf"value of (?:all )?(?:the )?originating materials(?: used)?"), _below_own),
    ((rf"(?:the )?{_VALUE} of (?P<set>.+?){_USED},? {_AT_MOST} {PERCENT} of {BASE}"), _value_cap),
    ((rf"(?:a )?maximum of {PERCENT} of {BASE} is made up of (?P<set>non-originating "
      rf"(?:parts|materials?))(?: \(MAXNOM\))?"), _value_cap),
    ((rf"(?P<set>non-originating materials?) (?:of )?up to {PERCENT} of {BASE}"), _value_cap),
    ((rf"(?:the value of )?(?P<set>.+?){_USED} (?:are|is) only used up to (?:a|the) value of "
      rf"{PERCENT} of {BASE}"),
     _value_cap),
    ((rf"(?:MaxNOM|max\.? NOM|VNM|NOM)(?: of| is not more than)? ?\(?{PERCENT}\)?"
      rf"(?: of {BASE}| ?\(?(?P<short>EXW|FOB)\)?)?"), _short_cap),
    ((rf"(?:the )?(?P<kind>individual|total combined|combined total|combined|total|net|dry)? ?"
     rf"(?:net |dry )?weight of (?P<set>.+?){_USED} {_AT_MOST} {PERCENT} (?:of|by) (?:the )?"
     rf"(?:total |net |dry )?weight of (?:the |that )?{GOOD}"), _weight_cap),
    ((rf"(?:the )?(?:total |dry |net )*weight of (?P<set>.+?){_USED} {_AT_MOST} {PERCENT} "
      rf"(?:of|by) (?:the )?(?:total |dry |net )?weight of (?P<whole>.+?)(?: used)?"
     rf"(?: used in (?:the )?(?:preparation|production|manufacture) of the good)?"),
     _weight_among),
    ((rf"(?:the )?(?P<kind>dry |net )?(?P<set>.*?materials.*?){_USED} {_AT_MOST} {PERCENT} "
      rf"(?:of|by) (?:the )?"
      rf"(?:total |net |dry )?weight of (?:the |that )?{GOOD}"), _weight_cap),
    ((rf"(?:the )?use of (?P<kind>)(?P<set>.+?) {_AT_MOST} {PERCENT} (?:of|by) (?:the )?(?:total "
      rf"|net |dry )?weight of (?:the |that )?{GOOD}"), _weight_cap),
    ((rf"(?:the )?(?P<set>.+?) (?:constitutes?|represents?|makes? up) (?:no|not) more than "
      rf"{PERCENT} (?:by|of the) (?P<of>volume|weight) of (?:the |that )?{GOOD}"), _volume_cap),
    ((rf"(?:the |all )*non-originating materials?(?: used)? (?:is|are|must be) classified "
      rf"(?:with)?in (?P<codes>{CODES})"), _classified),
    ((rf"(?:the )?total alcoholic volume of (?P<set>.+?){_USED} {_AT_MOST} {PERCENT} of the "
      rf"volume of "
     r"the total alcoholic strength of the good"), _alcohol_cap),
    ((rf"(?P<set>.+?){_USED}{_IS} wholly (?:obtained|produced),? or,? if all (?:of )?the other "
      rf"materials "
     rf"used are already originating, (?P<added>\w+) may be used up to a limit of {PERCENT} by "
     rf"volume"),
     _unless_blended),
    ((rf"(?P<set>.+?),?{_USED}{_IS} (?:wholly (?:obtained|produced)(?: or "
      rf"produced)?(?: entirely)?|entirely obtained){PLACE}?"), _wholly),
    ((rf"{_AT_LEAST} {PERCENT} by (?:dry |net )?weight of (?P<set>.+?){_USED}{_IS} "
      rf"(?P<how>originating|wholly (?:obtained|produced))"), _share),
    ((rf"(?:no|not) more than {PERCENT} (?:of|by) (?:the )?(?:net |dry )?weight of (?:the )?{GOOD} "
      r"(?P<kind>)(?:is|consists of) (?P<set>.+)"), _weight_cap),
    ((rf"(?P<set>.+?),?{_USED}{_IS} (?:wholly )?originating"), _originating),
)  # fmt: skip
_PATTERNS: Final = tuple((re.compile(text, re.IGNORECASE), read) for text, read in _WRITTEN)
