"""Who sees a company's costs, processes, suppliers and buyers: its owner, and who decides.

One rule for every desk, asked for each thing that is shown:

- the owner's people, and a broker within his scope, see the thing as they wrote it;
- the officer who holds an application that cites it sees all of it, and so does a supervisor
  while its refusal waits to be confirmed;
- whoever else may see it at all sees what it is, how it is classified and what was found.

What follows from it (a supplier's amounts in a buyer's determination) is the desks' own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ooms.access.model import Role, User
from ooms.db import Work
from ooms.errors import NotAllowedError

#: Who may come to decide on an application at all.
DECIDING = frozenset({Role.OFFICER, Role.SUPERVISOR})
ONLY_OWNER_AND_HOLDER = (
    "shown to its owner and to the officer who holds an application that cites it"
)
ONLY_ITS_READERS = "shown to its company, to issuing officers and to the partner desk"


class Sight(StrEnum):
    """How much of a thing somebody sees."""

    WHOLE = "WHOLE"  # everything, for the decision
    OWN = "OWN"  # as its owner wrote it; not what others entrusted to the office alone
    NAMED = "NAMED"  # what it is, its classification, the verdict and the criterion


class Kind(StrEnum):
    """The kinds of things that an application cites, by itself or by what it cites."""

    DECLARATION = "DECLARATION"
    DETERMINATION = "DETERMINATION"
    PRODUCT = "PRODUCT"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Which fields are not shown, and why."""

    fields: tuple[str, ...]
    because: str


class WithheldError(NotAllowedError):
    """What was asked rests on a company's secrets, and the caller does not decide on them."""

    code = "AUT-WITHHELD"

    def __init__(self, *, role: str, what: str) -> None:
        super().__init__(
            role=role,
            action=f"judge this {what}: its bill is {ONLY_OWNER_AND_HOLDER}; take that one first",
        )


class Holdings(Protocol):
    """Whoever knows which applications people hold, and what those cite."""

    def held(self, work: Work, ids: Iterable[str], *, kind: Kind, by: User) -> frozenset[str]:
        """Return which of these things the person decides on."""
        ...


def sight(by: User, *, owner: str, holds: bool) -> Sight:
    """Decide how much of an owner's thing somebody sees."""
    if by.company is not None:
        return Sight.OWN if by.company == owner else Sight.NAMED
    return Sight.WHOLE if holds and by.role in DECIDING else Sight.NAMED


class Confidentiality:
    """Decides what is shown of things, by who holds the applications that cite them."""

    def __init__(self) -> None:
        """Show nobody's things to officers until it is known what they hold."""
        self._holdings: Holdings | None = None

    def connect(self, holdings: Holdings) -> None:
        """Ask that desk who holds what."""
        self._holdings = holdings

    def sights(
        self, work: Work, owners: Mapping[str, str], *, kind: Kind, by: User
    ) -> dict[str, Sight]:
        """Decide for several things of a kind, each with its owner, by their keys."""
        held: frozenset[str] = frozenset()
        if self._holdings is not None and by.role in DECIDING and owners:
            held = self._holdings.held(work, owners, kind=kind, by=by)
        return {key: sight(by, owner=owner, holds=key in held) for key, owner in owners.items()}

    def sight(self, work: Work, key: str, *, owner: str, kind: Kind, by: User) -> Sight:
        """Decide for one thing."""
        return self.sights(work, {key: owner}, kind=kind, by=by)[key]
