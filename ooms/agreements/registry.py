"""The agreements this office knows, written out one line each."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Self

from ooms.agreements.loader import load_agreement
from ooms.agreements.model import Agreement

# Each is a folder of ooms/agreements/data.
SHIPPED = (
    "akfta",
    "kcfta",
    "kvfta",
)


class UnknownAgreementError(LookupError):
    """No pack of this code is loaded; load one, or correct the code."""

    def __init__(self, *, code: str, known: tuple[str, ...]) -> None:
        self.code = code
        self.known = known
        super().__init__(f"no agreement {code!r} is loaded; known are {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Registry:
    """Loaded agreements by their code."""

    agreements: dict[str, Agreement]

    @classmethod
    def of(cls, *agreements: Agreement) -> Self:
        """Index agreements by code."""
        return cls({agreement.code: agreement for agreement in agreements})

    def agreement(self, code: str) -> Agreement:
        """Give the agreement of a code.

        Raises:
            UnknownAgreementError: No such pack is loaded.
        """
        if code not in self.agreements:
            raise UnknownAgreementError(code=code, known=tuple(sorted(self.agreements)))
        return self.agreements[code]


def shipped_folder(name: str) -> Traversable:
    """Give the folder of a pack that comes with the product."""
    return files("ooms.agreements").joinpath("data", name)


def load_shipped() -> Registry:
    """Load every pack that comes with the product.

    Raises:
        PackError: One of them is broken; none is loaded.
    """
    return Registry.of(*(load_agreement(shipped_folder(name)) for name in SHIPPED))
