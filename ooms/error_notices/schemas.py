"""Notices of error on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body, Reason
from ooms.applications.schemas import ClockOut
from ooms.error_notices.letters import Letter
from ooms.error_notices.model import Cause, ErrorNotice, Hit, Remedy, Statement, Wrong

Said = Annotated[str, Field(max_length=2048)]


class WrongBody(Body):
    """One error: the box of the form, the line if it is one's, what it says, what is right."""

    box: Annotated[str, Field(min_length=1, max_length=10)]
    line_no: Annotated[int, Field(ge=1, le=99_999)] | None = None
    says: Said
    right: Said

    def value(self) -> Wrong:
        """Return the error."""
        return Wrong(self.box, self.says, self.right, self.line_no)


class StatementBody(Body):
    """What is wrong in which certificate, when that was learned, where it comes from."""

    certificate_id: Annotated[str, Field(min_length=1, max_length=36)]
    errors: Annotated[tuple[WrongBody, ...], Field(min_length=1, max_length=100)]
    learned_on: date
    cause: Cause
    explanation: Reason
    remedy: Remedy = Remedy.CORRECTION

    def value(self) -> Statement:
        """Return the statement."""
        return Statement(
            certificate_id=self.certificate_id,
            errors=tuple(one.value() for one in self.errors),
            learned_on=self.learned_on,
            cause=self.cause,
            explanation=self.explanation,
            remedy=self.remedy,
        )


class ClosingIn(Body):
    """What came of the notice."""

    words: Reason


class HitOut(Body):
    """A certificate that the error reaches, what was drafted for it, how its partner was told."""

    certificate_id: str
    number: str
    agreement: str
    import_country: str
    partner: str | None
    #: What it shares with the certificate that is wrong; nothing for that one itself.
    links: tuple[str, ...]
    #: The draft that mends it, for the exporter to look through and hand in.
    application_id: str | None
    not_drafted: str
    way: str | None
    message_id: str | None

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """Show a hit."""
        return cls.model_validate(asdict(hit))


class ImpactOut(Body):
    """Every certificate that the error reaches."""

    items: tuple[HitOut, ...]

    @classmethod
    def of(cls, hits: Iterable[Hit]) -> Self:
        """Show hits."""
        return cls(items=tuple(HitOut.of(one) for one in hits))


class ErrorNoticeOut(Body):
    """A notice as it stands; `clock` says until when it is given in time, and by which law."""

    id: str
    exporter_id: str
    number: str
    statement: StatementBody
    state: str
    version: int
    clock: ClockOut
    is_in_time: bool
    drafted_at: datetime
    filed_on: date | None
    hits: tuple[HitOut, ...]
    open_applications: tuple[str, ...]
    acknowledged_at: datetime | None
    passed_on_at: datetime | None
    closed_at: datetime | None
    closing_words: str

    @classmethod
    def of(cls, notice: ErrorNotice, *, on: date) -> Self:
        """Show a notice on a day."""
        same = set(cls.model_fields) - {"statement", "clock", "is_in_time", "hits"}
        return cls(
            **{name: getattr(notice, name) for name in same},
            statement=StatementBody.model_validate(asdict(notice.statement)),
            clock=ClockOut.of(notice.clock),
            is_in_time=notice.is_in_time(on),
            hits=tuple(HitOut.of(one) for one in notice.hits),
        )


class LetterOut(Body):
    """A letter in words; the same as a page is behind `.../letters/{key}/pdf`."""

    key: str
    addressee: str
    to: str
    sender: str
    dated: date
    subject: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, letter: Letter) -> Self:
        """Show a letter."""
        return cls.model_validate(asdict(letter))


class LettersOut(Body):
    """Every letter of a notice."""

    items: tuple[LetterOut, ...]
