"""Reads one sentence of a rule: the forms in which treaties write what confers origin."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ooms.agreements.rule import (
    About,
    AllOf,
    AnyOf,
    CodeSet,
    Described,
    Level,
    Macro,
    MadeFrom,
    Note,
    Noted,
    Originating,
    Pointer,
    Process,
    Rule,
    Selected,
    SetRule,
    Shift,
    ValueCap,
)
from ooms.agreements.treaty_words.amounts import read_amount
from ooms.agreements.treaty_words.changes import EXCEPT, PROVIDED, read_change, read_no_change
from ooms.agreements.treaty_words.code_lists import CODES, read_codes
from ooms.agreements.treaty_words.conditions import (
    LEVEL,
    Read,
    level_of,
    read_conditions,
    read_undergone,
    shift_other_than,
    together,
)
from ooms.agreements.treaty_words.contents import read_content_clause
from ooms.agreements.treaty_words.materials import described, near, read_materials
from ooms.agreements.treaty_words.processes import read_process
from ooms.agreements.treaty_words.quantities import (
    BASE,
    PERCENT,
    base_of,
    percent_is_possible,
    percent_of,
)
from ooms.agreements.treaty_words.shorthand import read_shorthand

_MAKE: Final = r"(?:manufactured?|manufacturing|production|produced|obtained|made)"
_ANY: Final = re.compile(
    rf"(?:(?:{_MAKE} )?(?:from|of) )?(?:any )?(?:non-originating )?(?:materials?|products?) "
    rf"(?:of|from|classified in|in) any (?:other )?{LEVEL}(?P<rest>.*)",
    re.IGNORECASE,
)
_INCLUDING: Final = re.compile(
    r",? (?P<how>including|even)(?: from)? (?P<what>(?:other )?materials? .+)", re.IGNORECASE
)
_OWN_TOO: Final = re.compile(r",? (?:including|even) (?:that|those) of the (?:product|good)")
_OUT: Final = re.compile(rf"{EXCEPT} (?P<out>.+?)\)?", re.IGNORECASE)
_NOT_IN: Final = re.compile(
    rf"(?:(?:{_MAKE} )?(?:from|using) )?materials not classified (?:with)?in (?P<out>{CODES})",
    re.IGNORECASE,
)
_KIND_OF_ANY: Final = re.compile(
    rf"{_MAKE} from (?P<kind>(?!materials)[a-z -]+) of any heading(?:{EXCEPT} (?P<out>.+?)\)?)?",
    re.IGNORECASE,
)
_THEN: Final = re.compile(
    r"(?:(?<=product)|(?<=price)),? "
    r"(?P<how>(?:accompanied|combined|followed|preceded) (?:by|with) .+)$"
)
_WORTH: Final = re.compile(
    r"(?P<main>.+? of (?P<kind>[a-z -]+)),? the value of which (?P<limit>does not exceed .+)"
)
_PERIOD: Final = re.compile(
    r"(?P<main>.+?) ?\((?P<period>for the period from [^()]+)\)", re.IGNORECASE
)
# Beside a stroke these do not say how far they reach.
_JOINED: Final = re.compile(r" (?:\+|&|and|plus|with|provided) ")
_CONTENT_BUT: Final = re.compile(r"(?P<main>.+?),? except(?: from)? (?P<out>.+)", re.IGNORECASE)
_OTHERS: Final = re.compile(r"\bother materials\b", re.IGNORECASE)
_THEIR: Final = re.compile(r"\b(?:their|its)(?: total)? value (?=does not exceed)")
_FROM: Final = re.compile(rf"{_MAKE} from (?P<set>.+)|from (?P<alone>.+)", re.IGNORECASE)
_BY: Final = re.compile(
    rf"(?:{_MAKE} by|production of (?:any|a) good (?:of heading \d{{4}} )?as (?:the|a) result of) "
    r"(?P<how>.+)",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    rf"(?:{_MAKE}|other operations(?: than those referred to in column.*?)?|operations) "
    r"(?:and )?(?=in which|where)",
    re.IGNORECASE,
)
_REFINING: Final = re.compile(
    r"operations of refining and/or one or more specific process ?\(?(?:es)?\)?(?:es)?",
    re.IGNORECASE,
)
_SET: Final = re.compile(
    r"each (?:item|article|product) in the set (?:must|shall) satisfy the rule,? which would "
    r"apply to it "
    r"if it were not included in the set(?:[.;] however,|, provided that) non-originating "
    r"articles may be "
    r"incorporated,? provided(?: that)?"
    rf" their total value does not exceed {PERCENT} of {BASE}",
    re.IGNORECASE,
)
_QUOTA: Final = re.compile(
    r"\.? ?\((?:[^()]|\([^()]*\))*annual quotas as specified in (?P<where>Annex [\w-]+)"
    r"(?:[^()]|\([^()]*\))*\)"
)

_VOLUMES: Final = re.compile(
    r",? \(?(?:applies only to [a-z ]+ exported )?within (?:the )?(?:annual )?quota volumes"
    r"[^()]*\)?$",
    re.IGNORECASE,
)


def read_sentence(words: str) -> Rule | None:
    """Read a whole sentence, or give None."""
    text = words.strip(" ,.;:")
    quota = _QUOTA.search(text) or _VOLUMES.search(text)
    if quota:
        inner = read_sentence(text[: quota.start()] + text[quota.end() :])
        where = quota.groupdict().get("where") or "quota volumes"
        name = re.sub(r"[^a-z0-9]+", "-", where.lower()).strip("-")
        return Noted(inner, (Note(Pointer.QUOTA, name),)) if inner else None
    for read in _FORMS:
        rule = read(text)
        if rule is not None:
            return rule
    return _read_provided(text) or _read_and(text) or _read_or(text) or read_process(text)


def read_tail(words: str) -> Rule | None:
    """Read a list item under `Manufacture:`, such as `from ...` or `in which ...`."""
    text = words.strip(" ,.;:")
    return read_conditions(text) or read_sentence(text)


def read_exceptions(level: Level, words: str) -> Rule | None:
    """Read what a shift from any heading excepts: the good's own heading, codes, or words."""
    return shift_other_than(level, words)


