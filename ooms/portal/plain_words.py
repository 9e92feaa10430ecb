"""What is wrong with a field, in words for who fills it in.

The interface tells programs what a member should be; people are told what to do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ooms.portal.languages import N_

_FILL_IN = N_("Fill this in.")
_CHOOSE = N_("Choose one of the list.")
_NAME_ONE = N_("Name at least one.")
_TOO_LONG = N_("This is too long.")
_TOO_MANY = N_("These are too many.")
_DAY = N_("Write a day that exists: year, month and day.")
_WHOLE = N_("Write a whole number.")
_DECIMAL = N_("Write a number in digits, with a point before decimals.")
_SPELLED = N_("It is not written as it has to be.")
_TOO_SMALL = N_("The number is too small.")
_TOO_BIG = N_("The number is too big.")
_YES_NO = N_("Answer yes or no.")
#: The words of the interface about the shape of a member, and what people read instead.
_PLAIN: Mapping[str, str] = {
    r"Field required": _FILL_IN,
    r"String should have at least 1 character": _FILL_IN,
    r"String should have at least": _SPELLED,
    r"String should have at most": _TOO_LONG,
    r"String should match pattern": _SPELLED,
    r"Tuple should have at least": _NAME_ONE,
    r"Tuple should have at most": _TOO_MANY,
    r"List should have at least": _NAME_ONE,
    r"Input should be a valid date": _DAY,
    r"Input should be a valid integer": _WHOLE,
    r"Input should be a valid boolean": _YES_NO,
    r"Input should be a valid string": _FILL_IN,
    r"a decimal is written as a text": _DECIMAL,
    r"Input should be (greater|bigger)": _TOO_SMALL,
    r"Input should be less": _TOO_BIG,
    r"Input should be '": _CHOOSE,
}


def plainly(detail: str) -> str:
    """Return what is wrong as people read it; what the interface says in sentences stays."""
    return next((said for told, said in _PLAIN.items() if re.match(told, detail)), detail)
