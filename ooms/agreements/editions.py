"""Editions of the Harmonized System: one code's candidates in another edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ooms.kernel.hs import SUBHEADING_DIGITS, HsCode

Changes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Editions:
    """Which subheadings changed between two editions; what is not listed kept its code."""

    changes: Mapping[tuple[int, int], Changes] = field(default_factory=dict)

    def candidates(self, code: HsCode, source: int, target: int) -> tuple[HsCode, ...] | None:
        """Give a code's candidates in another edition, or None when no table is loaded.

        A code of fewer than six digits is taken over as it is: chapters and headings seldom
        move, and every test on them stays open where subheadings would decide it.
        """
        if source == target:
            return (code,)
        table = self.changes.get((source, target))
        if table is None:
            return None
        if len(code.digits) < SUBHEADING_DIGITS:
            return (code,)
        found = table.get(code.subheading, (code.subheading,))
        return tuple(HsCode(digits) for digits in found)
