"""Reads one condition: what must be so of the good, its materials, or its production."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ooms.agreements.rule import AllOf, Level, Process, Rule, Shift, Statement
from ooms.agreements.treaty_words.amounts import read_amount
from ooms.agreements.treaty_words.materials import is_all, near, read_materials
from ooms.agreements.treaty_words.processes import read_process
from ooms.agreements.treaty_words.territories import PLACE

_LEAD: Final = re.compile(
    r"^(?:(?:and|or|but|where|wherein|in which|on condition|provided?|that|it is|also|in addition|"
    r"none if)\b,? *)+|^,? *(?:within the above limit|within this limit),? *",
    re.IGNORECASE,
)
_PLACED: Final = re.compile(rf"{PLACE}$", re.IGNORECASE)
_LEVELS: Final = {
    "chapter": Level.CHAPTER,
    "heading": Level.HEADING,
    "subheading": Level.SUBHEADING,
}
LEVEL: Final = r"(?P<level>chapter|heading|subheading)"
_STARTS: Final = (
    r"(?:in which|where|provided|within the above limit|the (?:total |individual |net |"
    r"total combined )?(?:value|weight)|the non-originating |all |any (?!other )|"
    r"at least|not less than|there is|use of |"
    r"the good|their (?:total )?value|the materials)"
)
_BETWEEN: Final = re.compile(rf"(?:[,;]? and |[;,] )(?={_STARTS}\b)", re.IGNORECASE)
_SEWN: Final = re.compile(
    r"(?:the goods? (?:is|are|(?:must|shall)(?: also)? be) )?(?:both )?"
    r"(?P<cut>cut(?: \(?or knit to shape\)?|"
    r",? or knit to shape,? or both)?),? (?:or both, )?and "
    r"(?P<sewn>sewn(?: or otherwise assembled)?|assembled)",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(
    r"(?P<set>.+?)(?: used)?(?:,? (?:is|are|must be|shall be))? classified (?:with)?in (?:an?(?:y|"
    r"other)? )?"
    rf"{LEVEL} other than (?P<other>.+?)(?:,? except(?: from)? (?P<out>.+))?",
    re.IGNORECASE,
)
_OF_THE_GOOD: Final = re.compile(r"\b(?:that|those) of the (?:product|good)s?\b")
_AGAIN: Final = re.compile(r"\b(and|or) except(?: from)? ")
_GOOD_IS: Final = re.compile(
    r"(?P<words>the good (?:is|has been) (?!originating)[a-z, -]+?(?: from (?:an?|the) .+)?)",
    re.IGNORECASE,
)
_USED_IS: Final = re.compile(
    r"(?P<words>.+ (?:is|are) (?:obtained|produced|made|derived|manufactured|formed) (?:by|"
    r"from|in|through) .+)",
    re.IGNORECASE,
)
_WEIGHED_AGAINST: Final = re.compile(
    r"the (?:total )?weight of .+ does not exceed \d+% of the (?:total )?weight of materials of "
    r"chapter \d+ used",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(
    r"no component of .+ is classified (?:under|in) .+|"
    r".+ (?:does|do) not contain non-originating .+|"
    r"at least \d+% by weight of .+ (?:is|are) wholly obtained .+|"
    r"the final process of production is (?:performed|carried out) .+|"
    r"raised there from [a-z, ]+ for a period of not less than \d+ months|"
    r"there has been a reduction .+|made into [a-z ]+|the production reduces .+|"
    r"where non-originating materials [^%]+ are used, [^%]+|(?:each of )?(?:the )?non-originating "
    r"materials (?:used )?(?:is|are) (?:dyed|printed|woven|knitted|crocheted|spun|extruded)\b[^%]*",
    re.IGNORECASE,
)
_UNDERGOES: Final = re.compile(
    r"(?:the goods?|(?:the )?non-originating materials(?: used)?) (?:has undergone|have undergone|"
    r"undergoes|undergo|(?:resulting from such change )?is the (?:result|product) of) (?P<what>.+)",
    re.IGNORECASE,
)
_ALSO_ARE: Final = re.compile(
    r"(?P<first>(?P<set>.+?) used (?:is|are) (?:already )?originating) and are (?P<then>.+)"
)


_SEWING: Final = {
    "sewn": "sewing",
    "sewn or otherwise assembled": "sewing_or_assembling",
    "assembled": "assembling",
}


def level_of(word: str) -> Level:
    """Give the level that a word names."""
    return _LEVELS[word.lower()]


def read_conditions(words: str) -> Rule | None:
    """Read conditions that hold together."""
    whole = read_condition(words)
    parts = _BETWEEN.split(words)
    if whole is not None or len(parts) == 1:
        return whole
    return together(tuple(read_condition(part) for part in parts))


def together(rules: tuple[Rule | None, ...]) -> Rule | None:
    """Join rules that must all hold; one that is not known leaves the whole unknown."""
    known = [rule for rule in rules if rule is not None]
    if not known or len(known) < len(rules):
        return None
    members = [m for r in known for m in (r.members if isinstance(r, AllOf) else (r,))]
    unique = tuple(dict.fromkeys(members))
    return unique[0] if len(unique) == 1 else AllOf(unique)


def read_condition(words: str) -> Rule | None:
    """Read one condition, or give None."""
    clause = words.strip(" ,.;")
    if _TOLD.fullmatch(clause):
        return Statement(clause)
    while True:
        shorter = _LEAD.sub("", clause, count=1)
        if shorter == clause:
            break
        clause = shorter
    rule = _read_plain(clause)
    if rule is not None:
        return rule
    anywhere = _PLACED.sub("", clause)
    return _read_plain(anywhere) if anywhere != clause else None


def _read_plain(clause: str) -> Rule | None:
    read = (read_amount, _read_both, _read_elsewhere, _read_sewn, _read_undergoing, _read_statement)
    return next((rule for rule in (one(clause) for one in read) if rule is not None), None)


def shift_other_than(level: Level, words: str) -> Rule | None:
    """Read `other than ...`: the good's own heading, named codes, or both."""
    own = near(level.name.lower())
    named = _OF_THE_GOOD.sub(rf"the {level.name.lower()} of the product", words)
    items = read_materials(_AGAIN.sub(r"\1 ", named))
    if items is None:
        return None
    if own in items:
        return Shift(level, exceptions=tuple(item for item in items if item != own))
    return Shift(Level.ANY, exceptions=items)


