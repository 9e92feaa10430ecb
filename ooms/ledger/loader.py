"""Reads the units and the tolerances that ship with the code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from ooms.errors import WrongFileError
from ooms.ledger.units import Unit, Units

DATA = Path(__file__).resolve().parent / "data"


class LedgerDataError(WrongFileError):
    """A file of units or tolerances cannot be read; correct the file."""

    code = "SYS-LEDGER-DATA"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much more than was certified an agreement lets through, and who says so."""

    share: Fraction
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Tolerances:
    """The tolerance of each agreement; the default is that of all others."""

    default: Tolerance
    by_agreement: Mapping[str, Tolerance]

    def of(self, agreement: str) -> Tolerance:
        """Return the tolerance of an agreement."""
        return self.by_agreement.get(agreement, self.default)


def load_units(folder: Path = DATA) -> Units:
    """Read the units of measure.

    Raises:
        LedgerDataError: the file lacks something, or says what is no number.

    """
    data = _read(folder / "units.toml")
    try:
        found = [
            Unit(code, measure, Fraction(factor), said["source"], verified=said["verified"])
            for measure, said in data["measures"].items()
            for code, factor in said["units"].items()
        ]
    except (KeyError, TypeError, ValueError) as wrong:
        raise LedgerDataError(file="units.toml", problem=repr(wrong)) from wrong
    twice = sorted(
        {one.code for one in found if sum(one.code == other.code for other in found) > 1}
    )
    if twice:
        raise LedgerDataError(file="units.toml", problem=f"names {', '.join(twice)} twice")
    return Units({one.code: one for one in found})


def load_tolerances(folder: Path = DATA) -> Tolerances:
    """Read the tolerances of the agreements.

    Raises:
        LedgerDataError: the file lacks something, or says what is no number.

    """
    data = _read(folder / "tolerances.toml")
    try:
        return Tolerances(
            default=_tolerance(data["default"]),
            by_agreement={
                code: _tolerance(said) for code, said in data.get("agreements", {}).items()
            },
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise LedgerDataError(file="tolerances.toml", problem=repr(wrong)) from wrong


def _tolerance(said: Mapping[str, Any]) -> Tolerance:
    percent = Fraction(said["percent"])
    if not 0 <= percent <= 100:  # noqa: PLR2004  # percent
        raise ValueError(f"{said['percent']} percent")
    return Tolerance(percent / 100, said["source"], verified=said["verified"])


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as wrong:
        raise LedgerDataError(file=file.name, problem=str(wrong)) from wrong
