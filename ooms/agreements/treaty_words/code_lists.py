"""Reads lists of chapters, headings and subheadings."""

from __future__ import annotations

import re
from typing import Final

from ooms.agreements.rule import Codes
from ooms.kernel.hs import HsCodeError, HsRange

_UNIT: Final = r"(?:sub-?headings?|headings?|chapters?)"
_CODE: Final = r"\d{1,6}\b(?![.\d]*%)"
_RANGE: Final = rf"{_CODE}(?:(?: to | through | ?- ?)(?:{_UNIT} )?{_CODE})?"
_AND: Final = r"(?: ?, ?(?:and/or |and |or )?| and/or | and | or )"
_AGAIN: Final = r"(?:(?:of|from|those of|from those of|materials of|the|either) )*"
CODES: Final = rf"{_UNIT} {_RANGE}(?:{_AND}{_AGAIN}(?:{_UNIT} )?{_RANGE})*"
_BARE_CODE: Final = r"(?:\d{4}|\d{6})\b(?![.\d]*%)"
_BARE_RANGE: Final = rf"{_BARE_CODE}(?:(?: to | through | ?- ?){_BARE_CODE})?"
BARE: Final = rf"{_BARE_RANGE}(?:{_AND}{_BARE_RANGE})*"
_TOKEN: Final = re.compile(rf"(?P<unit>{_UNIT})|(?P<range>{_RANGE})", re.IGNORECASE)
_ENDS: Final = re.compile(r"\d{1,6}")


def read_codes(text: str) -> tuple[Codes, ...] | None:
    """Read a list such as `headings 7206, 7207 and 7218 to 7220 or Chapter 5`."""
    if not re.fullmatch(rf"{CODES}|{BARE}", text.strip(), re.IGNORECASE):
        return None
    chapters, codes = False, []
    for token in _TOKEN.finditer(text):
        if token["unit"]:
            chapters = token["unit"].lower().startswith("chapter")
            continue
        ends = [end.zfill(2) if chapters else end for end in _ENDS.findall(token["range"])]
        try:
            codes.append(Codes(HsRange.parse(*ends)))
        except HsCodeError:
            return None
        if not chapters and any(len(end) < len("0000") for end in ends):
            return None
    return tuple(codes)
