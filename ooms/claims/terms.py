"""How strictly a claim is checked, as dated data: severities, slight discrepancies, waits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ooms.claims.goods import GoodsLists
from ooms.claims.issuers import Issuers
from ooms.crosschecks.likeness import Likeness
from ooms.errors import WrongFileError
from ooms.kernel.quantity import Quantity
from ooms.ledger.units import Units

#: The name under which data stand for every agreement that has none of its own.
EVERY = ""


class ClaimTermsError(WrongFileError):
    """A file of the terms of checks is wrong; names the file and what is missing."""

    code = "SYS-CLAIM-TERMS"


@dataclass(frozen=True, slots=True)
class Cited:
    """Where it stands; verified means that the primary text was read, and `law` in whose law."""

    source: str
    verified: bool
    law: str = ""

    def source_in(self, country: str) -> str:
        """Say where it stands for an administration: another country's law was not read as its."""
        if not country or self.law in ("", country):
            return self.source
        return f"{self.source}; stands in for the law of {country}, which was not read"


@dataclass(frozen=True, slots=True)
class CheckTerm:
    """One of the checks: its place in the order, its name, and the question it answers."""

    no: int
    name: str
    title: str
    data: str
    settles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Severity:
    """What a finding of a check means under an agreement."""

    check: str
    code: str
    outcome: str
    cited: Cited
    means: str = ""
    who: str = ""
    then: str = ""


class Late(StrEnum):
    """What may be done while a certificate has not come."""

    WAIT = "WAIT"
    PAPER = "PAPER"
    SECURITY = "SECURITY"


@dataclass(frozen=True, slots=True)
class Awaiting:
    """How a certificate that has not come is waited for."""

    days: int
    ways: tuple[Late, ...]
    cited: Cited


@dataclass(frozen=True, slots=True)
class Excluded:
    """Which days do not count against the validity."""

    after_arrival: bool
    force_majeure: bool
    cited: Cited


@dataclass(frozen=True, slots=True)
class Waiver:
    """Up to which value no proof is asked for, and within how many days parts are added up."""

    amount: Decimal
    currency: str
    split_days: int
    cited: Cited


@dataclass(frozen=True, slots=True)
class Unasked:
    """For which goods a country asks no proof, whatever they are worth."""

    country: str
    ruled: bool
    listed: bool
    cited: Cited


@dataclass(frozen=True, slots=True)
class Surplus:
    """By which part of the certified value a declared one may lie above it."""

    part: Decimal
    cited: Cited


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """How a country writes numbers under an agreement; the days are the first and the last.

    A pattern is confirmed when the country notified it or its text was read.
    """

    agreement: str
    country: str
    pattern: str
    cited: Cited
    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether numbers of a day are written so."""
        has_begun = self.since is None or self.since <= on
        return has_begun and (self.until is None or on <= self.until)

    def fits(self, number: str) -> bool:
        """Tell whether a number is written so."""
        return re.fullmatch(self.pattern, number) is not None


@dataclass(frozen=True, slots=True)
class Minor:
    """Differences that do not void a proof: each kind by name, with where that stands."""

    kinds: Mapping[str, Cited]
    likeness: Likeness = field(default_factory=Likeness)
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that is data about the checks."""

    checks: tuple[CheckTerm, ...]
    severities: Mapping[tuple[str, str], Severity]
    minor: Minor
    awaiting: Mapping[str, Awaiting]
    excluded: Mapping[str, Excluded]
    waivers: Mapping[str, Waiver]
    surpluses: Mapping[str, Surplus]
    #: Of numbers of approved exporters, as they are printed.
    patterns: tuple[NumberPattern, ...] = ()
    #: Of numbers of certificates, by letters and digits alone.
    numbering: tuple[NumberPattern, ...] = ()
    #: By country, where the agreement has no value of its own.
    national_waivers: Mapping[str, Waiver] = field(default_factory=dict)
    unasked: tuple[Unasked, ...] = ()
    issuers: Issuers = field(default_factory=Issuers)
    editions: tuple[tuple[date, int], ...] = ()
    goods: GoodsLists = field(default_factory=GoodsLists)
    units: Units = field(default_factory=lambda: Units({}))

    def edition(self, on: date) -> int | None:
        """Say which edition of the Harmonized System tariffs follow on a day."""
        begun = [edition for since, edition in self.editions if since <= on]
        return max(begun, default=None)

    def severity(self, code: str, *, agreement: str) -> Severity:
        """Say what a finding means under an agreement, or under every other one.

        Raises:
            ClaimTermsError: nobody wrote down what the code means.

        """
        found = self.severities.get((code, agreement)) or self.severities.get((code, EVERY))
        if found is None:
            raise ClaimTermsError(file="severities.toml", problem=f"{code} has no severity")
        return found

    def waiting(self, agreement: str) -> Awaiting | None:
        """Say how a certificate under an agreement is waited for."""
        return self.awaiting.get(agreement) or self.awaiting.get(EVERY)

    def excluded_days(self, agreement: str) -> Excluded | None:
        """Say which days do not count against the validity under an agreement."""
        return self.excluded.get(agreement) or self.excluded.get(EVERY)

    def waiver(self, agreement: str, *, country: str) -> Waiver | None:
        """Say up to which value a country asks no proof: the agreement's, or its own."""
        if not agreement:
            return None
        return self.waivers.get(agreement) or self.national_waivers.get(country)

    def unasked_in(self, country: str) -> Unasked | None:
        """Say for which goods a country asks no proof, whatever they are worth."""
        return next((one for one in self.unasked if one.country == country), None)

    def surplus(self, agreement: str) -> Surplus | None:
        """Say how far a declared value may lie above the certified one under an agreement."""
        return self.surpluses.get(agreement) or self.surpluses.get(EVERY)

    def pattern(self, agreement: str, country: str, *, on: date) -> NumberPattern | None:
        """Say how a country writes numbers of approved exporters under an agreement."""
        return _holding(self.patterns, agreement, country, on=on)

    def numbered(self, agreement: str, country: str, *, on: date) -> NumberPattern | None:
        """Say how a country numbers the certificates that it issues under an agreement."""
        return _holding(self.numbering, agreement, country, on=on)

    def unit(self, written: str) -> str:
        """Name a unit by its code, whichever word for it was written."""
        return self.minor.units.get(written, written)

    def share(self, amount: Decimal, unit: str, *, lot: Mapping[str, Decimal]) -> Fraction | None:
        """Say which share of a lot an amount is; None when the lot is not measured so."""
        return self.units.share(lot, Quantity(amount, self.unit(unit)))

    def together(
        self, lot: Mapping[str, Decimal], given: Iterable[tuple[Decimal, str]]
    ) -> Quantity | None:
        """Add up what is given of a lot, whichever words for units were written."""
        return self.units.together(lot, (Quantity(much, self.unit(unit)) for much, unit in given))


def _holding(
    patterns: Iterable[NumberPattern], agreement: str, country: str, *, on: date
) -> NumberPattern | None:
    """Find the pattern of a day; one of the agreement goes before one of every other."""
    there = [one for one in patterns if one.country == country and one.holds(on)]
    own = (one for wanted in (agreement, EVERY) for one in there if one.agreement == wanted)
    return next(own, None)
