"""Which bodies partners notified as issuing, and from which day to which: a list of one's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ooms.errors import WrongFileError

_NEEDED = frozenset({"country", "name", "source"})
_KNOWN = _NEEDED | {"agreement", "since", "until"}


class IssuersError(WrongFileError):
    """The list of issuing bodies is wrong; names the file, the row, and what is wrong with it."""

    code = "SYS-ISSUERS"


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that may issue, as its country notified it; without an agreement under every one.

    The days are the first and the last of certificates that it may issue.
    """

    country: str
    name: str
    source: str
    agreement: str = ""
    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether it may issue on a day."""
        has_begun = self.since is None or self.since <= on
        return has_begun and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Issuers:
    """Every body that is known; of a country that notified none nothing is held against anybody."""

    rows: tuple[Issuer, ...] = ()

    def of(self, country: str, *, agreement: str) -> tuple[Issuer, ...]:
        """Return the bodies of a country under an agreement."""
        return tuple(
            one for one in self.rows if one.country == country and one.agreement in ("", agreement)
        )


def issuers_of(file: Path) -> Issuers:
    """Read an administration's list; without a file it has none.

    Raises:
        IssuersError: it is no TOML, or a row lacks something or says what nobody knows.

    """
    if not file.exists():
        return Issuers()
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise IssuersError(file=file.name, problem=str(wrong)) from wrong
    rows = told.get("issuer", [])
    if set(told) - {"issuer"} or not isinstance(rows, list):
        raise IssuersError(file=file.name, problem="there are rows [[issuer]] only")
    return Issuers(tuple(_issuer(row, file=file, no=no) for no, row in enumerate(rows, start=1)))


def _issuer(row: Mapping[str, Any], *, file: Path, no: int) -> Issuer:
    problem = _problem(row)
    if problem:
        raise IssuersError(file=file.name, problem=f"row {no}: {problem}")
    return Issuer(**row)


def _problem(row: Mapping[str, Any]) -> str:
    missing, unknown = sorted(_NEEDED - set(row)), sorted(set(row) - _KNOWN)
    if missing:
        return f"lacks {', '.join(missing)}"
    if unknown:
        return f"nobody knows {', '.join(unknown)}"
    texts, days = ("country", "name", "source", "agreement"), ("since", "until")
    if not all(isinstance(row.get(one, ""), str) for one in texts):
        return f"{', '.join(texts)} are texts"
    if not all(type(row[one]) is date for one in days if one in row):
        return "since and until are days, as 2026-11-22"
    return ""
