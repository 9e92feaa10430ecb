"""Questions that a company asks itself: for an industry, an agreement, or everybody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fill(StrEnum):
    """What the company's own data already tells about a question."""

    STALE_DETERMINATIONS = "STALE_DETERMINATIONS"
    DRAFT_FINDINGS = "DRAFT_FINDINGS"
    SUPPLIER_PROOFS = "SUPPLIER_PROOFS"
    ERROR_NOTICES = "ERROR_NOTICES"
    ERROR_SHARE = "ERROR_SHARE"


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry that has questions of its own."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question: why it is asked, what shows the answer, and what is known already."""

    code: str
    question: str
    why: str
    evidence: str
    source: str
    verified: bool
    fill: Fill | None = None
    industry: str = ""
    agreement: str = ""

    def is_for(self, *, industry: str, agreement: str) -> bool:
        """Tell whether it belongs to the list of an industry and an agreement."""
        return self.industry in ("", industry) and self.agreement in ("", agreement)


@dataclass(frozen=True, slots=True)
class SelfChecks:
    """Every question, and the industries that there are."""

    industries: tuple[Industry, ...]
    questions: tuple[Question, ...]

    def of(self, *, industry: str, agreement: str) -> tuple[Question, ...]:
        """Return the list of an industry and an agreement."""
        return tuple(
            one for one in self.questions if one.is_for(industry=industry, agreement=agreement)
        )
