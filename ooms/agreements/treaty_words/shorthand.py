"""Reads the short forms of an annex: `WO`, `CTH except from 09.01`, `CTC (6-digit)`, `CR`."""

from __future__ import annotations

import re
from typing import Final

from ooms.agreements.rule import Level, Macro, NoRule, Process, Rule, Shift, WhollyObtained
from ooms.agreements.treaty_words.changes import EXCEPT
from ooms.agreements.treaty_words.conditions import level_of
from ooms.agreements.treaty_words.materials import read_apart
from ooms.agreements.treaty_words.territories import PLACE

_SHORT: Final = {"WO": None, "CC": Level.CHAPTER, "CTH": Level.HEADING, "CTSH": Level.SUBHEADING}
_SHORT_FORM: Final = re.compile(
    r"\(?(?P<code>WO|CC|CTH|CTSH)\)?(?:-[A-Z]{2,3}| ?\([A-Z]{2}\))?"
    rf"(?:{EXCEPT} (?P<out>.+?)\)?)?"
)
_EXPLAINED: Final = re.compile(
    r"(?:(?P<code>CC|CTH|CTSH)(?::| means(?: that)?| -) ?)?all (?:the )?non-originating materials "
    r"used in the production of the good (?:have|has) undergone a (?:change in tariff "
    r"classification|CTC) at the (?P<digits>[246]|two|four|six)[- ]digit level"
    r"(?: of the harmonized system)?(?: \([a-z ]+\))?(?:{EXCEPT} (?P<out>.+?)\)?)?".replace(
        "{EXCEPT}", EXCEPT
    ),
    re.IGNORECASE,
)
_LEVEL_ALONE: Final = re.compile(
    r"(?:an? )?(?:change (?:in|of) (?:the )?(?:tariff )?(?P<unit>chapter|heading|subheading)|"
    r"(?:CTC|change (?:in|of) (?:the )?tariff (?:classification|heading)) ?\(?(?:at )?(?:the )?"
    r"(?P<digits>[246]|two|four|six)[- ]digits?(?: level)?\)?)"
    r"(?: \((?:CC|CTH|CTSH)\))?(?: level)?(?: of the harmonized system)?"
    rf"(?:{EXCEPT} (?P<out>.+?)\)?)?",
    re.IGNORECASE,
)
_DIGITS: Final = {
    **dict.fromkeys(("2", "two"), Level.CHAPTER),
    **dict.fromkeys(("4", "four"), Level.HEADING),
    **dict.fromkeys(("6", "six"), Level.SUBHEADING),
}
_WHOLLY: Final = re.compile(
    r"(?:the (?:good|product) )?(?:(?:is|shall be|must be|to be) )?wholly (?:obtained|produced)"
    r"(?: or produced)?(?: entirely)?(?: \(WO\))?"
    rf"{PLACE}?",
    re.IGNORECASE,
)
_NAMED: Final = (
    (re.compile(r"(?:specified )?process rule", re.IGNORECASE), "process_rule"),
    (re.compile(r"textiles? rules?", re.IGNORECASE), "textile_rule"),
    (
        re.compile(r"(?:one or more )?specific process ?(?:\(es\)|es)?", re.IGNORECASE),
        "specific_process",
    ),
)
_REACTION: Final = re.compile(
    r"CR|chemical reaction(?: rule)?|the good is (?:the product|a product) of a chemical reaction|"
    r"the good resulting from such change is the product of a chemical reaction",
    re.IGNORECASE,
)
_PENDING: Final = re.compile(r"\(?(?:rule )?(?:yet )?to be (?:agreed|determined)\)?", re.IGNORECASE)


def read_shorthand(text: str) -> Rule | None:
    """Read a short form, or give None."""
    if _WHOLLY.fullmatch(text):
        return WhollyObtained()
    if _PENDING.fullmatch(text):
        return NoRule()
    return _read_short(text) or _read_level(text) or _read_named(text)


def _read_short(text: str) -> Rule | None:
    found = _SHORT_FORM.fullmatch(text)
    if found is None:
        return None
    level = _SHORT[found["code"]]
    if level is None:
        return None if found["out"] else WhollyObtained()
    return _but(level, found["out"])


def _read_level(text: str) -> Rule | None:
    """Read a shift whose level is said in words or digits."""
    found = _LEVEL_ALONE.fullmatch(text) or _EXPLAINED.fullmatch(text)
    if found is None:
        return None
    named = (found.groupdict().get("unit") or "").lower()
    level = level_of(named) if named else _DIGITS[found["digits"].lower()]
    code = found.groupdict().get("code")
    return _but(level, found["out"]) if code in (None, level.value) else None


def _but(level: Level, out: str | None) -> Rule | None:
    barred = read_apart(out) if out else ()
    return None if barred is None else Shift(level, exceptions=barred)


def _read_named(text: str) -> Rule | None:
    name = next((name for pattern, name in _NAMED if pattern.fullmatch(text)), None)
    if name:
        return Macro(name)
    return Process(("chemical_reaction",)) if _REACTION.fullmatch(text) else None
