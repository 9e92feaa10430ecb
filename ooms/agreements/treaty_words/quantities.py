"""The percentages and values of the good that limits refer to."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from ooms.agreements.rule import Base

_HUNDRED: Final = Decimal(100)
GOOD: Final = r"(?:final |finished )?(?:products?|goods?|sets?|articles?)"
PERCENT: Final = r"(?P<percent>\d{1,3}(?:\.\d+)?)%"
BASE: Final = (
    r"(?:the )?(?:value of (?:the )?)?(?P<base>transaction value or (?:the )?(?:ex-works|EXW)"
    r"(?: price)?|ex-works(?: price)? or (?:the )?transaction value|"
    r"ex-works(?: price| value)?(?: \(EXW\))?|EXW(?: price| value)?|"
    r"ex-factory(?: price| cost)?|f\.?o\.?b\.?(?: value| price| cost)?|"
    r"free[ -]on[ -]board(?: \(FOB\))?(?: value| price| cost)?|adjusted value|"
    r"total cost of (?:the )?materials used|transaction value|net cost|value)"
    rf"(?: (?:of|in the production of) (?:the |that |each )?{GOOD})?"
)
_BASES: Final = (
    ("ex-factory cost", None),
    ("total cost of", Base.MATERIALS),
    ("ex", Base.EX_WORKS),
    ("f", Base.FOB),
    ("a", Base.ADJUSTED),
    ("t", Base.TRANSACTION),
    ("n", Base.NET_COST),
)


def base_of(words: str) -> Base | None:
    """Give the base that words name.

    A mere value of the good, and a choice of two, leave it to the agreement.
    """
    if " or " in words:
        return None
    return next((base for start, base in _BASES if words.lower().startswith(start)), None)


def percent_of(found: re.Match[str]) -> Decimal:
    """Give the percentage that a pattern found."""
    return Decimal(found["percent"])


def percent_is_possible(found: re.Match[str]) -> bool:
    """Tell whether the percentage found, if any, is one of a whole."""
    return Decimal(found.groupdict().get("percent") or 0) <= _HUNDRED
