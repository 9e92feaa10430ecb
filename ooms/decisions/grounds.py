"""The closed list of grounds of denial: each with its bases, its reason class, its remedies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ooms.errors import Flaw, UnfitError


class UnknownGroundError(UnfitError):
    """The ground is in no list, or not under this agreement or in this country."""

    code = "REF-CODE"


class RemedyKind(StrEnum):
    """What an importer may do about a denial."""

    OBJECTION = "OBJECTION"
    LATE_CLAIM = "LATE_CLAIM"


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a ground stands; verified means that the primary text was read."""

    source: str
    verified: bool
    agreement: str = ""
    country: str = ""

    def fits(self, *, agreement: str, country: str) -> bool:
        """Tell whether it holds under an agreement, in the country that decides."""
        return self.agreement in ("", agreement) and self.country in ("", country)

    @property
    def is_general(self) -> bool:
        """Tell whether it only stands in for a text that nobody wrote down."""
        return not self.agreement and not self.country


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: the findings that lead to it, its reason class, its remedies, its bases."""

    code: str
    wire: str
    remedies: tuple[RemedyKind, ...]
    basis: tuple[Basis, ...]
    checks: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key of its words in the catalogues."""
        return f"ground.{self.code.lower().replace('-', '_')}"

    def applies(self, *, agreement: str, country: str) -> bool:
        """Tell whether an administration may rest on it under an agreement."""
        is_of_agreement = not self.agreements or agreement in self.agreements
        return is_of_agreement and (not self.countries or country in self.countries)

    def based_on(self, *, agreement: str, country: str) -> tuple[Basis, ...]:
        """Name the texts that it rests on; the general one only where there is no other."""
        fitting = [one for one in self.basis if one.fits(agreement=agreement, country=country)]
        exact = tuple(one for one in fitting if not one.is_general)
        return exact or tuple(fitting)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Every ground that is written down, by code."""

    by_code: Mapping[str, Ground]

    def under(self, *, agreement: str, country: str) -> tuple[Ground, ...]:
        """Return the grounds that an administration has under an agreement."""
        return tuple(
            one
            for one in self.by_code.values()
            if one.applies(agreement=agreement, country=country)
        )

    def find(self, code: str, *, agreement: str, country: str) -> Ground:
        """Find a ground by its code.

        Raises:
            UnknownGroundError: it is in no list, or not for this agreement and country.

        """
        found = self.by_code.get(code)
        if found is None or not found.applies(agreement=agreement, country=country):
            words = f"{code} is no ground under {agreement} here; see /decisions/grounds"
            raise UnknownGroundError(Flaw("/ground", words))
        return found

    def of_check(self, code: str) -> Ground | None:
        """Find the ground that a finding leads to by rule."""
        return next((one for one in self.by_code.values() if code in one.checks), None)
