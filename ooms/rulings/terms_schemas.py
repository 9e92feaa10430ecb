"""An administration's terms of advance rulings on the wire."""

from __future__ import annotations

from typing import Self

from ooms.access.schemas import Body
from ooms.rulings.terms import Codes, RulingTerms


class PeriodOut(Body):
    """A period in calendar days, and where it stands."""

    kind: str
    days: int
    least: int | None
    source: str
    verified: bool


class CodesOut(Body):
    """A closed list of codes with their words, and where it stands."""

    codes: dict[str, str]
    source: str
    verified: bool

    @classmethod
    def of(cls, codes: Codes) -> Self:
        """Show a list."""
        return cls(codes=dict(codes.codes), source=codes.source, verified=codes.verified)


class TermsOut(Body):
    """How this administration gives advance rulings."""

    name: str
    periods: tuple[PeriodOut, ...]
    subjects: CodesOut
    returns: CodesOut
    changes: CodesOut

    @classmethod
    def of(cls, terms: RulingTerms) -> Self:
        """Show an administration's terms."""
        return cls(
            name=terms.name,
            periods=tuple(
                PeriodOut(
                    kind=kind,
                    days=one.days,
                    least=one.least,
                    source=one.source,
                    verified=one.verified,
                )
                for kind, one in terms.clocks.items()
            ),
            subjects=CodesOut.of(terms.subjects),
            returns=CodesOut.of(terms.returns),
            changes=CodesOut.of(terms.changes),
        )
