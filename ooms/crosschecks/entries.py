"""Entries of a list: their columns, how a cell is read, and how one is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from ooms.crosschecks.likeness import Likeness
from ooms.crosschecks.model import Judged, Kind, Question
from ooms.kernel.hs import HsCode
from ooms.kernel.quantity import parse_amount

#: One entry as it is kept: every cell as its own plain text, absent ones left out.
Record: TypeAlias = Mapping[str, str]

SEPARATOR = ";"
ANY = "*"
LONGEST_CELL = 2000
_COUNTRY = re.compile("[A-Z]{2}")


class Form(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    TEXTS = f"texts, parted by `{SEPARATOR}`"
    HS = "HS code, 2 to 12 digits"
    COUNTRY = "country, two letters"
    COUNTRY_OR_ANY = f"country, two letters, or `{ANY}` for any"
    DATE = "day, YYYY-MM-DD"
    AMOUNT = "decimal"
    CHOICE = "one of"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    name: str
    form: Form = Form.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()

    def read(self, text: str) -> str:
        """Read a cell that is not empty.

        Raises:
            ValueError: the cell does not hold what the column is for; its words say why.

        """
        if len(text) > LONGEST_CELL:
            raise ValueError(f"is longer than {LONGEST_CELL} letters")
        if self.form is Form.CHOICE:
            return _one_of(self.choices, text)
        return _READ.get(self.form, str)(text)


@dataclass(frozen=True, slots=True)
class Terms:
    """What judging needs besides the question: the day, and when names may be one."""

    on: date
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind of list: its columns, by what it is looked up, and how it answers."""

    kind: Kind
    columns: tuple[Column, ...]
    #: Under which key an entry is found.
    key: Callable[[Record], str]
    #: The keys that a question asks for; None asks for the whole list.
    keys: Callable[[Question], frozenset[str] | None]
    judge: Callable[[Question, Sequence[Record], Terms], Judged]
    #: What is wrong with an entry as a whole; nothing when it may be taken.
    problem: Callable[[Record], str] = lambda _: ""


def holds(record: Record, *, on: date) -> bool:
    """Tell whether an entry holds on a day; its last day is part of it."""
    first, last = record.get("first_day"), record.get("last_day")
    begun = first is None or date.fromisoformat(first) <= on
    return begun and (last is None or on <= date.fromisoformat(last))


def texts(record: Record, name: str) -> tuple[str, ...]:
    """Return the texts of a cell that holds several."""
    return tuple(one.strip() for one in record.get(name, "").split(SEPARATOR) if one.strip())


def amount(record: Record, name: str) -> Decimal | None:
    """Return a decimal of an entry, if it has one."""
    return Decimal(record[name]) if name in record else None


def period_problem(record: Record) -> str:
    """See that an entry does not end before it begins."""
    first, last = record.get("first_day"), record.get("last_day")
    return "last_day lies before first_day" if first and last and last < first else ""


def _one_of(choices: tuple[str, ...], text: str) -> str:
    if text not in choices:
        raise ValueError(f"is none of {', '.join(choices)}")
    return text


def _country(text: str) -> str:
    if not _COUNTRY.fullmatch(text):
        raise ValueError("is no country of two capital letters")
    return text


def _country_or_any(text: str) -> str:
    return text if text == ANY else _country(text)


#: How the cells of each form are read, where that is more than keeping the text.
_READ: Mapping[Form, Callable[[str], str]] = {
    Form.AMOUNT: lambda text: format(parse_amount(text), "f"),
    Form.COUNTRY: _country,
    Form.COUNTRY_OR_ANY: _country_or_any,
    Form.DATE: lambda text: date.fromisoformat(text).isoformat(),
    Form.HS: lambda text: HsCode.parse(text).digits,
}
