"""Offices and posts: who is competent for what, who has how much to do, who learned how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class OfficeKind(StrEnum):
    """Who issues: customs, or a chamber that may not go on site itself."""

    CUSTOMS = "CUSTOMS"
    CHAMBER = "CHAMBER"


@dataclass(frozen=True, slots=True)
class IssuingPlace:
    """An issuing office and the cities whose exporters are its own; none named takes the rest.

    Its name and place are printed on what it issues, and its code begins its numbers; without a
    place of its own the node's stands there.
    """

    code: str
    name: str
    kind: OfficeKind
    cities: tuple[str, ...] = ()
    place: str = ""

    def is_for(self, city: str) -> bool:
        """Tell whether exporters of a city are this office's own."""
        return city.casefold() in {one.casefold() for one in self.cities}


@dataclass(frozen=True, slots=True)
class Post:
    """Where an officer works, for what, and how many cases at once; nothing named is everything."""

    user_id: str
    office: str
    most_open: int
    agreements: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    is_present: bool = True

    def is_competent(self, case: Case) -> bool:
        """Tell whether a case lies in this post's agreements and chapters."""
        knows_agreement = not self.agreements or case.agreement in self.agreements
        return knows_agreement and (not self.chapters or case.chapters <= set(self.chapters))


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who decides applications, and his post, if he has one."""

    user_id: str
    name: str
    is_let_in: bool
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What of an application decides who gets it."""

    city: str
    agreement: str
    chapters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which office has a case, and which officer, if one is free."""

    office: str
    officer_id: str | None


def assign(
    case: Case,
    places: Iterable[IssuingPlace],
    posts: Iterable[Post],
    *,
    load: Mapping[str, int],
) -> Assignment | None:
    """Choose office and officer: the city's office, a competent officer, the one with least to do.

    Without any office nothing is assigned.  Where every competent officer is absent or has his
    fill, the case waits in the office for whoever takes it.
    """
    known = sorted(places, key=lambda one: one.code)
    own = [one for one in known if one.is_for(case.city)]
    rest = [one for one in known if not one.cities]
    for place in own or rest:
        free = [
            one
            for one in posts
            if one.office == place.code
            and one.is_present
            and one.is_competent(case)
            and load.get(one.user_id, 0) < one.most_open
        ]
        least = min(free, key=lambda one: (load.get(one.user_id, 0), one.user_id), default=None)
        return Assignment(place.code, least.user_id if least else None)
    return None


@dataclass(frozen=True, slots=True)
class Training:
    """A training that an officer took part in."""

    id: str
    user_id: str
    held_on: date
    hours: Decimal
    subject: str
    title: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Credits:
    """An officer's training in a year beside what the law wants."""

    user_id: str
    year: int
    hours: Decimal
    wanted: Decimal
    by_subject: Mapping[str, Decimal]

    @property
    def missing(self) -> Decimal:
        """How many hours are still missing."""
        return max(self.wanted - self.hours, Decimal(0))


def credits_of(user_id: str, trainings: Iterable[Training], *, year: int, wanted: int) -> Credits:
    """Sum an officer's training in a year."""
    by_subject: dict[str, Decimal] = {}
    for one in trainings:
        if one.user_id == user_id and one.held_on.year == year:
            by_subject[one.subject] = by_subject.get(one.subject, Decimal(0)) + one.hours
    hours = sum(by_subject.values(), Decimal(0))
    return Credits(user_id, year, hours, Decimal(wanted), by_subject)
