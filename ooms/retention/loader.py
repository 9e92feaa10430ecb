"""Reads the periods that ship with the code: one file for each administration's country."""

from __future__ import annotations

import tomllib
from pathlib import Path

from ooms.retention.model import Period, Rule, Shorter
from ooms.shipped import file_of

DATA = Path(__file__).resolve().parent / "data"


def load_periods(country: str, *, folder: Path = DATA) -> dict[Rule, Period]:
    """Read a country's periods, or those that stand in for them; every rule has one."""
    file = file_of(country, folder=folder)
    written = tomllib.loads(file.read_text("utf-8"))
    return {
        rule: Period(
            rule,
            **written[rule]
            | {
                "shorter": {
                    towards: Shorter(**one)
                    for towards, one in written[rule].get("shorter", {}).items()
                }
            },
        )
        for rule in Rule
    }