def made_from(words: str) -> Rule | None:
    """Read the kinds of material that a good is manufactured from."""
    items = read_materials(re.sub(r"^either ", "", words))
    return MadeFrom(items) if items else None


def _read_any(text: str) -> Rule | None:
    found = _ANY.fullmatch(text)
    if found is None:
        return None
    level, rest = level_of(found["level"]), found["rest"]
    if not rest:
        return Shift(Level.ANY)
    if _OWN_TOO.fullmatch(rest):
        return Shift(Level.ANY)
    out, including = _OUT.fullmatch(rest), _INCLUDING.fullmatch(rest)
    if out and not PROVIDED.search(rest):
        return read_exceptions(level, out["out"])
    return _but_the_good_itself(including["what"]) if including else None


def _but_the_good_itself(what: str) -> Rule | None:
    """Any heading, including *other* materials of the good's: what fits its description stays out.

    Introductory note 3.4 of the pan-Euro-Mediterranean lists says so of these words.
    """
    if _OTHER_GROUP.fullmatch(what):
        return Shift(Level.ANY, exceptions=(Described(SAME_GROUP, near("heading")),))
    items = read_materials(what)
    if items is None or any(isinstance(item, Described) for item in items):
        return None
    if not re.match(r"other\b", what, re.IGNORECASE):
        return Shift(Level.ANY)
    return Shift(Level.ANY, exceptions=(Described(SAME_DESCRIPTION, near("heading")),))


SAME_GROUP: Final = "of the same group as the product"
_OTHER_GROUP: Final = re.compile(
    r"materials of a different 'group' ?(?:\(\d*\))? ?in this heading", re.IGNORECASE
)
SAME_DESCRIPTION: Final = "of the same description as the product"
_OTHER_OF: Final = re.compile(r"(?:any )?other materials of (?!any\b)", re.IGNORECASE)
_LIKE_THE_GOOD: Final = Described(SAME_DESCRIPTION, near("heading"))


def _read_not_in(text: str) -> Rule | None:
    found = _NOT_IN.fullmatch(text)
    codes = read_codes(found["out"]) if found else None
    return Shift(Level.ANY, exceptions=codes) if codes else None


def _read_kind_of_any(text: str) -> Rule | None:
    """Read `manufacture from wood of any heading, except drawn wood of heading 4409`."""
    found = _KIND_OF_ANY.fullmatch(text)
    kind = described(found["kind"]) if found else None
    if found is None or kind is None:
        return None
    if not found["out"]:
        return MadeFrom((kind,))
    out = read_materials(found["out"])
    return AllOf((MadeFrom((kind,)), Shift(Level.ANY, exceptions=out))) if out else None


def _read_from(text: str) -> Rule | None:
    found = _FROM.fullmatch(text)
    if found is None:
        return None
    kinds = re.sub(r"[;,] or from ", ", or ", found["set"] or found["alone"])
    rule = read_conditions(kinds) if "classified" in kinds else made_from(kinds)
    if rule is None or not _OTHER_OF.match(kinds):
        return rule
    # `other` materials of the good's own heading leave out what fits its description
    return together((rule, Shift(Level.ANY, exceptions=(_LIKE_THE_GOOD,))))


def _read_by(text: str) -> Rule | None:
    found = _BY.fullmatch(text)
    return read_process(found["how"]) if found else None


def _read_opening(text: str) -> Rule | None:
    found = _OPENING.match(text)
    return read_conditions(text[found.end() :]) if found else None