def _read_both(clause: str) -> Rule | None:
    found = _ALSO_ARE.fullmatch(clause)
    if found is None:
        return None
    return together(
        (read_condition(found["first"]), read_condition(f"{found['set']} used are {found['then']}"))
    )


def _read_elsewhere(clause: str) -> Rule | None:
    found = _ELSEWHERE.fullmatch(clause)
    if found is None or not is_all(re.sub(r"\bother ", "", found["set"])):
        return None
    shift = shift_other_than(level_of(found["level"]), found["other"])
    if not found["out"] or not isinstance(shift, Shift):
        return shift
    barred = read_materials(found["out"])
    return replace(shift, exceptions=shift.exceptions + barred) if barred else None


def _read_sewn(clause: str) -> Rule | None:
    found = _SEWN.fullmatch(clause)
    if found is None:
        return None
    cut = "cutting_or_knitting_to_shape" if "knit" in found["cut"] else "cutting"
    sewn = _SEWING[found["sewn"].lower()]
    return Process((cut, sewn))


def _read_statement(clause: str) -> Rule | None:
    if _WEIGHED_AGAINST.fullmatch(clause):
        return Statement(clause)
    found = _GOOD_IS.fullmatch(clause) or _USED_IS.fullmatch(clause)
    if found is None or re.search(r"%|territory|provided|undergone", clause):
        return None
    return Statement(found["words"])


def _read_undergoing(clause: str) -> Rule | None:
    found = _UNDERGOES.fullmatch(clause)
    return read_process(found["what"]) if found else None


def read_undergone(clause: str) -> Rule | None:
    """Read `a chemical reaction, purification or ... is undergone`."""
    found = re.fullmatch(
        r"(?P<what>.+) (?:is|are|must be) (?:undergone|performed|carried out)", clause
    )
    return read_process(found["what"]) if found else None


Read = Callable[[str], Rule | None]
