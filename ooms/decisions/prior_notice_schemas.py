"""Notices before denials, on the wire."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body, Reason
from ooms.decisions.prior_notice import Announced, PriorNotice
from ooms.decisions.schemas import PLACE, Code, Said, Spec, where


class PriorNoticeIn(Body):
    """What is to be decided, what may be handed in against it, and within how many days."""

    ground: Code
    facts: Said
    submit: Said = ""
    days: Annotated[int, Field(ge=1, le=999)] | None = None
    verification: Annotated[str, Field(max_length=36)] = ""
    specification: Spec = 0

    def value(self) -> Announced:
        """Return what is announced."""
        return Announced(
            self.ground,
            self.facts,
            submit=self.submit,
            days=self.days,
            verification=self.verification,
        )


class NoticeAnswerIn(Body):
    """What the importer says; with `nothing_more` the rest of his period is not waited for."""

    words: Reason
    nothing_more: bool = False


class NoticeEndIn(Body):
    """Why what was announced will not be decided."""

    words: Reason


class PriorNoticeOut(Body):
    """A notice before a denial as it stands."""

    id: str
    claim_id: str
    line_no: int
    specification: int
    state: str
    ground: str
    facts: str
    basis: tuple[str, ...]
    submit: str
    verification: str
    sent_by: str
    sent_on: date
    due_on: date
    source: str
    texts: dict[str, str]
    answer: str
    answered_on: date | None
    nothing_more: bool
    closed_on: date | None
    closed_because: str
    decision_id: str
    declaration_number: str
    certificate_number: str
    reminders: tuple[date, ...]

    @classmethod
    def of(cls, one: PriorNotice) -> Self:
        """Show a notice."""
        same = {name: getattr(one, name) for name in cls.model_fields if name not in PLACE}
        return cls(**same, **where(one.place))
