"""Loads the tables of codes that changed between editions of the Harmonized System.

Source: the correlation tables of the UN Statistics Division, as kept in the R package
`concordance` (MIT). A row gives a code and its candidates in the other edition, the one that
UNSD converts to by default first; codes that are not listed kept their number and their scope.
"""

from __future__ import annotations

import csv
from importlib.resources import files

from ooms.agreements.editions import Changes, Editions

SHIPPED = (
    (2017, 2012),
    (2022, 2012),
    (2022, 2017),
)


def load_editions() -> Editions:
    """Load every table that comes with the product."""
    return Editions({pair: _changes(*pair) for pair in SHIPPED})


def _changes(source: int, target: int) -> Changes:
    name = f"changes_{source}_{target}.csv"
    text = files("ooms.agreements").joinpath("data", "hs", name).read_text(encoding="ascii")
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: tuple(row["candidates"].split()) for row in rows}
