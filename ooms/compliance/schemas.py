"""Self-checks on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from ooms.access.schemas import Body
from ooms.compliance.model import Fill, Question, SelfChecks


class IndustryOut(Body):
    """An industry that has questions of its own."""

    code: str
    title: str


class SelfQuestionOut(Body):
    """A question, why it is asked, and what shows the answer."""

    code: str
    question: str
    why: str
    evidence: str
    source: str
    verified: bool
    fill: Fill | None
    industry: str
    agreement: str


class SelfChecksOut(Body):
    """The list of an industry and an agreement, and what may be chosen."""

    industries: tuple[IndustryOut, ...]
    agreements: tuple[str, ...]
    items: tuple[SelfQuestionOut, ...]

    @classmethod
    def of(cls, checks: SelfChecks, chosen: Iterable[Question]) -> Self:
        """Show a list."""
        return cls(
            industries=tuple(
                IndustryOut.model_validate(one, from_attributes=True) for one in checks.industries
            ),
            agreements=tuple(sorted({one.agreement for one in checks.questions} - {""})),
            items=tuple(
                SelfQuestionOut.model_validate(one, from_attributes=True) for one in chosen
            ),
        )
