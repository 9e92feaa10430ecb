"""What an administration's law says of each kind of application, agreement by agreement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NumberRule(StrEnum):
    """Under which number the paper stands that an application of a kind leads to."""

    NEW = "NEW"
    KEPT = "KEPT"


class Authentication(StrEnum):
    """How the issuing body makes what it writes on paper its own."""

    SEAL = "SEAL"
    SIGNATURE_AND_SEAL = "SIGNATURE_AND_SEAL"


@dataclass(frozen=True, slots=True)
class KindRule:
    """That a kind of application exists under some agreements, and what goes with it.

    Which words stand in which box, whose date a certificate bears and until when it is valid are
    the form's to say.  No agreement named means every one that no other row of the kind names.
    """

    kind: str
    agreements: tuple[str, ...]
    number: NumberRule
    number_source: str
    number_verified: bool
    source: str
    verified: bool
    authentication: Authentication | None = None
    #: What the officer has to see beside the application itself.
    papers: tuple[str, ...] = ()
    #: How many copies leave the office beside the original.
    duplicates: int | None = None
    #: Whether importing customs may not have used the certificate yet.
    only_unused: bool = False

    def is_for(self, agreement: str) -> bool:
        """Tell whether the row names an agreement."""
        return agreement in self.agreements


def rule_for(rules: tuple[KindRule, ...], *, kind: str, agreement: str) -> KindRule | None:
    """Find the row of a kind that names an agreement, else the one that stands for the rest."""
    of_kind = [one for one in rules if one.kind == kind]
    named = (one for one in of_kind if one.is_for(agreement))
    rest = (one for one in of_kind if not one.agreements)
    return next(named, None) or next(rest, None)
