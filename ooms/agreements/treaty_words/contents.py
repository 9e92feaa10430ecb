"""Reads regional value contents: how much, by which method, of which value of the good."""

from __future__ import annotations

import re
from typing import Final

from ooms.agreements.rule import AnyOf, Base, CodeSet, Method, Rule, ValueContent
from ooms.agreements.treaty_words.materials import read_every
from ooms.agreements.treaty_words.quantities import (
    BASE,
    PERCENT,
    base_of,
    percent_is_possible,
    percent_of,
)

_METHODS: Final = (
    ("build-up", Method.BUILD_UP),
    ("build-down", Method.BUILD_DOWN),
    ("net cost", Method.NET_COST),
    ("focus", Method.FOCUSED),
    ("transaction", Method.BUILD_DOWN),
)
_METHOD: Final = (
    r"(?P<method>build[ -]?up|build[ -]?down|net[ -]cost|focuss?ed value|transaction value)"
)
_BY: Final = (
    rf"(?:,? \(?(?:(?:under|using|based on|by|with|when|where|if|calculated (?:by|under|using)) "
    rf"(?:the )?)?{_METHOD}(?: (?:method|formula|basis))?(?: is used| used)?\)?)"
)
_AT_LEAST: Final = r"(?:not (?:be )?less than|no less than|at least|a minimum of|minimum(?: of)?)"
_CODE: Final = r"(?:RVC|QVC|LVC|DVC|DVA|VAC|VA)"
_NAME: Final = (
    r"(?:(?:your goods contain|there is|it has|the good has|with) )?(?:an? |the )?(?:min\.? ?)?(?:"
    rf"{_CODE}|(?:regional|qualifying|local|domestic|asean)(?: content|(?: value)?(?:-| )?added"
    r"(?: content)?| value(?: content)?)|(?:regional |qualifying |local |domestic |asean )?"
    r"(?:value(?:[ -]added)? content|value[ -](?:addition|added)))"
    r"(?: resulting from the process of production accounts for)?"
    r"(?: of the (?:goods?|products?))?(?: ?\((?:RVC|QVC|LVC|VA)\))?"
)
OPENING: Final = rf"{_NAME}(?: is| of|,| shall be| must be)? {_AT_LEAST}"
_AMOUNT: Final = r"\(?(?P<percent>\d{1,3}(?:\.\d+)?)\)?%?\)?"
_OF_BASE: Final = rf"(?: (?:of|on) {BASE}|,? ?\(?(?P<short>FOB|EXW)\)?)?"
_FOCUS: Final = r"(?:,? taking into account only (?P<set>.+))?"
_ONE: Final = re.compile(rf"(?:{_AT_LEAST} )?{PERCENT}{_OF_BASE}{_BY}?{_FOCUS}", re.IGNORECASE)
_WHOLE: Final = re.compile(
    rf"{_NAME},?(?: is| shall be| must be)?(?: of)? ?(?:{_AT_LEAST} )?(?P<amounts>{_AMOUNT}.*)",
    re.IGNORECASE,
)
_REVERSED: Final = re.compile(
    rf"(?:{_AT_LEAST} )?(?P<amounts>{PERCENT}) {_NAME}(?P<after>.*)", re.IGNORECASE
)
_ANY_CHANGE: Final = re.compile(
    r",? whether or not there is (?:also )?a change in tariff classification$", re.IGNORECASE
)
_METHOD_FIRST: Final = re.compile(
    rf"{_NAME} ?\(?{_METHOD}(?: method)?\)?,?(?: is| of)? ?(?:{_AT_LEAST} )?(?P<amount>{_AMOUNT})",
    re.IGNORECASE,
)
_OR: Final = re.compile(r"(?:,? or | ?/ ?)(?:(?:of )?(?:RVC|QVC|LVC) ?)?(?=\(?\d)", re.IGNORECASE)
_SHORT_AMOUNT: Final = re.compile(r"^\(?(\d{1,3}(?:\.\d+)?)%?\)?%?\)?(?=\s|,|\(|$)")


def read_content_clause(clause: str) -> Rule | None:
    """Read a content that its name opens or closes: `RVC40`, `40% RVC`, `a QVC of ...`."""
    clause = _ANY_CHANGE.sub("", clause)
    whole = _WHOLE.fullmatch(clause)
    if whole:
        return _read_amounts(whole["amounts"])
    ahead = _METHOD_FIRST.fullmatch(clause)
    if ahead:
        return _read_amounts(f"{ahead['percent']}% by the {ahead['method']} method")
    turned = _REVERSED.fullmatch(clause)
    return _read_amounts(f"{turned['amounts']}{turned['after']}") if turned else None


def read_content(clause: str) -> Rule | None:
    """Read a content and its method: `35% under the build-up method`."""
    found = _ONE.fullmatch(clause.strip(" ,;."))
    return _content(found) if found and percent_is_possible(found) else None


def _read_amounts(words: str) -> Rule | None:
    """Read `45% by build-down or 35% by build-up`: each is enough."""
    read = tuple(read_content(_SHORT_AMOUNT.sub(r"\1%", one)) for one in _OR.split(words))
    if len(read) == 1:
        return read[0]
    contents = tuple(one for one in read if isinstance(one, ValueContent) and one.method)
    return AnyOf(contents) if len(contents) == len(read) else None


def _content(found: re.Match[str]) -> Rule | None:
    named = (found["method"] or "").lower().replace("buildup", "build-up")
    named = named.replace("builddown", "build-down").replace("net-cost", "net cost")
    named = re.sub(r"^build (?=up|down)", "build-", named)
    method = next((each for start, each in _METHODS if named.startswith(start)), None)
    items: CodeSet | None = read_every(found["set"]) if found["set"] else ()
    if items is None or bool(items) != (method is Method.FOCUSED):
        return None
    said = found["short"] or found["base"]
    base = base_of(said) if said else None
    if named.startswith("transaction"):
        base = Base.TRANSACTION
    return ValueContent(percent_of(found), method, base, items)
