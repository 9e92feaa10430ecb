"""Offices, posts and trainings on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from ooms.access.schemas import AgreementCode, Body, Exact, Name
from ooms.officers.model import Credits, IssuingPlace, OfficeKind, Officer, Post, Training

Code = Annotated[str, Field(pattern="^[A-Z0-9][A-Z0-9-]{0,34}$")]
Chapter = Annotated[str, Field(pattern="^[0-9]{2}$")]
UserId = Annotated[str, Field(max_length=36)]


class PlaceBody(Body):
    """An issuing office; the one without cities takes the exporters of all others."""

    code: Code
    name: Name
    kind: Literal["CUSTOMS", "CHAMBER"]
    cities: tuple[Annotated[str, Field(min_length=1, max_length=50)], ...] = ()
    #: Printed as the place of certification; the node's own when empty.
    place: Annotated[str, Field(max_length=70)] = ""

    def value(self) -> IssuingPlace:
        """Return the office."""
        return IssuingPlace(self.code, self.name, OfficeKind(self.kind), self.cities, self.place)

    @classmethod
    def of(cls, place: IssuingPlace) -> Self:
        """Show an office."""
        return cls.model_validate(place, from_attributes=True)


class PlacesOut(Body):
    """Every issuing office."""

    items: tuple[PlaceBody, ...]


class PostBody(Body):
    """Where an officer works and for what; no agreement or chapter named means all of them."""

    user_id: UserId
    office: Code
    most_open: Annotated[int, Field(ge=1, le=1000)] = 50
    agreements: tuple[AgreementCode, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    is_present: bool = True

    def value(self) -> Post:
        """Return the post."""
        return Post(**self.model_dump())

    @classmethod
    def of(cls, post: Post) -> Self:
        """Show a post."""
        return cls.model_validate(post, from_attributes=True)


class PostsOut(Body):
    """Every post."""

    items: tuple[PostBody, ...]


class OfficerOut(Body):
    """Somebody who decides applications; without a post he is competent for everything."""

    user_id: str
    name: str
    is_let_in: bool
    post: PostBody | None

    @classmethod
    def of(cls, officer: Officer) -> Self:
        """Show an officer."""
        return cls(
            user_id=officer.user_id,
            name=officer.name,
            is_let_in=officer.is_let_in,
            post=PostBody.of(officer.post) if officer.post else None,
        )


class OfficersOut(Body):
    """Everybody who decides applications, by name."""

    items: tuple[OfficerOut, ...]


class TrainingIn(Body):
    """A training that an officer took part in."""

    user_id: UserId
    held_on: date
    hours: Exact
    subject: Annotated[str, Field(max_length=40)]
    title: Name

    def value(self, *, now: datetime) -> Training:
        """Return the training, its key still to be given."""
        return Training(id="", recorded_by="", recorded_at=now, **self.model_dump())


class TrainingOut(TrainingIn):
    """A training as it is kept."""

    id: str
    recorded_by: str
    recorded_at: datetime

    @classmethod
    def of(cls, training: Training) -> Self:
        """Show a training."""
        return cls.model_validate(training, from_attributes=True)


class CreditsOut(Body):
    """An officer's training in a year, and how much is missing."""

    user_id: str
    year: int
    hours: Exact
    wanted: Exact
    missing: Exact
    by_subject: dict[str, Exact]
    #: The subjects that a training may have.
    subjects: tuple[str, ...]

    @classmethod
    def of(cls, found: Credits, *, subjects: tuple[str, ...]) -> Self:
        """Show credits."""
        return cls(
            user_id=found.user_id,
            year=found.year,
            hours=found.hours,
            wanted=found.wanted,
            missing=found.missing,
            by_subject=dict(found.by_subject),
            subjects=subjects,
        )
