"""What is looked up in public tables: codes by digits or words, and agreements by country."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.agreements.nomenclature import Nomenclature
from ooms.agreements.registry import Registry
from ooms.db import Work
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HEADING_DIGITS
from ooms.tariffs.model import Line
from ooms.tariffs.repository import TariffRows

_SIGNS = str.maketrans("", "", ". -")


@dataclass(frozen=True, slots=True)
class Found:
    """Codes that were found; `is_worded` tells whether a tariff gives the edition words."""

    lines: tuple[Line, ...]
    is_worded: bool


class Lookup:
    """Finds codes and agreements for whoever describes goods."""

    def __init__(self, *, registry: Registry) -> None:
        """Know the agreements."""
        self._registry = registry

    def codes(self, work: Work, words: str, *, edition: int, language: str, most: int) -> Found:
        """Find codes of an edition that begin with digits, or whose lines hold every word.

        Raises:
            UnknownEditionError: the codes of the edition are not here.

        """
        rows = TariffRows(work.transaction)
        language = rows.language_like(edition, language) or ""
        digits = words.translate(_SIGNS)
        if not digits.isdecimal():
            every = tuple(words.casefold().split())
            found = rows.search(edition, language, words=every, most=most) if every else ()
            return Found(found, bool(language))
        codes = _beginning_with(digits, Nomenclature.of(edition))[:most]
        worded = {one.code: one.description for one in rows.lines(edition, language, codes)}
        return Found(tuple(Line(one, worded.get(one, "")) for one in codes), bool(language))

    def agreements(self, country: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Give code, name and the other Parties of each agreement that a country is in."""
        own = CountryCode(country)
        return tuple(
            (one.code, one.name, tuple(party.letters for party in one.parties if party != own))
            for one in self._registry.every()
            if own in one.parties
        )


def _beginning_with(digits: str, nomenclature: Nomenclature) -> tuple[str, ...]:
    headings = nomenclature.headings if len(digits) <= HEADING_DIGITS else ()
    every = sorted((*headings, *nomenclature.codes))
    return tuple(one for one in every if one.startswith(digits))