def _read_set(text: str) -> Rule | None:
    found = _SET.fullmatch(text)
    base = base_of(found["base"]) if found else None
    return (
        SetRule(percent_of(found), base) if found and base and percent_is_possible(found) else None
    )


def _read_provided(text: str) -> Rule | None:
    """Read `A, provided that B`, at the first place where both parts are read."""
    for found in PROVIDED.finditer(text):
        said, words = text[: found.start()], text[found.end() :]
        then = _THEN.search(words)
        if then:
            said, words = f"{said} {then['how']}", words[: then.start()]
        main = read_sentence(said)
        condition = condition_on(main, words) if main else None
        if main and condition:
            return limited(main, condition)
    return None


def condition_on(main: Rule, words: str) -> Rule | None:
    """Read a condition; `their value` and `other materials` look back at what the rule names."""
    named = _THEIR.sub("the value of materials used ", words)
    condition = read_conditions(named)
    if not isinstance(main, MadeFrom):
        return condition if named == words else None
    if named != words and isinstance(condition, ValueCap):
        return replace(condition, items=main.items)
    if condition is not None and _OTHERS.search(words):
        members = condition.members if isinstance(condition, AllOf) else (condition,)
        return together(tuple(_about_others(member, main.items) for member in members))
    return condition if named == words else None


def _about_others(condition: Rule, named: CodeSet) -> Rule | None:
    match condition:
        case Originating():
            first = next((item.words for item in named if isinstance(item, Described)), "")
            return Originating((Described(f"materials other than {first}"),)) if first else None
        case Shift():
            return replace(condition, readmitted=condition.readmitted + named)
        case _:
            return None


def _read_worth(text: str) -> Rule | None:
    """Read `turning of forged blanks the value of which does not exceed 35%`."""
    found = _WORTH.fullmatch(text)
    if found is None:
        return None
    condition = read_conditions(f"the value of the {found['kind']} used {found['limit']}")
    return together((read_process(found["main"]), condition))


def limited(main: Rule, condition: Rule) -> Rule:
    """Add a condition to a rule, inside its selector where it has one.

    `No change required, provided that B` asks for B alone.
    """
    if isinstance(main, Selected):
        return replace(main, rule=limited(main.rule, condition))
    if main == Shift(Level.ANY):
        return condition
    joined = together((main, condition))
    return joined if joined is not None else main


def _read_and(text: str) -> Rule | None:
    """Read `A and B` at the first place where both parts are read."""
    for found in re.finditer(r",? and | \+ |,? plus | with | & ", text):
        before = text[: found.start()]
        first = _short_only(before) or (read_change(before) if found[0] == ", and " else None)
        second = read_sentence(text[found.end() :]) if first else None
        if first and second:
            return together((first, second))
    return None


def _read_or(text: str) -> Rule | None:
    """Read `RVC40 or glazing`, `CTH / RVC40`: a short form and another rule as alternatives."""
    for found in re.finditer(r",? (?:and/)?or | ?/ ?", text):
        first = _short_only(text[: found.start()])
        if "/" in found[0] and "or" not in found[0] and _JOINED.search(text):
            return None
        second = read_sentence(text[found.end() :]) if first else None
        if first and second:
            return AnyOf((first, *(second.members if isinstance(second, AnyOf) else (second,))))
    return None


def _short_only(text: str) -> Rule | None:
    return read_shorthand(text) or read_amount(text)


def _read_content_but(text: str) -> Rule | None:
    """Read `RVC40 except from 1006`: the content, and no foreign materials of these codes."""
    found = _CONTENT_BUT.fullmatch(text)
    content = read_content_clause(found["main"]) if found else None
    barred = read_codes(found["out"]) if found and content else None
    return together((content, Shift(Level.ANY, exceptions=barred))) if barred else None


def _read_period(text: str) -> Rule | None:
    """Read `CTSH (for the period from ... until ...)`: the rule in that time only."""
    found = _PERIOD.fullmatch(text)
    inner = read_sentence(found["main"]) if found else None
    if found is None or inner is None:
        return None
    if "alternative" in found["period"]:
        return Noted(inner, (Note(Pointer.NOTE, "alternative-rules"),))
    return Selected(About.WHEN, found["period"], inner)


def _read_refining(text: str) -> Rule | None:
    if _REFINING.fullmatch(text) is None:
        return None
    return AnyOf((Process(("refining",)), Macro("specific_process")))


_FORMS: Final[tuple[Read, ...]] = (
    _read_set,
    _read_period,
    _read_refining,
    read_shorthand,
    read_amount,
    _read_content_but,
    read_conditions,
    read_undergone,
    _read_any,
    _read_not_in,
    _read_kind_of_any,
    _read_worth,
    read_change,
    read_no_change,
    _read_opening,
    _read_by,
    _read_from,
)
