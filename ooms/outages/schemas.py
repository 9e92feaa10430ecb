"""Blocks of numbers and papers on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from ooms.access.schemas import AgreementCode, Body, Reason
from ooms.applications.content_schemas import ContentBody
from ooms.outages.model import Block, BlockNumber, Fate, Paper, PaperApplication, Wanted

MOST_AT_ONCE = 500  # as many as an office writes by hand in days; a longer outage takes two blocks

Number = Annotated[str, Field(min_length=1, max_length=60)]
Key = Annotated[str, Field(max_length=36)]


class BlockIn(Body):
    """How many numbers of which office and agreement are set aside, and why."""

    office: Annotated[str, Field(min_length=1, max_length=35)]
    agreement: AgreementCode
    count: Annotated[int, Field(ge=1, le=MOST_AT_ONCE)]
    reason: Reason

    def value(self) -> Wanted:
        """Return what is wanted."""
        return Wanted(**self.model_dump())


class PaperApplicationIn(Body):
    """An application that came on paper, the day it came, and why it came so."""

    exporter_id: Key
    content: ContentBody
    received_on: date
    reason: Reason

    def value(self) -> PaperApplication:
        """Return the application."""
        content = self.content.value()
        return PaperApplication(self.exporter_id, content, self.received_on, self.reason)


class PaperIn(Body):
    """A paper issued by hand: its number, its application, its date, and why by hand."""

    number: Number
    application_id: Key
    issued_on: date
    reason: Reason

    def value(self) -> Paper:
        """Return the paper."""
        return Paper(**self.model_dump())


class GivenUpIn(Body):
    """A number that carries no certificate, and why."""

    number: Number
    fate: Literal["SPOILED", "UNUSED"]
    reason: Reason

    def value(self) -> Fate:
        """Return what became of it."""
        return Fate(self.fate)


class BlockNumberOut(Body):
    """What became of a number."""

    serial: int
    number: str
    fate: str
    certificate_id: str | None
    issued_on: date | None
    reason: str
    decided_at: datetime | None

    @classmethod
    def of(cls, number: BlockNumber) -> Self:
        """Show a number."""
        names = set(cls.model_fields) - {"number"}
        return cls(number=number.printed, **{name: getattr(number, name) for name in names})


class BlockOut(Body):
    """A block of numbers."""

    id: str
    office: str
    agreement: str
    year: int
    first: int
    last: int
    reason: str
    reserved_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, block: Block) -> Self:
        """Show a block."""
        return cls.model_validate(cls.values(block))

    @staticmethod
    def values(block: Block) -> dict[str, object]:
        """Return the shown values by name."""
        names = set(BlockOut.model_fields) - {"agreement", "year"}
        own = {name: getattr(block, name) for name in names}
        return own | {"agreement": block.series.agreement, "year": block.series.year}


class BlockInFull(BlockOut):
    """A block with each of its numbers."""

    numbers: tuple[BlockNumberOut, ...]

    @classmethod
    def told(cls, block: Block, numbers: tuple[BlockNumber, ...]) -> Self:
        """Show a block with its numbers."""
        shown = tuple(BlockNumberOut.of(one) for one in numbers)
        return cls.model_validate(cls.values(block) | {"numbers": shown})
