"""Self-checks on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body
from ooms.compliance.kept import Answer, Said
from ooms.compliance.model import Fill, Question, SelfChecks
from ooms.compliance.service import Compared


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


class AnswerIn(Body):
    """What a company says to a question, and what shows it."""

    said: Said
    evidence: Annotated[str, Field(max_length=500)] = ""


class KeptIn(Body):
    """A list as its company answers it, question by question."""

    industry: Annotated[str, Field(max_length=40)] = ""
    agreement: Annotated[str, Field(max_length=40)] = ""
    answers: Annotated[
        dict[Annotated[str, Field(max_length=60)], AnswerIn],
        Field(max_length=200, default_factory=dict),
    ]

    def value(self) -> tuple[Answer, ...]:
        """Return the answers."""
        return tuple(Answer(code, one.said, one.evidence) for code, one in self.answers.items())


class AnswerOut(Body):
    """What was said to a question."""

    question: str
    said: Said
    evidence: str


class ChangeOut(Body):
    """A question that is answered otherwise than in the list before."""

    question: str
    before: Said | None
    now: Said | None


class KeptOut(Body):
    """An answered list: signed by whom, when, and what changed since the one before."""

    id: str
    exporter_id: str
    industry: str
    agreement: str
    edition: str
    answers: tuple[AnswerOut, ...]
    signed_as: str
    kept_at: datetime
    sha256: str
    changes: tuple[ChangeOut, ...]

    @classmethod
    def of(cls, compared: Compared) -> Self:
        """Show an answered list."""
        kept, changed = compared
        plain = {
            name: getattr(kept, name)
            for name in cls.model_fields
            if name not in ("answers", "changes")
        }
        return cls(
            **plain,
            answers=tuple(
                AnswerOut.model_validate(one, from_attributes=True) for one in kept.answers
            ),
            changes=tuple(ChangeOut.model_validate(one, from_attributes=True) for one in changed),
        )
