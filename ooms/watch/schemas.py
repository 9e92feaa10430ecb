"""Tips, the watch list and capacities on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from ooms.access.schemas import Body, Exact, Name, Reason, ReasonCode
from ooms.crosschecks.likeness import key_of
from ooms.watch.model import Capacity, Subject, SubjectKind, Tip, Watched

Hs6 = Annotated[str, Field(pattern="^[0-9]{6}$")]


class SubjectIn(Body):
    """What it is about, in any spelling: a party's name, a code, a number, a country."""

    kind: SubjectKind
    key: Annotated[str, Field(min_length=1, max_length=120, pattern=r"[^\W_]")]

    def value(self) -> Subject:
        """Return the subject by its key without spelling."""
        return Subject(self.kind, key_of(self.key)[:120])


class SubjectOut(Body):
    """What it is about."""

    kind: SubjectKind
    key: str

    @classmethod
    def of(cls, subject: Subject) -> Self:
        """Show a subject."""
        return cls(kind=subject.kind, key=subject.key)


class TipIn(Body):
    """What somebody told; the kinds are a closed list."""

    kind: ReasonCode
    subject: SubjectIn
    text: Reason
    source: Name
    received_on: date

    def value(self) -> Tip:
        """Return the tip; the desk computes until when it is decided."""
        return Tip(
            id="",
            kind=self.kind,
            subject=self.subject.value(),
            text=self.text,
            source=self.source,
            received_on=self.received_on,
            due_on=self.received_on,
            kept_by="",
        )


class TipDecisionIn(Body):
    """What becomes of a tip, and why."""

    state: Literal["PLANNED", "TRANSFERRED", "CLOSED"]
    reason: Reason


class TipOut(Body):
    """A tip, and until when it is decided."""

    id: str
    kind: str
    subject: SubjectOut
    text: str
    source: str
    received_on: date
    due_on: date
    state: str
    decided_by: str | None
    decided_at: datetime | None
    reason: str

    @classmethod
    def of(cls, tip: Tip) -> Self:
        """Show a tip."""
        return cls(
            id=tip.id,
            kind=tip.kind,
            subject=SubjectOut.of(tip.subject),
            text=tip.text,
            source=tip.source,
            received_on=tip.received_on,
            due_on=tip.due_on,
            state=tip.state,
            decided_by=tip.decided_by,
            decided_at=tip.decided_at,
            reason=tip.reason,
        )


class WatchedIn(Body):
    """What is watched, why, by whose word; `until` is the first day on which it is not."""

    subject: SubjectIn
    reason: Reason
    source: Name
    since: date
    until: date

    def value(self) -> Watched:
        """Return the entry, still without its key."""
        subject = self.subject.value()
        return Watched("", subject, self.reason, self.source, self.since, self.until, "")


class EndIn(Body):
    """Why it is watched no more."""

    reason: Reason


class WatchedOut(Body):
    """An entry of the watch list."""

    id: str
    subject: SubjectOut
    reason: str
    source: str
    since: date
    until: date
    end_reason: str

    @classmethod
    def of(cls, entry: Watched) -> Self:
        """Show an entry."""
        return cls(
            id=entry.id,
            subject=SubjectOut.of(entry.subject),
            reason=entry.reason,
            source=entry.source,
            since=entry.since,
            until=entry.until,
            end_reason=entry.end_reason,
        )


class CapacityIn(Body):
    """How many kilograms of a subheading an exporter can make in a year, by whose word."""

    exporter: Annotated[str, Field(min_length=1, max_length=120, pattern=r"[^\W_]")]
    hs6: Hs6
    kilograms: Annotated[Exact, Field(gt=0)]
    source: Name

    def value(self) -> Capacity:
        """Return the capacity; the desk writes down when and by whom."""
        exporter = key_of(self.exporter)[:120]
        return Capacity(exporter, self.hs6, self.kilograms, self.source, date.min, "")


class CapacityOut(Body):
    """A capacity, and by whose word it is known."""

    exporter: str
    hs6: str
    kilograms: Exact
    source: str
    stated_on: date

    @classmethod
    def of(cls, capacity: Capacity) -> Self:
        """Show a capacity."""
        return cls(
            exporter=capacity.exporter,
            hs6=capacity.hs6,
            kilograms=capacity.kilograms,
            source=capacity.source,
            stated_on=capacity.stated_on,
        )


class CapacitiesOut(Body):
    """The capacities that are stated, the latest first."""

    items: tuple[CapacityOut, ...]
