"""Serves the lines of one declaration that use the same item: the first first."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ooms.claims.held import HeldItem
from ooms.claims.model import Case, CheckedLine, Decision
from ooms.claims.terms import Terms
from ooms.ledger.model import NOTHING, ItemKey


class Serving:
    """What the lines before take of each item.

    A line that an officer is still to decide keeps its place; one that is denied takes nothing.
    """

    def __init__(self, terms: Terms) -> None:
        """Measure with the units that the terms know."""
        self._terms = terms
        self._taken: dict[ItemKey, Fraction] = {}

    def behind(self, case: Case, *, key: ItemKey | None) -> Case:
        """Let a line see what those before it take of its item."""
        taken = self._taken.get(key) if key is not None else None
        return replace(case, taken_before=taken) if taken else case

    def serve(self, line: CheckedLine, *, item: HeldItem | None) -> None:
        """Count what a line takes, for those behind it."""
        key = line.key
        if key is None or item is None or line.decision is Decision.DENIED:
            return
        share = self._terms.share(line.line.quantity, line.line.unit, lot=item.quantities)
        self._taken[key] = self._taken.get(key, NOTHING) + (share or NOTHING)
