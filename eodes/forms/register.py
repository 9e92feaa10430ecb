"""The forms and calendars that ship with the code, found by agreement, type and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from eodes.domain.certificate import Country
from eodes.domain.form import Form, Source
from eodes.domain.record import Count, Text, Whole
from eodes.domain.workdays import Calendar, weekends_only
from eodes.errors import PermanentError
from eodes.strict_toml import load

DATA = Path(__file__).resolve().parent / "data"
CALENDARS = Path(__file__).resolve().parent / "calendars"


class UnknownFormError(PermanentError):
    """No edition of a form is in use on a day."""

    def __init__(self, *, agreement: str, form_type: str | None, on: date) -> None:
        self.agreement = agreement
        self.form_type = form_type
        self.on = on
        form = f"form {form_type} of {agreement}" if form_type else f"form of {agreement}"
        super().__init__(f"no {form} is in use on {on}; add its edition under eodes/forms/data")


@dataclass(frozen=True, slots=True)
class Forms:
    """Every edition of every form."""

    editions: tuple[Form, ...]

    @classmethod
    def load(cls, folder: Path = DATA) -> Forms:
        """Read every form file of a folder.

        Raises:
            ConfigurationError: a file has flaws.

        """
        return cls(tuple(load(path, Form) for path in sorted(folder.glob("*.toml"))))

    def on(self, *, agreement: str, on: date, form_type: str | None = None) -> Form:
        """Return the edition of a form that is in use on a day; any type when none is named.

        Raises:
            UnknownFormError: there is none.

        """
        for form in self.editions:
            named = form.agreement == agreement and form_type in (None, form.form_type)
            if named and form.is_used(on):
                return form
        raise UnknownFormError(agreement=agreement, form_type=form_type, on=on)

    def used_on(self, on: date) -> tuple[Form, ...]:
        """Return the editions in use on a day, by agreement and type."""
        used = (form for form in self.editions if form.is_used(on))
        return tuple(sorted(used, key=lambda form: (form.agreement, form.form_type)))


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off and its name."""

    date: date
    name: Annotated[str, Text(100)]


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """The holidays of a year; an incomplete year warns wherever working days are counted."""

    year: Annotated[int, Whole(2000, 2099)]
    complete: bool
    source: Source
    verified: bool
    holidays: tuple[Holiday, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A country's calendar as it is written down."""

    country: Country
    weekend: Annotated[tuple[int, ...], Count(1, 3)]
    source: Source
    verified: bool
    years: tuple[CalendarYear, ...] = ()

    def calendar(self) -> Calendar:
        """Return the calendar for counting with."""
        days = [holiday.date for year in self.years for holiday in year.holidays]
        complete = [year.year for year in self.years if year.complete]
        return Calendar(self.country, frozenset(self.weekend), frozenset(days), frozenset(complete))


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendars of all countries known."""

    files: tuple[CalendarFile, ...]
    known: dict[str, Calendar]

    @classmethod
    def load(cls, folder: Path = CALENDARS) -> Calendars:
        """Read every calendar file of a folder.

        Raises:
            ConfigurationError: a file has flaws.

        """
        files = tuple(load(path, CalendarFile) for path in sorted(folder.glob("*.toml")))
        return cls(files, {file.country: file.calendar() for file in files})

    def of(self, country: str) -> Calendar:
        """Return a country's calendar; of an unknown country its weekends, all years open."""
        return self.known.get(country) or weekends_only(country)
