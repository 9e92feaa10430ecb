"""Reads the periods that ship with the code: one file for each administration's country."""

from __future__ import annotations

import tomllib
from pathlib import Path

from ooms.retention.model import Period, Rule, Shorter

DATA = Path(__file__).resolve().parent / "data"
#: For an administration whose own periods nobody has written down yet.
DEFAULT = "default"


def load_periods(country: str, *, folder: Path = DATA) -> dict[Rule, Period]:
    """Read a country's periods, or those that stand in for them; every rule has one."""
    own = folder / f"{country.lower()}.toml"
    file = own if own.exists() else folder / f"{DEFAULT}.toml"
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
