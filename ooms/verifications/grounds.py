"""The closed list of grounds on which preference may be denied after a verification."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.errors import Flaw, UnfitError
from ooms.verifications.outcomes import Outcome


class UnknownGroundError(UnfitError):
    """The ground stands in no list, or not under this agreement or outcome."""

    code = "REF-CODE"


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: for which outcomes, in which law or treaty, and what messages call it.

    `agreements` and `countries` empty mean every one; a ground of a country's law is for its own
    administration.
    """

    code: str
    title: str
    outcomes: tuple[Outcome, ...]
    wire: str
    source: str
    verified: bool
    agreements: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    def applies(self, *, agreement: str, country: str) -> bool:
        """Tell whether an administration may rest on it under an agreement."""
        is_of_agreement = not self.agreements or agreement in self.agreements
        return is_of_agreement and (not self.countries or country in self.countries)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Every ground that is written down."""

    every: tuple[Ground, ...]

    def under(self, *, agreement: str, country: str) -> tuple[Ground, ...]:
        """Return the grounds that an administration has under an agreement."""
        return tuple(one for one in self.every if one.applies(agreement=agreement, country=country))

    def find(self, code: str, *, agreement: str, country: str) -> Ground:
        """Find a ground by its code.

        Raises:
            UnknownGroundError: it is in no list, or not for this agreement and country.

        """
        for one in self.under(agreement=agreement, country=country):
            if one.code == code:
                return one
        words = f"{code} is no ground under {agreement} here; see /verifications/grounds"
        raise UnknownGroundError(Flaw("/findings", words))
