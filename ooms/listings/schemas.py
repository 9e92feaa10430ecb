"""Lists of applicants on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from ooms.access.schemas import Body, Exact, Reason, ReasonCode
from ooms.listings.model import Contest, Edition, Entry, Fact, FactKind, Ground, Tally, Waiver
from ooms.listings.service import Standing

Id = Annotated[str, Field(min_length=1, max_length=36)]


class FactIn(Body):
    """What an officer states about an applicant, of which day, on what evidence."""

    exporter_id: Id
    kind: Literal["CONVICTION", "JUDGMENT", "AEO", "CLEAN_VERIFICATION"]
    code: Annotated[str, Field(pattern="^[A-Z0-9_]{0,40}$")] = ""
    happened_on: date
    valid_until: date | None = None
    text: Reason

    def value(self, at: datetime) -> Fact:
        """Return the fact; the desk writes down who states it."""
        return Fact(
            id="",
            exporter_id=self.exporter_id,
            kind=FactKind(self.kind),
            code=self.code,
            happened_on=self.happened_on,
            text=self.text,
            stated_by="",
            stated_at=at,
            valid_until=self.valid_until,
        )


class FactOut(Body):
    """A stated fact."""

    id: str
    exporter_id: str
    kind: str
    code: str
    happened_on: date
    valid_until: date | None
    text: str
    stated_by: str
    stated_at: datetime
    withdrawn_at: datetime | None
    withdrawn_because: str

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """Show a fact."""
        return cls.model_validate(fact, from_attributes=True)


class FactsOut(Body):
    """What is stated about a company, the oldest first."""

    items: tuple[FactOut, ...]


class BecauseIn(Body):
    """Why."""

    reason: Reason


class UrgentIn(Body):
    """Whom to check on site at once, and why."""

    exporter_id: Id
    ground: Literal["ERROR_RATE", "CONVICTIONS", "JUDGMENT"]
    reason: Reason

    def value(self) -> Entry:
        """Return the entry."""
        return Entry(self.exporter_id, Ground(self.ground), self.reason)


class RemovalIn(Body):
    """Whom to take off a list, and why."""

    exporter_id: Id
    reason_code: ReasonCode
    reason: Reason


class EntryOut(Body):
    """An applicant on a list, and why."""

    exporter_id: str
    ground: str
    detail: str
    agreement: str | None
    hs6: str | None
    removed_on: date | None
    removal_code: str
    removed_because: str

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Show an entry."""
        return cls.model_validate(entry, from_attributes=True)


class EditionOut(Body):
    """A list as proposed or fixed; the digest covers what it says."""

    id: str
    kind: str
    year: int
    state: str
    is_urgent: bool
    due_on: date
    is_late: bool
    proposed_at: datetime
    published_by: str
    published_on: date | None
    valid_until: date | None
    digest: str
    entries: tuple[EntryOut, ...]

    @classmethod
    def of(cls, edition: Edition, *, on: date) -> Self:
        """Show an edition; its seed stays here."""
        return cls(
            id=edition.id,
            kind=edition.kind,
            year=edition.year,
            state=edition.state,
            is_urgent=edition.is_urgent,
            due_on=edition.due_on,
            is_late=(edition.published_on or on) > edition.due_on,
            proposed_at=edition.proposed_at,
            published_by=edition.published_by,
            published_on=edition.published_on,
            valid_until=edition.valid_until,
            digest=edition.digest,
            entries=tuple(EntryOut.of(one) for one in edition.entries),
        )


class EditionsOut(Body):
    """Editions of a list, the newest first."""

    items: tuple[EditionOut, ...]


class ErrorOut(Body):
    """An application with an error, and what was recorded."""

    application_id: str
    what: tuple[str, ...]


class StandingEntryOut(EntryOut):
    """An entry that is about the company itself, and the list that it is on."""

    list: str
    edition_id: str


class ContestIn(Body):
    """What the company says against its entry."""

    edition_id: Id
    statement: Reason


class ContestAnswerIn(Body):
    """Whether the company is right, and why."""

    is_upheld: bool
    answer: Reason


class ContestOut(Body):
    """A contest and its answer."""

    id: str
    exporter_id: str
    edition_id: str
    statement: str
    stated_at: datetime
    is_upheld: bool | None
    answer: str
    answered_at: datetime | None

    @classmethod
    def of(cls, contest: Contest) -> Self:
        """Show a contest."""
        return cls(
            id=contest.id,
            exporter_id=contest.exporter_id,
            edition_id=contest.edition_id,
            statement=contest.statement,
            stated_at=contest.stated_at,
            is_upheld=contest.is_upheld,
            answer=contest.answer,
            answered_at=contest.answered_at,
        )


class ContestsOut(Body):
    """Contests, the oldest first."""

    items: tuple[ContestOut, ...]


class StandingOut(Body):
    """A company's figures of a year, what they rest on, and the lists that it stands on."""

    exporter_id: str
    year: int
    applications: int
    errors: int
    percent: Exact
    words: str
    rule: str
    counted: str
    above_percent: Exact
    #: What would take the company off, or keep it off: so many more without an error, or with one.
    clean_needed: int
    errors_left: int
    which: tuple[ErrorOut, ...]
    lists: tuple[StandingEntryOut, ...]
    contests: tuple[ContestOut, ...]

    @classmethod
    def of(cls, standing: Standing, contests: tuple[Contest, ...]) -> Self:
        """Show where a company stands."""
        tally = standing.tally
        return cls(
            exporter_id=tally.exporter_id,
            year=tally.year,
            applications=tally.applications,
            errors=len(tally.errors),
            percent=round(tally.percent, 8),
            words=standing.words,
            rule=standing.source,
            counted=standing.counted,
            above_percent=standing.above_percent,
            clean_needed=tally.clean_needed(standing.above_percent),
            errors_left=tally.errors_left(standing.above_percent),
            which=_which(tally),
            lists=tuple(
                StandingEntryOut(
                    list=kind, edition_id=edition_id, **EntryOut.of(entry).model_dump()
                )
                for kind, edition_id, entry in standing.entries
            ),
            contests=tuple(ContestOut.of(one) for one in contests),
        )


class PostCheckIn(Body):
    """What a later look found."""

    outcome: Literal["CLEAN", "FLAWED"]
    text: Reason


class WaiverOut(Body):
    """The review of an application, waived by rule, and what a later look found."""

    application_id: str
    exporter_id: str
    ground: str
    detail: str
    granted_on: date
    issued_on: date | None
    outcome: str | None
    text: str
    checked_by: str | None
    checked_at: datetime | None

    @classmethod
    def of(cls, waiver: Waiver) -> Self:
        """Show a waiver; whether it is sampled stays with the officers' queue."""
        return cls(
            application_id=waiver.application_id,
            exporter_id=waiver.exporter_id,
            ground=waiver.ground,
            detail=waiver.detail,
            granted_on=waiver.granted_on,
            issued_on=waiver.issued_on,
            outcome=waiver.outcome,
            text=waiver.text,
            checked_by=waiver.checked_by,
            checked_at=waiver.checked_at,
        )


class WaiversOut(Body):
    """Sampled issues that wait for a later look, the oldest first."""

    items: tuple[WaiverOut, ...]


def _which(tally: Tally) -> tuple[ErrorOut, ...]:
    return tuple(
        ErrorOut(application_id=one, what=what) for one, what in sorted(tally.errors.items())
    )
