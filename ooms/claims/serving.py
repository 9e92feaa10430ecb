"""Serves the lines of one declaration that use the same item: the first first."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ooms.claims.declaration import Line
from ooms.claims.held import HeldItem
from ooms.claims.model import Case, CheckedLine, Decision
from ooms.claims.terms import Terms
from ooms.kernel.money import Money
from ooms.ledger.model import NOTHING, ItemKey


class Serving:
    """What the lines before take of each item.

    A line that an officer is still to decide keeps its place; one that is denied takes nothing.
    """

    def __init__(self, terms: Terms) -> None:
        """Measure with the units that the terms know."""
        self._terms = terms
        self._served: dict[ItemKey, list[tuple[Line, HeldItem]]] = {}
        self._taken: dict[ItemKey, Fraction] = {}
        self._worth: dict[ItemKey, tuple[Money, ...]] = {}

    def behind(self, case: Case, *, key: ItemKey | None) -> Case:
        """Let a line see what those before it take of its item."""
        if key is None:
            return case
        # Reckoned only now: most items are used by one line, which nobody stands behind.
        for line, item in self._served.pop(key, ()):
            share = self._terms.share(line.quantity, line.unit, lot=item.quantities)
            self._taken[key] = self._taken.get(key, NOTHING) + (share or NOTHING)
            if line.worth is not None:
                self._worth[key] = (*self._worth.get(key, ()), line.worth)
        taken = self._taken.get(key)
        if not taken:
            return case
        return replace(case, taken_before=taken, worth_before=self._worth.get(key, ()))

    def serve(self, line: CheckedLine, *, item: HeldItem | None) -> None:
        """Count what a line takes, for those behind it."""
        key = line.key
        if key is None or item is None or line.decision is Decision.DENIED:
            return
        self._served.setdefault(key, []).append((line.line, item))
