"""A block of numbers set aside for an outage, and what became of each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ooms.applications.model import Content
from ooms.certificates.model import Series


class Fate(StrEnum):
    """What became of a number of a block."""

    OPEN = "OPEN"
    REGISTERED = "REGISTERED"
    SPOILED = "SPOILED"
    UNUSED = "UNUSED"


#: What a number without a certificate may be declared as.
WITHOUT_CERTIFICATE = (Fate.SPOILED, Fate.UNUSED)


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers of one series, first and last included, that an office may issue by hand."""

    id: str
    office: str
    series: Series
    first: int
    last: int
    reason: str
    reserved_by: str
    reserved_on: date
    reserved_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BlockNumber:
    """A number of a block, who accounted for it, and why."""

    block_id: str
    serial: int
    printed: str
    fate: Fate = Fate.OPEN
    certificate_id: str | None = None
    issued_on: date | None = None
    reason: str = ""
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Numbers that are to be set aside."""

    office: str
    agreement: str
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was issued by hand: under which number, for which application, when."""

    number: str
    application_id: str
    issued_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class PaperApplication:
    """An application that came on paper, because the system stood still."""

    exporter_id: str
    content: Content
    received_on: date
    reason: str


def is_same(number: str, other: str) -> bool:
    """Tell whether two spellings are one number: case, blanks and hyphens do not matter."""
    return _letters(number) == _letters(other)


def _letters(number: str) -> str:
    return "".join(one for one in number.upper() if one.isalnum())
