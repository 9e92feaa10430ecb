"""Retention on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body, Reason
from ooms.retention.model import Deletion, DeletionList, Due, Hold, Outcome, Period


class HoldIn(Body):
    """Why a certificate is held, and under which reference the case runs."""

    certificate_id: Annotated[str, Field(max_length=36)]
    reason: Reason
    reference: Annotated[str, Field(max_length=120)] = ""


class HoldOut(Body):
    """A hold."""

    id: str
    certificate_id: str
    reason: str
    reference: str
    placed_at: datetime
    lifted_at: datetime | None

    @classmethod
    def of(cls, hold: Hold) -> Self:
        """Show a hold."""
        return cls.model_validate(hold, from_attributes=True)


class DueOut(Body):
    """Something whose period has ended, and where that stands."""

    kind: str
    key: str
    number: str
    began: date
    ended: date
    rule: str
    source: str

    @classmethod
    def of(cls, due: Due) -> Self:
        """Show it."""
        return cls.model_validate(due, from_attributes=True)


class DeletionListOut(Body):
    """A list of what is due, and who agreed to it."""

    id: str
    state: str
    digest: str
    proposed_at: datetime
    first_by: str | None
    second_by: str | None
    done_at: datetime | None
    items: tuple[DueOut, ...]

    @classmethod
    def of(cls, made: DeletionList) -> Self:
        """Show a list."""
        return cls.model_validate(made, from_attributes=True)


class DeletionOut(Body):
    """What remains of something deleted: its digests before, by table, and who agreed."""

    due: DueOut
    digests: dict[str, str]
    deleted_at: datetime
    approved_by: tuple[str, ...]

    @classmethod
    def of(cls, deletion: Deletion) -> Self:
        """Show a deletion."""
        return cls.model_validate(deletion, from_attributes=True)


class DeletionsOut(Body):
    """What a list deleted."""

    items: tuple[DeletionOut, ...]


class TriedOut(Body):
    """What a list would delete now, and what it would skip."""

    would_delete: tuple[DueOut, ...]
    would_skip: tuple[DueOut, ...]

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        """Show what would come of a list."""
        return cls(
            would_delete=tuple(DueOut.of(one.due) for one in outcome.deleted),
            would_skip=tuple(DueOut.of(one) for one in outcome.skipped),
        )


class ShorterOut(Body):
    """A shorter period towards one country."""

    years: int
    source: str


class PeriodOut(Body):
    """How long something is kept, and where that stands."""

    rule: str
    title: str
    years: int
    source: str
    verified: bool
    shorter: dict[str, ShorterOut]

    @classmethod
    def of(cls, period: Period) -> Self:
        """Show a period."""
        return cls.model_validate(period, from_attributes=True)


class PeriodsOut(Body):
    """Every period."""

    items: tuple[PeriodOut, ...]
