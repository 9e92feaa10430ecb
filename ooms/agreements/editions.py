"""Editions of the Harmonized System: one code's candidates in another edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ooms.agreements.nomenclature import Nomenclature
from ooms.kernel.hs import SUBHEADING_DIGITS, HsCode

Changes = Mapping[str, tuple[str, ...]]


class Tables(Protocol):
    """What is known of the editions; None for what is not."""

    def nomenclature(self, edition: int) -> Nomenclature | None:
        """Give the codes of an edition."""
        ...

    def changes(self, source: int, target: int) -> Changes | None:
        """Give the subheadings whose candidates are not just themselves.

        What is not listed kept its number; what is listed with nothing has no candidate.
        """
        ...


class NoTables:
    """Nothing is known of any edition, so no code can be put into another one."""

    def nomenclature(self, edition: int) -> Nomenclature | None:  # noqa: ARG002
        """Know no codes."""
        return None

    def changes(self, source: int, target: int) -> Changes | None:  # noqa: ARG002
        """Know no changes."""
        return None


@dataclass(frozen=True, slots=True)
class NotInEdition:
    """A code that the edition does not have: nothing can be told from it."""

    code: HsCode
    edition: int


Candidates = tuple[HsCode, ...] | NotInEdition | None


@dataclass(frozen=True, slots=True)
class Editions:
    """Puts codes of one edition into another, as all that they may have become."""

    tables: Tables = field(default_factory=NoTables)

    def candidates(self, code: HsCode, source: int, target: int) -> Candidates:
        """Give a code's candidates in another edition, the likeliest first.

        Several candidates, and none, are questions: the order suggests, and decides nothing.
        A code of more than six digits has the candidates of its subheading.  A heading or
        chapter has the headings or chapters that its subheadings lead to, all of which may
        hold the good: one alone only when they all lead there.

        Returns:
            `NotInEdition` when the source edition has no such code; None when no table is here.
        """
        known = self.tables.nomenclature(source)
        if known is not None and not known.has(code):
            return NotInEdition(code, source)
        if source == target:
            return (code,)
        changes = self.tables.changes(source, target)
        if known is None or changes is None:
            return None
        if len(code.digits) < SUBHEADING_DIGITS:
            return _led_to(code, known, changes)
        return tuple(map(HsCode, changes.get(code.subheading, (code.subheading,))))

    def has(self, code: HsCode, edition: int) -> bool:
        """Tell whether a code may stand in an edition; any may where its codes are not known."""
        known = self.tables.nomenclature(edition)
        return known is None or known.has(code)


def _led_to(code: HsCode, known: Nomenclature, changes: Changes) -> tuple[HsCode, ...]:
    """Give the headings or chapters of the candidates, the code itself before the others."""
    length = len(code.digits)
    found = {
        other[:length] for inside in known.under(code) for other in changes.get(inside, (inside,))
    }
    return tuple(map(HsCode, sorted(found, key=lambda digits: (digits != code.digits, digits))))
