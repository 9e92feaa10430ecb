"""Loads what became of codes between editions of the Harmonized System, each pair when asked for.

Source: the correlation tables of the UN Statistics Division; see `data/hs/SOURCES.md`.
A file leads from a newer edition to an older one; the way back is the same relation, turned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import product

from ooms.agreements.editions import Changes, Editions
from ooms.agreements.nomenclature import EDITIONS, Nomenclature

_Row = tuple[list[str], tuple[str, ...]]


class ShippedTables:
    """The editions that come with the product, every one of which leads to every other."""

    def nomenclature(self, edition: int) -> Nomenclature | None:
        """Give the codes of an edition, None for one that did not come along."""
        return Nomenclature.of(edition) if edition in EDITIONS else None

    def changes(self, source: int, target: int) -> Changes | None:
        """Give the subheadings whose candidates are not just themselves."""
        if source == target or {source, target} - set(EDITIONS):
            return None
        return _forward(source, target) if source > target else _back(source, target)


def load_editions() -> Editions:
    """Give the editions that come with the product; a table is read when it is first needed."""
    return Editions(ShippedTables())


@cache
def _forward(newer: int, older: int) -> Changes:
    """Read the file; in each row the source's own conversion stands first."""
    return {code: candidates for codes, candidates in _rows(newer, older) for code in codes}


@cache
def _back(older: int, newer: int) -> Changes:
    """Turn the relation: a code's candidates are the newer codes of which it is a candidate.

    The code's own number stands first, then codes that convert to it, then the others.
    """
    found: dict[str, list[tuple[bool, bool, str]]] = defaultdict(list)
    for codes, candidates in _rows(newer, older):
        for code, candidate in product(codes, candidates):
            found[candidate].append((code != candidate, candidate != candidates[0], code))
    kept = frozenset(Nomenclature.of(newer).codes) - _forward(newer, older).keys()
    for code in kept & found.keys():  # kept its number, and took in what others covered
        found[code].append((False, False, code))
    return {
        code: tuple(other for *_, other in sorted(found.get(code, ())))
        for code in Nomenclature.of(older).codes
        if code in found or code not in kept
    }


def _rows(newer: int, older: int) -> Iterator[_Row]:
    name = f"related_{newer}_{older}.csv"
    text = files("ooms.agreements").joinpath("data", "hs", name).read_text("ascii")
    for line in text.splitlines()[1:]:
        codes, _, candidates = line.partition(",")
        yield codes.split(), tuple(candidates.split())
