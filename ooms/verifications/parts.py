"""What verifications of both sides are made of: goods, doubts, questions, papers, letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache


@lru_cache(maxsize=4096)
def plain(words: str) -> str:
    """Reduce a name or description to its letters and digits, so that spelling does not count."""
    return "".join(one for one in words.casefold() if one.isalnum())


@dataclass(frozen=True, slots=True)
class Item:
    """An item in doubt: its number on the certificate, what it is, the criterion printed."""

    item_no: int
    hs: str
    description: str
    criterion: str = ""

    @property
    def hs6(self) -> str:
        """The part of the code that all parties share."""
        return self.hs[:6]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that is asked about, and the items in doubt."""

    number: str
    issuing_country: str
    issued_on: date
    by_message: bool
    items: tuple[Item, ...]
    #: The digest of the copy that goes along, where the certificate came on paper.
    copy_sha256: str = ""
    copy_size: int = 0


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to ask: its kind, and what suggests it."""

    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked under an id, or what is answered to it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper by its digest, with the classes in which it is confidential."""

    sha256: str
    size: int
    media_type: str
    title: str
    kind: str
    classes: tuple[str, ...] = ()


class TellingKind(StrEnum):
    """What an importer is told."""

    REQUEST = "REQUEST"
    EXTENSION = "EXTENSION"
    REPLY = "REPLY"
    DECISION = "DECISION"
    SUSPENSION = "SUSPENSION"
    OBJECTION = "OBJECTION"


@dataclass(frozen=True, slots=True)
class Telling:
    """Something that the importer is to be told: by which day, by which rule, and when he was."""

    kind: TellingKind
    since: date
    due_on: date
    source: str
    words: str
    told_on: date | None = None
    told_by: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message of ours to the partner: its type, its id at the gateway, and its day."""

    type: str
    message_id: str
    on: date


class Channel(StrEnum):
    """How a letter travels."""

    EMS = "EMS"
    EMS_AND_EMAIL = "EMS_AND_EMAIL"
    EMAIL = "EMAIL"
    COURIER = "COURIER"
    BY_HAND = "BY_HAND"


@dataclass(frozen=True, slots=True)
class Letter:
    """A sealed letter to the partner: its digest, when and how it was posted, proof of receipt."""

    id: str
    kind: str
    sha256: str
    sealed_on: date
    posted_on: date | None = None
    channel: Channel | None = None
    tracking: str = ""
    received_on: date | None = None
    proof: str = ""
